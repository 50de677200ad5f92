import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AttackedServer } from './setup/attacks/attacked-server.ts';
import { attacks } from './setup/attacks/attacks.ts';
import { prepareAttackable } from './setup/attacks/prepare-attackable.ts';
import { askInPeace, attackUnderLoad, type Held, holds, inLanes, type Suffered } from './setup/attacks/under-attack.ts';
import { seededGraph } from './setup/contents.ts';
import type { RunningDatabase } from './setup/local-database.ts';
import { program } from './setup/program.ts';
import { throwAwayDatabase } from './setup/throw-away-database.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

const MEGABYTE = 2 ** 20;

/** Attacks at the same time, and the seconds of each: together they take three quarters of a minute. */
const LANES = 6;
const SECONDS = 5;

/** What all caches, once they are full, may take of the heap, in bytes: one half more than was measured. */
const CACHES = 72 * MEGABYTE;

/** Resident memory never exceeds twice the heap of 512 MB. */
const MOST_MEMORY = 1_024 * MEGABYTE;

/** What normal callers may be told instead of an answer. */
const refusals = ['OVERLOADED', 'RATE_LIMITED', 'TIMEOUT', 'DATABASE_UNAVAILABLE', 'LIMIT_EXCEEDED'];

describe('a server with a heap of 512 MB under all attacks, with normal callers beside them', () => {
  let database: RunningDatabase | undefined;
  let server: AttackedServer;
  let fresh: Held;
  let suffered: Suffered;

  beforeAll(async () => {
    database = await throwAwayDatabase({ content: seededGraph });
    const { key, start } = await prepareAttackable(database.address, program);
    server = await start();
    const normal = { origin: server.origin, key };
    await askInPeace(normal, 5);
    fresh = await holds(server);
    const attack = () =>
      attackUnderLoad(server, normal, {
        lanes: inLanes(attacks, LANES),
        seconds: SECONDS,
        patience: 30_000,
        // Longer than an operation may wait and take.
        deadline: 15_000,
      });
    // A first round fills all caches, as far as the machine gets.
    await attack();
    suffered = await attack();
  });

  afterAll(async () => {
    await server?.close();
    await database?.close();
  });

  it('is the same process as before', () => {
    expect(suffered.lastWords).toBeUndefined();
    expect(server.isAlive()).toBe(true);
  });

  // How long it takes meanwhile depends on the machine: bench/attacks.ts measures that.
  it('answers health probes once the attacks have ended', () => {
    expect(suffered.recovered).toBe(true);
  });

  it('answers normal callers or refuses them with a code', () => {
    const faults = suffered.outcomes.filter(({ code }) => !['OK', 'LATE', ...refusals].includes(code));
    expect(faults).toEqual([]);
  });

  it('answers some of each question of normal callers', () => {
    const questions = new Set(suffered.outcomes.map(({ question }) => question));
    const answered = new Set(suffered.outcomes.flatMap(({ question, code }) => (code === 'OK' ? [question] : [])));
    expect(questions.size).toBeGreaterThan(5);
    expect(answered).toEqual(questions);
  });

  it('lives until each attack has taken place', () => {
    const names = attacks.map(({ name }) => name);
    expect(Object.keys(suffered.answers).sort()).toEqual(names.sort());
  });

  it('never holds more than twice its heap', () => {
    expect(suffered.peak.rss).toBeLessThan(MOST_MEMORY);
  });

  it('gives back what it held, except for caches that are bounded', async () => {
    const back = async () => {
      const after = await holds(server);
      expect(after.subscriptions).toBe(0);
      expect(after.operations).toBe(0);
      expect(after.files).toBeLessThanOrEqual(fresh.files + 5);
      expect(after.heap - fresh.heap).toBeLessThan(CACHES);
    };
    // A connection is kept 75 s for its next request.
    await vi.waitFor(back, { timeout: 150_000, interval: 1_000 });
  }, 180_000);
});
