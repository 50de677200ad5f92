import { createCache, textBytes } from '../budgets/budgeted-cache.ts';
import { times } from '../budgets/time-budget.ts';
import { GraphError } from '../graph/errors.ts';
import type { Graph } from '../graph/graph.ts';
import { inTime } from '../graph/in-time.ts';
import { createSemaphore } from '../graph/semaphore.ts';
import { AccessRefused } from './access-refused.ts';
import { type ApiKey, hasHash, nameOfHolder } from './api-key.ts';
import { findKey, noteKeyUse, type StoredKey } from './api-key-store.ts';
import { type DeclaredRoles, rightsOf } from './declared-roles.ts';
import type { Viewer } from './viewer.ts';

/** What a cached key takes, about. Unknown keys are cached too, so that repeated guesses of one need no statement. */
const BYTES_PER_KEY = 500;

/** Maximum numbers of concurrent and of waiting key lookups. More would use up the connections of operations. */
const AT_ONCE = 10;
const MOST_WAITING = 1_000;

interface Remembered {
  readonly readAt: number;
  readonly found: ReturnType<typeof findKey>;
  used: boolean;
}

const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

const busy = () => new GraphError('OVERLOADED', 'key-find: the database did not respond in time.');

/** A timeout of the lookup is not a timeout of the request. */
const asBusy = (error: unknown): never => {
  throw error instanceof GraphError && error.fault === 'TIMEOUT' ? busy() : error;
};

/**
 * Identifies the holder of a key.
 * @throws AccessRefused if the key is unknown, revoked or expired; GraphError
 */
export function createKeyCheck(
  graph: Graph,
  now: () => number = Date.now,
  declared: DeclaredRoles = {},
): (key: ApiKey) => Promise<Viewer> {
  const remembered = createCache<Remembered>('keys', { sizeOf: (_, id) => BYTES_PER_KEY + textBytes(id) });
  const withPermit = createSemaphore({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING, refusal: busy });

  function remember(id: string): Remembered {
    const known = remembered.get(id);
    // The clock may have been set back.
    if (known && Math.abs(now() - known.readAt) < times.keyFreshness.ms) return known;
    const entry: Remembered = { readAt: now(), found: withPermit(() => findKey(graph, id)), used: false };
    remembered.set(id, entry);
    // Failed lookups are not cached.
    entry.found.catch(() => remembered.peek(id) === entry && remembered.delete(id));
    return entry;
  }

  function noteUse(entry: Remembered, { id, lastUsedOn }: StoredKey): void {
    const today = dayOf(now());
    if (entry.used || lastUsedOn === today) return;
    entry.used = true;
    // Not awaited. If it fails, the next use is recorded.
    noteKeyUse(graph, id, today).catch(() => {
      entry.used = false;
    });
  }

  return async (key) => {
    const entry = remember(key.id);
    const found = await inTime(entry.found, times.key.ms, busy).catch(asBusy);
    if (!found || !hasHash(key, found.hash)) {
      throw new AccessRefused('This API key is unknown. Ask the operator of this server for one.');
    }
    const { id, name, role, kinds, rate, expiresAt, revokedAt } = found.kept;
    if (revokedAt !== null) throw new AccessRefused('This API key was revoked. Ask for a new one.');
    if (expiresAt !== null && expiresAt <= now()) {
      throw new AccessRefused('This API key has expired. Ask for a new one.');
    }
    const rights = rightsOf(role, declared);
    if (!rights) throw new AccessRefused(`This server has no role ${role}, which this API key has. Ask for a new one.`);
    noteUse(entry, found.kept);
    return {
      id: `key:${id}`,
      name: nameOfHolder(name, id),
      ...rights,
      ...(kinds === null ? {} : { writes: kinds }),
      ...(rate === null ? {} : { rate }),
      ...(expiresAt === null ? {} : { expiresAt }),
    };
  };
}
