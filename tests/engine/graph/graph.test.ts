import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { createGraph, type Graph, type RanStatement } from '../../../src/engine/graph/graph.ts';
import { besideBreakingNeo4j } from '../../setup/breaking-neo4j.ts';
import { testAddress } from '../../setup/database.ts';

let driver: Driver;
let graph: Graph;
const ran: RanStatement[] = [];

beforeAll(async () => {
  driver = openDriver(await testAddress());
  graph = createGraph(driver, cooperation, { observe: (statement) => ran.push(statement) });
});
afterAll(() => driver.close());

/** Runs for hours unless it is stopped. */
const endless = (mark: string) => ({
  name: 'endless',
  text: `UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS ${mark} RETURN sum(${mark})`,
});

async function isRunning(mark: string): Promise<boolean> {
  const rows = await graph.read(
    {
      name: 'transactions',
      text: 'SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery',
    },
    {},
  );
  return rows.some(([text]) => String(text).includes(`AS ${mark} `));
}

async function soon(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not happen within five seconds.');
}

const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => (error instanceof GraphError ? error.fault : 'another error'),
  );

describe('a read', () => {
  it('has one plan for lists of any length', async () => {
    const explained = {
      name: 'explained',
      text: 'EXPLAIN MATCH (entity:Entity) WHERE entity.id IN $slugs RETURN entity.id',
    };
    const plans: RanStatement['plan'][] = [];
    for (const length of [1, 1_000]) {
      const given = { slugs: Array.from({ length }, () => 'cn') };
      await graph.read(explained, given, { observe: ({ plan }) => plans.push(plan) });
    }
    expect(plans[0]).toBeDefined();
    expect(plans[1]).toEqual(plans[0]);
  });

  it('is stopped in Neo4j when its signal is aborted', async () => {
    const controller = new AbortController();
    const fault = faultOf(graph.read(endless('hung'), {}, { signal: controller.signal }));
    await soon(() => isRunning('hung'));
    controller.abort();
    expect(await fault).toBe('CANCELLED');
    await soon(async () => !(await isRunning('hung')));
  });

  it('does not begin when its signal is aborted already', async () => {
    ran.length = 0;
    expect(await faultOf(graph.read(endless('late'), {}, { signal: AbortSignal.abort() }))).toBe('CANCELLED');
    expect(ran).toEqual([]);
  });

  it('shares its signal with many others, without a warning of a leak', async () => {
    const warn = vi.spyOn(process, 'emitWarning');
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 12 }, () => graph.read({ name: 'any', text: 'RETURN 1' }, {}, { signal })));
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('is stopped in Neo4j when its time is over', async () => {
    expect(await faultOf(graph.read(endless('slow'), {}, { timeout: 300 }))).toBe('TIMEOUT');
    await soon(async () => !(await isRunning('slow')));
  });

  it('distinguishes a rejected statement from an unavailable database', async () => {
    expect(await faultOf(graph.read({ name: 'wrong', text: 'RETURN nothing' }, {}))).toBe('STATEMENT');
    const elsewhere = openDriver({ ...(await testAddress()), uri: 'bolt://127.0.0.1:1' });
    try {
      expect(await faultOf(createGraph(elsewhere, cooperation).read({ name: 'any', text: 'RETURN 1' }, {}))).toBe(
        'UNAVAILABLE',
      );
    } finally {
      await elsewhere.close();
    }
  });

  it('distinguishes a database lost while connecting from an invalid statement', () =>
    besideBreakingNeo4j(async (address) => {
      const breaking = openDriver(address);
      const one = { name: 'any', text: 'RETURN 1' };
      try {
        expect(await faultOf(createGraph(breaking, cooperation).read(one, {}))).toBe('UNAVAILABLE');
        expect(await faultOf(createGraph(breaking, cooperation).write((run) => run(one, {})))).toBe('UNAVAILABLE');
      } finally {
        await breaking.close();
      }
    }));

  it('through a driver that has been closed finds the database unavailable', async () => {
    const closed = openDriver(await testAddress());
    const one = { name: 'any', text: 'RETURN 1' };
    const through = createGraph(closed, cooperation);
    await through.read(one, {});
    await closed.close();
    expect(await faultOf(through.read(one, {}))).toBe('UNAVAILABLE');
    expect(await faultOf(through.write((run) => run(one, {})))).toBe('UNAVAILABLE');
  });

  it('cannot write', async () => {
    expect(await faultOf(graph.read({ name: 'write', text: 'CREATE (:`_Never`)' }, {}))).toBe('STATEMENT');
  });

  it('gives numbers exactly, up to the limits of their types', async () => {
    const numbers = [2 ** 31 - 1, -(2 ** 31), 18_800_000_000, 0.1, 1e-7, Number.MAX_SAFE_INTEGER];
    const text = `RETURN ${numbers.join(', ')}, toInteger($whole), '2019-06'`;
    const [row] = await graph.read({ name: 'numbers', text }, { whole: Number.MAX_SAFE_INTEGER });
    expect(row).toEqual([...numbers, Number.MAX_SAFE_INTEGER, '2019-06']);
  });
});

describe('a write', () => {
  it('leaves nothing behind when its work throws', async () => {
    const failing = graph.write(async (run) => {
      await run({ name: 'create', text: 'CREATE (:`_Half`)' }, {});
      throw new RangeError('changed my mind');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await graph.read({ name: 'count', text: 'RETURN COUNT { (:`_Half`) }' }, {})).toEqual([[0]]);
  });
});
