import { createDocument } from '../documents/document.ts';
import { type Examples, loadExamples } from '../documents/examples.ts';
import { pathOf, type Route } from '../route.ts';
import { createBuiltPage } from './built-page.ts';
import { pageHeaders } from './page-headers.ts';

/** Folder of the built playground, the same from `src` and from `dist`. */
const folder = new URL('../../../dist/playground/', import.meta.url);

// Monaco, its editor, runs in workers and uses inline styles.
const headers = pageHeaders({ 'worker-src': "'self'", 'style-src': "'self' 'unsafe-inline'" });

/** GraphiQL with the example queries: the page and its files. It works offline. */
export function createGraphiql(given: Examples): { readonly page: Route; readonly asset: Route } {
  const built = createBuiltPage({ name: 'playground', folder, headers });
  const examples = createDocument(() => ({
    text: JSON.stringify(loadExamples(given)),
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
  }));
  return {
    page: built.page,
    asset: (request) => (pathOf(request.url).endsWith('/examples.json') ? examples(request) : built.asset(request)),
  };
}
