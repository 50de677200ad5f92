import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import betweennessModule from 'graphology-metrics/centrality/betweenness.js';
import closenessModule from 'graphology-metrics/centrality/closeness.js';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import { getOrInsert } from '../../ontology/get-or-insert.ts';

/** What a module of CommonJS exports: to TypeScript under `default`, to Node.js itself. */
const exported = <Value>(module: { readonly default: Value }): Value => module.default ?? (module as unknown as Value);

const betweennessCentrality = exported(betweennessModule);
const closenessCentrality = exported(closenessModule);
const pagerank = exported(pagerankModule);
const louvain = exported(louvainModule);

/** What is computed of a projected graph. */
export type Measure = 'DEGREE' | 'PAGERANK' | 'BETWEENNESS' | 'CLOSENESS' | 'COMMUNITY';

/** A graph whose entities are numbers from 0. */
export interface NumberedGraph {
  readonly size: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly weights: Float64Array;
}

export interface Measured {
  /** For each entity, in order; its community for `COMMUNITY`. */
  readonly values: Float64Array;
  /** How well communities divide the graph, from -0.5 to 1; `null` for other measures. */
  readonly modularity: number | null;
}

/** A generator of the same numbers each time, so that communities do not change without the graph (mulberry32). */
function steadyRandom(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers communities from 0, the largest first; those of one size by their first entity. */
function bySize(communities: readonly number[]): Float64Array {
  const members = new Map<number, number[]>();
  for (const [entity, community] of communities.entries()) {
    getOrInsert(members, community, () => []).push(entity);
  }
  const sorted = [...members.values()].sort(
    (left, right) => right.length - left.length || Number(left[0]) - Number(right[0]),
  );
  const numbers = new Float64Array(communities.length);
  for (const [number, entities] of sorted.entries()) for (const entity of entities) numbers[entity] = number;
  return numbers;
}

/**
 * Computes a measure of an undirected graph. Betweenness (Brandes 2001, normalised) and closeness (Wasserman and Faust 1994)
 * count hops; degree, PageRank (Page and Brin 1998, damping 0.85) and communities (Louvain, Blondel et al. 2008) use weights.
 * O(entities × links) for betweenness and closeness, about O(links) for the others.
 */
export function measure(wanted: Measure, { size, starts, ends, weights }: NumberedGraph): Measured {
  if (size === 0) return { values: new Float64Array(), modularity: null };
  const graph = new UndirectedGraph<object, { readonly weight: number }>();
  for (let entity = 0; entity < size; entity += 1) graph.addNode(entity);
  for (const [at, start] of starts.entries()) graph.addEdge(start, ends[at], { weight: Number(weights[at]) });
  const valuesOf = (values: Readonly<Record<string, number>>) =>
    Float64Array.from({ length: size }, (_, entity) => values[entity] ?? 0);
  if (wanted === 'BETWEENNESS') {
    const options = { getEdgeWeight: null, normalized: size > 2 };
    return { values: valuesOf(betweennessCentrality(graph, options)), modularity: null };
  }
  if (wanted === 'CLOSENESS') {
    return { values: valuesOf(closenessCentrality(graph, { wassermanFaust: true })), modularity: null };
  }
  if (wanted === 'PAGERANK') {
    const options = { getEdgeWeight: 'weight', alpha: 0.85, maxIterations: 1_000, tolerance: 1e-10 } as const;
    return { values: valuesOf(pagerank(graph, options)), modularity: null };
  }
  if (wanted === 'COMMUNITY') {
    if (starts.length === 0) return { values: bySize([...new Array(size).keys()]), modularity: null };
    const found = louvain.detailed(graph, { getEdgeWeight: 'weight', rng: steadyRandom() });
    const communities = Array.from({ length: size }, (_, entity) => Number(found.communities[entity]));
    return { values: bySize(communities), modularity: found.modularity };
  }
  const values = new Float64Array(size);
  for (const [at, start] of starts.entries()) {
    for (const end of [start, Number(ends[at])]) values[end] = Number(values[end]) + Number(weights[at]);
  }
  return { values, modularity: null };
}
