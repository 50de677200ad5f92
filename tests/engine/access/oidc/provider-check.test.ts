import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { AccessRefused } from '../../../../src/engine/access/access-refused.ts';
import { createAuthenticator } from '../../../../src/engine/access/authenticator.ts';
import { type OidcSettings, parseRoles } from '../../../../src/engine/access/oidc/oidc-settings.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { createTinyServer } from '../../../server/tiny-server.ts';
import { audience, forged, good, now, setups, sign } from '../tokens.ts';
import { type FakeProvider, fakeKey, fakeProvider } from './fake-provider.ts';

/** A graph that holds no key. */
const graph: Graph = {
  ontology: cooperation,
  read: async () => [],
  write: () => Promise.reject(new Error('No write.')),
};

const [key, otherKey] = [fakeKey('one'), fakeKey('one')];
let provider: FakeProvider;
let other: FakeProvider;
beforeAll(async () => {
  [provider, other] = await Promise.all([fakeProvider([key]), fakeProvider([otherKey])]);
});
afterAll(() => Promise.all([provider.close(), other.close()]));

const authenticatorOf = (settings: Partial<OidcSettings> = {}, tokens = setups.HS256.settings) =>
  createAuthenticator({
    graph,
    tokens,
    oidc: {
      issuers: [provider.issuer, other.issuer],
      audience,
      roleClaim: 'groups',
      roles: parseRoles('staff=editor, it=admin, *=reader') ?? new Map(),
      ...settings,
    },
    now: () => now,
  });

const signed = (claims: Record<string, unknown>, by = key, header: Record<string, unknown> = {}) =>
  sign({ iss: provider.issuer, role: undefined, ...claims }, by.privateKey, 'ES256', { kid: by.kid, ...header });

const viewerOf = (token: string, authenticator = authenticatorOf()) =>
  authenticator.authenticate({ authorization: `Bearer ${token}` });

const refusal = async (token: string, authenticator = authenticatorOf()) => {
  const error = await viewerOf(token, authenticator).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AccessRefused);
  return (error as AccessRefused).message;
};

describe('a token of an identity provider', () => {
  it('counts with the role that its claims give', async () => {
    expect(await viewerOf(await signed({ groups: ['staff', 'choir'] }))).toMatchObject({
      id: `token:${provider.issuer}|ana@example.org`,
      name: 'ana@example.org',
      role: 'editor',
    });
    expect((await viewerOf(await signed({ groups: 'it' }))).role).toBe('admin');
    expect((await viewerOf(await signed({ groups: ['choir'] }))).role).toBe('reader');
    expect((await viewerOf(await signed({}))).role).toBe('reader');
  });

  it('counts with a role that sees a part of the graph also where * gives all others a role', async () => {
    const authenticator = createAuthenticator({
      graph,
      roles: { partner: { hide: ['Event'] } },
      oidc: {
        issuers: [provider.issuer],
        audience,
        roleClaim: 'groups',
        roles: parseRoles('staff=editor, partners=partner, *=reader', ['partner', 'reader', 'editor']) ?? new Map(),
      },
      now: () => now,
    });
    const seenBy = async (groups: readonly string[]) => (await viewerOf(await signed({ groups }), authenticator)).sees;
    expect(await seenBy(['partners', 'choir'])).toBe('partner');
    expect(await seenBy(['choir'])).toBeUndefined();
    expect(await seenBy(['partners', 'staff'])).toBeUndefined();
  });

  it('may have its roles below other claims, and under their own names', async () => {
    const nested = authenticatorOf({
      roleClaim: 'realm_access.roles',
      roles: parseRoles('sg-admin=admin') ?? new Map(),
    });
    expect((await viewerOf(await signed({ realm_access: { roles: ['x', 'sg-admin'] } }), nested)).role).toBe('admin');
    expect(await refusal(await signed({ realm_access: 'sg-admin' }), nested)).toContain('gives no role here');
    expect(await refusal(await signed({ realm_access: { roles: ['admin'] } }), nested)).toContain('sg-admin');
  });

  it('counts of each provider by its own keys only', async () => {
    expect((await viewerOf(await signed({ iss: other.issuer }, otherKey))).id).toContain(other.issuer);
    expect(await refusal(await signed({ iss: other.issuer }, key))).toContain('signature');
  });

  it('counts beside tokens that are verified with a key of the settings', async () => {
    const { settings, signingKey } = setups.HS256;
    expect((await viewerOf(await sign({ iss: settings.issuer }, signingKey, 'HS256'))).role).toBe('editor');
  });

  it('is refused if it is of another issuer', async () => {
    const alone = createAuthenticator({
      graph,
      oidc: { issuers: [provider.issuer], audience, roleClaim: 'role', roles: new Map() },
    });
    expect(await refusal(await signed({ iss: 'https://evil.example' }), alone)).toBe(
      `The claim iss of the token must be ${provider.issuer}.`,
    );
  });

  it('is refused if it is unsigned, or signed with what everybody can read', async () => {
    const claims = { ...good, iss: provider.issuer, groups: 'it' };
    for (const alg of ['none', 'None'])
      expect(await refusal(forged({ alg }, claims, 'x'))).toContain('must be signed with one of');
    const text = forged({ alg: 'HS256', kid: key.kid }, claims).slice(0, -1);
    const signature = createHmac('sha256', JSON.stringify(key.jwk)).update(text).digest('base64url');
    expect(await refusal(`${text}.${signature}`)).toContain('must be signed with one of');
  });

  it('is refused without looking where it says that its key is', async () => {
    const asked = provider.asked.length + other.asked.length;
    const stranger = fakeKey('stranger');
    const header = { jku: `${other.issuer}/jwks`, jwk: stranger.jwk };
    expect(await refusal(await signed({}, stranger, header))).toMatch(/key that its issuer does not have/);
    expect(other.asked.length + provider.asked.length - asked).toBeLessThanOrEqual(2);
  });

  it.each([
    ['for another audience', { aud: 'another' }, 'claim aud'],
    ['expired', { exp: now / 1000 - 3600 }, 'has expired'],
    ['without a subject', { sub: undefined }, 'claim sub'],
  ])('is refused %s', async (_, claims, words) => {
    expect(await refusal(await signed(claims))).toContain(words);
  });

  it('is neither accepted nor refused while its provider is down', async () => {
    const down = await fakeProvider([key]);
    await down.close();
    const authenticator = createAuthenticator({
      graph,
      oidc: { issuers: [down.issuer], audience, roleClaim: 'role', roles: parseRoles('*=editor') ?? new Map() },
      now: () => now,
    });
    const { ask } = createTinyServer({ access: { authenticator, reading: 'open' } });
    const token = await signed({ iss: down.issuer });
    const { response, body } = await ask('{ hello }', {}, { authorization: `Bearer ${token}` });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining(`The identity provider ${down.issuer} does not respond`),
      extensions: { code: 'OVERLOADED' },
    });
    expect((await ask('{ hello }')).response.status).toBe(200);
    await down.open();
  });
});

describe('roles by the values of a claim', () => {
  it.each(['', 'staff', '=editor', 'staff=owner', 'staff=editor,staff=admin', 'staff=editor,'])(
    'are none: %s',
    (text) => {
      expect(parseRoles(text)).toBeUndefined();
    },
  );

  it('may have any characters but commas', () => {
    expect(parseRoles('/groups/a=b=editor')).toEqual(new Map([['/groups/a=b', 'editor']]));
  });
});
