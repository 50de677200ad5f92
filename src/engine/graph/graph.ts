import { setMaxListeners } from 'node:events';
import neo4j, {
  type BookmarkManager,
  type Driver,
  Neo4jError,
  type QueryResult,
  type Session,
  type Transaction,
} from 'neo4j-driver';
import type { Ontology } from '../../ontology/ontology.ts';
import { GraphError, graphError } from './errors.ts';
import { inTime, LONGEST_TIMER } from './in-time.ts';
import { retriedWrite } from './retried-write.ts';
import { inOneParameter, type Row, type Statement } from './statement.ts';

/** Parameters by name, for statements whose text decides which they are. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Bookmarks: transactions that use them see everything read and written before, on every server of a cluster. */
export type Bookmarks = BookmarkManager;

/** New bookmarks, or those that an earlier request ended with. */
export const createBookmarks = (initial: readonly string[] = []): Bookmarks =>
  neo4j.bookmarkManager({ initialBookmarks: [...initial] });

export interface WriteOptions {
  readonly bookmarks?: Bookmarks | undefined;
  /** How many milliseconds are left for all that runs under these options together. */
  readonly timeLeft?: (() => number) | undefined;
  /** Metadata shown with the statement in Neo4j's list of transactions and query log. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Is called for each statement that ran with these options, in addition to observers of the graph. */
  readonly observe?: ((ran: RanStatement) => void) | undefined;
}

/** Is called once a statement has ended, with whether the database answered it. */
export type Admission = (answered: boolean) => void;

export interface ReadOptions extends WriteOptions {
  /** Is asked before a statement runs: it may wait for others until the signal aborts, or throw to refuse the statement. */
  readonly admit?: ((text: string, signal?: AbortSignal) => Promise<Admission> | undefined) | undefined;
  /** Aborting stops the statement in Neo4j. */
  readonly signal?: AbortSignal | undefined;
  /** Timeout in milliseconds, enforced by the database. */
  readonly timeout?: number | undefined;
  /** Is called with the rows returned, so that they can be counted. */
  readonly report?: ((rows: readonly Row[]) => void) | undefined;
  /** Whether Neo4j profiles each step of the statement. Profiling is expensive, so it runs on request only. */
  readonly profile?: boolean | undefined;
}

/** A step of an execution plan; its counts are present only for a profiled statement. */
export interface PlanStep {
  readonly operatorType: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly identifiers: readonly string[];
  readonly children: readonly PlanStep[];
  readonly dbHits?: number;
  readonly rows?: number;
}

/** A statement that ran, for metrics, timing and logs. */
export interface RanStatement extends Statement {
  readonly parameters: Parameters;
  readonly milliseconds: number;
  readonly rows: number;
  readonly error?: GraphError;
  /** Present if the statement was profiled or explained. */
  readonly plan?: PlanStep;
}

/** Runs one statement of a transaction. */
export type Run = <Given extends object = Parameters, Columns extends Row = Row>(
  statement: Statement<Given, Columns>,
  parameters: NoInfer<Given>,
) => Promise<readonly Columns[]>;

/** Neo4j as the rest of Silkgraph sees it. */
export interface Graph {
  /** What kinds and relations the graph has. */
  readonly ontology: Ontology;
  /**
   * Runs one statement that reads, in a short auto-commit session of its own.
   * @throws GraphError
   */
  read<Given extends object = Parameters, Columns extends Row = Row>(
    statement: Statement<Given, Columns>,
    parameters: NoInfer<Given>,
    options?: ReadOptions,
  ): Promise<readonly Columns[]>;
  /**
   * Runs statements in one write transaction: all or none. The work may be retried after a transient error.
   * @throws GraphError, and whatever the work throws
   */
  write<Answer>(work: (run: Run) => Promise<Answer>, options?: WriteOptions): Promise<Answer>;
}

export interface GraphOptions {
  readonly database?: string | undefined;
  /** Maximum number of connections of the driver. */
  readonly connections?: number | undefined;
  readonly observe?: ((ran: RanStatement) => void) | undefined;
}

/** Fetches all rows at once: statements return few rows, and each further pull costs a round trip. */
const FETCH_ALL = -1;

export const stopped = () => new GraphError('CANCELLED', 'The client disconnected before the statement ran.');
export const overdue = ({ name }: Pick<Statement, 'name'>) =>
  new GraphError('TIMEOUT', `${name}: the time limit was reached.`);

/**
 * Waits for the work in a session until its timeout or until the client disconnects. Closing a session resets its
 * connection, and a reset interrupts its work; a hanging database does not respond, and is not waited for.
 */
