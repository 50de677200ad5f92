import { LRUCache } from 'lru-cache';
import neo4j, { type DateTime, type Integer } from 'neo4j-driver';
import { countMemory } from '../../engine/budgets/budgeted-cache.ts';
import { times } from '../../engine/budgets/time-budget.ts';
import { changesBy } from '../../engine/changes/log/changes-by.ts';
import { findExtent, readExtent, readStretch } from '../../engine/changes/log/read-changes.ts';
import { callerLeft, GraphError } from '../../engine/graph/errors.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { instantText } from '../../engine/graph/instant.ts';
import { createSemaphore, type PermitOptions } from '../../engine/graph/semaphore.ts';
import { createSharedWork } from '../../engine/graph/shared-work.ts';
import type { Statement } from '../../engine/graph/statement.ts';
import { ChangedGraph, type GraphSnapshot, type SnapshotDifference } from '../memory/graph-snapshot.ts';
import { readChangesBetween } from './changes-between.ts';
import { type BaseState, readBase, TooLarge } from './read-base.ts';
import { redo, type Times, undo } from './replay-log.ts';
import type { Revision } from './revision.ts';

/** A revision whose state is wanted. */
export type StateWanted = Pick<Revision, 'revision' | 'transaction'>;

/** States that the graph was in, in memory. */
export interface GraphStates {
  /**
   * The state at a revision that exists and that the log can tell of. Callers share it. Once all callers have left,
   * the step that has begun is finished and kept, and the next question goes on from there.
   * @param options.urgent comes before all that waits, and is not refused
   * @param options.signal aborts when the caller leaves
   * @throws TooLarge, ImportInProgress, GraphError
   */
  at(wanted: StateWanted, options?: PermitOptions): Promise<GraphSnapshot>;
  /** About how many bytes all states take that are kept. */
  readonly bytes: number;
}

export interface GraphStatesOptions {
  /** How many bytes all states may take together. @default 512 MB */
  readonly bytes?: number | undefined;
  /** After how many milliseconds without a question they are forgotten. @default ten minutes */
  readonly keepFor?: number | undefined;
  /** How many changes are undone or redone at once; a state that is farther away is made in steps. @default 20,000 */
  readonly atOnce?: number | undefined;
}

const DEFAULT_BYTES = 2 ** 29;

/** A question about a revision that is this many changes later than the state read whole has another one read. */
const MOST_LATER = 20_000;

const AT_ONCE = 20_000;

/** Length of the texts in the log that are undone or redone at once. */
const CHARACTERS_AT_ONCE = 2 ** 25;

/** States that wait to be made. */
const MOST_WAITING = 20;

/** Entities whose times are read at once. */
const TIMES_AT_ONCE = 2_000;

interface TimesParameters {
  readonly slugs: readonly string[];
  readonly revision: Integer;
  readonly symmetric: readonly string[];
}

const timesOf: Statement<
  TimesParameters,
  readonly [slug: string, createdAt: DateTime<number> | null, updatedAt: DateTime<number> | null]
> = {
  name: 'state-times',
  text: `UNWIND $slugs AS slug
CALL (slug) {
  OPTIONAL ${changesBy('entity', 'sequence')}
  WHERE change.entity = slug AND change.sequence <= $revision AND change.action = 'CREATED'
  RETURN change.at AS createdAt ORDER BY change.sequence DESC LIMIT 1
}
CALL (slug) {
  CALL (slug) {
    ${changesBy('entity', 'sequence')} WHERE change.entity = slug AND change.sequence <= $revision
    RETURN change ORDER BY change.sequence DESC LIMIT 1
    UNION
    ${changesBy('from', 'sequence')} WHERE change.from = slug AND change.sequence <= $revision
    RETURN change ORDER BY change.sequence DESC LIMIT 1
    UNION
    ${changesBy('to', 'sequence')}
    WHERE change.to = slug AND change.sequence <= $revision AND change.relation IN $symmetric
    RETURN change ORDER BY change.sequence DESC LIMIT 1
  }
  WITH change ORDER BY change.sequence DESC LIMIT 1
  RETURN collect(change.at)[0] AS updatedAt
}
RETURN slug, createdAt, updatedAt`,
};

const textOf = (value: DateTime<number> | null) => (value === null ? null : instantText(value));

