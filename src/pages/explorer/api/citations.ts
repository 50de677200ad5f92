import { say } from '../settings/say.tsx';
import { AskError, type Asked, post, read } from './ask.ts';

/** An entry of BibTeX begins with its type and its key. */
const ENTRIES = /^(?=@\w+\{)/m;

async function bibliography(asked: Asked): Promise<string> {
  const response = await post('export', { ...asked, format: 'bib' });
  if (response.ok) return response.text();
  const { errors } = await read(response);
  throw new AskError(errors?.[0]?.message ?? say('The server cannot be reached. Check your connection.'), {
    isPassing: response.status >= 500,
  });
}

/** The sources of the answers to queries in BibTeX, each once. @throws AskError */
export async function bibliographyOf(asked: readonly Asked[]): Promise<string> {
  const files = await Promise.all(asked.map(bibliography));
  const entries = files.flatMap((file) => file.split(ENTRIES).map((entry) => entry.trim()));
  return `${[...new Set(entries.filter(Boolean))].join('\n\n')}\n`;
}
