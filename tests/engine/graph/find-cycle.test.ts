import { describe, expect, it } from 'vitest';
import { findCycle } from '../../../src/engine/graph/find-cycle.ts';

describe('a cycle', () => {
  async function* links(...pairs: readonly string[]) {
    for (const pair of pairs) yield [pair.charAt(0), pair.charAt(1)] as const;
  }

  it('is found among links, with its way', async () => {
    expect(await findCycle(links('ab', 'bc', 'ca'))).toEqual(['a', 'b', 'c', 'a']);
    expect(await findCycle(links('xa', 'ab', 'bd', 'bc', 'ca'))).toEqual(['a', 'b', 'c', 'a']);
    expect(await findCycle(links('aa'))).toEqual(['a', 'a']);
  });

  it('is told in the same way in whichever order its links come', async () => {
    expect(await findCycle(links('ca', 'ab', 'bc'))).toEqual(['a', 'b', 'c', 'a']);
    expect(await findCycle(links('bc', 'ca', 'ab'))).toEqual(['a', 'b', 'c', 'a']);
  });

  it('is none where ways only meet', async () => {
    expect(await findCycle(links('ab', 'ac', 'bd', 'cd', 'de'))).toBeUndefined();
  });
});
