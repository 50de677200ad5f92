import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { createCache, textBytes } from '../budgets/budgeted-cache.ts';
import type { Graph } from '../graph/graph.ts';
import { pattern, type RelationReading } from '../graph/pattern.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';

const keyOf = ({ relation, reading }: RelationReading) => `${reading} ${relation}`;

/** The relation as its other end reads it. */
export const reversed = ({ relation, reading }: RelationReading): RelationReading => ({
  relation,
  reading: reading === 'FORWARD' ? 'BACKWARD' : reading === 'BACKWARD' ? 'FORWARD' : 'BOTH',
});

/** Number of results that are remembered for each kind: callers choose the page sizes that they depend on. */
const REMEMBERED = 1_000;

/** How the entities are met whose relations are counted. */
export interface Meeting {
  /** The relation that leads to them, as they read it. */
  readonly via?: RelationReading | undefined;
  /** More relations of one entity than this do not count. */
  readonly most?: number | undefined;
}

/**
 * Of an entity with fewer relations than this, Neo4j keeps them all in one chain, which it follows to its end for those of
 * any type. Of others it keeps a chain for each type (`db.relationship_grouping_threshold`).
 */
const IN_ONE_CHAIN = 50;

/** How many relations the entities of a kind have, in a sample of it. */
export class KindDegrees {
  /** For each relation end, the number of relations of each sampled entity. */
  readonly #columns: ReadonlyMap<string, readonly number[]>;
  /** The number of all relations of each. */
  readonly #totals: readonly number[];
  readonly #known = createCache<number>('costs', { max: REMEMBERED, sizeOf: (_, key) => textBytes(key) });
  readonly sampled: number;

  constructor(ends: readonly RelationReading[], rows: readonly (readonly number[])[]) {
    this.#columns = new Map(ends.map((end, index) => [keyOf(end), rows.map((row) => row[index] ?? 0)]));
    this.#totals = rows.map((row) => row.reduce((sum, degree) => sum + degree, 0));
    this.sampled = rows.length;
  }

  /** The average of a number over the entities, or over the relations that lead to them. */
  #average(via: RelationReading | undefined, of: (index: number) => number): number {
    const met = via && this.#columns.get(keyOf(via));
    let [sum, weights] = [0, 0];
    for (let index = 0; index < this.sampled; index += 1) {
      const weight = met ? (met[index] ?? 0) : 1;
      sum += weight * of(index);
      weights += weight;
    }
    return weights === 0 ? 0 : sum / weights;
  }

  /**
   * The number of relations of an entity, counted up to a maximum, on average over the entities; or over the relations
   * that lead to them, which meet an entity the more often the more of these it has.
   */
  mean(end: RelationReading, { via, most = Number.POSITIVE_INFINITY }: Meeting = {}): number {
    const degrees = this.#columns.get(keyOf(end)) ?? [];
    return getOrInsert(this.#known, `${keyOf(end)} ${via ? keyOf(via) : ''} ${most}`, () =>
      this.#average(via, (index) => Math.min(degrees[index] ?? 0, most)),
    );
  }

  /** The number of all relations of an entity, on average as `mean`. */
  total({ via }: Pick<Meeting, 'via'> = {}): number {
    return getOrInsert(this.#known, `total ${via ? keyOf(via) : ''}`, () =>
      this.#average(via, (index) => this.#totals[index] ?? 0),
    );
  }

  /** How many relations Neo4j follows to find those of one end, on average as `mean`. */
  followed(end: RelationReading, { via }: Pick<Meeting, 'via'> = {}): number {
    const degrees = this.#columns.get(keyOf(end)) ?? [];
    return getOrInsert(this.#known, `followed ${keyOf(end)} ${via ? keyOf(via) : ''}`, () =>
      this.#average(via, (index) => {
        const all = this.#totals[index] ?? 0;
        return all < IN_ONE_CHAIN ? all : (degrees[index] ?? 0);
      }),
    );
  }

  /** What an entity with a number of relations counts for, on average as `mean`. */
  share(end: RelationReading, of: (degree: number) => number, { via }: Pick<Meeting, 'via'> = {}): number {
    const degrees = this.#columns.get(keyOf(end)) ?? [];
    return this.#average(via, (index) => of(degrees[index] ?? 0));
  }

  /**
   * The share of entities that some relation leads from to one that fits, where this share of the far ends does, on average
   * as `mean`.
   */
  some(end: RelationReading, fitting: number, { via }: Pick<Meeting, 'via'> = {}): number {
    return this.share(end, (degree) => 1 - (1 - fitting) ** degree, { via });
  }

  /**
   * The numbers of relations by some ends, summed over the sampled entities; and summed over the relations that lead to
   * them, counted up to a maximum.
   */
  sums(ends: readonly RelationReading[], most: number): readonly [sum: number, met: number] {
    const columns = ends.map((end) => this.#columns.get(keyOf(end)) ?? []);
    let [sum, met] = [0, 0];
    for (let index = 0; index < this.sampled; index += 1) {
      const degree = columns.reduce((total, column) => total + (column[index] ?? 0), 0);
      sum += degree;
      met += degree * Math.min(degree, most);
    }
    return [sum, met];
  }

  /**
   * Among how many entities, met equally often, relations would meet the same one as rarely as those that lead to this
   * kind do. The inverse of it is Simpson's index (https://doi.org/10.1038/163688a0).
   *
   * @param entities number of all entities of the kind
   */
  met(via: RelationReading, entities: number): number {
    const degrees = this.#columns.get(keyOf(via)) ?? [];
    const share = getOrInsert(this.#known, `met ${keyOf(via)}`, () => {
      const [sum, squares] = degrees.reduce(([sum, squares], degree) => [sum + degree, squares + degree ** 2], [0, 0]);
      return squares === 0 ? 1 : sum ** 2 / squares / this.sampled;
    });
    return Math.max(1, share * entities);
  }
}

export type Degrees = Readonly<Record<Kind, KindDegrees>>;

/** Entities of each kind that are sampled, at most. The first ones, so that equal graphs give equal plans. */
const SAMPLED = 1_000;

const endsOf = ({ relationFieldsOf }: Ontology, kind: Kind): readonly RelationReading[] => [
  ...relationFieldsOf(kind).values(),
];

/** How many relations a sample of the entities of each kind has. */
export const degrees = memoize(
  (ontology: Ontology): Statement<NoParameters, readonly [kind: Kind, rows: number[][]]> => {
    const ofKind = (kind: Kind) => {
      const counts = endsOf(ontology, kind).map((end) => `COUNT { ${pattern(end, 'entity', '', '')} }`);
      return `RETURN '${kind}' AS kind, COLLECT { MATCH (entity:${kind}) WITH entity LIMIT ${SAMPLED} RETURN [${counts.join(', ')}] } AS rows`;
    };
    return { name: 'statistics', text: ontology.kindNames.map(ofKind).join('\nUNION ALL\n') };
  },
);

/** Counts the relations of a sample of the entities of each kind, in the degree store of Neo4j. @throws GraphError */
export async function readDegrees(graph: Graph): Promise<Degrees> {
  const { ontology } = graph;
  const found = new Map(await graph.read(degrees(ontology), {}));
  return Object.fromEntries(
    ontology.kindNames.map((kind) => [kind, new KindDegrees(endsOf(ontology, kind), found.get(kind) ?? [])]),
  );
}
