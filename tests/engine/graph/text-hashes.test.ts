import { describe, expect, it } from 'vitest';
import { createTextHashes } from '../../../src/engine/graph/text-hashes.ts';

/** The SHA-256 of "abc": FIPS 180-2, appendix B.1. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('a hash', () => {
  it('is the SHA-256 of its text, at first, again, and after many others', () => {
    const hashOf = createTextHashes('hex');
    expect([hashOf('abc'), hashOf('abc')]).toEqual([ABC, ABC]);
    for (let index = 0; index < 100; index += 1) hashOf(`text ${index}`);
    expect(hashOf('abc')).toBe(ABC);
    expect(hashOf('a'.repeat(2_000))).toHaveLength(64);
  });

  it('is written as it was asked for', () => {
    expect(createTextHashes('base64url')('abc')).toBe(Buffer.from(ABC, 'hex').toString('base64url'));
  });
});
