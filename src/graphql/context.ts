import type { GraphQLFormattedError } from 'graphql';
import { anonymous, type Viewer } from '../engine/access/viewer.ts';
import { type ChangeFeed, createChangeFeed } from '../engine/changes/log/change-feed.ts';
import type { GraphRevisions } from '../engine/changes/log/graph-revisions.ts';
import { createBookmarks, type Graph, type ReadOptions, type WriteOptions } from '../engine/graph/graph.ts';
import type { StatementTiers } from '../engine/planning/statement-tiers.ts';
import { SHARED_FROM, type Statistics } from '../engine/reads/statistics.ts';
import { createGraphStates, type GraphStates } from '../history/revisions/graph-states.ts';
import type { Revision, RevisionName } from '../history/revisions/revision.ts';
import { getOrInsert } from '../ontology/get-or-insert.ts';
import { memoize } from '../ontology/memoize.ts';
import type { Ontology } from '../ontology/ontology.ts';
import type { AnswerSize } from './answer-size.ts';
import { refusingUnknownBookmarks } from './bookmark-refusal.ts';
import { CutPages } from './cut-pages.ts';
import { onlyToday } from './errors.ts';
import { createEntityLoader, type EntityLoader } from './loaders/entity-loader.ts';
import { createReader, type Reader } from './loaders/reader.ts';
import { createPlanCache, type Plans } from './plan-cache.ts';

/** The answer to another operation of the same caller. */
export interface AnsweredAgain {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: { readonly cost?: { readonly estimated?: number } };
}

export type AskAgain = (operation: {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}) => Promise<AnsweredAgain>;

/** Which state of the graph an operation asks about; nothing for today. */
export interface Past {
  name?: RevisionName | undefined;
  /** What the name stands for, once it was looked up. */
  revision?: Revision;
}

/** How far a stream of changes has come. */
export interface StreamPosition {
  /** Cursor of the last change that the client has received; it goes before the argument `after`, which stays the same. */
  readonly after?: string | undefined;
  /** Cursor of the change that is sent next. */
  cursor?: string;
}

/** Shared state of the resolvers of one request. */
export interface Context {
  /** The graph of today: an operation that asks about the past cannot read it. */
  readonly graph: Graph;
  /**
   * The same for writes that are in the change log, so that other answers stay valid; and for reads of the log, also
   * where an operation asks about the past.
   */
  readonly logged: Graph;
  readonly ontology: Ontology;
  /** Reads today. @throws GraphQLError BAD_USER_INPUT where the operation asks about the past */
  readonly readerOfToday: () => Reader;
  readonly past: Past;
  /** Earlier states of the graph, shared by all requests of a server. */
  readonly states: () => GraphStates;
  /** The graph of the server, which what all requests share is kept with. */
  readonly kept: Graph;
  /** The caller. */
  readonly viewer: Viewer;
  /** Live changes to the graph. */
  readonly feed: ChangeFeed;
  /** Loads the entities of changes, shared by concurrent subscribers. */
  readonly named: () => EntityLoader;
  /** Deadline of the request's reads, for queries that return partial results at the time limit. */
  readonly options: ReadOptions;
  readonly statistics: () => Promise<Statistics>;
  /** Whole selections are planned into one statement; without it each relation is a statement for all its parents. */
  readonly planning: boolean;
  /** How often each of the targets of a relation must be expected to be met before they are shared. */
  readonly sharedFrom: number;
  /** The plans of selections. */
  readonly plans: Plans;
  /** Gives the place of the request back, before it waits for something else than an answer. */
  readonly leavePlace: () => void;
  /** Asks another operation as the same caller, through the front door; absent if there is none. */
  readonly askAgain?: AskAgain | undefined;
  /** The last such operation, which the next one waits for. */
  readonly asking: { last: Promise<unknown> };
  /** What is known of changes to the graph, for what is kept until it changes; absent if nothing is. */
  readonly revisions?: GraphRevisions | undefined;
  /** Counts the size of the response; undefined if it is not limited. */
  readonly answerSize?: AnswerSize | undefined;
  readonly position: StreamPosition;
  /** Connections that were cut at the default size. */
  readonly cutPages: CutPages;
}

