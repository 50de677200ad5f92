import { type Language, languages } from '../../ontology/language/labels.ts';
import { createDocument } from '../../server/documents/document.ts';
import { type Examples, loadExamples } from '../../server/documents/examples.ts';
import { pathOf, type Route } from '../../server/route.ts';
import { remarkOf, titleOf, translated } from '../shared/example-texts.ts';
import type { ExplorerContents } from '../views/contents.ts';
import { createBuiltPage } from './built-page.ts';
import { languageOf } from './language-of.ts';
import { pageHeaders } from './page-headers.ts';

/** Folder of the built playground, the same from `src` and from `dist`. */
const folder = new URL('../../../dist/pages/playground/', import.meta.url);

// Monaco, its editor, runs in workers and uses inline styles.
const headers = pageHeaders({ 'worker-src': "'self'", 'style-src': "'self' 'unsafe-inline'" });

/**
 * GraphiQL with the example queries: the page and its files. It works offline.
 *
 * @param shown what the explorer shows: its texts say what the examples are called in other languages
 */
export function createGraphiql(
  given: Examples,
  shown?: Pick<ExplorerContents, 'textsIn'>,
): { readonly page: Route; readonly asset: Route } {
  const built = createBuiltPage({ name: 'playground', folder, headers });
  const examplesIn = (language: Language) => {
    const say = shown?.textsIn(language) ?? ((text: string) => text);
    return createDocument(() => ({
      text: JSON.stringify(
        loadExamples(given).map(({ name, query }) => ({
          name,
          query: translated(query, say),
          title: say(titleOf(query)),
          remark: say(remarkOf(query)),
        })),
      ),
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    }));
  };
  const examples = new Map(languages.map((language) => [language, examplesIn(language)]));
  return {
    page: built.page,
    asset: (request) => {
      const listed = pathOf(request.url).endsWith('/examples.json') && examples.get(languageOf(request));
      return listed ? listed(request) : built.asset(request);
    },
  };
}
