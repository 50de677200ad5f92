import { readFileSync } from 'node:fs';
import { createDocument } from '../documents/document.ts';
import type { Route } from '../route.ts';
import { createBuiltPage } from './built-page.ts';
import { pageHeaders } from './page-headers.ts';

/** Where the build puts the explorer; the same from `src` and from `dist`. */
const folder = new URL('../../../dist/web/', import.meta.url);
const notice = new URL('../../../seeds/NOTICE', import.meta.url);

const headers = pageHeaders({});

export interface Explorer {
  readonly page: Route;
  readonly asset: Route;
  readonly notice: Route;
  /** What it asks, each with its fragments; nothing where it is not built. */
  documents(): readonly string[];
}

/** The explorer: the page, what it is made of, and the notices that its data asks for. */
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
