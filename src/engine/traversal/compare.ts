import type { Ontology } from '../../ontology/ontology.ts';
import { isListed, type RelationType } from '../../ontology/vocabulary.ts';
import type { Graph, ReadOptions } from '../graph/graph.ts';
import { queryFile } from '../graph/query-files.ts';
import { OutOfTime, timedReads } from '../graph/timed-reads.ts';
import { byText, type Walk, walkFile } from '../graph/walk.ts';
import type { Statistics } from '../reads/statistics.ts';
import { type Adjacencies, type AdjacenciesWanted, readAdjacencies } from './adjacency.ts';
import { interleave } from './interleave.ts';
import { directionOf } from './similar.ts';
import type { LeftOut, Truncation } from './truncation.ts';

/** A neighbour of an entity, by one of its relations. */
export interface RelatedEntity {
  readonly relation: RelationType;
  readonly direction: 'FORWARD' | 'BACKWARD';
  readonly slug: string;
}

export interface ComparedNeighbors {
  /** Neighbours that all of them share by the same relation. */
  readonly shared: readonly RelatedEntity[];
  /** Neighbours of each that not all share, in the order of the entities. */
  readonly differing: readonly { readonly slug: string; readonly neighbors: readonly RelatedEntity[] }[];
  readonly truncated: Truncation | null;
}

/** A property with its value in each entity, in the order requested; `null` for entities without it. */
export interface ComparedProperty {
  readonly name: string;
  readonly values: readonly { readonly slug: string; readonly value: unknown }[];
  readonly same: boolean;
}

export const MOST_SHARED = 500;
export const MOST_DIFFERING = 100;

interface SharedParameters {
  readonly slugs: readonly string[];
  readonly symmetric: readonly RelationType[];
  readonly limit: number;
}

export type SharedRow = readonly [slug: string, relation: RelationType, starts: boolean];

const sharedFile = walkFile<SharedParameters, readonly [shared: readonly SharedRow[]]>('compare-shared');

type PropertiesRow = readonly [slug: string, labels: readonly string[], properties: Readonly<Record<string, unknown>>];

const propertiesFile = queryFile<{ readonly slugs: readonly string[] }, readonly [entities: readonly PropertiesRow[]]>(
  'compare-properties',
);

/** Sorts like the statement that finds shared neighbours. */
const keyOf = ({ relation, direction, slug }: RelatedEntity) => `${relation} ${direction} ${slug}`;

/** What a comparison reads, of whichever state of the graph. */
export interface ComparisonReads {
  /** @throws OutOfTime, GraphError */
  adjacencies(walk: Walk, wanted: AdjacenciesWanted): Promise<Adjacencies>;
  /** Neighbours that entities share, in the order of `compare-shared`. @throws OutOfTime, GraphError */
  shared(walk: Walk, slugs: readonly string[], limit: number): Promise<readonly SharedRow[]>;
}

/**
 * Shared and differing neighbours of entities today. Takes two statements, and one for each kind of hub among the entities;
 * shared neighbours are searched from the entity with the fewest relations.
 * @throws GraphError
 */
export function compareNeighbors(
  graph: Graph,
  slugs: readonly string[],
  walk: Walk,
  { statistics, ...options }: ReadOptions & { readonly statistics: Statistics },
): Promise<ComparedNeighbors> {
  const reads = timedReads(graph, options);
  const { symmetricRelations: symmetric } = walk.ontology;
  return compareAround(
    {
      adjacencies: (_, wanted) => readAdjacencies(reads, walk, wanted, statistics),
      async shared(_, compared, limit) {
        const [[found] = [[]]] = await reads.read(sharedFile(walk), { slugs: compared, symmetric, limit });
        return found;
      },
    },
    slugs,
    walk,
  );
}

/**
 * Shared and differing neighbours of entities. At the time limit, the result is incomplete and `truncated` is set.
 * @throws GraphError
 */
