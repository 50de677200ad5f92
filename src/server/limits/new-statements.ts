import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import type { Admission } from '../../engine/graph/graph.ts';
import { createTextHashes } from '../../engine/graph/text-hashes.ts';
import { untilAborted } from '../../engine/graph/until-aborted.ts';
import { createBuckets } from '../access/buckets.ts';
import { badRequest } from '../bad-request.ts';
import { createQuotas } from './quotas.ts';

/**
 * Limits on the planning of new statements. Neo4j plans each text that it has not seen before, and takes longer for each
 * relation in it, so the length of a text approximates the time of its planning. The rate is chosen, so that a caller who waits
 * for each answer before the next document seldom meets it, and one who floods the server does: `bench/planning-rate` measures
 * how many characters a machine plans in a second.
 */
export interface NewStatementLimits {
  /** Maximum number of characters of new statements of one caller, at once and in each second after. */
  readonly characters: number;
  readonly charactersPerSecond: number;
  /** A new statement with more characters is wide: only a few of these are planned at the same time. */
  readonly wide: number;
  readonly wideEach: number;
  readonly wideAll: number;
}

const defaultLimits: NewStatementLimits = {
  characters: 120_000,
  charactersPerSecond: 2_000,
  wide: 2_500,
  wideEach: 2,
  wideAll: 4,
};

/** Minimum number of characters that a statement counts, as planning a short one also takes time. */
const LEAST_CHARACTERS = 300;

/** Number of texts whose plans Neo4j caches, so that they are not new. */
const PLANNED = 1_000;

export interface NewStatements {
  /**
   * Admits a statement of a caller: at once if its text was planned before. If it is being planned for another caller, it
   * waits for that, until the signal aborts.
   * @throws GraphQLError RATE_LIMITED if the caller sent too many new statements, OVERLOADED if all callers together did,
   * and the reason of the signal
   */
  admit(text: string, caller: string | undefined, signal?: AbortSignal): Promise<Admission> | undefined;
}

const whatToDo =
  'Send the same document each time with values as variables, and filters and orders of the same shape; or select fewer relations at once.';

const tooManyNew = (seconds: number) =>
  badRequest(
    `You sent too many new documents; planning each takes the database a long time. ${whatToDo} Try again in ${seconds} s.`,
    429,
    'RATE_LIMITED',
    { 'retry-after': String(seconds) },
  );

const tooManyAtOnce = () =>
  badRequest(
    `You sent too many new documents with many relations at the same time. ${whatToDo} Try again in a moment.`,
    429,
    'RATE_LIMITED',
    { 'retry-after': '2' },
  );

const tooManyInAll = () =>
  badRequest(
    `The database is planning as many new documents with many relations as it can. ${whatToDo} Try again in a moment.`,
    503,
    'OVERLOADED',
    { 'retry-after': '2' },
  );

/** Limits the planning of new statements, so that it does not displace statements that were planned before. */
export function createNewStatements(given: Partial<NewStatementLimits> = {}): NewStatements {
  const { characters, charactersPerSecond, wide, wideEach, wideAll } = { ...defaultLimits, ...given };
  const hashOf = createTextHashes('base64url');
  const planned = createCache<true>('statements', { max: PLANNED, sizeOf: (_, key) => textBytes(key) });
  const inPlanning = new Map<string, Promise<void>>();
  const budgets = createBuckets({ requests: characters, seconds: characters / charactersPerSecond });
  const atOnce = createQuotas({ each: wideEach, all: wideAll });

  function charge(text: string, caller: string | undefined): void {
    if (caller === undefined) return;
    const amount = Math.min(Math.max(text.length, LEAST_CHARACTERS), characters);
    const { taken, next } = budgets.take(caller, amount);
    if (!taken) throw tooManyNew(next);
  }

  async function admitNew(
    text: string,
    key: string,
    caller: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Admission> {
    for (let other = inPlanning.get(key); other; other = inPlanning.get(key)) await untilAborted(other, signal);
    if (planned.has(key)) return () => {};
    const isWide = text.length > wide;
    const met = isWide ? atOnce.take(caller) : undefined;
    if (met) throw met === 'ALL' ? tooManyInAll() : tooManyAtOnce();
    try {
      charge(text, caller);
    } catch (error) {
      if (isWide) atOnce.give(caller);
      throw error;
    }
    let end = () => {};
    inPlanning.set(
      key,
      new Promise((resolve) => {
        end = resolve;
      }),
    );
    return (answered) => {
      if (isWide) atOnce.give(caller);
      if (answered) planned.set(key, true);
      inPlanning.delete(key);
      end();
    };
  }

  return {
    admit(text, caller, signal) {
      const key = hashOf(text);
      return planned.get(key) ? undefined : admitNew(text, key, caller, signal);
    },
  };
}
