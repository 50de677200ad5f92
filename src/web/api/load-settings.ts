import type { Settings } from '../../explorer/settings.ts';
import { know } from '../settings/known.ts';
import { AskError } from './ask.ts';

/**
 * Asks the server what the explorer shows of its graph.
 * @throws AskError
 */
export async function loadSettings(): Promise<void> {
  try {
    const response = await fetch('/explore/assets/graph.json');
    if (!response.ok) throw new Error(`The server responded with status ${response.status}.`);
    know((await response.json()) as Settings);
  } catch (cause) {
    throw new AskError('The server cannot be reached. Check your connection.', { isPassing: true, cause });
  }
}
