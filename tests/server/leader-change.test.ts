import { type Driver, Neo4jError } from 'neo4j-driver';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { GraphError } from '../../src/engine/graph/errors.ts';
import { createGraph } from '../../src/engine/graph/graph.ts';

/**
 * What the driver does of a transaction, as far as faults of a cluster are concerned. The servers answer with these faults
 * first.
 */
function clusterThatAnswers(...faults: readonly string[]) {
  const left = [...faults];
  const committed: string[] = [];
  let attempts = 0;
  const failOnce = () => {
    const code = left.shift();
    if (code !== undefined) throw new Neo4jError('the words of the database', code, 'gql', 'gql');
  };
  const driver = {
    session: () => {
      let isOpen = true;
      return {
        run: async () => {
          attempts += 1;
          failOnce();
          return { records: [], summary: {} };
        },
        beginTransaction: async () => {
          if (!isOpen) throw new Error('The session is closed.');
          attempts += 1;
          const written: string[] = [];
          return {
            run: async (text: string) => {
              failOnce();
              written.push(text);
              return { records: [], summary: {} };
            },
            commit: async () => void committed.push(...written),
            rollback: async () => {},
          };
        },
        close: async () => {
          isOpen = false;
        },
      };
    },
  } as unknown as Driver;
  return {
    graph: createGraph(driver, cooperation),
    committed,
    get attempts() {
      return attempts;
    },
  };
}

const write = { name: 'w', text: 'CREATE ()' };
const passing = ['SessionExpired', 'ServiceUnavailable', 'Neo.TransientError.General.DatabaseUnavailable'];

describe('when the leader of a cluster changes', () => {
  it.each(passing)('a change that meets %s is tried again, and is done once', async (code) => {
    const cluster = clusterThatAnswers(code, code);
    await cluster.graph.write((run) => run(write, {}));
    expect(cluster.attempts).toBe(3);
    expect(cluster.committed).toEqual([write.text]);
  });

  it('what the work itself throws is not tried again', async () => {
    const cluster = clusterThatAnswers();
    const failing = cluster.graph.write(async (run) => {
      await run(write, {});
      throw new RangeError('ours');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(cluster).toMatchObject({ attempts: 1, committed: [] });
  });

  it.each([
    ...passing,
    'Neo.ClientError.Cluster.NotALeader',
    'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase',
    'Neo.ClientError.Security.AuthorizationExpired',
    'Neo.TransientError.Cluster.ReplicationFailure',
  ])('a read that meets %s fails at once, as unavailable', async (code) => {
    const cluster = clusterThatAnswers(code);
    const fault = await cluster.graph.read({ name: 'r', text: 'RETURN 1' }, {}).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(GraphError);
    expect(fault).toMatchObject({ fault: 'UNAVAILABLE' });
    expect(await cluster.graph.read({ name: 'r', text: 'RETURN 1' }, {})).toEqual([]);
  });

  it('a change is given up when the time of its request is over, and is not done later', async () => {
    const cluster = clusterThatAnswers(...Array.from({ length: 100_000 }, () => 'SessionExpired'));
    const end = performance.now() + 100;
    const fault = await cluster.graph
      .write((run) => run(write, {}), { timeLeft: () => end - performance.now() })
      .catch((error: unknown) => error);
    expect(fault).toMatchObject({ fault: 'UNAVAILABLE' });
    const { attempts } = cluster;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(cluster.attempts).toBeLessThanOrEqual(attempts + 1);
    expect(cluster.committed).toEqual([]);
  });
});
