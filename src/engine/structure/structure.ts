import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph, ReadOptions } from '../graph/graph.ts';
import { measureInWorker } from './measure-in-worker.ts';
import type { Measure } from './measures.ts';
import { type ProjectedGraph, type Projection, type ProjectionBounds, readProjection } from './projection.ts';

/** A projection that is too large for a measure, whose work grows with entities × links. */
export class MeasureTooLarge extends Error {
  override readonly name = 'MeasureTooLarge';
  readonly work: number;

  constructor(work: number) {
    super(`The measure needs about ${work} steps.`);
    this.work = work;
  }
}

/** An entity of a projection, with its value. */
export interface RankedEntity {
  readonly slug: string;
  readonly kind: Kind;
  readonly value: number;
  /** From 1; entities of one value share a rank. */
  readonly rank: number;
  /** Sum of the weights of its links. */
  readonly degree: number;
  /** Those that it is linked with most, then those of the highest value. */
  readonly neighbors: readonly { readonly slug: string; readonly weight: number; readonly value: number }[];
}

export interface Structure {
  /** Highest value first; communities largest first, and in each the entities with the highest degree first. */
  readonly entities: readonly RankedEntity[];
  readonly linkCount: number;
  readonly modularity: number | null;
}

export interface StructureBounds extends ProjectionBounds {
  /** Entities × links for measures that follow all shortest paths. */
  readonly work: number;
}

/** Neighbours that explain a value. */
const MOST_NEIGHBORS = 5;

type Neighbor = RankedEntity['neighbors'][number];

function neighborsOf({ slugs, starts, ends, weights }: ProjectedGraph, values: Float64Array): readonly Neighbor[][] {
  const neighbors: Neighbor[][] = slugs.map(() => []);
  for (const [at, start] of starts.entries()) {
    const end = Number(ends[at]);
    const weight = Number(weights[at]);
    neighbors[start]?.push({ slug: String(slugs[end]), weight, value: Number(values[end]) });
    neighbors[end]?.push({ slug: String(slugs[start]), weight, value: Number(values[start]) });
  }
  return neighbors;
}

/** Differences smaller than this come from rounding. */
const SAME = 1e-12;

function ranked(wanted: Measure, graph: ProjectedGraph, values: Float64Array): readonly RankedEntity[] {
  const neighbors = neighborsOf(graph, values);
  const isCommunity = wanted === 'COMMUNITY';
  const entities = graph.slugs.map((slug, at) => {
    const near = neighbors[at] ?? [];
    const value = Number(values[at]);
    // Of a community, what explains that an entity belongs to it: its links inside.
    const telling = isCommunity ? near.filter((neighbor) => neighbor.value === value) : near;
    return {
      slug,
      kind: String(graph.kinds[at]),
      value,
      degree: near.reduce((sum, { weight }) => sum + weight, 0),
      neighbors: telling
        .toSorted((left, right) => right.weight - left.weight || right.value - left.value)
        .slice(0, MOST_NEIGHBORS),
    };
  });
  const sign = isCommunity ? 1 : -1;
  entities.sort((left, right) => {
    const difference = Math.abs(left.value - right.value) < SAME ? 0 : sign * (left.value - right.value);
    return difference || right.degree - left.degree || (left.slug < right.slug ? -1 : 1);
  });
  let rank = 1;
  return entities.map((entity, at) => {
    const before = entities[at - 1];
    if (before && Math.abs(before.value - entity.value) >= SAME) rank = at + 1;
    return { ...entity, rank: isCommunity ? entity.value + 1 : rank };
  });
}

/**
 * Computes a measure of a projection of the graph, in a thread of its own.
 * @throws ProjectionTooLarge, MeasureTooLarge, MeasuringStopped, GraphError
 */
export async function findStructure(
  graph: Graph,
  projection: Projection,
  wanted: Measure,
  bounds: StructureBounds,
  options: ReadOptions & { readonly time: number },
): Promise<Structure> {
  const end = performance.now() + options.time;
  const projected = await readProjection(graph, projection, bounds, options);
  const size = projected.slugs.length;
  const work = size * projected.starts.length;
  if ((wanted === 'BETWEENNESS' || wanted === 'CLOSENESS') && work > bounds.work) throw new MeasureTooLarge(work);
  const { starts, ends, weights } = projected;
  const time = end - performance.now();
  const measured = await measureInWorker(wanted, { size, starts, ends, weights }, { time, signal: options.signal });
  return {
    entities: ranked(wanted, projected, measured.values),
    linkCount: starts.length,
    modularity: measured.modularity,
  };
}