async function readTimes(
  graph: Graph,
  revision: number,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, Times>> {
  const found = new Map<string, Times>();
  for (let start = 0; start < slugs.length; start += TIMES_AT_ONCE) {
    const rows = await graph.read(timesOf, {
      slugs: slugs.slice(start, start + TIMES_AT_ONCE),
      revision: neo4j.int(revision),
      symmetric: graph.ontology.symmetricRelations,
    });
    for (const [slug, createdAt, updatedAt] of rows)
      found.set(slug, { createdAt: textOf(createdAt), updatedAt: textOf(updatedAt) });
  }
  return found;
}

interface KeptState {
  readonly graph: GraphSnapshot;
  readonly revision: number;
  /** From the state that is read whole. */
  readonly difference: SnapshotDifference;
  readonly bytes: number;
}

type Reached = Omit<KeptState, 'bytes'>;

export const noDifference: SnapshotDifference = { entities: new Map(), relations: new Map() };

/** One difference after another. */
export const compose = (first: SnapshotDifference, second: SnapshotDifference): SnapshotDifference => ({
  entities: new Map([...first.entities, ...second.entities]),
  relations: new Map([...first.relations, ...second.relations]),
});

/** Share of the memory for states beside the one that is read whole, however large that is. */
const LEAST_SHARE = 0.1;

const createKept = (bytes: number) =>
  new LRUCache<string, KeptState>({
    max: 200,
    maxSize: Math.max(Math.floor(bytes), 1),
    sizeCalculation: (state) => Math.max(state.bytes, 1),
  });

/**
 * States of a graph. One of them is read whole, when a first question asks; the log leads from the nearest that is kept to
 * every other one, backwards and forwards, and they share with the whole one all that is the same.
 */
export function createGraphStates(
  graph: Graph,
  { bytes: most = DEFAULT_BYTES, keepFor = times.states.ms, atOnce = AT_ONCE }: GraphStatesOptions = {},
): GraphStates {
  let base: BaseState | undefined;
  let readingBase: Promise<BaseState> | undefined;
  /** By transaction. */
  const share = createSharedWork<GraphSnapshot>();
  let timer: NodeJS.Timeout | undefined;
  /** States are made one after the other, so that no caller can have many of them made at once. */
  const withPermit = createSemaphore({
    atOnce: 1,
    mostWaiting: MOST_WAITING,
    refusal: () => new GraphError('OVERLOADED', 'Too many earlier states are being made.'),
  });
  /** Bytes for states beside the one that is read whole. */
  let room = most;
  let kept = createKept(room);

  function forget(): void {
    base = undefined;
    kept.clear();
  }

  function forgetLater(): void {
    clearTimeout(timer);
    timer = setTimeout(forget, keepFor);
    timer.unref();
  }

  function readNewBase(): Promise<BaseState> {
    readingBase ??= readBase(graph, most)
      .then((read) => {
        base = read;
        room = Math.max(most - read.graph.bytes, most * LEAST_SHARE);
        kept = createKept(room);
        return read;
      })
      .finally(() => {
        readingBase = undefined;
      });
    return readingBase;
  }

  /** The state that fewest changes lie after or before. */
  function nearest({ graph: whole, revision: start }: BaseState, revision: number): Reached {
    let found: Reached = { graph: whole, difference: noDifference, revision: start };
    for (const one of kept.values())
      if (Math.abs(one.revision - revision) < Math.abs(found.revision - revision)) found = one;
    return found;
  }

  /** The end of a transaction on the way from one revision to another, or that one. */
  async function stepTo(from: number, wanted: StateWanted): Promise<StateWanted> {
    const characters = Math.min(CHARACTERS_AT_ONCE, Math.ceil(most / 2));
    const end = await readStretch(graph, from, wanted.revision, { first: atOnce, characters });
    if (end === wanted.revision) return wanted;
    const { first, last, transaction } = await readExtent(graph, end);
    if (from < wanted.revision || last < from) return { revision: last, transaction };
    // Not even one transaction was within reach: it is undone as a whole.
    if (first - 1 <= wanted.revision) return wanted;
    return { revision: first - 1, transaction: (await readExtent(graph, first - 1)).transaction };
  }

  /** Whether the log leads from the state read whole. That of a backup which was restored meanwhile may not. */
  async function leadsFrom({ revision, transaction }: BaseState): Promise<boolean> {
    return revision === 0 || (await findExtent(graph, revision))?.transaction === transaction;
  }

  async function make(wanted: StateWanted, abandoned: AbortSignal): Promise<GraphSnapshot> {
    if (base && (wanted.revision - base.revision > MOST_LATER || !(await leadsFrom(base)))) forget();
    const whole = base ?? (await readNewBase());
    let from = nearest(whole, wanted.revision);
    while (from.revision !== wanted.revision) {
      if (abandoned.aborted) throw callerLeft();
      const step = await stepTo(from.revision, wanted);
      const state = await makeFrom(whole, from, step.revision);
      if (!state) {
        forget();
        return make(wanted, abandoned);
      }
      if (state.bytes > room) throw new TooLarge(`A state on the way takes more than ${room} bytes.`);
      kept.set(step.transaction, state);
      from = state;
    }
    return from.graph;
  }

  /** The state some changes away; `undefined` if an import hides what was before it, so that another base is needed. */
  async function makeFrom(whole: BaseState, from: Reached, revision: number): Promise<KeptState | undefined> {
    const isLater = revision > from.revision;
    const { changes } = await readChangesBetween(
      graph,
      Math.min(from.revision, revision),
      Math.max(from.revision, revision),
      { most, refusal: () => new TooLarge(`The changes of a transaction take more than ${most} bytes.`) },
    );
    if (changes.some((change) => change.subject === 'IMPORT' && !change.listed)) {
      if (!isLater) throw new Error(`Revision ${revision} lies before an import.`);
      return undefined;
    }
    const difference = isLater
      ? redo(from.graph, changes)
      : await undo(from.graph, changes, (slugs) => readTimes(graph, revision, slugs));
    const all = compose(from.difference, difference);
    const state = new ChangedGraph(whole.graph, all);
    return { graph: state, revision, difference: all, bytes: state.bytes };
  }

  const states: GraphStates = {
    async at(wanted, { urgent, signal } = {}) {
      if (most <= 0) throw new TooLarge('Earlier states are not answered.');
      forgetLater();
      if (base?.transaction === wanted.transaction) return base.graph;
      const known = kept.get(wanted.transaction);
      if (known) return known.graph;
      return share(
        wanted.transaction,
        (abandoned) => withPermit(() => make(wanted, abandoned), { urgent, signal: abandoned }),
        signal,
      );
    },
    get bytes() {
      return (base?.graph.bytes ?? 0) + kept.calculatedSize;
    },
  };
  countMemory('history', states, () => states.bytes, most);
  return states;
}
