import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/engine/database/address.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { verifyDatabase } from '../../../src/engine/database/verify-database.ts';
import { besideBreakingNeo4j } from '../../setup/breaking-neo4j.ts';
import { testAddress } from '../../setup/database.ts';

const there = await testAddress();

async function verify(address: Address, patience?: number): Promise<void> {
  const driver = openDriver(address);
  await verifyDatabase(driver, address, patience).finally(() => driver.close());
}

describe('verifyDatabase', () => {
  it('accepts a database that can be used', async () => {
    await expect(verify(there)).resolves.toBeUndefined();
  });

  it('says within seconds that nothing answers at an address', async () => {
    const began = Date.now();
    const refusal = verify({ ...there, uri: 'bolt://127.0.0.1:1' });
    await expect(refusal).rejects.toMatchObject({ name: 'DatabaseError', reason: 'unreachable' });
    await expect(refusal).rejects.toThrow('No Neo4j answers at bolt://127.0.0.1:1: check that it runs');
    expect(Date.now() - began).toBeLessThan(6_000);
  });

  it('says what to check if TLS is requested but not supported, and if another service responds', async () => {
    const { uri } = there;
    await expect(verify({ ...there, uri: uri.replace('bolt:', 'bolt+s:') })).rejects.toThrow('its scheme (+s');
    const web = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as AddressInfo;
    await expect(verify({ ...there, uri: `bolt://127.0.0.1:${port}` })).rejects.toThrow("is not a Neo4j's Bolt port");
    web.close();
  });

  it('says that nothing answers where one goes away while it is being connected to', () =>
    besideBreakingNeo4j((address) =>
      expect(verify(address)).rejects.toMatchObject({ name: 'DatabaseError', reason: 'unreachable' }),
    ));

  it('retries for the given time while nothing responds', async () => {
    const began = Date.now();
    await expect(verify({ ...there, uri: 'bolt://127.0.0.1:1' }, 1_200)).rejects.toThrow('No Neo4j answers');
    expect(Date.now() - began).toBeGreaterThan(1_000);
  });

  it('waits for a connection that cannot be had in time, rather than calling the port a wrong one', async () => {
    const driver = openDriver(there, { maxConnectionPoolSize: 1, connectionTimeout: 500 });
    const session = driver.session();
    const holding = session.beginTransaction();
    await holding.run('RETURN 1');
    const waiting = verifyDatabase(driver, there, 120_000);
    // Asked later, so the one that waits has met the same by then.
    await expect(verifyDatabase(driver, there)).rejects.toMatchObject({ reason: 'unreachable' });
    await session.close();
    await expect(waiting).resolves.toBeUndefined();
    await driver.close();
  });

  it('says that the database does not exist', async () => {
    const refusal = verify({ ...there, database: 'elsewhere' });
    await expect(refusal).rejects.toMatchObject({ reason: 'no-such-database' });
    await expect(refusal).rejects.toThrow('has no database "elsewhere": check NEO4J_DATABASE');
  });

  it('refuses an address of another kind, without repeating the password', () => {
    const open = () => openDriver({ ...there, uri: 'http://127.0.0.1:7474' });
    expect(open).toThrow('http://127.0.0.1:7474 is not the address of a Neo4j');
    expect(open).not.toThrow(there.password);
  });
});
