import { expect, it } from 'vitest';
import { answerServers } from './answer-servers.ts';
import { readBesideWriters } from './read-beside-writers.ts';

const servers = answerServers();

it('10,000 random reads beside writers on two servers find nothing older than promised', {
  timeout: 300_000,
}, async () => {
  const { outcomes, stale, refused } = await readBesideWriters(servers, 10_000);
  expect(stale).toEqual([]);
  expect(refused).toBeLessThan(1_000);
  // Otherwise it would say nothing about the cache.
  expect(outcomes.get('HIT')).toBeGreaterThan(1_000);
  expect(outcomes.get('MISS')).toBeGreaterThan(100);
});
