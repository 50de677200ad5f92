import type { RelationType } from '../ontology/relations.ts';
import { type Branching, readBranches } from './branches.ts';
import type { Graph, ReadOptions } from './graph.ts';
import { inTurn } from './in-turn.ts';
import { OutOfTime, type TimedReads, timedReads } from './timed-reads.ts';
import type { LeftOut, Truncation, TruncationReason } from './truncation.ts';
import { byText, type StoredRelation, type Walk, walkFile } from './walk.ts';

export interface NeighborhoodRequest extends Walk {
  /** Slugs, each once. */
  readonly of: readonly string[];
  readonly depth: number;
  /** How many entities to answer with, those asked about included. */
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
  /** Which of the entities asked about there are none of. */
  readonly missing: readonly string[];
}

/**
 * The next level in a fair order: the entities asked about take turns, below each its relations, below each relation the
 * entities that it starts from.
 */
function* fairly(branchings: readonly Branching[], rootOf: ReadonlyMap<string, string>) {
  const byRoot = new Map<string, Map<string, { slug: string; root: string }[][]>>();
  for (const { slug: near, branches } of branchings) {
    const root = rootOf.get(near) ?? near;
    const byRelation = byRoot.get(root) ?? new Map<string, { slug: string; root: string }[][]>();
    byRoot.set(root, byRelation);
    for (const { relation, reading, slugs } of branches) {
      const key = `${relation} ${reading}`;
      byRelation.set(key, [...(byRelation.get(key) ?? []), slugs.map((slug) => ({ slug, root }))]);
    }
  }
  yield* inTurn(
    [...byRoot.values()].map((byRelation) => inTurn([...byRelation.values()].map((lists) => inTurn(lists)))),
  );
}

const edgesFile = walkFile('edges');

/** All relations of a walk between any two of some entities, each once. @throws OutOfTime, GraphError */
async function readEdges(reads: TimedReads, walk: Walk, slugs: readonly string[]): Promise<readonly StoredRelation[]> {
  const [row] = await reads.read(edgesFile(walk), { slugs });
  return ((row?.[0] ?? []) as readonly (readonly [RelationType, string, string])[])
    .map(([relation, from, to]) => ({ relation, from, to }))
    .sort(
      (left, right) =>
        byText(left.relation, right.relation) || byText(left.from, right.from) || byText(left.to, right.to),
    );
}

/** The relations that lead from the last level that was walked to entities that are not in the answer. */
function countLeftOut(branchings: readonly Branching[], edges: readonly StoredRelation[]): readonly LeftOut[] {
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
    if (walked.has(`${relation} from ${from}`)) add(relation, -1);
    if (walked.has(`${relation} to ${to}`)) add(relation, -1);
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([relation, count]) => ({ relation, count }))
    .sort((left, right) => right.count - left.count || byText(left.relation, right.relation));
}

/**
 * What lies around entities, nearest first. Where not all of a level has room, its entities are taken in turns, so that
 * no hub fills the answer. Two statements for one level, one more for each further one; each reads no more of a relation
 * than the answer could hold, so work grows with the limit and not with the hubs.
 * @throws GraphError
 */
export async function findNeighborhood(
  graph: Graph,
  { of, depth, limit, ...walk }: NeighborhoodRequest,
  options: ReadOptions = {},
): Promise<Neighborhood> {
  const reads = timedReads(graph, options);
  const rootOf = new Map(of.map((slug) => [slug, slug]));
  const nodes: Neighbor[] = of.map((slug) => ({ slug, depth: 0 }));
  let walked: readonly Branching[] = [];
  let level = 1;
  let reason: TruncationReason | null = null;

  try {
    for (let frontier = of; level <= depth && frontier.length > 0; level += 1) {
      const room = limit - nodes.length;
      walked = await readBranches(reads, walk, frontier, new Set(rootOf.keys()), room);
      const found = new Set(walked.map(({ slug }) => slug));
      if (level === 1 && found.size < of.length) {
        return { nodes: [], edges: [], truncated: null, missing: of.filter((slug) => !found.has(slug)) };
      }
      const next: string[] = [];
      for (const { slug, root } of fairly(walked, rootOf)) {
        if (next.length >= room) break;
        if (rootOf.has(slug)) continue;
        rootOf.set(slug, root);
        next.push(slug);
      }
      nodes.push(...next.map((slug) => ({ slug, depth: level })));
      frontier = next;
      if (next.length === room) {
        reason = 'LIMIT';
        break;
      }
    }
    const edges = await readEdges(
      reads,
      walk,
      nodes.map(({ slug }) => slug),
    );
    if (reason === null) return { nodes, edges, truncated: null, missing: [] };
    const leftOut = countLeftOut(walked, edges);
    if (leftOut.length > 0) return { nodes, edges, truncated: { reason, atDepth: level, leftOut }, missing: [] };
    // The level just fits; what comes after it has no room.
    if (level === depth) return { nodes, edges, truncated: null, missing: [] };
    const outermost = nodes.filter((node) => node.depth === level).map(({ slug }) => slug);
    const beyond = countLeftOut(await readBranches(reads, walk, outermost, new Set(), 0), edges);
    const truncated = beyond.length > 0 ? { reason, atDepth: level + 1, leftOut: beyond } : null;
    return { nodes, edges, truncated, missing: [] };
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    return { nodes, edges: [], truncated: { reason: 'TIME_LIMIT', atDepth: level, leftOut: [] }, missing: [] };
  }
}
