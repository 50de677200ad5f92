import { bestPaths, type FoundPath } from './best-paths.ts';
import type { Graph, ReadOptions } from './graph.ts';
import { Surroundings, type SurroundingsOptions } from './surroundings.ts';
import { OutOfTime, timedReads } from './timed-reads.ts';
import type { Truncation, TruncationReason } from './truncation.ts';
import type { PathWalk } from './walk.ts';

export interface PathsRequest extends PathWalk {
  readonly from: string;
  readonly to: string;
  /** Entities that every path passes, in any order; none of the ends. */
  readonly via: readonly string[];
  readonly maxHops: number;
  readonly limit: number;
}

/** The paths between two entities, or which of the entities named are not there. */
export interface PathsAnswer {
  readonly paths: readonly FoundPath[];
  readonly truncated: Truncation | null;
  readonly missing: readonly string[];
}

export type PathsOptions = ReadOptions &
  Omit<SurroundingsOptions, 'anchors'> & {
    /** Whether to find out if there are more than wanted; without it, as many as wanted count as cut short. @default true */
    readonly asksForMore?: boolean | undefined;
    /** Is given the paths as soon as they are known, where whether there are more is still to be found out. */
    readonly tellPaths?: ((paths: readonly FoundPath[]) => void) | undefined;
  };

/**
 * The paths between two entities, shortest first, then by score. It deepens hop by hop: both ends are read level by
 * level until they meet, after bidirectional breadth-first search (Pohl 1971), so a path of six hops needs what lies
 * within two hops of its ends. Paths of three hops and more over hubs are looked for only where there are too few others
 * of their length, though one of them may score better. When time is over, what was found until then is the answer.
 *
 * Work grows with the relations within half the length of the paths, of entities that are not hubs.
 * @throws GraphError
 */
export async function findPaths(
  graph: Graph,
  request: PathsRequest,
  { hubDegree, mostExpanded, wanted, asksForMore = true, tellPaths, ...options }: PathsOptions = {},
): Promise<PathsAnswer> {
  const { from, to, via, maxHops, limit } = request;
  const reads = timedReads(graph, options);
  const anchors = [...new Set([from, to, ...via])];
  const surroundings = new Surroundings(request, reads, { anchors, hubDegree, mostExpanded, wanted });
  const { known } = surroundings;
  let paths: readonly FoundPath[] = [];
  let depth = 1;
  let isWhole = true;
  /** The least length of which some may be missing, since there was too much to look at. */
  let openAt: number | undefined;

  const answer = (reason: TruncationReason | null, atDepth = depth): PathsAnswer => ({
    paths: paths.slice(0, limit),
    truncated: reason && { reason, atDepth: Math.min(atDepth, openAt ?? atDepth), leftOut: [] },
    missing: [],
  });
  // One more than wanted, to know whether there are more.
  const look = (length: number): readonly FoundPath[] => {
    const best = bestPaths(known, { from, to, via, length, limit: limit + 1 - paths.length }, reads.isOver);
    if (best.gaveUp) isWhole = false;
    return best.paths;
  };
  const longerThan = (than: number): number | undefined => {
    for (let length = than + 1; length <= maxHops; length += 1) if (look(length).length > 0) return length;
    return undefined;
  };

  try {
    // Each entity that joins the ends is at least one path, but for those to avoid.
    const isCounted = !asksForMore && via.length === 0 && request.avoidHubs === null;
    const missing = await surroundings.start(isCounted ? limit + request.avoid.length : null);
    if (missing.length > 0) return { paths: [], truncated: null, missing };
    const here = known.entity(from);
    if (from === to) {
      if (via.length === 0 && here) paths = [{ entities: [here], relations: [] }];
      return answer(null);
    }
    for (depth = via.length + 1; depth <= maxHops; depth += 1) {
      const longest = depth - via.length;
      let found: readonly FoundPath[] = [];
      let hasMore = false;
      let leftOutAt = depth;
      const isEnough = () => {
        found = look(depth);
        const count = paths.length + found.length;
        const longer = asksForMore && count === limit ? longerThan(depth) : undefined;
        hasMore = asksForMore ? count > limit || longer !== undefined : count >= limit;
        // The first length of which not all are known to be in the answer.
        leftOutAt = depth;
        while (longer !== undefined && leftOutAt < longer && surroundings.isWhole(leftOutAt)) leftOutAt += 1;
        return hasMore;
      };
      try {
        // Where there are as many as wanted, any other tells that there are more.
        if (paths.length === limit && !isEnough()) {
          tellPaths?.(paths);
          await surroundings.glance(maxHops - via.length, isEnough);
          isEnough();
        }
        if (!hasMore) await surroundings.reach(longest);
        if (!hasMore && !isEnough() && !surroundings.isWhole(longest)) await surroundings.bridge(longest, isEnough);
      } finally {
        paths = [...paths, ...found];
        if (surroundings.leftGaps || !isWhole) openAt ??= depth;
      }
      if (hasMore) return answer('LIMIT', leftOutAt);
      if (reads.isOver()) return answer('TIME_LIMIT');
    }
  } catch (error) {
    if (error instanceof OutOfTime) return answer('TIME_LIMIT');
    throw error;
  }
  depth = maxHops;
  return answer(openAt === undefined ? null : 'SEARCH_LIMIT');
}
