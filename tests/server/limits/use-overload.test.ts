import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Authenticator } from '../../../src/engine/access/authenticator.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import type { ReadOptions } from '../../../src/engine/graph/graph.ts';
import { codedError } from '../../../src/graphql/errors.ts';
import type { Access } from '../../../src/server/access/access.ts';
import { createMetrics } from '../../../src/server/observability/metrics.ts';
import { createServer } from '../../../src/service/server.ts';

const writer = { name: 'writer', role: 'editor' } as const;

/** A server whose operations last until they are told to end, with room for one at work and two that wait. */
function crowdedServer(concurrency = 1, authenticate: Authenticator['authenticate'] = async () => writer) {
  const begun: (() => void)[] = [];
  const schema = buildSchema(
    'type Query { wait: String hello: String down: String silent: String } type Mutation { wait: String down: String conflict: String locked: String } type Subscription { wait: String }',
  );
  const wait = (_: unknown, __: unknown, { observe }: ReadOptions) =>
    new Promise<string>((resolve) => {
      begun.push(() => {
        observe?.({ name: 'waited', text: 'RETURN 1', parameters: {}, milliseconds: 1, rows: 1 });
        resolve('done');
      });
    });
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    const field = type?.getFields().wait;
    if (field) field.resolve = wait;
  }
  const answered = ({ observe }: ReadOptions) =>
    observe?.({ name: 'answered', text: 'RETURN 1', parameters: {}, milliseconds: 1, rows: 1 });
  const fail = (error: Error, answers: boolean) => (_: unknown, __: unknown, context: ReadOptions) => {
    if (answers) answered(context);
    throw error;
  };
  const away = new GraphError('UNAVAILABLE', 'There is no database.');
  const writes = {
    down: fail(away, false),
    locked: fail(away, true),
    conflict: fail(codedError('CONFLICT', 'An import is under way.'), true),
  };
  for (const [name, resolve] of Object.entries(writes)) {
    const field = schema.getMutationType()?.getFields()[name];
    if (field) field.resolve = resolve;
  }
  const hello = schema.getQueryType()?.getFields().hello;
  if (hello) hello.resolve = () => 'Hello';
  const down = schema.getQueryType()?.getFields().down;
  if (down) {
    down.resolve = () => {
      throw new GraphError('UNAVAILABLE', 'There is no database.');
    };
  }
  const silent = schema.getQueryType()?.getFields().silent;
  if (silent) {
    silent.resolve = () =>
      new Promise((_, reject) => {
        begun.push(() => reject(new GraphError('TIMEOUT', 'Nothing came back.')));
      });
  }
  const subscription = schema.getSubscriptionType()?.getFields().wait;
  if (subscription) {
    subscription.subscribe = async function* (...given) {
      yield { wait: await wait(given[0], given[1], given[2]) };
    };
  }
  const metrics = createMetrics();
  const access: Access = {
    authenticator: { authenticate },
    reading: 'open',
  };
  const server = createServer({ schema, context: (options) => options, concurrency, metrics, access });
  const ask = (query: string, init: RequestInit = {}, accept = 'application/graphql-response+json') =>
    server.fetch(
      new Request('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'k', accept },
        body: JSON.stringify({ query }),
        ...init,
      }),
    );
  return {
    server,
    ask,
    metrics,
    /** Ends the operation that has been at work for longest, once there is one. */
    async finish() {
      await soon(() => begun.length > 0);
      begun.shift()?.();
    },
    begun,
  };
}

async function soon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}

const valueIn = async ({ text }: { text(): Promise<string> }, name: string) =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await text())?.[1]);

