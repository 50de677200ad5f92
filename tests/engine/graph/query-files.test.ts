import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { queryFile } from '../../../src/engine/graph/query-files.ts';

const folder = new URL('../../../cypher/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.cypher'));

const namesIn = (text: string) => new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name));

/** Splits at commas that are outside of all brackets. */
function split(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if ('([{<'.includes(letter)) depth += 1;
    if (')]}>'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

/** The statement of a file, and what its header says about parameters and columns. */
function read(file: string) {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const { text: statement } = queryFile(file.replace(/\.cypher$/, ''));
  const header = text.slice(0, text.indexOf(statement)).replaceAll(/\n\/\/ {3}/g, ' ');
  const section = (name: string) => new RegExp(`^// ${name}: (.*)$`, 'm').exec(header)?.[1] ?? '';
  return { text, statement, header, parameters: section('Parameters'), columns: section('Columns') };
}

/** The names of the columns that a statement returns. */
function returned(statement: string): readonly (string | undefined)[] {
  const [, columns = ''] = /^RETURN\s([\s\S]*)/m.exec(statement) ?? [];
  // An arrow of a relation or a comparison is no bracket.
  return split(columns.replaceAll(/->|<-|<=|>=|<>| < | > /g, ' ')).map(
    (column) => /(?:^|\sAS )(\w+)$/.exec(column)?.[1],
  );
}

describe('a query file', () => {
  it('is there', () => expect(files).not.toEqual([]));

  it.each(files)('%s is its statement, after a header', (file) => {
    const { text, statement } = read(file);
    expect(statement).not.toMatch(/^\/\//);
    expect(text).toContain(statement);
  });

  it.each(files)('%s documents exactly its parameters in the header', (file) => {
    const { statement, parameters, header } = read(file);
    const documented = new Set(split(parameters).map((one) => /^\$(\w+): \S/.exec(one)?.[1]));
    const used = namesIn(statement);
    // What a placeholder brings is used by the text that takes its place.
    const brought = namesIn(/^\/\/ __\w+\(?\w*\)?__ .*$/m.exec(header)?.[0] ?? '');
    expect(documented).toEqual(new Set([...used, ...brought]));
  });

  it.each(files)('%s uses exactly the documented keys of each map parameter', (file) => {
    const { statement, parameters } = read(file);
    const used = new Set([...statement.matchAll(/\$\w+\.(\w+)/g)].map(([, name]) => name));
    const keys = split(parameters).flatMap((one) => split(/^\$\w+: \{(.*)\}$/.exec(one)?.[1] ?? ''));
    expect(new Set(keys.flatMap((key) => /^\w+/.exec(key)?.[0] ?? []))).toEqual(used);
  });

  it.each(files)('%s documents the columns that it returns, in their order', (file) => {
    const { statement, columns } = read(file);
    expect(split(columns).map((column) => /^(\w+): \S/.exec(column)?.[1])).toEqual(returned(statement));
  });
});
