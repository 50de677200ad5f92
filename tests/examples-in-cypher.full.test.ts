import { readdirSync, readFileSync } from 'node:fs';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { testAddress } from './setup/database.ts';

const examples = new URL('../examples/', import.meta.url);
const folder = new URL('cypher/', examples);
const names = readdirSync(folder).map((name) => name.replace(/\.cypher$/, ''));
const statementOf = (name: string) => readFileSync(new URL(`${name}.cypher`, folder), 'utf8');

/** Numbers as text, to twelve digits: sums may be added up in another order. */
const textOf = (value: unknown) => String(typeof value === 'number' ? Number(value.toPrecision(12)) : value);

/** The values of an answer in their order, without absent ones and without `by`, which repeats the question. */
function valuesOf(answer: unknown): readonly string[] {
  if (answer === null || answer === undefined) return [];
  if (Array.isArray(answer)) return answer.flatMap(valuesOf);
  if (typeof answer !== 'object') return [textOf(answer)];
  return Object.entries(answer).flatMap(([name, value]) => (name === 'by' ? [] : valuesOf(value)));
}

/** A line without what stands in brackets that close on it. */
function outsideOfBrackets(line: string): string {
  const shorter = line.replaceAll(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g, '');
  return shorter === line ? line : outsideOfBrackets(shorter);
}

describe('the examples written by hand in Cypher', () => {
  let driver: Driver;
  let named: { readonly database?: string };
  beforeAll(async () => {
    const address = await testAddress();
    driver = openDriver(address);
    named = address.database === undefined ? {} : { database: address.database };
  });
  afterAll(() => driver.close());

  it.each(names)('%s has the same values in the same order as the answer', async (name) => {
    const { records } = await driver.executeQuery(statementOf(name), {}, { routing: 'READ', ...named });
    const answer: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, examples), 'utf8'));
    expect(valuesOf(records.map((record) => [...record.values()]))).toEqual(valuesOf(answer));
  });

  it.each(names)('%s has a line for each clause', (name) => {
    const lines = statementOf(name).trimEnd().split('\n');
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    const clause = /\S.* (?:MATCH|UNWIND|WHERE|(?<!STARTS )WITH|RETURN|ORDER BY|LIMIT)\b/;
    const code = lines.filter((line) => !line.startsWith('//')).map((line) => line.replace('OPTIONAL MATCH', 'MATCH'));
    expect(code.map(outsideOfBrackets).filter((line) => clause.test(line))).toEqual([]);
  });
});
