import type { PageFiles } from '../../../pages/serving/explorer.ts';
import { type Answer, decoded, pathOf, wayToRoot } from '../../../server/route.ts';
import { lostPage } from '../page/message-pages.ts';
import { htmlHeaders, languageOf } from './html-answer.ts';

/**
 * The page that a browser gets at an address that leads nowhere.
 *
 * @param publicUrl address of the server, without a slash at the end; that of each request if absent
 * @param files addresses of files of the explorer that it uses
 */
export const sendLostPage =
  (publicUrl: string | undefined, files: PageFiles | undefined) =>
  (request: Request): Answer => ({
    status: 404,
    headers: { ...htmlHeaders, 'content-type': 'text/html; charset=utf-8' },
    body: lostPage(
      {
        base: publicUrl ?? new URL(request.url).origin,
        language: languageOf(request),
        assets: files?.(wayToRoot(request.url)).assets,
      },
      decoded(pathOf(request.url)),
    ),
  });
