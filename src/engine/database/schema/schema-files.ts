import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One step of the database's schema: a file of statements, applied once. */
export interface SchemaChange {
  readonly name: string;
  readonly checksum: string;
  readonly statements: readonly string[];
}

/** Where Silkgraph's own changes are. */
export const schemaFolder = fileURLToPath(new URL('../../../../cypher/schema', import.meta.url));

/** A checksum that does not depend on how an editor or Git ends lines. */
export function checksum(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

function statementsIn(text: string): string[] {
  const code = text.replaceAll(/^\s*\/\/.*$/gm, '');
  const statements = code.split(/;[ \t]*\r?$/m).map((statement) => statement.trim());
  return statements.filter((statement) => statement !== '');
}

/**
 * The changes in a folder, in order: `0001-what.cypher`, statements that end with `;` at the end of a line, each safe
 * to run again in case the server is killed between it and its being recorded.
 */
export function readSchemaFiles(folder: string): SchemaChange[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.+\.cypher$/.test(name));
  return names.sort().map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, checksum: checksum(text), statements: statementsIn(text) };
  });
}
