import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import type { Graph, Parameters, ReadOptions } from '../../graph/graph.ts';
import { Scope } from '../../graph/scope.ts';
import type { Statement } from '../../graph/statement.ts';
import { OutOfTime, type TimedReads, timedReads } from '../../graph/timed-reads.ts';
import { relationKey } from '../../graph/walk.ts';
import type { Truncation, TruncationReason } from '../../traversal/truncation.ts';
import { byCost, type CostedPath, enumeratePaths, MILLIONTHS, type Step } from './enumerate-paths.ts';
import { conditionedStep, type PathConditions } from './path-conditions.ts';

export interface PathsBetweenRequest {
  readonly conditions: PathConditions;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly maxHops: number;
  /** Weight of a hop by relation type. @default 1 */
  readonly weights: ReadonlyMap<RelationType, number>;
  /** Relations read at most. */
  readonly mostRelations: number;
  /** Paths counted at most. */
  readonly mostPaths: number;
}

/** The paths of one pair of ends. */
export interface PairCount {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

export interface PathsBetween {
  /** Cheapest first. */
  readonly paths: readonly CostedPath[];
  /** Every pair of different ends, in the order given. */
  readonly pairs: readonly PairCount[];
  /** Why there may be more; `null` if these are all. */
  readonly truncated: Truncation | null;
}

type StepRow = readonly [near: string, far: string, type: RelationType, leads: boolean, through: boolean];

/** Steps tried for all pairs: what takes about as long as a large statement. */
const MOST_STEPS = 2_000_000;

/** The relations around the ends that satisfy the conditions. */
class ConditionedSurroundings {
  readonly steps = new Map<string, Step[]>();
  /** Entities that paths may lead through. */
  readonly through = new Set<string>();
  relations = 0;
  readonly #reads: TimedReads;
  readonly #graph: Graph;
  readonly #request: PathsBetweenRequest;
  readonly #known = new Set<string>();
  readonly #expanded = new Set<string>();

  constructor(graph: Graph, reads: TimedReads, request: PathsBetweenRequest) {
    this.#graph = graph;
    this.#reads = reads;
    this.#request = request;
  }

  /**
   * Reads what lies within some hops of entities.
   * @returns whether it was read whole
   */
  async reach(starts: readonly string[], hops: number): Promise<boolean> {
    let level = starts;
    for (let hop = 0; hop < hops && level.length > 0; hop += 1) {
      const fars = await this.#expand(level.filter((slug) => !this.#expanded.has(slug)));
      if (!fars) return false;
      const next = new Set(level.flatMap((slug) => this.steps.get(slug)?.map(({ far }) => far) ?? []));
      level = [...next];
    }
    return true;
  }

  async #expand(slugs: readonly string[]): Promise<boolean> {
    if (slugs.length === 0) return true;
    const { conditions, from, to, mostRelations } = this.#request;
    const left = mostRelations - this.relations;
    const scope = new Scope('p');
    const limit = left + 1;
    const text = conditionedStep(this.#graph.ontology, conditions, scope, { slugs, ends: [...from, ...to], limit });
    const statement: Statement<Parameters, StepRow> = { name: 'paths-conditioned', text };
    const rows = await this.#reads.read(statement, scope.parameters);
    for (const row of rows.slice(0, left)) this.#relate(row);
    if (rows.length > left) return false;
    for (const slug of slugs) this.#expanded.add(slug);
    return true;
  }

  #relate([near, far, relation, leads, through]: StepRow): void {
    this.relations += 1;
    if (through) this.through.add(far);
    const stored = leads ? { relation, from: near, to: far } : { relation, from: far, to: near };
    const key = relationKey(stored);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    const cost = Math.round((this.#request.weights.get(relation) ?? 1) * MILLIONTHS);
    for (const [one, other] of [[near, far] as const, [far, near] as const])
      getOrInsert(this.steps, one, () => []).push({ relation: stored, far: other, cost });
  }
}

/**
 * All simple paths between entities of two sets, of up to a number of hops, whose every hop satisfies the conditions. Reads
 * what lies within half of the hops of each set, level by level, then enumerates. At a limit, it returns what was found until
 * then, and says so.
 * @throws GraphError
 */
export async function findPathsBetween(
  graph: Graph,
  request: PathsBetweenRequest,
  options: ReadOptions = {},
): Promise<PathsBetween> {
  const { from, to, maxHops, mostPaths } = request;
  const reads = timedReads(graph, options);
  const surroundings = new ConditionedSurroundings(graph, reads, request);
  let reason: TruncationReason | null = null;
  try {
    const half = Math.ceil(maxHops / 2);
    const isWhole = (await surroundings.reach(from, half)) && (await surroundings.reach(to, maxHops - half));
    if (!isWhole) reason = 'SEARCH_LIMIT';
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    reason = 'TIME_LIMIT';
  }
  const effort = { left: MOST_STEPS };
  const paths: CostedPath[] = [];
  const pairs: PairCount[] = [];
  for (const start of from) {
    for (const end of to) {
      if (start === end) continue;
      const limit = mostPaths - paths.length;
      const wanted = { from: start, to: end, maxHops, limit, through: surroundings.through };
      const found = enumeratePaths(surroundings.steps, wanted, effort, reads.isOver);
      if (found.gaveUp) reason ??= reads.isOver() ? 'TIME_LIMIT' : 'SEARCH_LIMIT';
      for (const path of found.paths) paths.push(path);
      pairs.push({ from: start, to: end, count: found.paths.length });
    }
  }
  return {
    paths: paths.toSorted(byCost),
    pairs,
    // A limit may have hidden a path of any length but a direct one.
    truncated: reason && { reason, atDepth: 1, leftOut: [] },
  };
}