export async function compareAround(
  reads: ComparisonReads,
  slugs: readonly string[],
  walk: Walk,
): Promise<ComparedNeighbors> {
  try {
    const wanted = { slugs, known: new Set<string>(), capacity: MOST_SHARED + MOST_DIFFERING, goesOn: false };
    const [{ branchings }, found] = await Promise.all([
      reads.adjacencies(walk, wanted),
      reads.shared(walk, slugs, MOST_SHARED + 1),
    ]);
    const all = found.map(([slug, relation, starts]) => ({
      relation,
      direction: directionOf(walk.ontology, relation, starts),
      slug,
    }));
    const shared = all.slice(0, MOST_SHARED);
    const isShared = new Set(all.map(keyOf));
    // Neighbours after the last one found may be shared too.
    const [beyond] = all.slice(MOST_SHARED).map(keyOf);
    const differs = (related: RelatedEntity) => {
      const key = keyOf(related);
      return !isShared.has(key) && (beyond === undefined || byText(key, beyond) < 0);
    };
    const counts = new Map<RelationType, number>();

    const differing = branchings.map(({ slug, branches }) => {
      const lists = branches.map(({ relation, reading, slugs: far }) =>
        far
          .map((end) => ({
            relation,
            direction: directionOf(walk.ontology, relation, reading === 'BACKWARD'),
            slug: end,
          }))
          .filter(differs),
      );
      const neighbors = [...interleave(lists)].slice(0, MOST_DIFFERING);
      for (const { relation, reading, degree } of branches) {
        const direction = directionOf(walk.ontology, relation, reading === 'BACKWARD');
        const returned = [...shared, ...neighbors].filter(
          (one) => one.relation === relation && one.direction === direction,
        );
        if (degree > returned.length) counts.set(relation, (counts.get(relation) ?? 0) + degree - returned.length);
      }
      return { slug, neighbors: neighbors.sort((left, right) => byText(keyOf(left), keyOf(right))) };
    });
    const leftOut: readonly LeftOut[] = [...counts].map(([relation, count]) => ({ relation, count }));
    const isCut = beyond !== undefined || leftOut.length > 0;
    return {
      shared,
      differing,
      truncated: isCut
        ? { reason: 'LIMIT', atDepth: 1, leftOut: leftOut.toSorted((left, right) => right.count - left.count) }
        : null,
    };
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    const truncated: Truncation = { reason: 'TIME_LIMIT', atDepth: 1, leftOut: [] };
    return { shared: [], differing: slugs.map((slug) => ({ slug, neighbors: [] })), truncated };
  }
}

/** Properties of entities of any kind that at least one of them has today. @throws GraphError */
export async function compareProperties(graph: Graph, slugs: readonly string[]): Promise<readonly ComparedProperty[]> {
  const [[rows] = [[]]] = await graph.read(propertiesFile, { slugs });
  return comparedProperties(graph.ontology, rows);
}

/** Properties that at least one of some entities has. */
export function comparedProperties(ontology: Ontology, rows: readonly PropertiesRow[]): readonly ComparedProperty[] {
  const propertiesIn = (labels: readonly string[]) => {
    const kind = ontology.kindOf(labels);
    return kind === undefined ? {} : ontology.propertiesOf(kind);
  };
  const names = new Set(rows.flatMap(([, labels]) => Object.keys(propertiesIn(labels))));
  return [...names].flatMap((name) => {
    const values = rows.map(([slug, labels, properties]) => {
      const property = propertiesIn(labels)[name];
      const stored = properties[name] ?? null;
      const isJson = property !== undefined && isListed(property) && typeof stored === 'string';
      return { slug, value: isJson ? JSON.parse(stored) : property ? stored : null };
    });
    if (values.every(({ value }) => value === null)) return [];
    const [first, ...others] = values.map(({ value }) => JSON.stringify(value));
    return [{ name, values, same: others.every((other) => other === first) }];
  });
}
