import { anonymous, type Viewer } from '../access/viewer.ts';
import { type ChangeFeed, createChangeFeed } from '../changes/log/change-feed.ts';
import { createBookmarks, type Graph, type ReadOptions, type WriteOptions } from '../graph/graph.ts';
import type { Statistics } from '../graph/reads/statistics.ts';
import { createEntityLoader, type EntityLoader } from '../loaders/entity-loader.ts';
import { createReader, type Reader } from '../loaders/reader.ts';
import type { AnswerSize } from './answer-size.ts';
import { refusingUnknownBookmarks } from './bookmark-refusal.ts';
import { createPlanCache, type PlanCache } from './plan-cache.ts';

/** What resolvers share during one request. */
export interface Context {
  readonly graph: Graph;
  readonly reader: Reader;
  /** The caller. */
  readonly viewer: Viewer;
  /** The changes to the graph as they happen. */
  readonly feed: ChangeFeed;
  /** Reads the entities that changes refer to, once for all subscribers that need them at the same time. */
  readonly named: () => EntityLoader;
  /** Deadline of the request's reads, for queries that return partial results at the time limit. */
  readonly options: ReadOptions;
  readonly statistics: () => Promise<Statistics>;
  /** Whole selections are planned into one statement; without it each relation is a statement for all its parents. */
  readonly planning: boolean;
  /** The plans of selections. */
  readonly plans: PlanCache;
  /** Gives the place of the request back, before it waits for something else than an answer. */
  readonly leavePlace: () => void;
  /** Counts the bytes of the answer while it is built; absent where nobody limits them. */
  readonly answerSize?: AnswerSize | undefined;
}

export interface ContextOptions extends ReadOptions {
  readonly planning?: boolean;
  /** Shared by all requests of a server; without it one of its own. */
  readonly plans?: PlanCache | undefined;
  readonly leavePlace?: (() => void) | undefined;
  readonly viewer?: Viewer | undefined;
  /** Shared by all requests of a server; without it one of its own. */
  readonly feed?: ChangeFeed | undefined;
  readonly answerSize?: AnswerSize | undefined;
}

/** One per feed: no request cancels what others wait for, and none waits for what only another one needs. */
const namedByFeed = new WeakMap<ChangeFeed, EntityLoader>();

function namedBy(feed: ChangeFeed, graph: Graph, options: ReadOptions): EntityLoader {
  const known = namedByFeed.get(feed) ?? createEntityLoader(createReader(graph, options, { readsPerStatement: 1 }));
  namedByFeed.set(feed, known);
  return known;
}

/** The context of one request: it sees what it wrote itself. Aborting the signal stops what the request reads. */
export const createContext = (
  ofServer: Graph,
  statistics: () => Promise<Statistics>,
  {
    planning = true,
    plans = createPlanCache(),
    viewer = anonymous,
    feed = createChangeFeed(ofServer),
    bookmarks = createBookmarks(),
    leavePlace = () => {},
    answerSize,
    ...given
  }: ContextOptions = {},
): Context => {
  const options = { ...given, bookmarks };
  const graph = refusingUnknownBookmarks(ofServer);
  // A change that has begun is not given up because its caller went away.
  const { timeLeft, metadata, observe } = options;
  const lasting: WriteOptions = { bookmarks, timeLeft, metadata, observe };
  return {
    // Reads by a resolver itself are cancelled with the request too.
    graph: {
      read: (statement, parameters, more) => graph.read(statement, parameters, { ...options, ...more }),
      write: async (work, more) => {
        const answer = await graph.write(work, { ...lasting, ...more });
        // Notifies subscribers of this change immediately.
        feed.wake();
        return answer;
      },
    },
    options,
    statistics,
    planning,
    plans,
    leavePlace,
    answerSize,
    viewer,
    feed,
    named: () => namedBy(feed, graph, { timeout: options.timeout }),
    reader: createReader(graph, options),
  };
};
