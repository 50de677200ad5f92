import type { Session } from '../../src/cli/commands/session/session.ts';
import { readConfig } from '../../src/config.ts';
import cooperationGraph from '../../src/cooperation/graph.ts';
import type { Address } from '../../src/engine/database/address.ts';

/** Runs a command on a database as the command line does, and returns the lines that a person reads. */
export async function runCommand(
  command: (session: Session) => Promise<void>,
  { uri, username, password, database = '' }: Address,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const screen = { say: (line: string) => void lines.push(line), progress: () => {}, finish: () => {} };
  const config = readConfig({
    NEO4J_URI: uri,
    NEO4J_USERNAME: username,
    NEO4J_PASSWORD: password,
    NEO4J_DATABASE: database,
  });
  await command({ config, screen, silkgraph: async () => cooperationGraph, signal: new AbortController().signal });
  return lines;
}
