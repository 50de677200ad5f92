import { readFileSync } from 'node:fs';
import { type DeclaredRoles, readDeclaredRoles } from '../../engine/access/declared-roles.ts';
import type { SettingsReader } from './settings-reader.ts';

/** Which roles see a part of the graph. */
export function readRoles(read: SettingsReader): DeclaredRoles {
  const file = read.text('SILKGRAPH_ROLES', 'File that says what roles do not see of the graph, in JSON.');
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    read.faults.push(`SILKGRAPH_ROLES names the file ${file}, which cannot be read: ${(error as Error).message}.`);
    return {};
  }
  const found = readDeclaredRoles(text);
  if ('roles' in found) return found.roles;
  read.faults.push(...found.faults.map((fault) => `SILKGRAPH_ROLES, ${file}: ${fault}`));
  return {};
}
