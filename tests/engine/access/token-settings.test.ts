import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  readTokenSettings,
  type TokenSettings,
  type TokenVariables,
} from '../../../src/engine/access/token-settings.ts';
import { ec, rsa, secret } from './tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'silkgraph-tokens-'));
afterAll(() => rmSync(folder, { recursive: true }));

const none: TokenVariables = {
  SILKGRAPH_JWT_SECRET: undefined,
  SILKGRAPH_JWT_PUBLIC_KEY: undefined,
  SILKGRAPH_JWT_ISSUER: undefined,
  SILKGRAPH_JWT_AUDIENCE: undefined,
  SILKGRAPH_JWT_ROLE_CLAIM: undefined,
};
const whose = { SILKGRAPH_JWT_ISSUER: 'https://login.example', SILKGRAPH_JWT_AUDIENCE: 'silkgraph' };

function read(given: Partial<TokenVariables>): { settings: TokenSettings | undefined; faults: readonly string[] } {
  const faults: string[] = [];
  return { settings: readTokenSettings({ ...none, ...given }, faults), faults };
}

const pem = (pair: typeof rsa) => String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
const jwk = (pair: typeof rsa) => JSON.stringify(pair.publicKey.export({ format: 'jwk' }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('the settings of tokens', () => {
  it('are absent where nothing is set, and then no token counts', () => {
    expect(read({})).toEqual({ settings: undefined, faults: [] });
  });

  it('take a secret, for HS256 alone', () => {
    const { settings, faults } = read({ SILKGRAPH_JWT_SECRET: secret, ...whose });
    expect(faults).toEqual([]);
    expect(settings).toMatchObject({ algorithm: 'HS256', issuer: whose.SILKGRAPH_JWT_ISSUER, roleClaim: 'role' });
  });

  it.each([
    ['RSA in PEM', pem(rsa), 'RS256'],
    ['RSA in PEM on one line', pem(rsa).replaceAll('\n', '\\n'), 'RS256'],
    ['RSA as JWK', jwk(rsa), 'RS256'],
    ['RSA in a file', file('rsa.pem', pem(rsa)), 'RS256'],
    ['EC in PEM', pem(ec), 'ES256'],
    ['EC as JWK in a file', file('ec.json', jwk(ec)), 'ES256'],
  ])('take a public key, for the algorithm of its sort alone: %s', (_, key, algorithm) => {
    const { settings, faults } = read({
      SILKGRAPH_JWT_PUBLIC_KEY: key,
      SILKGRAPH_JWT_ROLE_CLAIM: 'group',
      ...whose,
    });
    expect(faults).toEqual([]);
    expect(settings).toMatchObject({ algorithm, roleClaim: 'group' });
    expect(settings?.key.type).toBe('public');
  });

  it('refuse a secret that could be guessed, and do not repeat it', () => {
    const { faults } = read({ SILKGRAPH_JWT_SECRET: 'guess me', ...whose });
    expect(faults).toEqual([expect.stringContaining('has 8 bytes; it must have at least 32')]);
    expect(faults.join()).not.toContain('guess me');
    expect(read({ SILKGRAPH_JWT_SECRET: 'x'.repeat(31), ...whose }).faults).toHaveLength(1);
    expect(read({ SILKGRAPH_JWT_SECRET: 'x'.repeat(32), ...whose }).faults).toEqual([]);
  });

  const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const ed = generateKeyPairSync('ed25519');

  it.each([
    ['a private key in PEM', String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })), 'can sign'],
    ['a private key as JWK', JSON.stringify(rsa.privateKey.export({ format: 'jwk' })), 'can sign'],
    ['a secret as JWK', JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }), 'can sign'],
    ['RSA of 1024 bits', pem(small), 'RSA of at least 2048 bits'],
    ['another curve', pem(curve), 'curve P-256'],
    ['another sort', pem(ed), 'RSA of at least 2048 bits (RS256) or EC on the curve P-256'],
    ['a broken PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'not a public key'],
    ['a broken JWK', '{"kty":', 'not a public key'],
    ['a file that is not there', join(folder, 'absent.pem'), 'neither a key'],
    ['a file of something else', file('other.txt', 'hello'), 'not a public key'],
  ])('refuse %s as public key', (_, key, words) => {
    const { settings, faults } = read({ SILKGRAPH_JWT_PUBLIC_KEY: key, ...whose });
    expect(settings).toBeUndefined();
    expect(faults).toEqual([expect.stringContaining(words)]);
  });

  it('refuse tokens of any issuer or for any audience', () => {
    expect(read({ SILKGRAPH_JWT_SECRET: secret }).faults).toEqual([
      'Tokens are configured without SILKGRAPH_JWT_ISSUER: set it to the value of their claim.',
      'Tokens are configured without SILKGRAPH_JWT_AUDIENCE: set it to the value of their claim.',
    ]);
  });

  it('refuse two keys, and what belongs to a key that is not there', () => {
    expect(read({ SILKGRAPH_JWT_SECRET: secret, SILKGRAPH_JWT_PUBLIC_KEY: pem(rsa), ...whose }).faults).toEqual([
      expect.stringContaining('both set'),
    ]);
    expect(read({ ...whose, SILKGRAPH_JWT_ROLE_CLAIM: 'role' }).faults).toEqual([
      'SILKGRAPH_JWT_ISSUER and SILKGRAPH_JWT_AUDIENCE and SILKGRAPH_JWT_ROLE_CLAIM are set, but there is no key to verify tokens with: set SILKGRAPH_JWT_SECRET or SILKGRAPH_JWT_PUBLIC_KEY.',
    ]);
  });
});
