import { connectionsOf } from '../database/driver-connections.ts';
import { findDatabase } from '../database/managed/find-database.ts';
import { openDriver } from '../database/open-driver.ts';
import { refuseForeignData } from '../database/refuse-foreign-data.ts';
import { applySchemaChanges } from '../database/schema/apply-schema-changes.ts';
import { verifyDatabase } from '../database/verify-database.ts';
import { createGraph, type Graph, type GraphOptions } from '../graph/graph.ts';
import { indexStatements } from '../graph/indexes.ts';
import type { Session } from './session.ts';

const SPARE_CONNECTIONS = 10;

/** The graph, with its schema up to date, and how to leave it. */
export interface OpenGraph {
  readonly graph: Graph;
  /** How many connections the driver has, where it tells. */
  connections(): ReturnType<typeof connectionsOf>;
  /** Closes the driver, then the database if it was started for this. */
  close(): Promise<void>;
}

/**
 * Finds or starts the database, makes sure that it can be used and brings its schema up to date.
 * @throws DatabaseError, GraphError
 */
export async function openGraph(
  { config, screen, signal }: Session,
  { observe }: Pick<GraphOptions, 'observe'> = {},
): Promise<OpenGraph> {
  const report = (step: string) => screen.say(`${step}.`);
  const database = await findDatabase(config, report, signal);
  try {
    const { address } = database;
    // Beside those of operations: a probe, a key that is checked, the feed of changes.
    const connections = config.concurrency * 2 + SPARE_CONNECTIONS;
    const driver = openDriver(address, { maxConnectionPoolSize: connections });
    try {
      await verifyDatabase(driver, address);
      await refuseForeignData(driver, address);
      await applySchemaChanges(driver, address, { derived: indexStatements(), report });
      const graph = createGraph(driver, { ...address, connections, observe });
      return {
        graph,
        connections: () => connectionsOf(driver),
        close: async () => {
          await driver.close();
          await database.close();
        },
      };
    } catch (error) {
      await driver.close();
      throw error;
    }
  } catch (error) {
    await database.close();
    throw error;
  }
}
