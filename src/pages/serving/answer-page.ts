import { readFileSync } from 'node:fs';
import { type Language, languages } from '../../ontology/language/labels.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { answerSettings } from '../shared/answer-settings.ts';
import type { ExplorerContents } from '../views/contents.ts';

/** The built page, the same from `src` and from `dist`. */
const file = new URL('../../../dist/pages/assistant/index.html', import.meta.url);

/** Where the page expects the settings. */
const PLACE = '<script id="settings" type="application/json">{}';

/** Within an element for scripts, only this could end it. */
const inScript = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

/**
 * The page that draws an answer of a tool inside of an assistant, with the settings of a graph in it. It is read once, when it is
 * first wanted.
 * @returns a function that returns the page as HTML; `undefined` if it is not built
 */
export function createAnswerPage(
  ontology: Ontology,
  { settingsIn }: Pick<ExplorerContents, 'settingsIn'>,
): () => string | undefined {
  let page: string | undefined;

  function read(): string | undefined {
    try {
      const settings = languages.map((language): [Language, unknown] => [
        language,
        answerSettings(ontology, settingsIn(language)),
      ]);
      const text = inScript(Object.fromEntries(settings));
      return readFileSync(file, 'utf8').replace(PLACE, () => PLACE.replace('{}', () => text));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  return () => {
    page ??= read();
    return page;
  };
}
