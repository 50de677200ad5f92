import {
  databaseStatus,
  type ManagedDatabase,
  startDatabase,
  stopDatabase,
} from '../managed-database/find-database.ts';
import type { Session } from './session/session.ts';

function describe({ origin, uri, pid, since, version, folder, keptBy, users }: ManagedDatabase): readonly string[] {
  const process = pid === undefined ? origin : `process ${pid}`;
  return [
    `Neo4j ${version} runs at ${uri} (${process}, since ${since}).`,
    `  Data      ${folder}`,
    `  Ends      ${keptBy === 'command' ? 'with silkgraph database stop' : 'with the last server that uses it'}`,
    `  Used by   ${users.length === 0 ? 'no processes' : users.map((user) => `process ${user}`).join(', ')}`,
  ];
}

const report =
  ({ screen }: Session) =>
  (step: string) =>
    screen.say(`${step}.`);

function say({ screen }: Session, lines: readonly string[]): void {
  for (const line of lines) screen.say(line);
}

/** Starts the managed Neo4j, which runs until it is stopped. If the command is aborted, it stops what it started. */
export async function startManaged(session: Session): Promise<void> {
  say(session, describe(await startDatabase(session.config, report(session), session.signal)));
}

/** Stops the managed Neo4j, even if it is in use. */
export async function stopManaged(session: Session): Promise<void> {
  const stopped = await stopDatabase(session.config, report(session), session.signal);
  session.screen.say(stopped ? `Stopped Neo4j at ${stopped.uri}.` : 'No managed Neo4j was running.');
}

/** Shows the status of the managed Neo4j. */
export async function showManaged(session: Session): Promise<void> {
  const found = await databaseStatus(session.config);
  say(session, found ? describe(found) : ['No managed Neo4j is running.']);
}
