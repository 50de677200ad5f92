import type { Graph, ReadOptions } from '../graph/graph.ts';
import { OutOfTime, timedReads } from '../graph/timed-reads.ts';
import type { PathWalk } from '../graph/walk.ts';
import type { Truncation, TruncationReason } from '../traversal/truncation.ts';
import { type FoundPath, findBestPaths } from './a-star.ts';
import { BidirectionalSearch, type BidirectionalSearchOptions } from './bidirectional-search.ts';
import { databasePathReads, type PathReads } from './bidirectional-search-reads.ts';

export interface PathsRequest extends PathWalk {
  readonly from: string;
  readonly to: string;
  /** Entities that every path visits, in any order, other than the ends. */
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

export type PathsOptions = Omit<BidirectionalSearchOptions, 'anchors'> & {
  /**
   * Whether to check if there are more paths than requested; otherwise, reaching the limit counts as truncated.
   * @default true
   */
  readonly asksForMore?: boolean | undefined;
  /** Is given the paths as soon as they are known, where whether there are more is still to be found out. */
  readonly reportPaths?: ((paths: readonly FoundPath[]) => void) | undefined;
};

/**
 * The paths between two entities, shortest first, then by score. The search deepens hop by hop and reads both ends
 * level by level until they meet (bidirectional breadth-first search, Pohl 1971), so a path of six hops needs only what
 * lies within two hops of its ends. Paths of three or more hops through hubs are searched only if there are too few
 * others of their length, although one of them may score better. At the time limit, it returns the paths found until
 * then. Work grows with the relations within half the length of the paths, of entities that are not hubs.
 * @throws GraphError
 */
export async function explorePaths(
  reads: PathReads,
  request: PathsRequest,
  { hubDegree, mostExpanded, wanted, asksForMore = true, reportPaths }: PathsOptions = {},
): Promise<PathsAnswer> {
  const { from, to, via, maxHops, limit } = request;
  const anchors = [...new Set([from, to, ...via])];
  const surroundings = new BidirectionalSearch(request, reads, { anchors, hubDegree, mostExpanded, wanted });
  const { known } = surroundings;
  let paths: readonly FoundPath[] = [];
  let depth = 1;
  let isWhole = true;
  /** The smallest length of which some paths may be missing, because the search exceeded its effort. */
  let openAt: number | undefined;

  const answer = (reason: TruncationReason | null, atDepth = depth): PathsAnswer => ({
    paths: paths.slice(0, limit),
    truncated: reason && { reason, atDepth: Math.min(atDepth, openAt ?? atDepth), leftOut: [] },
    missing: [],
  });
  // One more than requested, to know whether there are more.
  const look = (length: number): readonly FoundPath[] => {
    const best = findBestPaths(known, { from, to, via, length, limit: limit + 1 - paths.length }, reads.isOver);
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
        // The first length of which some paths may be missing from the result.
        leftOutAt = depth;
        while (longer !== undefined && leftOutAt < longer && surroundings.isWhole(leftOutAt)) leftOutAt += 1;
        return hasMore;
      };
      try {
        // If the limit is reached, any other path shows that there are more.
        if (paths.length === limit && !isEnough()) {
          reportPaths?.(paths);
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

/** The paths between two entities today. @throws GraphError */
export const findPaths = (
  graph: Graph,
  request: PathsRequest,
  options: PathsOptions & ReadOptions = {},
): Promise<PathsAnswer> => explorePaths(databasePathReads(timedReads(graph, options)), request, options);
