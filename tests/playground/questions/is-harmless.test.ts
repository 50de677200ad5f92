import { describe, expect, it } from 'vitest';
import { isHarmless } from '../../../src/playground/questions/is-harmless.ts';

describe('a linked document that runs on arrival', () => {
  it('has queries alone', () => {
    expect(isHarmless('query A { a } fragment B on C { d }')).toBe(true);
    expect(isHarmless('query A { a } mutation B { b }')).toBe(false);
    expect(isHarmless('subscription { a }')).toBe(false);
    expect(isHarmless('{ a')).toBe(false);
  });
});
