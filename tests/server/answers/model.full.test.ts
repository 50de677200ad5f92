import { describe, expect, it } from 'vitest';
import { answerServers } from './answer-servers.ts';
import { readBesideWriters } from './read-beside-writers.ts';

const servers = answerServers();

describe('two servers with writers and readers', () => {
  it('return nothing that is older than promised in 10,000 random reads', {
    timeout: 300_000,
  }, async () => {
    const { outcomes, stale, refused } = await readBesideWriters(servers, 10_000);
    expect(stale).toEqual([]);
    expect(refused).toBeLessThan(1_000);
    // Otherwise it would say nothing about the cache.
    expect(outcomes.get('HIT')).toBeGreaterThan(1_000);
    expect(outcomes.get('MISS')).toBeGreaterThan(100);
  });

  it('return old answers where nothing makes them invalid, and this test finds them', { timeout: 60_000 }, async () => {
    const stale: string[] = [];
    // A busy machine may be through with the reads before anything is written.
    for (let round = 0; round < 10 && stale.length === 0; round += 1) {
      const found = await readBesideWriters(servers, 200, (known) => ({
        ...known,
        get mark() {
          return known.mark;
        },
        isCurrent: () => true,
      }));
      stale.push(...found.stale);
    }
    expect(stale.length).toBeGreaterThan(0);
  });
});
