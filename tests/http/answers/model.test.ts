import { describe, expect, it } from 'vitest';
import { answerServers } from './answer-servers.ts';
import { readBesideWriters } from './read-beside-writers.ts';

const servers = answerServers();

describe('two servers with writers and readers', () => {
  it('return nothing that is older than promised', { timeout: 60_000 }, async () => {
    const { outcomes, stale } = await readBesideWriters(servers, 400);
    expect(stale).toEqual([]);
    expect(outcomes.get('HIT')).toBeGreaterThan(0);
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
