import type { Driver } from 'neo4j-driver';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createGraph } from '../../../src/engine/graph/graph.ts';
import { createNewStatements } from '../../../src/server/limits/new-statements.ts';
import { statementServer } from '../statement-server.ts';

const text = (name: string, length: number) => `RETURN 1 AS ${name.padEnd(length - 12, '_')}`;

/** A caller who is there until `leave` is called. */
function leaving() {
  const controller = new AbortController();
  return { signal: controller.signal, leave: () => controller.abort() };
}

/** A graph whose driver must not be used, since no statement gets as far. */
const unusedGraph = () =>
  createGraph(
    {
      session: () => {
        throw new Error('A statement ran.');
      },
    } as unknown as Driver,
    cooperation,
  );

describe('a read that waits to be admitted', () => {
  const statement = { name: 'one', text: 'RETURN 1' };

  it('ends when its caller leaves', async () => {
    const statements = createNewStatements();
    await statements.admit('RETURN 1', 'one');
    const { signal, leave } = leaving();
    const admit = (asked: string, until?: AbortSignal) => statements.admit(asked, 'two', until);
    const read = unusedGraph().read(statement, {}, { admit, signal });
    leave();
    await expect(read).rejects.toMatchObject({ fault: 'CANCELLED' });
  });

  it('ends at its own deadline, and leaves what it would have been admitted to', async () => {
    const statements = createNewStatements();
    const end = await statements.admit('RETURN 1', 'one');
    const admit = (asked: string) => statements.admit(asked, 'two');
    const read = unusedGraph().read(statement, {}, { admit, timeout: 20 });
    await expect(read).rejects.toMatchObject({ fault: 'TIMEOUT' });
    end?.(false);
    (await statements.admit('RETURN 1', 'three'))?.(true);
    expect(statements.admit('RETURN 1', 'one')).toBeUndefined();
  });

  it('is not asked about when its caller left before', async () => {
    const asked: string[] = [];
    const admit = (text: string) => {
      asked.push(text);
      return undefined;
    };
    const read = unusedGraph().read(statement, {}, { admit, signal: AbortSignal.abort() });
    await expect(read).rejects.toMatchObject({ fault: 'CANCELLED' });
    expect(asked).toEqual([]);
  });
});

describe('planning of new statements', () => {
  it('costs a caller as much as the statements are long, and nothing once they are planned', async () => {
    const statements = createNewStatements({ characters: 1_000, charactersPerSecond: 0.001 });
    (await statements.admit(text('a', 600), 'one'))?.(true);
    expect(statements.admit(text('a', 600), 'one')).toBeUndefined();
    await expect(statements.admit(text('b', 600), 'one')).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED', http: { status: 429 } },
    });
    expect(statements.admit(text('a', 600), 'one')).toBeUndefined();
    (await statements.admit(text('b', 600), 'two'))?.(true);
    expect(statements.admit(text('b', 600), 'one')).toBeUndefined();
  });

  it.each([
    ['by no caller who waits for each answer, as a person, a generator of code or a property test does', 1, false],
    ['by one who sends ten at a time', 10, true],
  ])('has a budget that is met %s', async (_, atOnce, isMet) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const statements = createNewStatements();
    const length = 2_000;
    let refused = 0;
    for (let round = 0; round < 300; round += 1) {
      const admissions = Array.from({ length: atOnce }, (_, index) => text(`q${round}_${index}`, length));
      for (const asked of admissions)
        await statements.admit(asked, 'one')?.then(
          (end) => end(true),
          () => {
            refused += 1;
          },
        );
      // A core plans so many characters in a second.
      vi.advanceTimersByTime((length / 2_000) * 1_000);
    }
    expect(refused > 0).toBe(isMet);
  });

  it('is not bounded for callers within the process', async () => {
    const statements = createNewStatements({ characters: 1_000 });
    for (const name of ['a', 'b', 'c']) (await statements.admit(text(name, 900), undefined))?.(true);
  });

  it('counts a statement that the database did not answer as new', async () => {
    const statements = createNewStatements();
    (await statements.admit('RETURN 1', 'one'))?.(false);
    expect(statements.admit('RETURN 1', 'one')).toBeDefined();
  });

  it('goes on for few wide statements at once, for each caller and for all', async () => {
    const statements = createNewStatements({ wide: 100, wideEach: 1, wideAll: 2 });
    const end = await statements.admit(text('a', 200), 'one');
    await expect(statements.admit(text('b', 200), 'one')).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED' },
    });
    await statements.admit(text('c', 50), 'one');
    await statements.admit(text('d', 200), 'two');
    await expect(statements.admit(text('e', 200), 'three')).rejects.toMatchObject({
      extensions: { code: 'OVERLOADED' },
    });
    end?.(true);
    expect(await statements.admit(text('e', 200), 'three')).toBeDefined();
  });

  it('is done once for callers who ask the same at the same time', async () => {
    const statements = createNewStatements({ characters: 500, charactersPerSecond: 0.001 });
    const first = await statements.admit(text('a', 400), 'one');
    let isAdmitted = false;
    const second = statements.admit(text('a', 400), 'one')?.then(() => {
      isAdmitted = true;
    });
    await new Promise(setImmediate);
    expect(isAdmitted).toBe(false);
    first?.(true);
    await second;
    expect(isAdmitted).toBe(true);
  });

  it('is waited for no longer than until a caller leaves, who pays nothing then', async () => {
    const statements = createNewStatements({ characters: 500, charactersPerSecond: 0.001 });
    const end = await statements.admit(text('a', 400), 'one');
    const { signal, leave } = leaving();
    const waiting = statements.admit(text('a', 400), 'two', signal);
    leave();
    await expect(waiting).rejects.toBe(signal.reason);
    await expect(statements.admit(text('a', 400), 'two', signal)).rejects.toBe(signal.reason);
    end?.(false);
    expect(await statements.admit(text('b', 500), 'two')).toBeDefined();
  });
});

describe('a server whose caller sends one new statement after another', () => {
  const server = statementServer({
    trustedProxies: 1,
    newStatements: { characters: 3_000, charactersPerSecond: 0.01 },
  });
  const run = (statement: string, address: string) =>
    server.ask('query ($text: String!) { run(text: $text) }', {
      variables: { text: statement },
      headers: { 'x-forwarded-for': address },
    });

  it('refuses further ones, says when to try again, and answers what was planned before and other callers', async () => {
    const seen: number[] = [];
    for (let at = 0; at < 4; at += 1) seen.push((await run(text(`new${at}`, 1_000), '192.0.2.1')).response.status);
    expect(seen).toEqual([200, 200, 200, 429]);
    const { response, body } = await run(text('new4', 1_000), '192.0.2.1');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.errors[0].extensions.code).toBe('RATE_LIMITED');
    expect((await run(text('new0', 1_000), '192.0.2.1')).body.data).toEqual({ run: '[[1]]' });
    expect((await run(text('new5', 1_000), '192.0.2.2')).body.data).toEqual({ run: '[[1]]' });
  });

  it('answers a change whatever it takes to plan', async () => {
    const { body } = await server.ask('mutation ($text: String!) { write(text: $text) }', {
      variables: { text: text('changed', 4_000) },
      headers: { 'x-forwarded-for': '192.0.2.1' },
    });
    expect(body.errors?.[0].extensions.code).not.toBe('RATE_LIMITED');
  });
});
