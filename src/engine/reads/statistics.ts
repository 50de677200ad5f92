import { memoize } from '../../ontology/memoize.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { times } from '../budgets/time-budget.ts';
import type { Graph } from '../graph/graph.ts';
import type { RelationReading } from '../graph/pattern.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';
import { withTimeLimit } from '../graph/time-limit.ts';
import { isIndexed } from '../indexes/indexes.ts';
import { type Degrees, degrees, type Meeting, readDegrees, reversed } from './degrees.ts';
import { type Filter, partlyMatched } from './filter.ts';
import { isOrderOfIndex, isProperty } from './lists/keyset.ts';
import type { OrderKey } from './plan.ts';
import { readSampledTexts, type SampledText, type SampledTexts, sample, shareOfSample } from './sampled-texts.ts';
import { expectedLength, lengths, readTextLengths, type TextLengths } from './text-lengths.ts';

/** The counts of the graph that planning needs. */
export interface Counts {
  readonly ontology: Ontology;
  readonly entities: Readonly<Record<Kind, number>>;
  readonly relations: Readonly<Record<RelationType, number>>;
  /** How many of the relation that every kind has start at each kind. */
  readonly citing: Readonly<Record<Kind, number>>;
}

/** How much the graph holds, as far as planning and the cost of operations ask. */
export interface Statistics extends Counts {
  readonly texts: TextLengths;
  readonly degrees: Degrees;
  readonly samples: SampledTexts;
}

type CountsColumns = readonly [entities: readonly number[], relations: readonly number[], citing: readonly number[]];

const counts = memoize(({ kindNames, relationTypes, provenance }: Ontology): Statement<NoParameters, CountsColumns> => {
  const list = (items: readonly string[]) => `[${items.join(', ')}]`;
  const entities = kindNames.map((kind) => `COUNT { (:${kind}) }`);
  const relations = relationTypes.map((type) => `COUNT { ()-[:${type}]->() }`);
  const citing = provenance ? kindNames.map((kind) => `COUNT { (:${kind})-[:${provenance.relation}]->() }`) : [];
  return { name: 'statistics', text: `RETURN ${list(entities)}, ${list(relations)}, ${list(citing)}` };
});

/** Statements of the server itself, which are planned at its start. */
export const ownStatements = (ontology: Ontology): readonly Statement[] =>
  [counts, lengths, degrees, sample].map((statementOf) => statementOf(ontology));

