import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import type { Graph, ReadOptions } from '../graph/graph.ts';
import { OutOfTime, type TimedReads, timedReads } from '../graph/timed-reads.ts';
import { byText, type StoredRelation, type Walk, walkFile } from '../graph/walk.ts';
import type { Statistics } from '../reads/statistics.ts';
import { type Adjacencies, type AdjacenciesWanted, type Adjacency, readAdjacencies, readAhead } from './adjacency.ts';
import { interleave } from './interleave.ts';
import type { LeftOut, Truncation, TruncationReason } from './truncation.ts';

export interface NeighborhoodRequest extends Walk {
  /** Slugs, each once. */
  readonly of: readonly string[];
  readonly depth: number;
  /** Maximum number of entities returned, including the given ones. */
  readonly limit: number;
}

/** An entity, and how many hops it is away. */
export interface Neighbor {
  readonly slug: string;
  readonly depth: number;
}

export interface Neighborhood {
  /** Nearest first. */
  readonly nodes: readonly Neighbor[];
  /** All relations between two of them. */
  readonly edges: readonly StoredRelation[];
  readonly truncated: Truncation | null;
  /** The given entities that do not exist. */
  readonly missing: readonly string[];
}

export interface NeighborhoodOptions extends ReadOptions {
  readonly statistics: Statistics;
  /** Is called with the entities as soon as they are known, while the relations between them are still to be read. */
  readonly reportNodes?: ((nodes: readonly Neighbor[], edges: Promise<readonly StoredRelation[]>) => void) | undefined;
}

/** How a neighbourhood is read. */
export interface NeighborhoodReads {
  /** @throws OutOfTime, GraphError */
  adjacencies(walk: Walk, wanted: AdjacenciesWanted): Promise<Adjacencies>;
  /** All relations of a walk between any two of some entities, each once. @throws OutOfTime, GraphError */
  edges(walk: Walk, slugs: readonly string[]): Promise<readonly StoredRelation[]>;
}

/**
 * The next level in a fair order: the given entities take turns, within each its relations, within each relation the
 * entities that it starts from.
 */
function* fairly(branchings: readonly Adjacency[], rootOf: ReadonlyMap<string, string>) {
  const byRoot = new Map<string, Map<string, { slug: string; root: string }[][]>>();
  for (const { slug: near, branches } of branchings) {
    const root = rootOf.get(near) ?? near;
    const byRelation = getOrInsert(byRoot, root, () => new Map());
    for (const { relation, reading, slugs } of branches)
      getOrInsert(byRelation, `${relation} ${reading}`, () => []).push(slugs.map((slug) => ({ slug, root })));
  }
  yield* interleave(
    [...byRoot.values()].map((byRelation) => interleave([...byRelation.values()].map((lists) => interleave(lists)))),
  );
}

/** The first entities of the next level, each with the given entity that led to it. */
function draw(
  branchings: readonly Adjacency[],
  rootOf: ReadonlyMap<string, string>,
  capacity: number,
): ReadonlyMap<string, string> {
  const drawn = new Map<string, string>();
  for (const { slug, root } of fairly(branchings, rootOf)) {
    if (drawn.size >= capacity) break;
    if (!rootOf.has(slug) && !drawn.has(slug)) drawn.set(slug, root);
  }
  return drawn;
}

/** Whether something was drawn to its end that there may be more of. */
const ranOut = (branchings: readonly Adjacency[], drawn: ReadonlyMap<string, string>): boolean =>
  branchings.some(({ branches }) =>
    branches.some(({ isCut, slugs }) => isCut && slugs.every((slug) => drawn.has(slug))),
  );

const edgesFile = walkFile<
  { readonly slugs: readonly string[] },
  readonly [edges: readonly (readonly [relation: RelationType, from: string, to: string])[]]
>('edges');

/** All relations of a walk between any two of some entities, each once. @throws OutOfTime, GraphError */
async function readEdges(reads: TimedReads, walk: Walk, slugs: readonly string[]): Promise<readonly StoredRelation[]> {
  const [[edges] = [[]]] = await reads.read(edgesFile(walk), { slugs });
  return inOrder(edges.map(([relation, from, to]) => ({ relation, from, to })));
}

/** Relations in the order in which they are returned. */
export const inOrder = (edges: readonly StoredRelation[]): readonly StoredRelation[] =>
  edges.toSorted(
    (left, right) =>
      byText(left.relation, right.relation) || byText(left.from, right.from) || byText(left.to, right.to),
  );

/**
 * The relations from the last traversed level to entities outside the result. Relations to entities of excluded kinds
 * were never counted.
 */
