import neo4j, { type Integer } from 'neo4j-driver';
import type { Graph } from '../../engine/graph/graph.ts';
import type { NoParameters, Statement } from '../../engine/graph/statement.ts';
import { returned, type SecretWatch, type WatchColumns, watchOf } from './watch-store.ts';

// A watch that waits for nothing is due whatever its times say: the clock of the database may have been set back.
const isDue = `watch.url IS NOT NULL AND watch.after < log.last AND NOT watch.isGone
  AND (watch.failures = 0 OR watch.dueAt <= datetime()) AND (watch.owner IS NULL OR watch.leasedUntil <= datetime())`;

const due: Statement<NoParameters, readonly [due: number, all: number]> = {
  name: 'watches-due',
  text: `OPTIONAL MATCH (log:\`_ChangeLog\` {name: 'changes'})
OPTIONAL MATCH (watch:\`_Watch\`)
RETURN sum(CASE WHEN ${isDue} THEN 1 ELSE 0 END), count(watch.url)`,
};

/** The watches that were taken, and whether there are any. */
export interface Taken {
  readonly watches: readonly SecretWatch[];
  readonly hasWatches: boolean;
}

// The lock comes before the condition, so that two servers never take the same one.
const lease: Statement<{ readonly owner: string; readonly most: Integer; readonly seconds: Integer }, WatchColumns> = {
  name: 'watches-lease',
  text: `MATCH (watch:\`_Watch\`) SET watch.\`_lock\` = true REMOVE watch.\`_lock\`
WITH watch
MATCH (log:\`_ChangeLog\` {name: 'changes'})
WHERE ${isDue}
WITH watch ORDER BY watch.dueAt LIMIT $most
SET watch.leasedUntil = datetime() + duration({seconds: $seconds}), watch.owner = $owner
${returned}`,
};

interface Moved {
  readonly id: string;
  readonly owner: string;
  readonly before: Integer;
  readonly after: Integer;
}

// Only while the lease is ours and from where the delivery began: after it, another server may have gone on from the same
// place, and a request to send again may have moved the watch back.
const advance: Statement<Moved & { readonly seconds: Integer }, readonly [count: number]> = {
  name: 'watch-advance',
  text: `MATCH (watch:\`_Watch\` {id: $id, owner: $owner}) WHERE watch.after = $before
SET watch.after = $after, watch.failures = 0, watch.lastError = null, watch.dueAt = datetime(),
  watch.leasedUntil = datetime() + duration({seconds: $seconds})
RETURN count(*)`,
};

const release: Statement<{ readonly id: string; readonly owner: string }> = {
  name: 'watch-release',
  text: 'MATCH (watch:`_Watch` {id: $id, owner: $owner}) SET watch.leasedUntil = datetime(), watch.owner = null',
};

const fail: Statement<{
  readonly id: string;
  readonly owner: string;
  readonly error: string;
  readonly milliseconds: Integer;
  readonly isGone: boolean;
}> = {
  name: 'watch-fail',
  text: `MATCH (watch:\`_Watch\` {id: $id, owner: $owner})
SET watch.failures = watch.failures + 1, watch.lastError = $error, watch.isGone = $isGone,
  watch.dueAt = datetime() + duration({milliseconds: $milliseconds}), watch.leasedUntil = datetime(), watch.owner = null`,
};

const setAside: Statement<Moved & { readonly error: string }> = {
  name: 'watch-set-aside',
  text: `MATCH (watch:\`_Watch\` {id: $id, owner: $owner}) WHERE watch.after = $before
CREATE (letter:\`_DeadLetter\` {watch: $id, after: watch.after, until: $after, error: $error, at: datetime()})
SET watch.after = $after, watch.failures = 0, watch.dueAt = datetime(), watch.leasedUntil = datetime(), watch.owner = null`,
};

/** Statements of the server itself, which are planned at its start. */
export const ownStatements: readonly Statement[] = [due];

/** What one server does with the watches that it has taken. */
export const createLeases = (graph: Graph, owner: string, seconds: number) => ({
  /** Takes watches that have something to deliver. @throws GraphError */
  async take(most: number): Promise<Taken> {
    // Looks before it writes: mostly there is nothing to do.
    const [[count, all] = [0, 0]] = await graph.read(due, {});
    if (count === 0) return { watches: [], hasWatches: all > 0 };
    const rows = await graph.write((run) => run(lease, { owner, most: neo4j.int(most), seconds: neo4j.int(seconds) }));
    return { watches: rows.map(watchOf), hasWatches: true };
  },
  /** @returns false if the lease is over, or the watch is elsewhere @throws GraphError */
  async advance(id: string, before: number, after: number): Promise<boolean> {
    const moved = { id, owner, before: neo4j.int(before), after: neo4j.int(after), seconds: neo4j.int(seconds) };
    const [[count] = [0]] = await graph.write((run) => run(advance, moved));
    return count > 0;
  },
  async release(id: string): Promise<void> {
    await graph.write((run) => run(release, { id, owner }));
  },
  async fail(id: string, error: string, milliseconds: number, isGone = false): Promise<void> {
    await graph.write((run) =>
      run(fail, { id, owner, error, milliseconds: neo4j.int(Math.round(milliseconds)), isGone }),
    );
  },
  async setAside(id: string, before: number, until: number, error: string): Promise<void> {
    const moved = { id, owner, before: neo4j.int(before), after: neo4j.int(until) };
    await graph.write((run) => run(setAside, { ...moved, error }));
  },
});

export type Leases = ReturnType<typeof createLeases>;
