import { readFileSync } from 'node:fs';
import neo4j, { type Driver } from 'neo4j-driver';
import { times } from '../budgets/time-budget.ts';
import type { Address } from './address.ts';
import { DatabaseError } from './database-error.ts';

/** Settings that a caller may want otherwise. */
export interface DriverOptions {
  readonly maxConnectionPoolSize?: number;
  /** How long one connection may take to open, in milliseconds. */
  readonly connectionTimeout?: number;
  /** Whether integers keep their type and all their digits. @default false: they become numbers */
  readonly lossless?: boolean;
}

/**
 * A driver with the settings shared by all of Silkgraph: integers become JavaScript numbers, an unavailable database is
 * detected within seconds, and no usage data is sent. Opens no connection yet.
 * @throws DatabaseError `wrong-address`
 */
export function openDriver(address: Address, options: DriverOptions = {}): Driver {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const { uri, username, password } = address;
  const { maxConnectionPoolSize = 50, connectionTimeout = times.databaseConnection.ms, lossless = false } = options;
  try {
    return neo4j.driver(uri, password === '' ? undefined : neo4j.auth.basic(username, password), {
      userAgent: `silkgraph/${version}`,
      disableLosslessIntegers: !lossless,
      telemetryDisabled: true,
      notificationFilter: { minimumSeverityLevel: 'OFF' },
      maxConnectionPoolSize,
      connectionTimeout,
      // Longer, so that a connection that cannot be opened differs from one that is waited for.
      connectionAcquisitionTimeout: connectionTimeout + 1_000,
      // What stands between may have dropped a connection that was long idle, without a word.
      connectionLivenessCheckTimeout: times.databaseIdle.ms,
      maxTransactionRetryTime: times.writeRetries.ms,
    });
  } catch (error) {
    throw new DatabaseError('wrong-address', `${uri} is not the address of a Neo4j: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
