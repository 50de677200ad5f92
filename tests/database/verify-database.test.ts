import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Address } from '../../src/database/address.ts';
import { openDriver } from '../../src/database/open-driver.ts';
import { verifyDatabase } from '../../src/database/verify-database.ts';
import { besideBreakingNeo4j } from '../setup/breaking-neo4j.ts';
import { testAddress } from '../setup/database.ts';
import { program } from '../setup/program.ts';
import { expired, key, selfSigned } from './certificates.ts';

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

  it.each<[string, { readonly cert: string; readonly host?: string; readonly isTrusted?: boolean }, string]>([
    [
      'of an unknown authority',
      { cert: selfSigned },
      'this machine does not know: set NODE_EXTRA_CA_CERTS to the file',
    ],
    ['that has expired', { cert: expired, isTrusted: true }, 'has expired: renew it.'],
    [
      'for another name',
      { cert: selfSigned, isTrusted: true, host: '127.0.0.1' },
      'is for another name: set NEO4J_URI to a name that the certificate contains.',
    ],
  ])('says what to do about a certificate %s', async (_, { cert, host = 'localhost', isTrusted = false }, words) => {
    const secure = createTlsServer({ key, cert }).listen(0, host);
    await once(secure, 'listening');
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-'));
    onTestFinished(() => {
      secure.close();
      rmSync(folder, { recursive: true });
    });
    writeFileSync(join(folder, 'ca.pem'), cert);
    const uri = `bolt+s://${host}:${(secure.address() as AddressInfo).port}`;
    // Node.js reads the trusted certificates at its start.
    const { stderr } = await promisify(execFile)(process.execPath, [...program, 'key', 'list'], {
      env: {
        ...{ PATH: process.env.PATH, NEO4J_URI: uri, NEO4J_PASSWORD: 'any' },
        ...(isTrusted ? { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } : {}),
      },
    }).catch((error: { readonly stderr: string }) => error);
    expect(stderr).toContain(`The certificate of the Neo4j at ${uri} `);
    expect(stderr).toContain(words);
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
