import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { SettingsError } from './settings-error.ts';
import type { Environment } from './settings-reader.ts';

/** One variable with its value, which continues to the closing quotation mark where it has an opening one. */
const assignment = /^[^\S\n]*(?:export\s+)?[\w.-]+[^\S\n]*=[^\S\n]*(?:"[^"]*"|'[^']*'|`[^`]*`)?.*$/gm;

/** Numbers of the lines that are neither a variable nor a comment, which nothing would be read from. */
const otherLines = (text: string): readonly number[] =>
  text
    .replace(assignment, (found) => found.replace(/[^\n]/g, ''))
    .split('\n')
    .flatMap((line, index) => (/^\s*(#|$)/.test(line) ? [] : [index + 1]));

function readLines(file: string, text: string): Environment {
  const others = otherLines(text);
  // Not repeated, because it may be part of a secret.
  if (others.length > 0) {
    throw new SettingsError(others.map((line) => `${file}, line ${line}: It is not a setting such as PORT=4000.`));
  }
  return parseEnv(text) as Environment;
}

function readObject(file: string, text: string): Environment {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // It is said below.
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SettingsError([`${file} is neither an object in JSON nor a list of lines such as PORT=4000.`]);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, value]) => [name, value === null ? undefined : String(value)]),
  );
}

/** Variables of a file: JSON with an object of them, or a line `NAME=value` for each. @throws SettingsError */
export function readVariables(file: string): Environment {
  let text: string;
  try {
    // Editors on Windows begin a file with a byte order mark, which would be part of the first name.
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new SettingsError([`${file} cannot be read: ${error instanceof Error ? error.message : error}`]);
  }
  return /^\s*[{[]/.test(text) ? readObject(file, text) : readLines(file, text.replaceAll('\r\n', '\n'));
}
