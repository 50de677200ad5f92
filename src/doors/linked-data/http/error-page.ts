import type { Plugin } from 'graphql-yoga';
import type { PageFiles } from '../../../pages/serving/explorer.ts';
import { wantsPage, wayToRoot } from '../../../server/route.ts';
import { failedPage } from '../page/message-pages.ts';
import { htmlHeaders, languageOf } from './html-answer.ts';

/** Seconds after which a page is opened again: as many as the server asks for, within limits. */
const [SOONEST, LATEST] = [3, 60];

interface Refusal {
  readonly errors?: readonly { readonly message?: string }[];
}

/** Seconds until another try may help; `undefined` if none would. */
function secondsUntilAgain(status: number, after: string | null): number | undefined {
  if (![429, 503, 504].includes(status)) return undefined;
  const seconds = Math.max(SOONEST, Number(after) || 0);
  return seconds <= LATEST ? seconds : undefined;
}

/** Gives a browser a page instead of an error in JSON; it opens the address again where that may help. */
export const sendErrorPage =
  (publicUrl: string | undefined, files: PageFiles | undefined): NonNullable<Plugin['onResponse']> =>
  async ({ request, response, setResponse, fetchAPI }) => {
    const { status, headers } = response;
    const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
    if (status < 400 || !isJson || !wantsPage(request)) return;
    const { errors } = (await response.json()) as Refusal;
    const { origin, pathname, search, searchParams } = new URL(request.url);
    const [base, language] = [publicUrl ?? origin, languageOf(request)];
    const isAsIs = [...searchParams.keys()].every((name) => name === 'lang');
    const again = secondsUntilAgain(status, headers.get('retry-after'));
    const text = failedPage(
      { base, language, assets: files?.(wayToRoot(request.url)).assets },
      {
        address: base + pathname + search,
        plain: isAsIs ? undefined : `${base}${pathname}?lang=${language}`,
        message: errors?.[0]?.message ?? '',
        again,
      },
    );
    const sent = new fetchAPI.Headers(headers);
    sent.delete('content-length');
    for (const [name, value] of Object.entries(htmlHeaders)) sent.set(name, value);
    sent.set('content-type', 'text/html; charset=utf-8');
    if (again !== undefined) sent.set('refresh', String(again));
    setResponse(new fetchAPI.Response(request.method === 'HEAD' ? null : text, { status, headers: sent }));
  };
