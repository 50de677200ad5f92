import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../../examples/', import.meta.url);

/** An example query; the comment at its top describes its result. */
export interface Example {
  readonly name: string;
  readonly query: string;
}

/** Reads `examples/`, in the order of the file names. */
export function loadExamples(): readonly Example[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const query = readFileSync(new URL(file, folder), 'utf8').trimEnd();
    if (!query.startsWith('# '))
      throw new Error(`examples/${file} does not begin with a comment that describes its result.`);
    return { name: file.replace('.graphql', ''), query };
  });
}
