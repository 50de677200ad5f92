import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, Report } from '../../engine/database/address.ts';
import { DatabaseError } from '../../engine/database/database-error.ts';
import type { LocalSettings } from './local-engine.ts';
import { acquireNeo4j, hasEnded } from './managed-neo4j.ts';
import type { Neo4jLease } from './neo4j-lease.ts';

interface Used {
  readonly record: Neo4jLease;
  readonly address: Address;
}

interface KeepOptions {
  readonly report: Report;
  /** Aborted when the database is left. */
  readonly signal: AbortSignal;
  /** Pauses before each try, in milliseconds. */
  readonly pauses?: readonly number[];
}

/** Milliseconds between two looks. */
const LOOK = 1_000;

const PAUSES = [0, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** Milliseconds after which a Neo4j counts as sound, so that the tries are counted anew. */
const SOUND = 600_000;

/** @throws DatabaseError `start-failed` for another address, which the driver of the server does not look at */
function refuseOtherAddress(before: Used, now: Used): void {
  if (now.address.uri === before.address.uri) return;
  throw new DatabaseError(
    'start-failed',
    `The local Neo4j runs at ${now.address.uri} now, no longer at ${before.address.uri}. Start the server again.`,
  );
}

/** Looks after a Neo4j until the signal is aborted: starts it again when it has ended, and remains one of its users. */
async function lookAfter(settings: LocalSettings, first: Used, options: Required<KeepOptions>): Promise<never> {
  const { report, signal, pauses } = options;
  let used = first;
  let soundFrom = Date.now() + SOUND;
  let tries = 0;
  let failure: unknown;
  for (;;) {
    await sleep(LOOK, undefined, { signal });
    // A record that cannot be read at the moment does not say that it has ended.
    const isLost = failure !== undefined || (await hasEnded(settings, used.record).catch(() => false));
    if (!isLost) continue;
    if (Date.now() > soundFrom) tries = 0;
    const pause = pauses[tries];
    if (pause === undefined)
      throw failure ?? new DatabaseError('start-failed', 'The local Neo4j ends again and again.');
    tries += 1;
    report(`The local Neo4j ended. It is started again${pause === 0 ? '' : ` in ${pause / 1_000} s`}`);
    await sleep(pause, undefined, { signal });
    try {
      used = await acquireNeo4j(settings, 'again', report, signal);
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
      report(`The local Neo4j could not be started again: ${(error as Error).message}`);
      continue;
    }
    failure = undefined;
    soundFrom = Date.now() + SOUND;
    refuseOtherAddress(first, used);
    report('The local Neo4j runs again');
  }
}

/**
 * Starts the managed Neo4j that a process uses again whenever it ends without having been stopped on command: at once,
 * then after growing pauses. Ends when the signal is aborted.
 * @throws DatabaseError when all tries have failed, or it could not be started at the same address
 */
export async function keepRunning(
  settings: LocalSettings,
  used: Used,
  { report, signal, pauses = PAUSES }: KeepOptions,
): Promise<void> {
  try {
    await lookAfter(settings, used, { report, signal, pauses });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
