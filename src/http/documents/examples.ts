import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An example query; the comment at its top describes its result. */
export interface Example {
  readonly name: string;
  readonly query: string;
}

/** Examples, or the folder that holds them. */
export type Examples = string | readonly Example[] | undefined;

/** Reads a folder of examples, in the order of the file names; none without a folder. */
export function loadExamples(folder: Examples): readonly Example[] {
  if (folder === undefined) return [];
  if (typeof folder !== 'string') return folder;
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const query = readFileSync(join(folder, file), 'utf8').trimEnd();
    if (!query.startsWith('# '))
      throw new Error(`${join(folder, file)} does not begin with a comment that describes its result.`);
    return { name: file.replace('.graphql', ''), query };
  });
}
