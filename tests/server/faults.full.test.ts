import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import type { Viewer } from '../../src/engine/access/viewer.ts';
import type { Address } from '../../src/engine/database/address.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph, type Graph, type RanStatement } from '../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import { createServer, type Server } from '../../src/service/server.ts';
import { seededGraph } from '../setup/contents.ts';
import { neo4jProcess } from '../setup/neo4j-process.ts';
import { served } from '../setup/served.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** What one operation may take, in milliseconds: a Neo4j that has just started plans slowly. */
const TIME = 5_000;

const editor: Viewer = { name: 'writer', role: 'editor' };

function serverOver(graph: Graph): Server {
  const statistics = keepStatistics(graph);
  return createServer({
    ...served,
    timeout: TIME,
    context: (given) => createContext(graph, statistics, given),
    access: { authenticator: { authenticate: async () => editor }, reading: 'open' },
    readiness: {
      waitingFor: () => undefined,
      check: async () => {
        const answered = graph.read({ name: 'ready', text: 'RETURN 1' }, {}, { timeout: 1_000 });
        return answered.then(
          () => undefined,
          () => 'The database does not respond.',
        );
      },
    },
  });
}

interface Answered {
  readonly status: number;
  readonly code: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
  readonly data: any;
  readonly ms: number;
}

async function ask(server: Server, query: string, variables: object = {}): Promise<Answered> {
  const begun = performance.now();
  const response = await server.fetch(
    new Request('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', 'x-api-key': 'k' },
      body: JSON.stringify({ query, variables }),
    }),
  );
  const { data, errors } = await response.json();
  return {
    status: response.status,
    code: errors?.[0].extensions.code ?? 'OK',
    data,
    ms: performance.now() - begun,
  };
}

const question = '{ country(code: "KE") { name labs { totalCount } } }';

/** Codes that a fault of the database may have, and those of the limits of the one caller; anything else would be ours. */
const refusals = ['DATABASE_UNAVAILABLE', 'TIMEOUT', 'OVERLOADED', 'RATE_LIMITED'];

const passing = ['OK', ...refusals];

const isReady = async (server: Server) => (await server.fetch(new Request('http://silkgraph/ready'))).status === 200;

/** Asks all the time, four at once, until it is told to end; keeps what was answered. */
function load(server: Server) {
  const answers: Answered[] = [];
  let isOver = false;
  const workers = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      answers.push(await ask(server, question));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  return {
    answers,
    async end() {
      isOver = true;
      await Promise.all(workers);
      return answers;
    },
  };
}

async function untilAnswered(isAnswered: () => Promise<boolean>): Promise<number> {
  const begun = performance.now();
  while (!(await isAnswered())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (performance.now() - begun > 90_000) throw new Error('It does not come back.');
  }
  return performance.now() - begun;
}

/** What a Neo4j reads first it plans first, which on a busy machine may take longer than one operation has. */
const goodAnswer = (server: Server) => untilAnswered(async () => (await ask(server, question)).code === 'OK');

