import type { Graph } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';

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

/** Timeout of one statement, in milliseconds. */
const PATIENCE = 30_000;

// Several servers do this: one at a time, so that none deletes what another one is deleting.
const lock: Statement = {
  name: 'requests-lock',
  text: "MERGE (lock:`_Lock` {name: 'requests'}) SET lock.`_lock` = true REMOVE lock.`_lock`",
};

const deleteOld: Statement = {
  name: 'requests-delete-old',
  text: `MATCH (request:\`_Request\`)
WHERE request.at < datetime() - duration({days: $refusalDays})
  AND (request.faults IS NOT NULL OR request.at < datetime() - duration({days: $answerDays}))
WITH request LIMIT toInteger($batch)
DELETE request
RETURN count(*)`,
};

const crowded: Statement = {
  name: 'requests-crowded',
  text: `MATCH (request:\`_Request\`)
WITH request.owner AS owner, request.faults IS NOT NULL AS refused, count(*) AS stored
WITH owner, refused, stored - CASE WHEN refused THEN $refusals ELSE $answers END AS surplus
WHERE surplus > 0
RETURN owner, refused, surplus`,
};

const deleteOldest: Statement = {
  name: 'requests-delete-oldest',
  text: `MATCH (request:\`_Request\`)
WHERE (request.owner = $owner OR ($owner IS NULL AND request.owner IS NULL)) AND (request.faults IS NOT NULL) = $refused
WITH request ORDER BY request.at LIMIT toInteger($batch)
DELETE request
RETURN count(*)`,
};

/**
 * Deletes answered requests that are older than they are kept, and the oldest of authors who have too many.
 * @returns how many were deleted
 * @throws GraphError
 */
export async function forgetRequests(graph: Graph, kept: Retention = retention): Promise<number> {
  const patient = { timeLeft: () => PATIENCE };
  const remove = (statement: Statement, parameters: object) =>
    graph.write(async (run) => {
      await run(lock);
      const [[count] = []] = await run(statement, { ...parameters });
      return Number(count);
    }, patient);
  let deleted = 0;
  for (let batch = BATCH; batch === BATCH; deleted += batch)
    batch = await remove(deleteOld, { refusalDays: kept.refusalDays, answerDays: kept.answerDays, batch: BATCH });
  const { answers, refusals } = kept;
  for (const [owner, refused, surplus] of await graph.read(crowded, { answers, refusals }, patient))
    for (let left = Number(surplus); left > 0; left -= BATCH)
      deleted += await remove(deleteOldest, { owner, refused, batch: Math.min(BATCH, left) });
  return deleted;
}

export interface ForgettingOptions {
  /** Time between two passes, in milliseconds. */
  readonly interval?: number;
  /** Receives the error of a pass that failed; the next pass tries again. */
  readonly report?: (error: unknown) => void;
}

/**
 * Forgets requests now and at intervals.
 * @returns ends that; a pass that is running then may fail in silence
 */
export function keepForgetting(
  graph: Graph,
  { interval = 600_000, report = () => {} }: ForgettingOptions = {},
): () => void {
  let isStopped = false;
  let pass = Promise.resolve();
  const begin = () => {
    pass = pass
      .then(async () => {
        if (!isStopped) await forgetRequests(graph);
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
