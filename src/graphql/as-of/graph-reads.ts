import { type Graph, timeLimitOf } from '../../engine/graph/graph.ts';
import { inTimeOf } from '../../engine/graph/in-time.ts';
import { timeOfSearch } from '../../engine/graph/timed-reads.ts';
import type { StoredRelation, Walk } from '../../engine/graph/walk.ts';
import { type GroupPage, type GroupPlan, readGroups } from '../../engine/groups/groups.ts';
import { findMatchingRows, type MatchedRows, type MatchRequest } from '../../engine/match/match.ts';
import { findMatchGroups, type MatchedGroups, type MatchGroupRequest } from '../../engine/match/match-groups.ts';
import {
  explorePaths,
  findPaths,
  type PathsAnswer,
  type PathsOptions,
  type PathsRequest,
} from '../../engine/paths/paths.ts';
import { type Citations, readCitations } from '../../engine/reads/citations.ts';
import { countGaps, type Gap, type GapCount } from '../../engine/reads/gaps.ts';
import { findMissing } from '../../engine/reads/missing.ts';
import { readStatedRelations, type StatedRelation } from '../../engine/reads/stated-relations.ts';
import { findIdentified, type Identified, type IdentifierKey } from '../../engine/search/identified.ts';
import { findMatches, type Matches, type SearchRequest } from '../../engine/search/search.ts';
import {
  type ComparedNeighbors,
  type ComparedProperty,
  compareAround,
  compareNeighbors,
  compareProperties,
} from '../../engine/traversal/compare.ts';
import {
  exploreNeighborhood,
  findNeighborhood,
  type Neighborhood,
  type NeighborhoodOptions,
  type NeighborhoodRequest,
} from '../../engine/traversal/neighborhood.ts';
import { snapshotComparisonReads, snapshotProperties } from '../../history/earlier/snapshot-comparison.ts';
import { snapshotGapCounts } from '../../history/earlier/snapshot-gaps.ts';
import { snapshotGroups } from '../../history/earlier/snapshot-groups.ts';
import { snapshotMatchGroups, snapshotMatchingRows } from '../../history/earlier/snapshot-matches.ts';
import { snapshotPathReads } from '../../history/earlier/snapshot-paths.ts';
import { findSnapshotMatches } from '../../history/earlier/snapshot-search.ts';
import { SearchLimitExceeded } from '../../history/memory/condition-cache.ts';
import type { GraphSnapshot } from '../../history/memory/graph-snapshot.ts';
import {
  memoryCitations,
  memoryIdentified,
  memoryNeighborhood,
  statedRelations,
} from '../../history/memory/memory-reads.ts';
import type { GraphStates } from '../../history/revisions/graph-states.ts';
import { ImportInProgress, TooLarge } from '../../history/revisions/read-base.ts';
import {
  findKnownRevision,
  NoSuchRevision,
  type Revision,
  type RevisionName,
} from '../../history/revisions/revision.ts';
import { memoizeOn } from '../../ontology/memoize.ts';
import type { Context } from '../context.ts';
import { codedError, limitExceeded } from '../errors.ts';
import { createEntityLoader, type EntityLoader } from '../loaders/entity-loader.ts';
import { createMemoryReader, paceOf } from '../loaders/memory-reader.ts';
import type { Reader } from '../loaders/reader.ts';

/** Reads one state of the graph for one request: that of today from the database, an earlier one from memory. */
export interface GraphReads {
  /** `null` for today. */
  readonly past: { readonly revision: Revision; readonly graph: GraphSnapshot } | null;
  readonly reader: Reader;
  readonly named: EntityLoader;
  /** @throws GraphError */
  neighborhood(request: NeighborhoodRequest, reportNodes: NeighborhoodOptions['reportNodes']): Promise<Neighborhood>;
  /** @throws GraphError */
  stated(
    relations: readonly StoredRelation[],
    wants: { readonly sources: boolean },
  ): Promise<readonly StatedRelation[]>;
  /** The entities of each of these identifiers, exact matches first. @throws GraphError */
  identified(asked: readonly IdentifierKey[]): Promise<readonly (readonly Identified[])[]>;
  /** @throws GraphError */
  citations(slugs: readonly string[], relations: readonly StoredRelation[], bound: number): Promise<Citations>;
  /** @returns `null` where there are more combinations than the maximum @throws GraphError */
  groups(plan: GroupPlan): Promise<GroupPage | null>;
  /** @throws GraphError; GraphQLError LIMIT_EXCEEDED */
  matchingRows(request: MatchRequest): Promise<MatchedRows>;
  /** @throws GraphError; GraphQLError LIMIT_EXCEEDED */
  matchGroups(request: MatchGroupRequest): Promise<MatchedGroups>;
  /** Of an earlier state: by names and identifiers alone. @throws GraphError */
  matches(request: SearchRequest): Promise<Matches>;
  /** In the order of the gaps. @throws GraphError */
  gaps(gaps: readonly Gap[]): Promise<readonly GapCount[]>;
  /** Which of these slugs no entity has. @throws GraphError */
  missing(slugs: readonly string[]): Promise<readonly string[]>;
  /** @throws GraphError */
  paths(request: PathsRequest, options: PathsOptions): Promise<PathsAnswer>;
  /** @throws GraphError */
  comparedNeighbors(slugs: readonly string[], walk: Walk): Promise<ComparedNeighbors>;
  /** @throws GraphError */
  comparedProperties(slugs: readonly string[]): Promise<readonly ComparedProperty[]>;
}

