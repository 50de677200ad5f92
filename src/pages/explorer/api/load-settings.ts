import type { Settings } from '../../views/settings.ts';
import { callNouns, know } from '../settings/known.ts';
import { language } from '../settings/language.ts';
import { tell } from '../settings/say.tsx';
import { AskError } from './ask.ts';

async function readSettings(): Promise<Settings> {
  const response = await fetch(`explore/assets/graph.json${language === 'en' ? '' : `?lang=${language}`}`);
  if (!response.ok) throw new Error(`The server responded with status ${response.status}.`);
  return (await response.json()) as Settings;
}

/** Texts of the page that are not English are loaded when they are wanted. */
async function readMessages(): Promise<void> {
  if (language === 'en') return;
  const { messages, nouns } = await import('../settings/chinese.ts');
  tell(messages);
  callNouns(nouns);
}

/**
 * Asks the server what the explorer shows of its graph, in the language of the page.
 * @throws AskError
 */
export async function loadSettings(): Promise<void> {
  document.documentElement.lang = language;
  try {
    const [settings] = await Promise.all([readSettings(), readMessages()]);
    know(settings);
  } catch (cause) {
    throw new AskError('The server cannot be reached. Check your connection.', { isPassing: true, cause });
  }
}
