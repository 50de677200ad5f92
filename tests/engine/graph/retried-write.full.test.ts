import { Neo4jError, type Session } from 'neo4j-driver';
import { describe, expect, it } from 'vitest';
import { retriedWrite } from '../../../src/engine/graph/retried-write.ts';

const away = () => new Neo4jError('Connection lost', 'ServiceUnavailable', 'gql', 'gql');

/** A session whose database is away until some time has passed, in milliseconds. */
function sessionThatReturns(after: number) {
  const begun = performance.now();
  const ended: string[] = [];
  const session = {
    beginTransaction: async () => {
      if (performance.now() - begun < after) throw away();
      return { commit: async () => ended.push('commit'), rollback: async () => ended.push('rollback') };
    },
  };
  return { session: session as unknown as Session, ended };
}

describe('a write that meets a passing fault', () => {
  it('is done soon after the database is back, however long it was away', async () => {
    const { session, ended } = sessionThatReturns(3_200);
    const begun = performance.now();
    expect(await retriedWrite(session, async () => 'written', {})).toBe('written');
    // The pauses of the driver itself would end after 7 s.
    expect(performance.now() - begun).toBeLessThan(5_500);
    expect(ended).toEqual(['commit']);
  });

  it('fails with the fault once it has been tried for 5 s', async () => {
    const { session } = sessionThatReturns(Number.POSITIVE_INFINITY);
    const begun = performance.now();
    await expect(retriedWrite(session, async () => 'written', {})).rejects.toThrow('Connection lost');
    expect(performance.now() - begun).toBeGreaterThan(5_000);
  });

  it('fails with the fault, and not for lack of time, where its time is shorter', async () => {
    const { session } = sessionThatReturns(Number.POSITIVE_INFINITY);
    const begun = performance.now();
    await expect(retriedWrite(session, async () => 'written', {}, 1_000)).rejects.toThrow('Connection lost');
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('is rolled back, and not tried again, where the work itself fails', async () => {
    const { session, ended } = sessionThatReturns(0);
    const failing = retriedWrite(session, () => Promise.reject(new RangeError('ours')), {});
    await expect(failing).rejects.toThrow(RangeError);
    expect(ended).toEqual(['rollback']);
  });
});
