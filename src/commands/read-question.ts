import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { InvalidArgumentError } from 'commander';

/** Reads a GraphQL document from a file, or from standard input for `-`. @throws InvalidArgumentError */
export async function readQuestion(path: string): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch {
    throw new InvalidArgumentError(`Cannot read ${path}.`);
  }
}

/** Parses variables from the command line. @throws InvalidArgumentError */
export function readVariables(json: string | undefined): Readonly<Record<string, unknown>> {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {}
  throw new InvalidArgumentError('--variables must be a JSON object, for example \'{"first": 10}\'.');
}
