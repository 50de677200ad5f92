import {
  databaseStatus,
  type ManagedDatabase,
  startDatabase,
  stopDatabase,
} from '../database/managed/find-database.ts';
import type { Session } from './session.ts';

function describe({ origin, uri, pid, since, version, folder, keptBy, users }: ManagedDatabase): readonly string[] {
  const process = pid === undefined ? origin : `process ${pid}`;
  return [
    `Neo4j ${version} runs at ${uri} (${process}, since ${since}).`,
    `  Data      ${folder}`,
    `  Ends      ${keptBy === 'command' ? 'with silkgraph database stop' : 'with the last server that uses it'}`,
    `  Used by   ${users.length === 0 ? 'nobody' : users.map((user) => `process ${user}`).join(', ')}`,
  ];
}

const report =
  ({ screen }: Session) =>
  (step: string) =>
    screen.say(`${step}.`);

function say({ screen }: Session, lines: readonly string[]): void {
  for (const line of lines) screen.say(line);
}

/** Starts the managed Neo4j; it stays until it is stopped. Told to end meanwhile, the command ends what it started. */
export async function startManaged(session: Session): Promise<void> {
  say(session, describe(await startDatabase(session.config, report(session), session.signal)));
}

/** Stops the managed Neo4j, also while it is used. */
export async function stopManaged(session: Session): Promise<void> {
  const stopped = await stopDatabase(session.config, report(session), session.signal);
  session.screen.say(stopped ? `Neo4j at ${stopped.uri} is stopped.` : 'No Neo4j of Silkgraph was running.');
}

/** Says what the managed Neo4j does. */
export async function showManaged(session: Session): Promise<void> {
  const found = await databaseStatus(session.config);
  say(session, found ? describe(found) : ['No Neo4j of Silkgraph is running.']);
}
