import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createProviderKeys,
  type ProviderReport,
  ProviderUnavailable,
  readProviderKeys,
} from '../../../../src/engine/access/oidc/provider-keys.ts';
import { type FakeProvider, fakeKey, fakeProvider } from './fake-provider.ts';

const [first, second] = [fakeKey('first'), fakeKey('second')];
const token = { payload: '', signature: '' };
const MINUTE = 60_000;

let provider: FakeProvider;
let time = 0;
let news: Parameters<ProviderReport>[0][] = [];

beforeEach(async () => {
  provider = await fakeProvider([first]);
  time = 0;
  news = [];
});
afterEach(() => provider.close().catch(() => {}));

function keysOf(issuer = provider.issuer) {
  const find = createProviderKeys(issuer, { clock: () => time, report: (each) => news.push(each) });
  return async (kid: string) => find({ alg: 'ES256', kid }, token);
}

const failure = (found: Promise<unknown>) =>
  found.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the keys of an identity provider', () => {
  it('are read once, on first use, however many tokens come at the same time', async () => {
    const find = keysOf();
    expect(provider.asked).toEqual([]);
    await Promise.all(Array.from({ length: 20 }, () => find('first')));
    await find('first');
    expect(provider.asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
  });

  it('are read again for a key that is new', async () => {
    const find = keysOf();
    await find('first');
    provider.keys = [second];
    time += MINUTE;
    await expect(find('second')).resolves.toBeDefined();
  });

  it('are not asked for each time in a flood of unknown keys', async () => {
    const find = keysOf();
    await find('first');
    time += MINUTE;
    for (let count = 0; count < 50; count += 1) await failure(find(`unknown ${count}`));
    expect(provider.asked).toHaveLength(4);
  });

  it('are renewed in the background once they are old', async () => {
    const find = keysOf();
    await find('first');
    provider.keys = [second];
    time += 11 * MINUTE;
    await find('first');
    await expect.poll(() => failure(find('first'))).toBeDefined();
    await expect(find('second')).resolves.toBeDefined();
    expect(provider.asked).toHaveLength(4);
  });

  it('are used for a day while the provider is down, and it is said once', async () => {
    const find = keysOf();
    await find('first');
    await provider.close();
    for (const minutes of [11, 22, 60, 23 * 60]) {
      time = minutes * MINUTE;
      await find('first');
    }
    await expect.poll(() => news).toHaveLength(1);
    expect(news[0]?.error).toBeDefined();
    time = 25 * 60 * MINUTE;
    expect(await failure(find('first'))).toBeInstanceOf(ProviderUnavailable);
    await provider.open();
    time += MINUTE;
    await find('first');
    expect(news.map(({ error }) => error === undefined)).toEqual([false, true]);
  });

  it('are asked for again a moment after the provider was down, and not at once', async () => {
    await provider.close();
    const find = keysOf();
    expect(await failure(find('first'))).toBeInstanceOf(ProviderUnavailable);
    await provider.open();
    expect(await failure(find('first'))).toBeInstanceOf(ProviderUnavailable);
    expect(provider.asked).toEqual([]);
    time += 5_000;
    await find('first');
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'hello'],
    ['a point beside its curve', { ...first.jwk, x: 'AAAA' }],
    ['no modulus', { kty: 'RSA', e: 'Aw', alg: 'RS256' }],
    [
      'too short a modulus',
      { ...generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey.export({ format: 'jwk' }) },
    ],
  ])('are used without one that is broken: %s', async (_, broken) => {
    provider.broken = { keys: { keys: [broken, first.jwk] } };
    await expect(keysOf()('first')).resolves.toBeDefined();
    expect(news).toEqual([]);
    expect(await readProviderKeys(provider.issuer)).toEqual({ keys: [first.jwk] });
  });

  it.each<[string, NonNullable<FakeProvider['broken']>, string]>([
    ['a failure', { status: 500 }, 'status 500'],
    ['text', { configuration: 'hello' }, 'JSON'],
    [
      'another issuer',
      { configuration: { issuer: 'https://evil.example', jwks_uri: 'https://evil.example/jwks' } },
      'names the issuer "https://evil.example"',
    ],
    ['no address of keys', { configuration: (issuer: string) => ({ issuer }) }, 'no address of keys'],
    ['too much', { keys: 'x'.repeat(600_000) }, 'more than 500000 bytes'],
    ['no keys', { keys: { keys: [] } }, '0 keys'],
    ['secret keys alone', { keys: { keys: [{ kty: 'oct', k: 'AAAA', kid: 'first' }] } }, '0 keys'],
    ['too many keys', { keys: { keys: Array.from({ length: 101 }, () => first.jwk) } }, '101 keys'],
  ])('are none where it answers with %s', async (_, broken, words) => {
    const { configuration } = broken;
    provider.broken = typeof configuration === 'function' ? { configuration: configuration(provider.issuer) } : broken;
    expect(await failure(keysOf()('first'))).toBeInstanceOf(ProviderUnavailable);
    expect(String(news[0]?.error)).toContain(words);
  });
});