async function within<Answer>(
  session: Session,
  work: Promise<Answer>,
  { limit, signal, late }: { limit: number; signal?: AbortSignal | undefined; late: () => GraphError },
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  let leave = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    const interrupt = (error: GraphError) => {
      reject(error);
      session.close().catch(() => {});
    };
    leave = () => interrupt(stopped());
    if (limit < LONGEST_TIMER) timer = setTimeout(() => interrupt(late()), limit);
    // A request may have many reads in flight; Node.js warns of a leak beyond ten listeners.
    if (signal) setMaxListeners(0, signal);
    signal?.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

/** The driver formats a stack for every statement, in case it fails, which is 0.03 ms; our own errors have theirs. */
function withoutStack<Result>(run: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** How many milliseconds a read under these options may take from now on. */
export const timeLimitOf = ({
  timeout = Number.POSITIVE_INFINITY,
  timeLeft,
}: Pick<ReadOptions, 'timeout' | 'timeLeft'>) => Math.min(timeout, timeLeft?.() ?? timeout);

const settingsOf = (limit: number, { metadata }: WriteOptions) => ({
  ...(limit < LONGEST_TIMER ? { timeout: Math.ceil(limit) } : {}),
  ...(metadata ? { metadata } : {}),
});

/** Binds a driver to the functions that read and write a graph of this ontology. */
export function createGraph(
  driver: Driver,
  ontology: Ontology,
  { database, connections, observe }: GraphOptions = {},
): Graph {
  const where = database === undefined ? {} : { database };
  const under = ({ bookmarks }: WriteOptions) => (bookmarks ? { bookmarkManager: bookmarks } : {});

  /** The only place where rows get the types that their statement says they have. */
  async function observed<Columns extends Row>(
    statement: Statement<never, Columns>,
    parameters: object,
    options: WriteOptions,
    result: Promise<QueryResult>,
  ): Promise<readonly Columns[]> {
    const started = performance.now();
    const report = (rows: number, more: Pick<RanStatement, 'error' | 'plan'>) => {
      if (!observe && !options.observe) return;
      const ran = {
        ...statement,
        parameters: { ...parameters },
        rows,
        milliseconds: performance.now() - started,
        ...more,
      };
      observe?.(ran);
      options.observe?.(ran);
    };
    try {
      const { records, summary } = await result;
      const plan = summary.profile || summary.plan;
      report(records.length, plan ? { plan } : {});
      const rows: readonly Row[] = records.map((record) => record.keys.map((_, index) => record.get(index)));
      return rows as readonly Columns[];
    } catch (cause) {
      const error = graphError(cause, statement, connections);
      report(0, { error });
      throw error;
    }
  }

  /** @throws GraphError CANCELLED if the client disconnects first, TIMEOUT, and what refuses the statement */
  async function admitted(
    text: string,
    statement: Pick<Statement, 'name'>,
    options: ReadOptions,
  ): Promise<Admission | undefined> {
    const { admit, signal } = options;
    if (signal?.aborted) throw stopped();
    const admission = admit?.(text, signal);
    if (!admission) return undefined;
    const late = () => {
      admission.then((end) => end(false)).catch(() => {});
      return overdue(statement);
    };
    try {
      return await inTime(admission, timeLimitOf(options), late);
    } catch (error) {
      throw signal?.aborted ? stopped() : error;
    }
  }

  async function ask<Columns extends Row>(
    text: string,
    statement: Statement<never, Columns>,
    parameters: object,
    options: ReadOptions,
  ) {
    const { signal, report } = options;
    if (signal?.aborted) throw stopped();
    const limit = timeLimitOf(options);
    if (limit <= 0) throw overdue(statement);
    const mode = { defaultAccessMode: neo4j.session.READ, fetchSize: FETCH_ALL };
    const session = driver.session({ ...where, ...mode, ...under(options) });
    const sent = inOneParameter(text, parameters);
    try {
      const result = withoutStack(() => session.run(sent.text, sent.parameters, settingsOf(limit, options)));
      const ended = within(session, result, { limit, signal, late: () => overdue(statement) });
      const rows = await observed(statement, parameters, options, ended);
      report?.(rows);
      return rows;
    } catch (error) {
      throw signal?.aborted ? stopped() : error;
    } finally {
      await session.close();
    }
  }

  return {
    ontology,

    async read(statement, parameters, options = {}) {
      const text = options.profile ? `PROFILE ${statement.text}` : statement.text;
      const admission = await admitted(text, statement, options);
      let answered = false;
      try {
        const rows = await ask(text, statement, parameters, options);
        answered = true;
        return rows;
      } finally {
        admission?.(answered);
      }
    },

    async write(work, options = {}) {
      const limit = options.timeLeft?.() ?? Number.POSITIVE_INFINITY;
      if (limit <= 0) throw overdue({ name: 'write' });
      const session = driver.session({ ...where, defaultAccessMode: neo4j.session.WRITE, ...under(options) });
      let failed: Statement = { name: 'write', text: '' };
      const run = (transaction: Transaction): Run => {
        return async (statement, parameters) => {
          const sent = inOneParameter(statement.text, parameters);
          try {
            return await observed(statement, parameters, options, transaction.run(sent.text, sent.parameters));
          } catch (error) {
            failed = { name: statement.name, text: statement.text };
            // The driver retries only errors that it recognises as transient itself.
            throw error instanceof GraphError ? error.cause : error;
          }
        };
      };
      try {
        const settings = settingsOf(limit, options);
        const written = retriedWrite(session, (transaction) => work(run(transaction)), settings, limit);
        return await within(session, written, { limit, late: () => overdue({ name: 'write' }) });
      } catch (error) {
        throw error instanceof Neo4jError ? graphError(error, failed, connections) : error;
      } finally {
        await session.close();
      }
    },
  };
}