describe('a server with more to do than it can', () => {
  it('lets a few wait, refuses the others at once with when to come again, and is as before at once', async () => {
    const { ask, finish, metrics } = crowdedServer();
    const first = ask('{ wait }');
    const waiting = [ask('{ wait }'), ask('{ hello }')];
    await expect.poll(() => valueIn(metrics, 'silkgraph_operations_waiting')).toBe(2);
    const begun = performance.now();
    const refused = await ask('{ hello }');
    expect(performance.now() - begun).toBeLessThan(500);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await refused.json()).errors).toEqual([
      { message: expect.stringContaining('Try again in a moment'), extensions: { code: 'OVERLOADED' } },
    ]);
    await finish();
    expect(await (await first).json()).toEqual({ data: { wait: 'done' } });
    await finish();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await (await ask('{ hello }')).json()).toEqual({ data: { hello: 'Hello' } });
    expect(await valueIn(metrics, 'silkgraph_operations_in_flight')).toBe(0);
  });

  it('refuses who has waited for a second', async () => {
    const { ask, finish } = crowdedServer();
    const first = ask('{ wait }');
    const begun = performance.now();
    expect((await ask('{ hello }')).status).toBe(503);
    expect(performance.now() - begun).toBeGreaterThan(900);
    await finish();
    expect((await first).status).toBe(200);
  });

  it('lets few in after the database was not there, and one more with each that it answers', async () => {
    const { ask, finish, metrics } = crowdedServer(25);
    const crowd = () => Array.from({ length: 10 }, () => ask('{ wait }'));
    const inFlight = () => valueIn(metrics, 'silkgraph_operations_in_flight');
    const finishAll = async (asked: readonly (Response | Promise<Response>)[]) => {
      for (const _ of asked) await finish();
      for (const response of asked) expect((await response).status).toBe(200);
    };
    const first = crowd();
    await expect.poll(inFlight).toBe(10);
    await finishAll(first);
    expect((await (await ask('{ down }')).json()).errors[0].extensions.code).toBe('DATABASE_UNAVAILABLE');
    const second = crowd();
    await expect.poll(() => valueIn(metrics, 'silkgraph_operations_waiting')).toBe(8);
    expect(await inFlight()).toBe(2);
    await finish();
    await expect.poll(inFlight).toBe(3);
    const [answered, ...others] = second;
    await finishAll(others);
    expect((await answered)?.status).toBe(200);
    const third = crowd();
    await expect.poll(inFlight).toBe(10);
    await finishAll(third);
  });

  describe('with a database that was away', () => {
    const openPlaces = (metrics: { text(): Promise<string> }) => valueIn(metrics, 'silkgraph_places_open');

    it('lets few in after a write that found none, and one more with each write that is answered', async () => {
      const { ask, finish, metrics } = crowdedServer(20);
      const refused = await (await ask('mutation { down }')).json();
      expect(refused.errors[0].extensions.code).toBe('DATABASE_UNAVAILABLE');
      expect(await openPlaces(metrics)).toBe(2);
      for (const open of [3, 4, 5]) {
        const written = ask('mutation { wait }');
        await finish();
        expect((await written).status).toBe(200);
        expect(await openPlaces(metrics)).toBe(open);
      }
    });

    it('lets few in after a key that could not be checked', async () => {
      const { ask, metrics } = crowdedServer(20, async () => {
        throw new GraphError('UNAVAILABLE', 'There is no database.');
      });
      const refused = await (await ask('mutation { wait }')).json();
      expect(refused.errors[0].extensions.code).toBe('DATABASE_UNAVAILABLE');
      expect(await openPlaces(metrics)).toBe(2);
    });

    it('lets one more in with a write that is refused for reasons of its own', async () => {
      const { ask, metrics } = crowdedServer(20);
      await ask('mutation { down }');
      const refused = await (await ask('mutation { conflict }')).json();
      expect(refused.errors[0].extensions.code).toBe('CONFLICT');
      expect(await openPlaces(metrics)).toBe(3);
    });

    it('closes no place for a write that waited for locks: the database answered its other statements', async () => {
      const { ask, metrics } = crowdedServer(20);
      const refused = await (await ask('mutation { locked }')).json();
      expect(refused.errors[0].extensions.code).toBe('DATABASE_UNAVAILABLE');
      expect(await openPlaces(metrics)).toBe(20);
    });

    it('lets few in while it hangs: nothing is answered, to nobody', async () => {
      const { ask, finish, metrics } = crowdedServer(20);
      const unanswered = ask('{ silent }');
      await finish();
      expect((await (await unanswered).json()).errors[0].extensions.code).toBe('TIMEOUT');
      expect(await openPlaces(metrics)).toBe(2);
    });

    it('closes no place for one that takes too long while others are answered', async () => {
      const { ask, finish, metrics, begun } = crowdedServer(20);
      const slow = ask('{ silent }');
      await soon(() => begun.length === 1);
      await ask('mutation { conflict }');
      await finish();
      await slow;
      expect(await openPlaces(metrics)).toBe(20);
    });
  });

  it('answers whether it lives and is ready all the while', async () => {
    const { ask, server, finish } = crowdedServer();
    const running = [ask('{ wait }'), ask('{ wait }'), ask('{ wait }')];
    expect((await ask('{ hello }')).status).toBe(503);
    for (const path of ['/health', '/ready', '/metrics']) {
      expect((await server.fetch(new Request(`http://silkgraph${path}`))).status, path).toBe(200);
    }
    for (const _ of running) await finish();
    await Promise.all(running);
  });

  it('forgets a request whose client hangs up while it waits', async () => {
    const { ask, finish, begun, metrics } = crowdedServer();
    const first = ask('{ wait }');
    await soon(() => begun.length === 1);
    const controller = new AbortController();
    const gone = ask('{ wait }', { signal: controller.signal }).catch(() => 'gone');
    await expect.poll(() => valueIn(metrics, 'silkgraph_operations_waiting')).toBe(1);
    controller.abort();
    await gone;
    expect(await valueIn(metrics, 'silkgraph_operations_waiting')).toBe(0);
    await finish();
    await first;
    expect(begun).toEqual([]);
    expect(await valueIn(metrics, 'silkgraph_operations_in_flight')).toBe(0);
  });

  it('keeps the place of one that is at work although its client hung up', async () => {
    const { ask, finish, begun, metrics } = crowdedServer();
    const controller = new AbortController();
    const gone = ask('{ wait }', { signal: controller.signal }).catch(() => 'gone');
    await soon(() => begun.length === 1);
    controller.abort();
    await gone;
    expect(await valueIn(metrics, 'silkgraph_operations_in_flight')).toBe(1);
    await finish();
    await expect.poll(() => valueIn(metrics, 'silkgraph_operations_in_flight')).toBe(0);
  });

  it('gives back the place of what is refused after it was let in', async () => {
    const { ask, metrics, server } = crowdedServer();
    for (const query of ['{', '{ nothing }', 'query ($a: Int!) { hello }', '{ hello } { hello }']) await ask(query);
    await server.fetch(new Request('http://silkgraph/graphql', { method: 'POST', body: '{}' }));
    await server.fetch(new Request('http://silkgraph/graphql?query=%7Bhello'));
    expect(await valueIn(metrics, 'silkgraph_operations_in_flight')).toBe(0);
    expect((await ask('{ hello }')).status).toBe(200);
  });

  it('counts a subscription only until it runs', async () => {
    const { ask, finish, metrics } = crowdedServer();
    const response = await ask('subscription { wait }', {}, 'text/event-stream');
    expect(await valueIn(metrics, 'silkgraph_operations_in_flight')).toBe(0);
    expect(await valueIn(metrics, 'silkgraph_subscriptions')).toBe(1);
    expect((await ask('{ hello }')).status).toBe(200);
    const text = response.text();
    await finish();
    expect(await text).toContain('done');
    expect(await valueIn(metrics, 'silkgraph_subscriptions')).toBe(0);
  });
});
