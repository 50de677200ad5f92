import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { InvalidArgumentError } from 'commander';
import { parseExactJson } from '../../ontology/exact-json.ts';
import { loadExamples } from '../../server/documents/examples.ts';

/** The example that a number or the beginning of a name stands for, such as `1`, `14` or `14-latest`. */
function exampleOf(examples: string | undefined, name: string): string | undefined {
  const isNumber = /^\d+$/.test(name);
  const found = loadExamples(examples).filter((example) =>
    isNumber
      ? Number.parseInt(example.name, 10) === Number(name)
      : example.name === name || example.name.startsWith(`${name}-`),
  );
  return found.length === 1 ? found[0]?.query : undefined;
}

/**
 * Reads a GraphQL document from a file, from standard input for `-`, or from the examples of a graph by its name.
 * @throws InvalidArgumentError
 */
export async function readQuestion(path: string, examples?: () => Promise<string | undefined>): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch {
    const example = /^[\p{L}\p{M}\p{N}_-]+$/u.test(path) && examples ? exampleOf(await examples(), path) : undefined;
    if (example !== undefined) return example;
    throw new InvalidArgumentError(`Cannot read ${path}. Name a file, or an example by its number, such as 14.`);
  }
}

/** Parses variables from the command line. @throws InvalidArgumentError */
export function readVariables(json: string | undefined): Readonly<Record<string, unknown>> {
  if (json === undefined) return {};
  try {
    const value: unknown = parseExactJson(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {}
  throw new InvalidArgumentError('--variables must be a JSON object, for example \'{"first": 10}\'.');
}
