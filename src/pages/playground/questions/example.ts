import type { Language } from '../../views/languages.ts';

/** An example query from the server. */
export interface Example {
  /** Name in addresses. */
  readonly name: string;
  readonly query: string;
  /** What it asks, in the language of the page. */
  readonly title: string;
  readonly remark: string;
}

/** Loads the examples of the server; empty on failure, since everything else works without them. */
export async function loadExamples(language: Language): Promise<readonly Example[]> {
  try {
    const response = await fetch(`graphql/assets/examples.json${language === 'en' ? '' : `?lang=${language}`}`);
    return response.ok ? ((await response.json()) as readonly Example[]) : [];
  } catch {
    return [];
  }
}
