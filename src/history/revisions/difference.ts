import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import { isSameState } from '../../engine/changes/apply/record-state.ts';
import {
  type Change,
  type ChangeAction,
  type EntityChange,
  type EntityName,
  isOfRecord,
  type RecordChange,
  type RecordState,
  type RelationChange,
} from '../../engine/changes/change.ts';
import { isSymmetric } from '../../engine/changes/check/relation-rules.ts';
import { GraphError } from '../../engine/graph/errors.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { createSemaphore } from '../../engine/graph/semaphore.ts';
import { createSharedWork } from '../../engine/graph/shared-work.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import { readChangesBetween } from './changes-between.ts';
import type { StateWanted } from './graph-states.ts';

/** A property that two states of a record differ in. */
export interface PropertyDifference {
  readonly name: string;
  /** `null` where the record or the property was not there. */
  readonly before: unknown;
  readonly after: unknown;
  /** The last change that made the difference. */
  readonly change: EntityChange | RelationChange;
}

interface Differing<Of extends EntityChange | RelationChange> {
  readonly action: ChangeAction;
  readonly before: RecordState | null;
  readonly after: RecordState | null;
  /** What was done to the record between the two states, in order. */
  readonly changes: readonly Of[];
}

export interface EntityDifference extends Differing<EntityChange> {
  readonly subject: 'ENTITY';
  readonly entity: EntityName;
}

export interface RelationDifference extends Differing<RelationChange> {
  readonly subject: 'RELATION';
  readonly relation: RelationType;
  readonly from: EntityName;
  readonly to: EntityName;
}

/** A record that is not the same in two states of the graph. */
export type RecordDifference = EntityDifference | RelationDifference;

/** More changes lie between the two states than are compared at once. */
export class TooManyChanges extends Error {
  override readonly name = 'TooManyChanges';
}

/** Maximum number of changes between two states that are compared. */
export const MOST_COMPARED = 100_000;

/** Length of the texts in the log of changes that are compared. */
const MOST_CHARACTERS = 2 ** 27;

const tooMany = (from: StateWanted, to: StateWanted, what: string) =>
  new TooManyChanges(`The changes between revisions ${from.revision} and ${to.revision} ${what}.`);

const nameOf = ({ kind, slug }: EntityName) => `${kind} ${slug}`;

/** Slugs may pass to entities of other kinds, whose relations are others too. A symmetric relation has no direction. */
function keyOfChange(ontology: Ontology, change: EntityChange | RelationChange): string {
  if (change.subject === 'ENTITY') return nameOf(change.entity);
  const ends = [nameOf(change.from), nameOf(change.to)];
  return [change.relation, ...(isSymmetric(ontology, change.relation) ? ends.sort() : ends)].join(' ');
}

function differenceOf(changes: readonly (EntityChange | RelationChange)[]): RecordDifference | undefined {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last || isSameState(first.before, last.after)) return undefined;
  const { before } = first;
  const { after } = last;
  const action: ChangeAction = before === null ? 'CREATED' : after === null ? 'DELETED' : 'UPDATED';
  if (first.subject === 'ENTITY') {
    return {
      subject: 'ENTITY',
      action,
      entity: first.entity,
      before,
      after,
      changes: changes.filter((change) => change.subject === 'ENTITY'),
    };
  }
  const { relation, from, to } = first;
  return {
    subject: 'RELATION',
    action,
    relation,
    from,
    to,
    before,
    after,
    changes: changes.filter((change) => change.subject === 'RELATION'),
  };
}

/** Entities first, in the order of the ontology and of their slugs; then relations in theirs. */
const placeOf = ({ kindNames, relationTypes }: Ontology, one: RecordDifference): readonly (string | number)[] =>
  one.subject === 'ENTITY'
    ? [0, kindNames.indexOf(one.entity.kind), one.entity.slug]
    : [1, relationTypes.indexOf(one.relation), one.from.slug, one.to.slug];