const zip = (keys: readonly string[], values: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(keys.map((key, index) => [key, values[index] ?? 0]));

/** Counts every kind and relation, out of Neo4j's count store. @throws GraphError */
export async function readCounts(graph: Graph): Promise<Counts> {
  const { ontology } = graph;
  const { kindNames, relationTypes } = ontology;
  const [[entities, relations, citing] = [[], [], []]] = await graph.read(counts(ontology), {});
  return {
    ontology,
    entities: zip(kindNames, entities),
    relations: zip(relationTypes, relations),
    citing: zip(kindNames, citing),
  };
}

/** Counts everything, and measures the texts and the relations of a sample. @throws GraphError */
export async function readStatistics(graph: Graph): Promise<Statistics> {
  const found = await readCounts(graph);
  const [texts, degrees, samples] = await Promise.all([
    readTextLengths(graph, found.entities),
    readDegrees(graph),
    readSampledTexts(graph),
  ]);
  return { ...found, texts, degrees, samples };
}

/**
 * Statistics, refreshed when older than `maximumAge` milliseconds. During a refresh, callers get the earlier ones: they
 * steer plans, and need not be exact.
 */
export function keepStatistics(graph: Graph, maximumAge = 60_000): () => Promise<Statistics> {
  let known: Statistics | undefined;
  let reading: Promise<Statistics> | undefined;
  let readAt = 0;

  // A database that has just started plans the statement that counts everything for several seconds; stopped, it begins again.
  const patient = withTimeLimit(graph, times.statistics.ms);
  const renew = () => {
    reading ??= readStatistics(patient)
      .then((fresh) => {
        known = fresh;
        readAt = performance.now();
        return fresh;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  return async () => {
    if (!known) return renew();
    // A failure here shows itself at the next read of the graph.
    if (performance.now() - readAt > maximumAge) renew().catch(() => {});
    return known;
  };
}

/** How many entities of a kind there are, or of any. */
export const entityCount = ({ entities }: Counts, kind: Kind | 'Entity'): number =>
  kind === 'Entity' ? Object.values(entities).reduce((sum, count) => sum + count, 0) : (entities[kind] ?? 0);

/** How many relations of a type there are. */
export const relationCount = ({ relations }: Counts, type: RelationType): number => relations[type] ?? 0;

/** Characters of text that a property of an entity is expected to have; of any entity, by how many there are of each kind. */
export function propertyLength(statistics: Statistics, kind: Kind | 'Entity', name: string): number {
  const { texts, ontology } = statistics;
  if (kind !== 'Entity') return expectedLength(texts, kind, name);
  const all = ontology.kindNames.reduce(
    (sum, each) => sum + entityCount(statistics, each) * expectedLength(texts, each, name),
    0,
  );
  return all / Math.max(entityCount(statistics, kind), 1);
}

/** Characters of text that a whole record of an entity is expected to have. */
export function recordLength(statistics: Statistics): number {
  const { texts, ontology } = statistics;
  const ofKind = (kind: Kind) =>
    Object.keys(texts[kind] ?? {}).reduce((sum, name) => sum + expectedLength(texts, kind, name), 0);
  const all = ontology.kindNames.reduce((sum, kind) => sum + entityCount(statistics, kind) * ofKind(kind), 0);
  return all / Math.max(entityCount(statistics, 'Entity'), 1);
}

/** How many targets an entity has by a relation, on average. */
export function averageFanOut(
  statistics: Statistics,
  { relation, reading }: RelationReading,
  kind: Kind | 'Entity',
): number {
  const isShared = relation === statistics.ontology.provenance?.relation && reading === 'FORWARD' && kind !== 'Entity';
  const ends = isShared
    ? (statistics.citing[kind] ?? 0)
    : relationCount(statistics, relation) * (reading === 'BOTH' ? 2 : 1);
  return ends / Math.max(entityCount(statistics, kind), 1);
}

/**
 * How many targets a list of an entity is expected to have. Over the relations that lead to the entities, this is more
 * than over the entities: an area has 5 programs on average, but the area that a laboratory leads to may have 80.
 */
export function expectedFanOut(
  statistics: Statistics,
  relation: RelationReading,
  kind: Kind | 'Entity',
  { via, most = Number.POSITIVE_INFINITY }: Meeting = {},
): number {
  const degrees = statistics.degrees[kind];
  if (!degrees || degrees.sampled === 0) return Math.min(averageFanOut(statistics, relation, kind), most);
  return degrees.mean(relation, { via, most });
}

/** The share of the entities of a kind whose texts are expected to fit. */
export function expectedTexts(statistics: Statistics, kind: Kind, fits: (text: SampledText) => boolean): number {
  const sample = statistics.samples[kind] ?? [];
  return shareOfSample(sample.filter(fits).length, sample.length, entityCount(statistics, kind));
}

/** How many relations Neo4j follows for a list of an entity: for an entity with few, all that it has. */
export function expectedFollowed(
  statistics: Statistics,
  relation: RelationReading,
  kind: Kind | 'Entity',
  meeting: Pick<Meeting, 'via'> = {},
): number {
  const degrees = statistics.degrees[kind];
  if (!degrees || degrees.sampled === 0) return averageFanOut(statistics, relation, kind);
  return degrees.followed(relation, meeting);
}

/** Traversals read what has more relations than this last, or pass it over. */
const HUB = 50;

/**
 * How many relations of some types an entity has that a traversal starts at, of whatever kind; and one that it meets: the
 * more relations an entity has, the more lead to it.
 */
export function walkedDegrees(
  statistics: Statistics,
  types: readonly RelationType[],
): { readonly start: number; readonly met: number } {
  const { ontology, degrees } = statistics;
  const starts: number[] = [];
  let [relations, weighted] = [0, 0];
  for (const kind of ontology.kindNames) {
    const ends = [...ontology.relationFieldsOf(kind).values()].filter(({ relation }) => types.includes(relation));
    if (ends.length === 0) continue;
    const all = entityCount(statistics, kind);
    const average = ends.reduce((sum, end) => sum + averageFanOut(statistics, end, kind), 0);
    const sample = degrees[kind];
    const [sum, met] = sample?.sampled ? sample.sums(ends, HUB) : [average, average ** 2];
    const sampled = sample?.sampled ? sample.sampled : 1;
    starts.push(sum / sampled);
    relations += (all * sum) / sampled;
    weighted += (all * met) / sampled;
  }
  const start = starts.reduce((sum, degree) => sum + degree, 0) / Math.max(starts.length, 1);
  return { start, met: relations === 0 ? 0 : weighted / relations };
}

/** The share of the entities of a kind that lead to one that fits by a relation, where a share of the far ends does. */
export function expectedSome(
  statistics: Statistics,
  relation: RelationReading,
  kind: Kind | 'Entity',
  fitting: number,
  meeting: Pick<Meeting, 'via'> = {},
): number {
  const degrees = statistics.degrees[kind];
  if (degrees && degrees.sampled > 0) return degrees.some(relation, fitting, meeting);
  return 1 - Math.exp(-fitting * averageFanOut(statistics, relation, kind));
}

/** The share of the entities of a kind whose number of relations meets a condition; `undefined` without a sample. */
export function expectedShare(
  { degrees }: Statistics,
  relation: RelationReading,
  kind: Kind | 'Entity',
  shareAt: (degree: number) => number,
  meeting: Pick<Meeting, 'via'> = {},
): number | undefined {
  const sample = degrees[kind];
  return sample && sample.sampled > 0 ? sample.share(relation, shareAt, meeting) : undefined;
}

/** How many of the entities of a kind a number of visits is expected to meet, without repetitions. */
export function expectedDistinct(
  statistics: Statistics,
  kind: Kind | 'Entity',
  via: Meeting['via'],
  visits: number,
): number {
  const all = entityCount(statistics, kind);
  const met = (via && statistics.degrees[kind]?.met(via, all)) ?? all;
  return Math.min(visits, met * (1 - Math.exp(-visits / Math.max(met, 1))));
}

/**
 * Targets are shared if each is expected to be met at least this number of times. A block of their own costs about a tenth
 * more look-ups where each is met once.
 */
export const SHARED_FROM = 1.2;

/** How many relations an entity has in all, on average as `expectedFanOut`. */
export function expectedRelations(
  statistics: Statistics,
  kind: Kind | 'Entity',
  meeting: Pick<Meeting, 'via'> = {},
): number {
  const degrees = statistics.degrees[kind];
  if (degrees && degrees.sampled > 0) return degrees.total(meeting);
  const ends = [...statistics.ontology.relationFieldsOf(kind).values()];
  return ends.reduce((sum, end) => sum + averageFanOut(statistics, end, kind), 0);
}

/** Looking at no more of something than this takes less time than Neo4j plans a new statement. */
const MOST_SCANNED = { entities: 2_000, relations: 1_000, relationsOfTargets: 500 };

const kindsOf = ({ ontology }: Statistics, kind: Kind | 'Entity') => (kind === 'Entity' ? ontology.kindNames : [kind]);

/** Whether the entities of a kind, or all relations of one of them, are so few that a statement may look at all. */
export function isScanCheap(statistics: Statistics, kind: Kind | 'Entity', relation: RelationField | null): boolean {
  if (!relation) return entityCount(statistics, kind) <= MOST_SCANNED.entities;
  return kindsOf(statistics, kind).every((each) => expectedRelations(statistics, each) <= MOST_SCANNED.relations);
}

/** Whether a statement may look at all relations of each entity of a list: of a kind, or at the far end of a relation. */
export function areTargetsScanCheap(statistics: Statistics, list: Kind | 'Entity' | RelationField): boolean {
  const [kind, meeting] = typeof list === 'string' ? [list, {}] : [list.target, { via: reversed(list) }];
  return kindsOf(statistics, kind).every(
    (each) => expectedRelations(statistics, each, meeting) <= MOST_SCANNED.relationsOfTargets,
  );
}

/** Below this there are no hubs to speak of, and one form of the statement is enough. */
const SMALLEST_HUB = 1_000;
const SMALLEST_FAN_OUT_WITH_HUBS = 4;

/** A list of which the first `size` entities are wanted. */
export interface ListToScan {
  readonly filter: Filter;
  readonly order: readonly OrderKey[];
  readonly size: number;
}

/**
 * How many of some entities have to be wanted so that testing all in order until `size` are found takes as long as sorting
 * the wanted ones: sorting visits each of them once, testing `size * entities / wanted`, if they are spread evenly.
 */
const breakEven = (size: number, entities: number) => Math.ceil(Math.sqrt(size * entities));

/**
 * The degree from which an entity's first `size` targets are found sooner by scanning the index of the sort order than
 * by sorting all of them. Sorting visits each target once. Scanning visits `size * targets / degree` entities of the
 * kind until the page is full, if the related ones are spread evenly. The two are equal at the square root of `size *
 * targets`; a probe of the scan costs about as much as two visits.
 *
 * @returns `null` if no entity can have that many, or if the sort order has no index to scan
 */
export function indexScanThreshold(
  statistics: Statistics,
  relation: Pick<RelationField, 'relation' | 'reading' | 'target'>,
  kind: Kind | 'Entity',
  { order, size }: Pick<ListToScan, 'order' | 'size'>,
): number | null {
  const { target, reading } = relation;
  const isWhole = order.every((key) => isProperty(key) && !key.nullable);
  if (target === 'Entity' || reading === 'BOTH' || !isWhole) return null;
  const targets = entityCount(statistics, target);
  const mayHaveHubs =
    Math.min(targets, relationCount(statistics, relation.relation)) > SMALLEST_HUB &&
    averageFanOut(statistics, relation, kind) >= SMALLEST_FAN_OUT_WITH_HUBS;
  return mayHaveHubs ? Math.max(SMALLEST_HUB, 2 * breakEven(size, targets)) : null;
}

/**
 * The number of entities that fit a filter from which the first `size` are found sooner by scanning the index of the sort
 * order than by sorting all that another index finds.
 *
 * @returns `null` if no index of texts finds them, if none has them in order, or if there are few of the kind
 */
export function listScanThreshold(
  statistics: Statistics,
  kind: Kind | 'Entity',
  { filter, order, size }: ListToScan,
): number | null {
  const { ontology } = statistics;
  const property = partlyMatched(filter);
  if (property === null || kind === 'Entity' || !isIndexed(ontology, property, kind)) return null;
  const isWalked = isOrderOfIndex(ontology, order, kind) && !isScanCheap(statistics, kind, null);
  return isWalked ? breakEven(size, entityCount(statistics, kind)) : null;
}