const ofToday = memoizeOn((context: Context): GraphReads => {
  const { graph, options } = context;
  const reader = context.readerOfToday();
  return {
    past: null,
    reader,
    named: createEntityLoader(reader),
    neighborhood: async (request, reportNodes) =>
      findNeighborhood(graph, request, { ...options, statistics: await context.statistics(), reportNodes }),
    stated: (relations, wants) => readStatedRelations(graph, relations, wants),
    identified: (asked) => findIdentified(graph, asked),
    citations: (slugs, relations, bound) => readCitations(graph, slugs, relations, bound),
    groups: (plan) => readGroups(graph, plan),
    matches: (request) => findMatches(graph, request),
    gaps: (gaps) => countGaps(graph, gaps),
    missing: (slugs) => findMissing(graph, slugs),
    paths: (request, asked) => findPaths(graph, request, { ...options, ...asked }),
    comparedNeighbors: async (slugs, walk) =>
      compareNeighbors(graph, slugs, walk, { ...options, statistics: await context.statistics() }),
    comparedProperties: (slugs) => compareProperties(graph, slugs),
    matchingRows: (request) => findMatchingRows(graph, request),
    matchGroups: (request) => findMatchGroups(graph, request),
  };
});

/** @throws GraphQLError NO_SUCH_REVISION, CONFLICT, LIMIT_EXCEEDED */
export function refusalOf(error: unknown): unknown {
  if (error instanceof NoSuchRevision) return codedError('NO_SUCH_REVISION', error.message);
  if (error instanceof ImportInProgress) {
    return codedError('CONFLICT', `${error.message} Ask again when it is complete, which \`/ready\` reports.`);
  }
  if (error instanceof TooLarge) {
    return limitExceeded(
      'The graph is too large for the memory that earlier states may take. Raise SILKGRAPH_HISTORY, or use `silkgraph export --at`.',
    );
  }
  if (error instanceof SearchLimitExceeded) return limitExceeded(error.message);
  return error;
}

const refusing = <Answer>(found: Promise<Answer>): Promise<Answer> =>
  found.catch((error) => {
    throw refusalOf(error);
  });

/** An earlier state. @throws GraphQLError NO_SUCH_REVISION, CONFLICT, LIMIT_EXCEEDED; GraphError */
export async function stateAt(
  states: Pick<GraphStates, 'at'>,
  graph: Graph,
  name: RevisionName,
  signal?: AbortSignal,
): Promise<{ readonly revision: Revision; readonly graph: GraphSnapshot }> {
  try {
    const revision = await findKnownRevision(graph, name);
    return { revision, graph: await states.at(revision, { signal }) };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** What has been done is kept, so that the next request goes on from there. */
export const notPrepared = () =>
  codedError('TIMEOUT', 'This earlier state of the graph is still being prepared. Ask again in a moment.');

/** Does work that others may share, until the time of the request is up or its caller leaves. */
export const beforeLeaving = <Answer>(
  { options }: Pick<Context, 'options'>,
  work: (signal: AbortSignal) => Promise<Answer>,
  late: () => Error,
): Promise<Answer> => inTimeOf({ signal: options.signal, milliseconds: timeLimitOf(options) }, work, late);

const ofPast = memoizeOn(async (context: Context): Promise<GraphReads> => {
  const { name } = context.past;
  if (!name) throw new Error('The operation asks about today.');
  const past = await beforeLeaving(
    context,
    (signal) => stateAt(context.states(), context.logged, name, signal),
    notPrepared,
  );
  const { graph } = past;
  const pace = paceOf(context.options);
  const reader = createMemoryReader(graph, pace, context.options.report);
  context.past.revision = past.revision;
  return {
    past,
    reader,
    named: createEntityLoader(reader),
    neighborhood: (request, reportNodes) => exploreNeighborhood(memoryNeighborhood(graph), request, reportNodes),
    stated: async (relations, wants) => statedRelations(graph, relations, wants),
    identified: async (asked) => memoryIdentified(graph, asked),
    citations: async (slugs, relations, bound) => memoryCitations(graph, slugs, relations, bound),
    groups: (plan) => snapshotGroups(graph, plan, pace),
    matches: (request) => findSnapshotMatches(graph, request, pace),
    gaps: (gaps) => snapshotGapCounts(graph, gaps, pace),
    missing: async (slugs) => slugs.filter((slug) => !graph.entity(slug)),
    paths: (request, asked) =>
      explorePaths(snapshotPathReads(graph, pace, timeOfSearch(context.options)), request, asked),
    comparedNeighbors: (slugs, walk) => compareAround(snapshotComparisonReads(graph, pace), slugs, walk),
    comparedProperties: async (slugs) => snapshotProperties(graph, slugs),
    matchingRows: (request) => refusing(snapshotMatchingRows(graph, request, pace)),
    matchGroups: (request) => refusing(snapshotMatchGroups(graph, request, pace)),
  };
});

/** What an operation reads: today at once, an earlier state as soon as it is in memory. */
export const readsOf = (context: Context): GraphReads | Promise<GraphReads> =>
  context.past.name ? ofPast(context) : ofToday(context);
