import type { Settings } from '../../views/settings.ts';
import { language } from './language.ts';

/** What the page needs of the settings that the server makes for the explorer. */
export type GraphSettings = Pick<Settings, 'graphLanguage' | 'kinds' | 'labels' | 'spelling'>;

let asked: Promise<GraphSettings | undefined> | undefined;

async function read(): Promise<GraphSettings | undefined> {
  try {
    const response = await fetch(`explore/assets/graph.json${language === 'en' ? '' : `?lang=${language}`}`);
    return response.ok ? ((await response.json()) as GraphSettings) : undefined;
  } catch {
    return undefined;
  }
}

/** The settings of the graph in the language of the page, asked for once; `undefined` if it has no explorer. */
export function graphSettings(): Promise<GraphSettings | undefined> {
  asked ??= read();
  return asked;
}
