import { setTimeout as pause } from 'node:timers/promises';
import { isRetryableError, type Session, type Transaction } from 'neo4j-driver';
import { times } from '../budgets/time-budget.ts';
import { exceededItsMemory } from './errors.ts';

/** Pauses before further attempts: they double from the first to the longest, in milliseconds. */
const FIRST_PAUSE = 50;

/** A random part, so that writes that failed together do not come back together. */
const spread = (milliseconds: number) => milliseconds * (0.8 + Math.random() * 0.4);

async function attempt<Answer>(
  transaction: Transaction,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await work(transaction);
    await transaction.commit();
    return answer;
  } catch (error) {
    // A transaction that failed is closed already, and a rollback that fails changes nothing.
    await transaction.rollback().catch(() => {});
    throw error;
  }
}

/**
 * Runs work in a transaction, again after a passing fault of the database, until the session is closed. The driver's own
 * `executeWrite` does the same with pauses that double from one second on, so that after an outage a write sleeps up to
 * five seconds beside a database that is back.
 * @param limit in milliseconds, after which nobody waits for the write: no attempt begins beyond it, and the fault is thrown
 * @throws Neo4jError, and whatever the work throws
 */
export async function retriedWrite<Answer>(
  session: Session,
  work: (transaction: Transaction) => Promise<Answer>,
  settings: Parameters<Session['beginTransaction']>[0],
  limit = Number.POSITIVE_INFINITY,
): Promise<Answer> {
  const end = performance.now() + limit;
  let firstFailure: number | undefined;
  for (let attempts = 0; ; attempts += 1) {
    const wait = spread(Math.min(FIRST_PAUSE * 2 ** attempts, times.writePause.ms));
    try {
      return await attempt(await session.beginTransaction(settings), work);
    } catch (error) {
      const now = performance.now();
      firstFailure ??= now;
      const mayPass = isRetryableError(error) && !exceededItsMemory(error);
      if (!mayPass || now > firstFailure + times.writeRetries.ms || now + wait > end) throw error;
    }
    await pause(wait);
  }
}
