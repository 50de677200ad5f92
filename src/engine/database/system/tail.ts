import { readFileSync } from 'node:fs';

/** The last lines of a log. */
export function tail(file: string, lines: number): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
