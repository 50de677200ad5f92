import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { InvalidArgumentError } from 'commander';

/** A GraphQL document in a file; `-` stands for what is piped in. @throws InvalidArgumentError */
export async function readQuestion(path: string): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch {
    throw new InvalidArgumentError(`${path} cannot be read.`);
  }
}

/** Variables as they are written on the command line. @throws InvalidArgumentError */
export function readVariables(json: string | undefined): Readonly<Record<string, unknown>> {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {}
  throw new InvalidArgumentError('--variables has to be a JSON object, as in \'{"first": 10}\'.');
}
