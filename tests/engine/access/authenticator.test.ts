import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import { createAuthenticator } from '../../../src/engine/access/authenticator.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { runs } from '../../setup/runs.ts';
import { now, setups } from './tokens.ts';

/** A graph that holds no key. */
const empty: Graph = {
  ontology: cooperation,
  read: async () => [],
  write: () => Promise.reject(new Error('Nothing is written for who is refused.')),
};

const authenticator = createAuthenticator({ graph: empty, tokens: setups.RS256.settings, now: () => now });

const base64url = fc.string({ unit: fc.constantFrom(...'abzAZ019-_'), minLength: 1, maxLength: 60 });
const shown = fc.oneof(
  fc.string({ unit: 'binary' }),
  base64url.map((secret) => `sg_abcdefghjk_${secret.padEnd(43, 'x')}`),
  fc.tuple(base64url, base64url, base64url).map((parts) => parts.join('.')),
  fc
    .tuple(fc.jsonValue(), fc.jsonValue(), base64url)
    .map(([header, claims, signature]) =>
      [...[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), signature].join('.'),
    ),
);

describe('whatever is shown that nobody was given', () => {
  it('is refused in words that repeat nothing of it', async () => {
    await fc.assert(
      fc.asyncProperty(shown, fc.boolean(), async (text, asToken) => {
        const refused = await authenticator
          .authenticate(asToken ? { authorization: `Bearer ${text}` } : { apiKey: text })
          .catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(AccessRefused);
        const { message } = refused as AccessRefused;
        expect(message).toMatch(/^[A-Z].+\.$/);
        if (text.length > 30) expect(message).not.toContain(text.slice(0, 30));
      }),
      runs(1_000),
    );
  });
});
