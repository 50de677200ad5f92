import { describe, expect, it } from 'vitest';
import { hasHash, hashOf, newApiKey, readApiKey } from '../../../src/engine/access/api-key.ts';

describe('an API key', () => {
  it('has an id, and 256 random bits that nothing of the id tells', () => {
    const keys = Array.from({ length: 1_000 }, newApiKey);
    for (const { id, text } of keys) {
      expect(text).toMatch(/^sg_[a-z2-9]{10}_[\w-]{43}$/);
      expect(text.startsWith(`sg_${id}_`)).toBe(true);
      expect(Buffer.from(text.slice(-43), 'base64url')).toHaveLength(32);
    }
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1_000);
    expect(new Set(keys.map(({ text }) => text.slice(-43))).size).toBe(1_000);
  });

  it('is read back, whatever its secret holds', () => {
    for (let count = 0; count < 1_000; count += 1) {
      const key = newApiKey();
      expect(readApiKey(key.text)).toEqual(key);
    }
  });

  it.each([
    '',
    'sg_',
    'sg_abcdefghjk',
    'sg_abcdefghjk_short',
    `sg_abcdefghj1_${'a'.repeat(43)}`,
    `sg_abcdefghjk_${'a'.repeat(44)}`,
    `sg_abcdefghjk_${'a'.repeat(42)}=`,
    ` sg_abcdefghjk_${'a'.repeat(43)}`,
    `sg_abcdefghjk_${'a'.repeat(43)}\n`,
    `SG_ABCDEFGHJK_${'a'.repeat(43)}`,
    `__proto___${'a'.repeat(43)}`,
  ])('is not what only resembles one: %j', (text) => {
    expect(readApiKey(text)).toBeUndefined();
  });

  it('is known by its hash alone, which holds nothing of it', () => {
    const [key, other] = [newApiKey(), newApiKey()];
    const hash = hashOf(key);
    expect(hash).toMatch(/^[\da-f]{64}$/);
    expect(hasHash(key, hash)).toBe(true);
    expect(hasHash(other, hash)).toBe(false);
    // The secret of one under the id of another is neither.
    expect(hasHash({ id: other.id, text: `sg_${other.id}_${key.text.slice(-43)}` }, hash)).toBe(false);
    expect(hasHash(key, '')).toBe(false);
    expect(hasHash(key, hash.slice(1))).toBe(false);
  });
});