describe('a database with faults', () => {
  const neo4j = neo4jProcess({ authentication: false, content: seededGraph });
  let driver: Driver;
  let server: Server;
  let known: unknown;
  let statement: RanStatement | undefined;

  beforeAll(async () => {
    const address = await neo4j.start();
    driver = openDriver(address);
    const observe = (ran: RanStatement) => {
      if (ran.name.startsWith('lookup')) statement = ran;
    };
    server = serverOver(createGraph(driver, cooperation, { ...address, observe }));
    await goodAnswer(server);
    ({ data: known } = await ask(server, question));
    expect(known).toEqual({ country: { name: 'Kenya', labs: { totalCount: expect.any(Number) } } });
  });

  const create = (slug: string, notes: readonly string[] = []) => {
    const input = {
      slug,
      name: slug,
      definition: 'Made by a test.',
      editorial: true,
      keyArea: false,
      topArea: false,
      notes,
    };
    const mutation =
      'mutation ($input: CreateAreaInput!) { createArea: create(input: { entity: { area: $input } }) { outcome errors { message } } }';
    return ask(server, mutation, { input });
  };

  /** An area whose creation was acknowledged; a Neo4j that plans it for the first time may take too long. */
  async function acknowledged(): Promise<string> {
    let slug = '';
    await untilAnswered(async () => {
      slug = `kept-${randomUUID()}`;
      const { code, data } = await create(slug);
      return code === 'OK' && data?.createArea?.outcome === 'CREATED';
    });
    return slug;
  }

  /** Waits until Neo4j answers the same statement to somebody who is connected anew, which after a start takes its time. */
  async function isBack(address: Address): Promise<void> {
    const { text = '', parameters = {} } = statement ?? {};
    const other = openDriver(address);
    await untilAnswered(() =>
      other.executeQuery(text, parameters, { database: 'neo4j' }).then(
        () => true,
        () => false,
      ),
    );
    await other.close();
  }
  afterAll(async () => {
    await driver.close();
    await neo4j.close();
  });

  it.each([1, 2, 3])('that is killed under load and comes back is asked again within 2 s (%i)', async () => {
    const running = load(server);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const slug = await acknowledged();
    await neo4j.kill();
    expect(await isReady(server)).toBe(false);
    const refused = await ask(server, question);
    expect(refused).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(refused.ms).toBeLessThan(1_500);
    await isBack(await neo4j.start());
    expect(await goodAnswer(server)).toBeLessThan(2_000);
    expect(await isReady(server)).toBe(true);
    // What was acknowledged is there.
    const { data } = await ask(server, `{ area(slug: "${slug}") { name } }`);
    expect(data).toEqual({ area: { name: slug } });
    const answers = await running.end();
    for (const { code, data: answered } of answers) {
      expect(passing).toContain(code);
      if (code === 'OK') expect(answered).toEqual(known);
    }
    expect(answers.some(({ code }) => code === 'DATABASE_UNAVAILABLE')).toBe(true);
  });

  it.each([1, 2, 3])(
    'that hangs holds no request longer than its time, and is asked again when it goes on (%i)',
    async () => {
      const running = load(server);
      await new Promise((resolve) => setTimeout(resolve, 300));
      neo4j.signal('SIGSTOP');
      const begun = performance.now();
      // What was told last counts for a second.
      await expect.poll(() => isReady(server), { timeout: 5_000 }).toBe(false);
      expect(performance.now() - begun).toBeLessThan(2_500);
      const held = await Promise.all(Array.from({ length: 10 }, () => ask(server, question)));
      for (const { code, ms } of held) {
        expect(refusals).toContain(code);
        expect(ms).toBeLessThan(TIME + 1_000);
      }
      neo4j.signal('SIGCONT');
      expect(await goodAnswer(server)).toBeLessThan(2_000);
      await expect.poll(() => isReady(server), { timeout: 5_000 }).toBe(true);
      for (const { code, data, ms } of await running.end()) {
        expect(passing).toContain(code);
        expect(ms).toBeLessThan(TIME + 2_000);
        if (code === 'OK') expect(data).toEqual(known);
      }
    },
  );

  it.skipIf(!existsSync('/usr/bin/prlimit'))(
    'that may not write to its disk says so to who changes, and reads on',
    async () => {
      execFileSync('prlimit', ['--pid', String(neo4j.pid()), '--fsize=20000:20000']);
      const refused = await create('never', ['x'.repeat(45_000)]);
      expect(['DATABASE_UNAVAILABLE', 'TIMEOUT']).toContain(refused.code);
      await neo4j.kill();
      await neo4j.start();
      await goodAnswer(server);
      expect(await ask(server, '{ area(slug: "never") { name } }')).toMatchObject({ code: 'OK', data: { area: null } });
    },
  );
});

