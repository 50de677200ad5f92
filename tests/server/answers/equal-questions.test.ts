import { beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { type AnswerServer, answerServers, renameInstitution } from './answer-servers.ts';

const servers = answerServers();

/** A gate that reads of entities wait at. */
function createGate() {
  let open = () => {};
  let reached = () => {};
  let closed: Promise<void> | undefined;
  let arrival = Promise.resolve();
  let failures = 0;
  return {
    shut(failing = 0) {
      failures = failing;
      closed = new Promise((resolve) => {
        open = resolve;
      });
      arrival = new Promise((resolve) => {
        reached = resolve;
      });
      return arrival;
    },
    open() {
      closed = undefined;
      open();
    },
    async pass(name: string) {
      if (name === 'statistics' || name === 'change-log-touched' || !closed) return;
      reached();
      await closed;
      failures -= 1;
      if (failures >= 0) throw new Error('This read fails.');
    },
  };
}

const gate = createGate();
const gated = (graph: Graph): Graph => ({
  ...graph,
  read: async (statement, ...given) => {
    await gate.pass(statement.name);
    return graph.read(statement, ...given);
  },
});

let server: AnswerServer;
beforeAll(async () => {
  server = await servers.start({ graphOf: gated });
  await server.ask('{ lab(slug: "lab-two") { name } }');
});

const institution = '{ institution(slug: "university") { name } }';

describe('equal questions under way', () => {
  it('are executed once', async () => {
    const lab = '{ lab(slug: "lab-one") { name } }';
    server.ran.length = 0;
    const reached = gate.shut();
    const asking = Array.from({ length: 20 }, () => server.ask(lab));
    await reached;
    gate.open();
    const asked = await Promise.all(asking);
    expect(server.ran).toHaveLength(1);
    expect(asked.map(({ cache }) => cache).sort()).toEqual([...Array(19).fill('HIT'), 'MISS']);
    expect(new Set(asked.map(({ text }) => text)).size).toBe(1);
  });

  it('leave one answer in the cache, with the compressed form that those who waited were sent', async () => {
    const names = Array.from({ length: 100 }, (_, number) => `a${number}: name`).join(' ');
    const ask = async () => {
      const headers = { 'content-type': 'application/json', accept: 'application/json', 'accept-encoding': 'gzip' };
      const body = JSON.stringify({ query: `{ lab(slug: "lab-one") { ${names} } }` });
      const response = await server.fetch('http://silkgraph/graphql', { method: 'POST', headers, body });
      await response.arrayBuffer();
      return response.headers.get('content-encoding');
    };
    const bytes = async () => Number(/silkgraph_answer_cache_bytes (\d+)/.exec(await server.metrics.text())?.[1]);
    const asked = server.ran.length;
    const reached = gate.shut();
    const asking = [ask(), ask(), ask()];
    await reached;
    gate.open();
    expect(await Promise.all(asking)).toEqual(['gzip', 'gzip', 'gzip']);
    const before = await bytes();
    expect(await ask()).toBe('gzip');
    expect(await bytes()).toBe(before);
    expect(server.ran).toHaveLength(asked + 1);
  });

  it('do not share an error: each other one is asked again', async () => {
    const lab = '{ lab(slug: "lab-one") { name status } }';
    const reached = gate.shut(1);
    const asking = Array.from({ length: 5 }, () => server.ask(lab));
    await reached;
    gate.open();
    const asked = await Promise.all(asking);
    expect(asked.filter(({ body }) => body.errors)).toHaveLength(1);
    expect(asked.filter(({ body }) => body.data?.lab?.name === 'One')).toHaveLength(4);
  });

  it('do not depend on the caller that asked first: it may leave', async () => {
    const lab = '{ lab(slug: "lab-one") { name batch } }';
    const leaving = new AbortController();
    const reached = gate.shut();
    const first = server.ask(lab, { signal: leaving.signal }).catch(() => undefined);
    await reached;
    const second = server.ask(lab);
    leaving.abort();
    gate.open();
    await first;
    expect((await second).body.data.lab.name).toBe('One');
  });

  it('do not get an answer that was read before a change that came before them', async () => {
    const reached = gate.shut();
    const early = server.ask(institution);
    await reached;
    await renameInstitution(server, 'While it was read');
    const late = server.ask(institution);
    gate.open();
    await early;
    expect((await late).body.data.institution.name).toBe('While it was read');
    expect((await server.ask(institution)).body.data.institution.name).toBe('While it was read');
  });

  it('leave nothing that is older than a change made while they were read', async () => {
    const old = (await server.ask(`${institution} # old`)).body.data.institution.name;
    const query = `${institution} # kept`;
    // Reads first, and answers after the change.
    let answered = () => {};
    const holding = new Promise<void>((resolve) => {
      answered = resolve;
    });
    let hasRead = () => {};
    const read = new Promise<void>((resolve) => {
      hasRead = resolve;
    });
    let isHeld = false;
    const slow = await servers.start({
      graphOf: (graph) => ({
        ...graph,
        read: async (statement, ...given) => {
          const rows = await graph.read(statement, ...given);
          if (isHeld && statement.name !== 'statistics' && statement.name !== 'change-log-touched') {
            hasRead();
            await holding;
          }
          return rows;
        },
      }),
    });
    isHeld = true;
    const early = slow.ask(query);
    await read;
    isHeld = false;
    await renameInstitution(slow, `${old} changed`);
    // Now the server knows of the change.
    await slow.ask('{ lab(slug: "lab-two") { slug } }');
    answered();
    expect((await early).body.data.institution.name).toBe(old);
    const late = await slow.ask(query);
    expect(late).toMatchObject({ cache: 'MISS', body: { data: { institution: { name: `${old} changed` } } } });
  });
});
