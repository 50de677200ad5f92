import { readFileSync } from 'node:fs';
import type { ExplorerContents } from '../../explorer/contents.ts';
import { createDocument } from '../documents/document.ts';
import { json, pathOf, type Route } from '../route.ts';
import { createBuiltPage } from './built-page.ts';
import { pageHeaders } from './page-headers.ts';

/** Folder of the built explorer, the same from `src` and from `dist`. */
const folder = new URL('../../../dist/web/', import.meta.url);

const headers = pageHeaders({});

export interface Explorer {
  readonly page: Route;
  readonly asset: Route;
  readonly notice: Route;
}

const noNotice: Route = () => json(404, { message: 'The data of this graph has no notices.' });

/** The explorer: the page, its files, its settings, and the notices that the data requires. */
export function createExplorer({ settings, notice }: ExplorerContents): Explorer {
  const { page, asset } = createBuiltPage({ name: 'explorer', folder, headers });
  const graph = createDocument(() => ({
    text: JSON.stringify(settings),
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
  }));
  return {
    page,
    asset: (request) => (pathOf(request.url).endsWith('/graph.json') ? graph(request) : asset(request)),
    notice:
      notice === undefined
        ? noNotice
        : createDocument(() => ({
            text: readFileSync(notice, 'utf8'),
            headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
          })),
  };
}
