import { readFileSync } from 'node:fs';
import type { Row, Statement } from './statement.ts';

/**
 * The statement in `cypher/<name>.cypher`, without the header that documents its parameters and columns: the type
 * arguments repeat these. Read at start, so that a missing file stops the server rather than a request.
 */
export function queryFile<Parameters extends object, Columns extends Row>(
  name: string,
): Statement<Parameters, Columns> {
  const text = readFileSync(new URL(`../../../cypher/${name}.cypher`, import.meta.url), 'utf8');
  return { name, text: text.replace(/^(?:\/\/.*\r?\n)+/, '').trim() };
}
