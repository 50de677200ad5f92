import neo4j, { type DateTime, type Integer } from 'neo4j-driver';
import { DatabaseError } from '../../../engine/database/database-error.ts';
import type { Run } from '../../../engine/graph/graph.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';

/** Another process continues the adoption, or what is adopted has changed meanwhile. */
export class AdoptionInterrupted extends DatabaseError {
  constructor(what: string) {
    super('foreign-data', `${what} Run silkgraph adopt --yes again: it continues where it stopped.`);
  }
}

interface Owned {
  readonly owner: string;
}

type Instant = readonly [at: DateTime<number>];

// Servers refuse the database as long as the adoption is not finished, and later all nodes with other labels.
const take: Statement<Owned & { readonly leftAlone: readonly string[] }, Instant> = {
  name: 'adoption-marker-take',
  text: `MERGE (marker:\`_Adoption\` {name: 'adoption'})
ON CREATE SET marker.startedAt = datetime(), marker.adopted = 0, marker.updated = 0
WITH marker, marker.finishedAt IS NULL AS isPending
SET marker.startedAt = CASE WHEN isPending THEN marker.startedAt ELSE datetime() END,
  marker.adopted = CASE WHEN isPending THEN marker.adopted ELSE 0 END,
  marker.updated = CASE WHEN isPending THEN marker.updated ELSE 0 END,
  marker.owner = $owner, marker.leftAlone = $leftAlone
REMOVE marker.finishedAt
RETURN marker.startedAt`,
};

const advance: Statement<Owned & { readonly adopted: Integer; readonly updated: Integer }, readonly [count: number]> = {
  name: 'adoption-marker-advance',
  text: `MATCH (marker:\`_Adoption\` {owner: $owner})
SET marker.adopted = marker.adopted + $adopted, marker.updated = marker.updated + $updated
RETURN count(marker)`,
};

const finish: Statement<Owned, readonly [adopted: number, updated: number]> = {
  name: 'adoption-marker-finish',
  text: `MATCH (marker:\`_Adoption\` {owner: $owner}) SET marker.finishedAt = datetime()
RETURN marker.adopted, marker.updated`,
};

const find: Statement<NoParameters, readonly [isFinished: boolean, leftAlone: readonly string[]]> = {
  name: 'adoption-marker-find',
  text: 'MATCH (marker:`_Adoption`) RETURN marker.finishedAt IS NOT NULL, marker.leftAlone',
};

/** The labels that a finished adoption has left alone; `undefined` if there is none, or if it is not finished. */
export async function finishedAdoption(run: Run): Promise<readonly string[] | undefined> {
  const [row] = await run(find, {});
  return row?.[0] ? row[1] : undefined;
}

/** Marks an adoption as begun, or takes it over from a process that was stopped. Returns the instant of its begin. */
export async function takeMarker(run: Run, owner: string, leftAlone: readonly string[]): Promise<DateTime<number>> {
  const [row] = await run(take, { owner, leftAlone });
  if (!row) throw new Error('The adoption could not be marked as begun.');
  return row[0];
}

/** Notes what a transaction writes, and keeps other processes from writing. @throws AdoptionInterrupted */
export async function advanceMarker(run: Run, owner: string, adopted: number, updated: number): Promise<void> {
  const [row] = await run(advance, { owner, adopted: neo4j.int(adopted), updated: neo4j.int(updated) });
  if (row?.[0] !== 1) throw new AdoptionInterrupted('Another process has taken over the adoption.');
}

/** Marks the adoption as finished, and returns how much it has written in all its runs. @throws AdoptionInterrupted */
export async function finishMarker(
  run: Run,
  owner: string,
): Promise<{ readonly adopted: number; readonly updated: number }> {
  const [row] = await run(finish, { owner });
  if (!row) throw new AdoptionInterrupted('Another process has taken over the adoption.');
  const [adopted, updated] = row;
  return { adopted, updated };
}
