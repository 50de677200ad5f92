import { connectionsOf } from '../../database/driver-connections.ts';
import { findDatabase } from '../../database/managed/find-database.ts';
import { openDriver } from '../../database/open-driver.ts';
import { refuseForeignData } from '../../database/refuse-foreign-data.ts';
import { applySchemaChanges } from '../../database/schema/apply-schema-changes.ts';
import { verifyDatabase } from '../../database/verify-database.ts';
import { createGraph, type Graph, type GraphOptions } from '../../graph/graph.ts';
import { indexStatements } from '../../graph/indexes.ts';
import { checkKeptOntology } from '../../graph/kept-ontology.ts';
import { SEARCH_INDEX } from '../../graph/search-index.ts';
import type { Session } from './session.ts';

const SPARE_CONNECTIONS = 10;

/** An open graph with an up-to-date schema. */
export interface OpenGraph {
  readonly graph: Graph;
  /** Connections of the driver, if available. */
  connections(): ReturnType<typeof connectionsOf>;
  /** Closes the driver, then the database if it was started for this. */
  close(): Promise<void>;
}

/**
 * Finds or starts the database, checks that it is usable, and updates its schema.
 * @throws DatabaseError, GraphError
 */
export async function openGraph(
  { config, screen, signal, silkgraph }: Session,
  { observe }: Pick<GraphOptions, 'observe'> = {},
): Promise<OpenGraph> {
  const report = (step: string) => screen.say(`${step}.`);
  const { ontology } = await silkgraph();
  const database = await findDatabase(config, report, signal);
  try {
    const { address } = database;
    // In addition to operations: readiness checks, key lookups and the change feed.
    const connections = config.concurrency * 2 + SPARE_CONNECTIONS;
    const driver = openDriver(address, { maxConnectionPoolSize: connections });
    try {
      await verifyDatabase(driver, address);
      await refuseForeignData(driver, address);
      await applySchemaChanges(driver, address, {
        derived: indexStatements(ontology),
        replaced: SEARCH_INDEX,
        report,
      });
      const graph = createGraph(driver, ontology, { ...address, connections, observe });
      for (const remark of await checkKeptOntology(graph)) screen.say(remark);
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
