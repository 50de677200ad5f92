import { readFileSync } from 'node:fs';
import type { Statement } from './graph.ts';

/**
 * The statement in `cypher/<name>.cypher`, without the header that says what comes back and what goes in. Read at start,
 * so that a missing file stops the server and not a request.
 */
export function queryFile(name: string): Statement {
  const text = readFileSync(new URL(`../../cypher/${name}.cypher`, import.meta.url), 'utf8');
  return { name, text: text.replace(/^(?:\/\/.*\r?\n)+/, '').trim() };
}
