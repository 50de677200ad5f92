import neo4j, { type Driver, type ManagedTransaction, Neo4jError, type Result } from 'neo4j-driver';
import { GraphError, graphError } from './errors.ts';

/** A Cypher statement and the name under which it is counted, timed and logged. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type Parameters = Readonly<Record<string, unknown>>;

/** One row: its values in the order of `RETURN`. */
export type Row = readonly unknown[];

export interface ReadOptions {
  /** Aborting stops the statement in Neo4j. */
  readonly signal?: AbortSignal | undefined;
  /** The database ends the statement after so many milliseconds. */
  readonly timeout?: number | undefined;
}

/** What ran, for whoever counts, times or logs. */
export interface RanStatement extends Statement {
  readonly parameters: Parameters;
  readonly milliseconds: number;
  readonly rows: number;
  readonly error?: GraphError;
}

export type Run = (statement: Statement, parameters?: Parameters) => Promise<readonly Row[]>;

/** Neo4j as the rest of Silkgraph sees it. */
export interface Graph {
  /**
   * Runs one statement that reads, in a short auto-commit session of its own.
   * @throws GraphError
   */
  read(statement: Statement, parameters?: Parameters, options?: ReadOptions): Promise<readonly Row[]>;
  /**
   * Runs statements in one write transaction: all of them or none. The work may be tried again after a passing fault.
   * @throws GraphError, and whatever the work throws
   */
  write<Answer>(work: (run: Run) => Promise<Answer>): Promise<Answer>;
}

export interface GraphOptions {
  readonly database?: string | undefined;
  readonly observe?: ((ran: RanStatement) => void) | undefined;
}

/** All rows in one answer: a statement returns few rows, and each further pull costs a round trip. */
const FETCH_ALL = -1;

const stopped = () => new GraphError('CANCELLED', 'The caller went away before the statement ran.');

/** Binds a driver to the ways in which the graph is asked and written. */
export function createGraph(driver: Driver, { database, observe }: GraphOptions = {}): Graph {
  const where = database === undefined ? {} : { database };

  async function observed(statement: Statement, parameters: Parameters, result: Result): Promise<readonly Row[]> {
    const started = performance.now();
    const tell = (rows: number, error?: GraphError) =>
      observe?.({
        ...statement,
        parameters,
        rows,
        milliseconds: performance.now() - started,
        ...(error ? { error } : {}),
      });
    try {
      const { records } = await result;
      tell(records.length);
      return records.map((record) => record.keys.map((_, index) => record.get(index)));
    } catch (cause) {
      const error = graphError(cause, statement);
      tell(0, error);
      throw error;
    }
  }

  return {
    async read(statement, parameters = {}, { signal, timeout } = {}) {
      if (signal?.aborted) throw stopped();
      const session = driver.session({ ...where, defaultAccessMode: neo4j.session.READ, fetchSize: FETCH_ALL });
      // Closing a session resets its connection, and a reset interrupts what runs on it.
      const interrupt = () => void session.close();
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        const config = timeout === undefined ? {} : { timeout };
        return await observed(statement, parameters, session.run(statement.text, parameters, config));
      } catch (error) {
        throw signal?.aborted ? stopped() : error;
      } finally {
        signal?.removeEventListener('abort', interrupt);
        await session.close();
      }
    },

    async write(work) {
      const session = driver.session({ ...where, defaultAccessMode: neo4j.session.WRITE });
      const run = (transaction: ManagedTransaction): Run => {
        return async (statement, parameters = {}) => {
          try {
            return await observed(statement, parameters, transaction.run(statement.text, parameters));
          } catch (error) {
            // The driver tries again only what it recognises as its own passing fault.
            throw error instanceof GraphError ? error.cause : error;
          }
        };
      };
      try {
        return await session.executeWrite((transaction) => work(run(transaction)));
      } catch (error) {
        throw error instanceof Neo4jError ? graphError(error, { name: 'write', text: '' }) : error;
      } finally {
        await session.close();
      }
    },
  };
}
