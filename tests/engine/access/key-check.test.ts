import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { newApiKey } from '../../../src/engine/access/api-key.ts';
import { createAuthenticator } from '../../../src/engine/access/authenticator.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { createTinyServer } from '../../server/tiny-server.ts';

/** A graph that hangs, and counts how many of its reads wait. */
function hangingGraph() {
  const waiting: string[] = [];
  const graph: Graph = {
    ontology: cooperation,
    read: ({ name }) => {
      waiting.push(name);
      return new Promise(() => {});
    },
    write: () => new Promise(() => {}),
  };
  return { graph, waiting };
}

describe('a key that the database tells nothing of', () => {
  it('is not waited for longer than a second', async () => {
    const { graph } = hangingGraph();
    const access = { authenticator: createAuthenticator({ graph }), reading: 'open' } as const;
    const { ask } = createTinyServer({ access });
    const begun = performance.now();
    const { response, body } = await ask('{ hello }', {}, { 'x-api-key': newApiKey().text });
    // The database would be waited for without end.
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).not.toBeNull();
    expect(body.errors[0].extensions.code).toBe('OVERLOADED');
  });

  it('takes few connections, however many keys are shown', async () => {
    const { graph, waiting } = hangingGraph();
    const authenticator = createAuthenticator({ graph });
    const shown = Array.from({ length: 1_100 }, () => authenticator.authenticate({ apiKey: newApiKey().text }));
    const refused = await Promise.allSettled(shown);
    expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
    expect(waiting).toHaveLength(10);
  });
});