function byPlace(left: readonly (string | number)[], right: readonly (string | number)[]): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** What changes come to: each record once, and not at all where it ends as it began. */
export function differencesOf(ontology: Ontology, changes: readonly Change[]): readonly RecordDifference[] {
  const byRecord = new Map<string, (EntityChange | RelationChange)[]>();
  for (const change of changes) {
    if (isOfRecord(change)) getOrInsert(byRecord, keyOfChange(ontology, change), () => []).push(change);
  }
  return [...byRecord.values()]
    .flatMap((all) => differenceOf(all) ?? [])
    .map((one) => ({ one, place: placeOf(ontology, one) }))
    .sort((left, right) => byPlace(left.place, right.place))
    .map(({ one }) => one);
}

/** The values of a record by name: of a relation, those of its properties and its sources. */
function valuesOf(subject: RecordDifference['subject'], state: RecordState | null): ReadonlyMap<string, unknown> {
  if (state === null) return new Map();
  if (subject === 'ENTITY') return new Map(Object.entries(state));
  const { properties, sources } = state;
  return new Map([
    ...Object.entries(Object(properties)),
    ...(sources === undefined ? [] : ([['sources', sources]] as const)),
  ]);
}

const isSame = (left: unknown, right: unknown) => JSON.stringify(left ?? null) === JSON.stringify(right ?? null);

/** The properties that differ, each with the last change that made it so. */
export function propertyDifferences({
  subject,
  before,
  after,
  changes,
}: Pick<RecordDifference, 'subject' | 'before' | 'after'> & {
  readonly changes: readonly RecordChange[];
}): readonly PropertyDifference[] {
  const [earlier, later] = [valuesOf(subject, before), valuesOf(subject, after)];
  const names = new Set([...earlier.keys(), ...later.keys()]);
  return [...names].flatMap((name) => {
    if (isSame(earlier.get(name), later.get(name))) return [];
    const change = [...changes].reverse().find((one) => {
      return !isSame(valuesOf(subject, one.before).get(name), valuesOf(subject, one.after).get(name));
    });
    if (!change) return [];
    return [{ name, before: earlier.get(name) ?? null, after: later.get(name) ?? null, change }];
  });
}

interface Kept {
  readonly differences: readonly RecordDifference[];
  readonly characters: number;
}

/** Differences that wait to be computed. */
const MOST_WAITING = 20;

/** Differences of a graph, as long as others do not need their place. */
function createDifferences(graph: Graph) {
  const kept = createCache<Kept>('differences', {
    sizeOf: ({ characters }, key) => textBytes(key) + 2 * characters,
  });
  const share = createSharedWork<Kept>();
  // One after the other, so that no caller can have the log read many times at once.
  const withPermit = createSemaphore({
    atOnce: 1,
    mostWaiting: MOST_WAITING,
    refusal: () => new GraphError('OVERLOADED', 'Too many differences are being computed.'),
  });

  async function make(from: StateWanted, to: StateWanted, signal: AbortSignal): Promise<Kept> {
    const { changes, characters } = await readChangesBetween(graph, from.revision, to.revision, {
      signal,
      most: MOST_CHARACTERS,
      refusal: () => tooMany(from, to, `have more than ${MOST_CHARACTERS} characters`),
    });
    const made = { differences: differencesOf(graph.ontology, changes), characters };
    kept.set(`${from.transaction} ${to.transaction}`, made);
    return made;
  }

  return async (from: StateWanted, to: StateWanted, signal?: AbortSignal): Promise<readonly RecordDifference[]> => {
    const key = `${from.transaction} ${to.transaction}`;
    const found =
      kept.get(key) ??
      (await share(key, (abandoned) => withPermit(() => make(from, to, abandoned), { signal: abandoned }), signal));
    return found.differences;
  };
}

const differencesIn = memoize(createDifferences);

/**
 * What differs between two revisions that the log can tell of, the earlier one first. Callers at the same time share it; it
 * is given up once all of them have left.
 * @param signal aborts when the caller leaves
 * @throws TooManyChanges, GraphError
 */
export async function readDifferences(
  graph: Graph,
  from: StateWanted,
  to: StateWanted,
  signal?: AbortSignal,
): Promise<readonly RecordDifference[]> {
  const between = to.revision - from.revision;
  if (between > MOST_COMPARED) throw tooMany(from, to, `are ${between}; at most ${MOST_COMPARED} are compared at once`);
  return differencesIn(graph)(from, to, signal);
}
