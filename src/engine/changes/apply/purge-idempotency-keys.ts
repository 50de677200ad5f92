import { times } from '../../budgets/time-budget.ts';
import type { Graph } from '../../graph/graph.ts';
import type { NoParameters, Statement } from '../../graph/statement.ts';

/** How long and how many answered requests are stored, so that a repeated one is answered as the first was. */
export const retention = {
  /** Days for which the answer of a request that changed the graph is stored. */
  answerDays: 7,
  /** Days for which a refusal is stored. */
  refusalDays: 1,
  /** Maximum number of answers of one author. */
  answers: 100_000,
  /** Maximum number of refusals of one author. */
  refusals: 10_000,
};

export type Retention = Readonly<typeof retention>;

/** Maximum number of requests that one transaction deletes. */
const BATCH = 5_000;

/** Requests that the last pass may have missed, because clocks differ or a request was not yet committed, in milliseconds. */
const MARGIN = 600_000;

// Several servers do this: one at a time, so that none deletes what another one is deleting.
const lock: Statement<NoParameters> = {
  name: 'requests-lock',
  text: "MERGE (lock:`_Lock` {name: 'requests'}) SET lock.`_lock` = true REMOVE lock.`_lock`",
};

const deleteOld: Statement<{ readonly answerDays: number; readonly batch: number }, readonly [deleted: number]> = {
  name: 'requests-delete-old',
  text: `MATCH (request:\`_Request\`)
WHERE request.at < datetime() - duration({days: $answerDays})
WITH request LIMIT toInteger($batch)
DELETE request
RETURN count(*)`,
};

// Only those that became old since the last pass: answers of the same age stay, and would be looked at in each pass.
const deleteOldRefusals: Statement<
  { readonly since: number; readonly refusalDays: number; readonly batch: number },
  readonly [deleted: number]
> = {
  name: 'requests-delete-old-refusals',
  text: `MATCH (request:\`_Request\`)
WHERE request.at >= datetime({epochMillis: toInteger($since)}) - duration({days: $refusalDays})
  AND request.at < datetime() - duration({days: $refusalDays})
  AND request.faults IS NOT NULL
WITH request LIMIT toInteger($batch)
DELETE request
RETURN count(*)`,
};

const active: Statement<{ readonly since: number }, readonly [owner: string]> = {
  name: 'requests-active-owners',
  text: `MATCH (request:\`_Request\`)
WHERE request.at >= datetime({epochMillis: toInteger($since)}) AND request.owner IS NOT NULL
RETURN DISTINCT request.owner`,
};

// The condition on the key lets Neo4j use the index on owner and key.
const count: Statement<{ readonly owner: string }, readonly [answers: number, refusals: number]> = {
  name: 'requests-count',
  text: `MATCH (request:\`_Request\` {owner: $owner})
WHERE request.key IS NOT NULL
RETURN count(request) - count(request.faults), count(request.faults)`,
};

const deleteOldest: Statement<
  { readonly owner: string; readonly refused: boolean; readonly batch: number },
  readonly [deleted: number]
> = {
  name: 'requests-delete-oldest',
  text: `MATCH (request:\`_Request\` {owner: $owner})
WHERE request.key IS NOT NULL AND (request.faults IS NOT NULL) = $refused
WITH request ORDER BY request.at LIMIT toInteger($batch)
DELETE request
RETURN count(*)`,
};

/**
 * Deletes answered requests that are older than their retention, and the oldest of authors who have too many.
 * @param since time of the last complete pass, in milliseconds since 1970: what it has seen is not read again
 * @returns how many were deleted
 * @throws GraphError
 */
export async function purgeIdempotencyKeys(graph: Graph, kept: Retention = retention, since = 0): Promise<number> {
  const options = { timeLeft: () => times.forgetting.ms };
  const remove = <Given extends object>(
    statement: Statement<Given, readonly [deleted: number]>,
    parameters: NoInfer<Given>,
  ) =>
    graph.write(async (run) => {
      await run(lock, {});
      const [[removed] = [0]] = await run(statement, parameters);
      return removed;
    }, options);
  const { answerDays, refusalDays } = kept;
  const passes = [
    () => remove(deleteOld, { answerDays, batch: BATCH }),
    () => remove(deleteOldRefusals, { since, refusalDays, batch: BATCH }),
  ];
  let deleted = 0;
  for (const pass of passes) for (let batch = BATCH; batch === BATCH; deleted += batch) batch = await pass();
  for (const [owner] of await graph.read(active, { since }, options)) {
    const [[answers, refusals] = [0, 0]] = await graph.read(count, { owner }, options);
    for (const [refused, surplus] of [
      [false, answers - kept.answers],
      [true, refusals - kept.refusals],
    ] as const)
      for (let left = surplus; left > 0; left -= BATCH)
        deleted += await remove(deleteOldest, { owner, refused, batch: Math.min(BATCH, left) });
  }
  return deleted;
}

export interface PurgingOptions {
  /** Time between two passes, in milliseconds. */
  readonly interval?: number;
  /** Receives the error of a pass that failed; the next pass tries again. */
  readonly report?: (error: unknown) => void;
}

/**
 * Forgets requests now and at intervals.
 * @returns ends that; a pass that is running then may fail in silence
 */
export function keepPurging(
  graph: Graph,
  { interval = times.forgettingAgain.ms, report = () => {} }: PurgingOptions = {},
): () => void {
  let isStopped = false;
  let pass = Promise.resolve();
  let since = 0;
  const begin = () => {
    pass = pass
      .then(async () => {
        if (isStopped) return;
        const begun = Date.now();
        await purgeIdempotencyKeys(graph, retention, since);
        since = Math.max(0, begun - MARGIN);
      })
      .catch((error: unknown) => {
        if (!isStopped) report(error);
      });
  };
  begin();
  const timer = setInterval(begin, interval).unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
