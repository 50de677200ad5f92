import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: Record<string, unknown>;
}

/** A key as a provider has it. */
export function fakeKey(kid: string): FakeKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' } };
}

/** An identity provider whose answers a test decides, and counts. */
export interface FakeProvider {
  readonly issuer: string;
  keys: FakeKey[];
  /** What it answers in place of its configuration or its keys, with this status. */
  broken: { status?: number; configuration?: unknown; keys?: unknown } | undefined;
  /** Paths that were asked for, in their order. */
  readonly asked: string[];
  close(): Promise<void>;
  /** Listens again at the same address. */
  open(): Promise<void>;
}

export async function fakeProvider(keys: FakeKey[]): Promise<FakeProvider> {
  let port = 0;
  const asked: string[] = [];
  const handler = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isConfiguration = request.url === '/.well-known/openid-configuration';
    const { status = 200, configuration, keys: otherKeys } = provider.broken ?? {};
    const body = isConfiguration
      ? (configuration ?? { issuer: provider.issuer, jwks_uri: `${provider.issuer}/jwks` })
      : (otherKeys ?? { keys: provider.keys.map(({ jwk }) => jwk) });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const open = async () => {
    handler.listen(port, '127.0.0.1');
    await once(handler, 'listening');
    port = (handler.address() as AddressInfo).port;
  };
  await open();
  const provider: FakeProvider = {
    issuer: `http://127.0.0.1:${port}`,
    keys,
    broken: undefined,
    asked,
    open,
    close: async () => {
      handler.closeAllConnections();
      handler.close();
      await once(handler, 'close');
    },
  };
  return provider;
}