export interface ContextOptions extends ReadOptions {
  readonly planning?: boolean;
  readonly sharedFrom?: number;
  /** Which statements are new, shared by all requests of a server; without it none are read by parts. */
  readonly tiers?: StatementTiers | undefined;
  /** Shared by all requests of a server; without it one of its own. */
  readonly plans?: Plans | undefined;
  readonly leavePlace?: (() => void) | undefined;
  readonly askAgain?: AskAgain | undefined;
  readonly viewer?: Viewer | undefined;
  /** Shared by all requests of a server; without it one of its own. */
  readonly feed?: ChangeFeed | undefined;
  /** Is notified of each write; absent if no answers are stored. */
  readonly revisions?: GraphRevisions | undefined;
  /** Shared by all requests of a server; without it those of its graph. */
  readonly states?: GraphStates | undefined;
  readonly answerSize?: AnswerSize | undefined;
  readonly position?: StreamPosition | undefined;
}

/** One loader per feed. Requests neither cancel nor wait for loads of other requests. */
const namedByFeed = new WeakMap<ChangeFeed, EntityLoader>();

function namedBy(feed: ChangeFeed, graph: Graph, options: ReadOptions): EntityLoader {
  return getOrInsert(namedByFeed, feed, () =>
    createEntityLoader(createReader(graph, options, { readsPerStatement: 1 })),
  );
}

const statesOf = memoize((graph: Graph) => createGraphStates(graph));

/** The context of one request, which reads its own writes. The abort signal cancels its reads. */
export const createContext = (
  ofServer: Graph,
  statistics: () => Promise<Statistics>,
  {
    planning = true,
    sharedFrom = SHARED_FROM,
    tiers,
    plans = createPlanCache(),
    viewer = anonymous,
    feed = createChangeFeed(ofServer),
    bookmarks = createBookmarks(),
    revisions,
    states,
    leavePlace = () => {},
    askAgain,
    answerSize,
    position = {},
    ...given
  }: ContextOptions = {},
): Context => {
  const options = { ...given, bookmarks };
  const graph = refusingUnknownBookmarks(ofServer);
  // A transaction is not cancelled if the client disconnects.
  const { timeLeft, metadata, observe } = options;
  const lasting: WriteOptions = { bookmarks, timeLeft, metadata, observe };
  const write: Graph['write'] = async (work, more) => {
    try {
      return await graph.write(work, { ...lasting, ...more });
    } finally {
      // Also after an error: the response to a commit may have been lost.
      revisions?.expire([...(await bookmarks.getBookmarks())]);
      // Notifies subscribers of this change immediately.
      feed.wake();
    }
  };
  const logged: Graph = {
    ontology: graph.ontology,
    // Direct reads of resolvers are cancelled with the request, too.
    read: (statement, parameters, more) => graph.read(statement, parameters, { ...options, ...more }),
    write,
  };
  const past: Past = {};
  const refuseToday = () => {
    if (past.name) throw onlyToday();
  };
  return {
    logged,
    past,
    states: () => states ?? statesOf(ofServer),
    kept: ofServer,
    graph: {
      ...logged,
      read: async (statement, parameters, more) => {
        refuseToday();
        return logged.read(statement, parameters, more);
      },
      write: async (work, more) => {
        try {
          return await write(work, more);
        } finally {
          revisions?.touchEverything();
        }
      },
    },
    ontology: graph.ontology,
    options,
    statistics,
    planning,
    sharedFrom,
    plans,
    leavePlace,
    askAgain,
    asking: { last: Promise.resolve() },
    revisions,
    answerSize,
    position,
    cutPages: new CutPages(),
    viewer,
    feed,
    named: () => namedBy(feed, graph, { timeout: options.timeout }),
    readerOfToday: () => {
      refuseToday();
      return createReader(graph, options, planning ? { tiers } : {});
    },
  };
};
