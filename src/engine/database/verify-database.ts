import { setTimeout as sleep } from 'node:timers/promises';
import { type Driver, Neo4jError } from 'neo4j-driver';
import type { Address } from './address.ts';
import { DatabaseError } from './database-error.ts';
import { acquisitionTimeout, lostConnection } from './lost-connection.ts';

/** The oldest version of Neo4j with all features used: COLLECT { }, SHORTEST, CALL (x) { }. */
const oldest = [5, 23] as const;

/** What to do about a certificate, by the code of Node.js. */
const certificateRemedies: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired: renew it.',
  CERT_NOT_YET_VALID: 'is not valid yet: check the clocks of both machines.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name: set NEO4J_URI to a name that the certificate contains.',
};

const unknownAuthority =
  'is signed by an authority that this machine does not know: set NODE_EXTRA_CA_CERTS to the file of its certificate before the start, or accept any certificate with +ssc in place of +s in NEO4J_URI.';

/** What is wrong with the certificate of a server, which the driver says in its text alone; `undefined` if it is another fault. */
function certificateFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, code] = /Server certificate is not trusted.*Socket responded with: (\w+)/s.exec(error.message) ?? [];
  return code === undefined ? certificateFault(error.cause) : (certificateRemedies[code] ?? unknownAuthority);
}

function explain(error: unknown, { uri, username, database = '' }: Address): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const options = { cause: error };
  const fault = certificateFault(error);
  if (fault !== undefined) {
    return new DatabaseError('untrusted-certificate', `The certificate of the Neo4j at ${uri} ${fault}`, options);
  }
  if (lostConnection.includes(error.code) || acquisitionTimeout.test(error.message)) {
    return new DatabaseError(
      'unreachable',
      `No Neo4j answers at ${uri}: check that it runs, and that NEO4J_URI has its address, its Bolt port (often 7687) and its scheme (+s where it is reached over TLS, as Aura is).`,
      options,
    );
  }
  switch (error.code) {
    case 'Neo.ClientError.Security.Unauthorized':
      return new DatabaseError(
        'wrong-credentials',
        `The Neo4j at ${uri} does not accept user ${username} with the password given: check NEO4J_USERNAME and NEO4J_PASSWORD.`,
        options,
      );
    case 'Neo.ClientError.Security.AuthenticationRateLimit':
      return new DatabaseError(
        'wrong-credentials',
        `The Neo4j at ${uri} was given a wrong password too often: check NEO4J_PASSWORD, wait some seconds and try again.`,
        options,
      );
    case 'Neo.ClientError.Security.CredentialsExpired':
      return new DatabaseError(
        'wrong-credentials',
        `The Neo4j at ${uri} wants the password of ${username} changed before it is used: change it, then set NEO4J_PASSWORD.`,
        options,
      );
    case 'Neo.ClientError.Database.DatabaseNotFound':
      return new DatabaseError(
        'no-such-database',
        `The Neo4j at ${uri} has no database "${database}": check NEO4J_DATABASE, or leave it out to use the user's own.`,
        options,
      );
    // The driver's code for what it has none for: beside a connection that takes too long, a response that it cannot read.
    case 'N/A':
      return new DatabaseError(
        'wrong-address',
        `What answers at ${uri} is not a Neo4j's Bolt port (often 7687; 7474 is for browsers): check NEO4J_URI.`,
        options,
      );
    default:
      return error;
  }
}

async function verifyOnce(driver: Driver, address: Address): Promise<void> {
  const { database } = address;
  // Not executeQuery, which would try again for seconds.
  const session = driver.session(database === undefined ? {} : { database });
  const { records } = await session
    .run<{ version: string }>(
      `CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version`,
    )
    .finally(() => session.close());
  const version = records[0]?.get('version') ?? '';
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new DatabaseError(
      'too-old',
      `The Neo4j at ${address.uri} is version ${version}; Silkgraph needs ${oldest.join('.')} or newer: 5.26 LTS, 2025 or 2026.`,
    );
  }
}

const isPassing = (error: unknown) =>
  (error instanceof DatabaseError && error.reason === 'unreachable') ||
  (error instanceof Neo4jError && error.code.startsWith('Neo.TransientError.'));

/**
 * Does something with a database, again for `timeout` milliseconds while it does not respond.
 * @throws DatabaseError for a fault of the address or of the database, and whatever the work throws
 */
export async function untilResponding<Answer>(
  address: Address,
  timeout: number,
  work: () => Promise<Answer>,
): Promise<Answer> {
  for (const deadline = Date.now() + timeout; ; await sleep(500)) {
    try {
      return await work();
    } catch (error) {
      const explained = explain(error, address);
      if (!isPassing(explained) || Date.now() >= deadline) throw explained;
    }
  }
}

/**
 * Ensures that a database can be used: it is reachable, accepts the credentials, exists and is new enough. If it does
 * not respond, retries for `timeout` milliseconds.
 * @throws DatabaseError `unreachable`, `untrusted-certificate`, `wrong-credentials`, `no-such-database` or `too-old`
 */
export const verifyDatabase = (driver: Driver, address: Address, timeout = 0): Promise<void> =>
  untilResponding(address, timeout, () => verifyOnce(driver, address));
