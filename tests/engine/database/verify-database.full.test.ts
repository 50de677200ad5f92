import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { program } from '../../setup/program.ts';
import { expired, key, selfSigned } from './certificates.ts';

describe('verifyDatabase', () => {
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
});
