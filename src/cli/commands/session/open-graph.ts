import { type Address, isRouted, type Report } from '../../../engine/database/address.ts';
import { connectionsOf } from '../../../engine/database/driver-connections.ts';
import { openDriver } from '../../../engine/database/open-driver.ts';
import type { Graph, GraphOptions } from '../../../engine/graph/graph.ts';
import { prepareGraph } from '../../../service/prepare-graph.ts';
import { findDatabase } from '../../managed-database/find-database.ts';
import type { Session } from './session.ts';

/** In addition to operations: readiness checks, key lookups and the change feed. */
const SPARE_CONNECTIONS = 10;

/** Maximum number of connections to the database. */
export const connectionsFor = ({ concurrency }: { readonly concurrency: number }): number =>
  concurrency * 2 + SPARE_CONNECTIONS;

/** An open graph with an up-to-date schema. */
export interface OpenGraph {
  readonly graph: Graph;
  /** Where it is, without credentials. */
  readonly address: Pick<Address, 'uri' | 'database'>;
  /** Whether its statements go to several servers of a cluster. */
  readonly isRouted: boolean;
  /** Connections of the driver, if available. */
  connections(): ReturnType<typeof connectionsOf>;
  /** Starts a database that was started for this again whenever it ends, until this is closed. @throws DatabaseError */
  keepDatabase(report: Report): Promise<void>;
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
    const { address, patience } = database;
    const connections = connectionsFor(config);
    const driver = openDriver(address, { maxConnectionPoolSize: connections });
    try {
      return {
        graph: await prepareGraph(driver, address, ontology, { connections, observe, report, patience }),
        address: { uri: address.uri, ...(address.database === undefined ? {} : { database: address.database }) },
        isRouted: isRouted(address),
        connections: () => connectionsOf(driver),
        keepDatabase: database.keep,
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