describe('a database with little memory for transactions', () => {
  const neo4j = neo4jProcess({
    authentication: false,
    settings: { 'db.memory.transaction.max': '2m', 'dbms.memory.transaction.total.max': '10m' },
  });
  let address: Address;
  let driver: Driver;
  let graph: Graph;
  let server: Server;

  beforeAll(async () => {
    address = await neo4j.start();
    driver = openDriver(address);
    graph = createGraph(driver, cooperation, address);
    server = serverOver(graph);
    await goodAnswer(server);
  });
  afterAll(async () => {
    await driver.close();
    await neo4j.close();
  });

  /** A list of some numbers, in memory while others are counted. */
  const holding = (numbers: number, counted = 0) => ({
    name: 'greedy',
    text: `UNWIND range(1, ${numbers}) AS x WITH collect(x) AS xs UNWIND range(0, ${counted}) AS y WITH xs, count(y) AS ys RETURN size(xs)`,
  });

  it('says of a statement that needs too much of its own that it does, and does not try it again', async () => {
    const ran: RanStatement[] = [];
    const greedy = createGraph(driver, cooperation, { ...address, observe: (statement) => ran.push(statement) });
    await expect(greedy.read(holding(3_000_000), {})).rejects.toMatchObject({ fault: 'MEMORY' });
    await expect(greedy.write((run) => run(holding(3_000_000), {}))).rejects.toMatchObject({
      fault: 'MEMORY',
      statement: { name: 'greedy' },
    });
    expect(ran).toHaveLength(2);
    expect(await ask(server, '{ labs { totalCount } }')).toMatchObject({ code: 'OK' });
  });

  it('goes on beside it with what fits', async () => {
    const [greedy, ...others] = await Promise.allSettled([
      graph.read(holding(3_000_000), {}),
      ...Array.from({ length: 4 }, () => graph.read(holding(1_000, 1_000_000), {})),
    ]);
    expect(greedy.status).toBe('rejected');
    expect(others.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'fulfilled'));
  });

  it('is overloaded where statements need too much together', async () => {
    const together = Array.from({ length: 20 }, () => graph.read(holding(30_000, 3_000_000), {}));
    const faults = (await Promise.allSettled(together)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason.fault] : [],
    );
    expect(new Set(faults)).toEqual(new Set(['OVERLOADED']));
  });
});

describe('a database whose password is changed', () => {
  const neo4j = neo4jProcess({ authentication: true });
  let address: Address;
  let admin: Driver;
  afterAll(async () => {
    await admin.close();
    await neo4j.close();
  });

  it('is unavailable until it takes the old one again, without a restart of the server', async () => {
    const first = await neo4j.start();
    address = { ...first, password: 'the first one' };
    const system = openDriver(first);
    await system.executeQuery(
      "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO 'the first one'",
      {},
      { database: 'system' },
    );
    await system.close();
    admin = openDriver(address);
    await admin.executeQuery(
      "CREATE USER keeper SET PASSWORD 'of the keeper' CHANGE NOT REQUIRED",
      {},
      { database: 'system' },
    );
    const keeper = openDriver({ ...address, username: 'keeper', password: 'of the keeper' });
    const driver = openDriver(address);
    const server = serverOver(createGraph(driver, cooperation, address));
    try {
      expect(await isReady(server)).toBe(true);
      const change = (password: string) =>
        keeper.executeQuery(
          'ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED',
          { password },
          { database: 'system' },
        );
      await change('the second one');
      // What is open stays; what is opened from now on is refused.
      await neo4j.kill();
      await neo4j.start();
      expect(await isReady(server)).toBe(false);
      expect(await ask(server, '{ labs { totalCount } }')).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
      await change('the first one');
      const begun = performance.now();
      let code = '';
      while (code !== 'OK' && performance.now() - begun < 20_000)
        ({ code } = await ask(server, '{ labs { totalCount } }'));
      expect(code).toBe('OK');
      expect(await isReady(server)).toBe(true);
    } finally {
      await driver.close();
      await keeper.close();
    }
  });
});
