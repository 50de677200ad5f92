import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An example query; the comment at its top describes its result. */
export interface Example {
  readonly name: string;
  readonly query: string;
}

/** Examples, or the folder that holds them. */
export type Examples = string | readonly Example[] | undefined;

/** The examples of a graph cannot be read, or one says nothing about its result. */
export class ExamplesRefused extends Error {
  override readonly name = 'ExamplesRefused';
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExamplesRefused(
      `The folder of examples, ${folder}, cannot be read (${code}). Name it as seen from the module: new URL('./examples', import.meta.url).`,
    );
  }
}

/**
 * Reads a folder of examples, in the order of the file names; none without a folder.
 * @throws ExamplesRefused
 */
export function loadExamples(folder: Examples): readonly Example[] {
  if (folder === undefined) return [];
  if (typeof folder !== 'string') return folder;
  const files = filesIn(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const query = readFileSync(join(folder, file), 'utf8').trimEnd();
    if (!query.startsWith('# '))
      throw new ExamplesRefused(
        `${join(folder, file)} does not begin with a comment that describes its result, such as "# Which plants does a bee visit?".`,
      );
    return { name: file.replace('.graphql', ''), query };
  });
}
