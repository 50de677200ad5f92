import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import { createTokenCheck } from '../../../src/engine/access/token-check.ts';
import { ec, forged, good, now, rsa, setups, sign } from './tokens.ts';

const seconds = now / 1000;
const { settings, signingKey } = setups.HS256;
const check = createTokenCheck(settings, () => now);
const signed = (claims: Record<string, unknown>) => sign(claims, signingKey, 'HS256');

/** Why a token is refused; fails where it is not. */
async function refusal(token: string, by = check): Promise<string> {
  const error = await by(token).then(
    (viewer) => new Error(`It counts, for ${viewer.name}.`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AccessRefused);
  const { message } = error as AccessRefused;
  if (token.length > 20) expect(message).not.toContain(token.slice(0, 20));
  return message;
}

describe('a token', () => {
  it.each(Object.entries(setups))('counts where it is signed with the key that is set up: %s', async (name, setup) => {
    const viewer = await createTokenCheck(setup.settings, () => now)(await sign({}, setup.signingKey, name));
    const id = `token:${setup.settings.issuer}|ana@example.org`;
    expect(viewer).toEqual({ id, name: 'ana@example.org', role: 'editor', expiresAt: (seconds + 610) * 1000 });
  });

  it.each(['reader', 'editor', 'admin'])('gives the role of its claim: %s', async (role) => {
    expect((await check(await signed({ role }))).role).toBe(role);
  });

  it('gives the highest role of a list, in which other services may have theirs', async () => {
    expect((await check(await signed({ role: ['billing', 'reader', 'editor'] }))).role).toBe('editor');
  });

  it('may hold the role in a claim of another name', async () => {
    const named = createTokenCheck({ ...settings, roleClaim: 'https://silkgraph/role' }, () => now);
    expect((await named(await signed({ role: 'admin', 'https://silkgraph/role': 'reader' }))).role).toBe('reader');
    expect(await refusal(await signed({ role: 'admin' }), named)).toContain('claim https://silkgraph/role');
  });

  it('may be for several audiences', async () => {
    expect((await check(await signed({ aud: ['another', 'silkgraph'] }))).name).toBe('ana@example.org');
  });

  it('counts while the clocks of two machines differ a little, and no longer', async () => {
    expect((await check(await signed({ exp: seconds - 9 }))).name).toBe('ana@example.org');
    expect(await refusal(await signed({ exp: seconds - 11 }))).toBe('The token has expired. Get a new one.');
    expect((await check(await signed({ nbf: seconds + 9 }))).name).toBe('ana@example.org');
    expect(await refusal(await signed({ nbf: seconds + 11 }))).toContain('not valid yet');
  });

  it.each([
    ['expired', { exp: seconds - 3600 }, 'has expired'],
    ['without an end', { exp: undefined }, 'claim exp'],
    ['with an end that is no number', { exp: 'tomorrow' }, 'claim exp'],
    ['not valid yet', { nbf: seconds + 3600 }, 'not valid yet'],
    ['of another issuer', { iss: 'https://evil.example' }, 'claim iss of the token must be "https://login.example"'],
    ['without an issuer', { iss: undefined }, 'claim iss'],
    ['for another audience', { aud: 'another' }, 'claim aud of the token must hold "silkgraph"'],
    ['without an audience', { aud: undefined }, 'claim aud'],
    ['with a role that is none', { role: 'owner' }, 'one of reader, editor, admin'],
    ['with a role in capitals', { role: 'ADMIN' }, 'one of reader, editor, admin'],
    ['without a role', { role: undefined }, 'one of reader, editor, admin'],
    ['with an object as role', { role: { admin: true } }, 'one of reader, editor, admin'],
    ['without a subject', { sub: undefined }, 'claim sub'],
    ['with an empty subject', { sub: ' ' }, 'claim sub'],
    ['with a subject of two lines', { sub: 'ana\nadmin' }, 'claim sub'],
    ['with a subject that shows in another order', { sub: 'ana\u202enimda' }, 'claim sub'],
    ['with a subject that differs invisibly', { sub: 'an\u200ba' }, 'claim sub'],
    ['with a NUL in its subject', { sub: 'ana\u0000' }, 'claim sub'],
    ['with a subject that reads as the holder of a key', { sub: 'Ana (abcdefghjk)' }, 'reserved name'],
    ['with a subject that reads as a command', { sub: 'seeds' }, 'reserved name'],
    ['with a subject without end', { sub: 'a'.repeat(201) }, 'claim sub'],
  ])('is refused %s', async (_, claims, words) => {
    expect(await refusal(await signed(claims))).toContain(words);
  });

  it('takes no role from where JavaScript keeps its own names', async () => {
    const strange = createTokenCheck({ ...settings, roleClaim: 'constructor' }, () => now);
    expect(await refusal(await signed({}), strange)).toContain('claim constructor');
  });

  it.each(['none', 'None', 'NONE', 'nOnE'])('is refused where it says that it is not signed: %s', async (alg) => {
    for (const signature of ['', 'x'])
      expect(await refusal(forged({ alg }, good, signature))).toContain('must be signed with HS256');
  });

  it('is refused where it is signed with the public key as if that were a secret', async () => {
    const byRsa = createTokenCheck(setups.RS256.settings, () => now);
    for (const form of [
      rsa.publicKey.export({ type: 'spki', format: 'pem' }),
      rsa.publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(rsa.publicKey.export({ format: 'jwk' })),
    ]) {
      const unsigned = forged({ alg: 'HS256' }, good).slice(0, -1);
      const signature = createHmac('sha256', form).update(unsigned).digest('base64url');
      expect(await refusal(`${unsigned}.${signature}`, byRsa)).toBe('The token must be signed with RS256.');
    }
  });

  it('is refused with any other algorithm than the one of the key', async () => {
    const byRsa = createTokenCheck(setups.RS256.settings, () => now);
    for (const alg of ['RS384', 'RS512', 'PS256']) {
      expect(await refusal(await sign({}, rsa.privateKey, alg), byRsa)).toBe('The token must be signed with RS256.');
    }
    expect(await refusal(await sign({}, ec.privateKey, 'ES256'), byRsa)).toBe('The token must be signed with RS256.');
    expect(await refusal(await sign({}, Buffer.alloc(64, 1), 'HS512'))).toBe('The token must be signed with HS256.');
  });

  it.each(Object.entries(setups))('is refused where another key signed it: %s', async (name, setup) => {
    const others = {
      HS256: Buffer.from('another secret that is long enough'),
      RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
      ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    };
    const token = await sign({}, others[name as keyof typeof others], name);
    expect(
      await refusal(
        token,
        createTokenCheck(setup.settings, () => now),
      ),
    ).toContain('signature');
  });

  it('is refused where it brings the key it is to be checked with', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = publicKey.export({ format: 'jwk' });
    const token = await sign({}, privateKey, 'RS256', { jwk, kid: '../../dev/null', jku: 'http://127.0.0.1:1/keys' });
    expect(
      await refusal(
        token,
        createTokenCheck(setups.RS256.settings, () => now),
      ),
    ).toContain('signature');
  });

  it('is refused where what it says was changed after it was signed', async () => {
    const [header, , signature] = (await signed({ role: 'reader' })).split('.');
    const claims = Buffer.from(JSON.stringify({ ...good, role: 'admin' })).toString('base64url');
    expect(await refusal(`${header}.${claims}.${signature}`)).toContain('signature');
  });

  it.each([
    ['...', 'malformed'],
    ['a.b.c', 'malformed'],
    ['eyJ.eyJ.eyJ', 'malformed'],
    [forged({ alg: 'HS256', crit: ['exp'] }, good, 'AAAA'), 'malformed'],
    [forged({ alg: 'HS256', b64: false, crit: ['b64'] }, good, 'AAAA'), 'signature'],
    [forged([], good, 'AAAA'), 'malformed'],
    [forged({ alg: 'HS256' }, [], 'AAAA'), 'signature'],
  ])('is refused where it is broken: %s', async (token, words) => {
    expect(await refusal(token)).toContain(words);
  });

  it('is refused where it is longer than any of use, before anything of it is read', async () => {
    const token = await signed({ padding: 'x'.repeat(10_000) });
    expect(await refusal(token)).toBe('The token is longer than 8192 characters.');
  });
});