function countLeftOut(
  branchings: readonly Adjacency[],
  edges: readonly StoredRelation[],
  notWalked: ReadonlySet<string>,
): readonly LeftOut[] {
  const counts = new Map<RelationType, number>();
  const add = (relation: RelationType, number: number) => counts.set(relation, (counts.get(relation) ?? 0) + number);
  const walked = new Set<string>();
  for (const { slug, branches } of branchings) {
    for (const { relation, reading, degree } of branches) {
      add(relation, degree);
      if (reading !== 'BACKWARD') walked.add(`${relation} from ${slug}`);
      if (reading !== 'FORWARD') walked.add(`${relation} to ${slug}`);
    }
  }
  for (const { relation, from, to } of edges) {
    if (walked.has(`${relation} from ${from}`) && !notWalked.has(to)) add(relation, -1);
    if (walked.has(`${relation} to ${to}`) && !notWalked.has(from)) add(relation, -1);
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([relation, count]) => ({ relation, count }))
    .sort((left, right) => right.count - left.count || byText(left.relation, right.relation));
}

/**
 * The entities around given ones, nearest first. If a level exceeds the limit, its entities are taken in turn, so that
 * no hub dominates the result. Takes two statements for up to two levels, one more for a third, and more only for hubs
 * with many neighbours in the result. No statement reads more of a relation of a hub than the result could contain, so
 * work grows with the limit and not with the hubs.
 * @throws GraphError
 */
export function findNeighborhood(
  graph: Graph,
  request: NeighborhoodRequest,
  { reportNodes, statistics, ...options }: NeighborhoodOptions,
): Promise<Neighborhood> {
  const reads = timedReads(graph, options);
  return exploreNeighborhood(
    {
      adjacencies: (walk, wanted) => readAdjacencies(reads, walk, wanted, statistics),
      edges: (walk, slugs) => readEdges(reads, walk, slugs),
    },
    request,
    reportNodes,
  );
}

/** The entities around given ones, however they are read. @throws GraphError */
export async function exploreNeighborhood(
  reads: NeighborhoodReads,
  { of, depth, limit, ...walk }: NeighborhoodRequest,
  reportNodes?: NeighborhoodOptions['reportNodes'],
): Promise<Neighborhood> {
  const rootOf = new Map(of.map((slug) => [slug, slug]));
  const nodes: Neighbor[] = of.map((slug) => ({ slug, depth: 0 }));
  let walked: readonly Adjacency[] = [];
  const notWalked = new Set<string>();
  let ahead: ReadonlyMap<string, Adjacency> = new Map();
  let level = 1;
  let reason: TruncationReason | null = null;

  try {
    for (let frontier = of; level <= depth && frontier.length > 0; level += 1) {
      const capacity = limit - nodes.length;
      const known = new Set(rootOf.keys());
      const read = async () => {
        const wanted = { slugs: frontier, known, capacity, goesOn: level === depth - 1 };
        const branches = await reads.adjacencies(walk, wanted);
        ahead = branches.ahead;
        return branches.branchings;
      };
      const early = readAhead(ahead, frontier, known);
      walked = early ?? (await read());
      if (level === 1 && walked.length < of.length) {
        const found = new Set(walked.map(({ slug }) => slug));
        return { nodes: [], edges: [], truncated: null, missing: of.filter((slug) => !found.has(slug)) };
      }
      if (level === 1)
        for (const { slug, kind } of walked) if (walk.kinds?.includes(kind) === false) notWalked.add(slug);
      let next = draw(walked, rootOf, capacity);
      if (early && ranOut(early, next)) {
        walked = await read();
        next = draw(walked, rootOf, capacity);
      }
      for (const [slug, root] of next) {
        rootOf.set(slug, root);
        nodes.push({ slug, depth: level });
      }
      frontier = [...next.keys()];
      if (next.size === capacity) {
        reason = 'LIMIT';
        break;
      }
    }
    const readingEdges = reads.edges(
      walk,
      nodes.map(({ slug }) => slug),
    );
    reportNodes?.(nodes, readingEdges);
    const edges = await readingEdges;
    if (reason === null) return { nodes, edges, truncated: null, missing: [] };
    const leftOut = countLeftOut(walked, edges, notWalked);
    if (leftOut.length > 0) return { nodes, edges, truncated: { reason, atDepth: level, leftOut }, missing: [] };
    // The level just fits; what comes after it exceeds the limit.
    if (level === depth) return { nodes, edges, truncated: null, missing: [] };
    const outermost = nodes.filter((node) => node.depth === level).map(({ slug }) => slug);
    const wanted = { slugs: outermost, known: new Set<string>(), capacity: 0, goesOn: false };
    const { branchings } = await reads.adjacencies(walk, wanted);
    const beyond = countLeftOut(branchings, edges, notWalked);
    const truncated = beyond.length > 0 ? { reason, atDepth: level + 1, leftOut: beyond } : null;
    return { nodes, edges, truncated, missing: [] };
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    return { nodes, edges: [], truncated: { reason: 'TIME_LIMIT', atDepth: level, leftOut: [] }, missing: [] };
  }
}
