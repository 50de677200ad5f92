import { readFileSync } from 'node:fs';
import { createDocument } from '../documents/document.ts';
import type { Route } from '../route.ts';
import { createBuiltPage } from './built-page.ts';
import { pageHeaders } from './page-headers.ts';

/** Folder of the built explorer, the same from `src` and from `dist`. */
const folder = new URL('../../../dist/web/', import.meta.url);
const notice = new URL('../../../seeds/NOTICE', import.meta.url);

const headers = pageHeaders({});

export interface Explorer {
  readonly page: Route;
  readonly asset: Route;
  readonly notice: Route;
  /** Its queries, each with its fragments; empty if the explorer is not built. */
  documents(): readonly string[];
}

/** The explorer: the page, its files, and the notices that its data requires. */
export function createExplorer(): Explorer {
  const { page, asset, note } = createBuiltPage({ name: 'explorer', folder, headers });
  return {
    page,
    asset,
    documents: () => JSON.parse(note('documents.json') ?? '[]'),
    notice: createDocument(() => ({
      text: readFileSync(notice, 'utf8'),
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
    })),
  };
}
