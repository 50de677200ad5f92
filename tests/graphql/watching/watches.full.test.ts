import { beforeAll, describe, expect, it } from 'vitest';
import { createWatch, MOST_OF_ONE, readWatches, removeWatch } from '../../../src/history/watching/watch-store.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { server, mutate, address } = ownSilkgraph();

const reader = silkgraph({ address, content: 'small data', viewer: { name: 'reads', role: 'reader' } });
const other = silkgraph({ address, content: 'small data', viewer: { name: 'other', id: 'key:other', role: 'editor' } });
const admin = silkgraph({ address, content: 'small data', viewer: { name: 'admin', id: 'key:admin', role: 'admin' } });

const area = (name: string) => ({ name, definition: 'All about it.', keyArea: false, topArea: false, editorial: true });

const byName = 'filter: { area: { name: { startsWith: "Tea" } } }';
const nearLab = 'around: ["lab-one"], depth: 1';
const researched = `match: {
  entities: [{ as: "lab", kind: LAB }, { as: "area", kind: AREA }]
  relations: [{ from: "lab", to: "area", relation: RESEARCHES }]
}`;

const newest = async (): Promise<number> => (await server.data('{ revision { revision } }')).revision.revision;

const scopes = [byName, nearLab, researched, `kinds: [AREA], ${byName}`, `kinds: [COUNTRY], ${byName}`];

let start: number;

beforeAll(async () => {
  start = await newest();
  await mutate('createArea', { slug: 'area-tea', ...area('Tea'), sources: ['source-a'] });
  await mutate('linkResearches', { from: 'lab-one', to: 'area-tea' });
  await mutate('updateArea', { id: 'area-tea', name: 'No tea' });
  await mutate('createArea', { slug: 'area-rice', ...area('Rice') });
});

const cursorOf = async (sequence: number): Promise<string> =>
  (await server.data(`{ changes(first: 100) { nodes { sequence cursor } } }`)).changes.nodes.find(
    (one: { sequence: number }) => one.sequence === sequence,
  ).cursor;

/** The first changes of a subscription after a sequence. */
async function subscribed(scope: string, after: number, count: number) {
  const controller = new AbortController();
  const response = await server.fetch(
    new Request('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: `subscription { changes(after: "${await cursorOf(after)}", ${scope}) { ... on Change { sequence } } }`,
      }),
      signal: controller.signal,
    }),
  );
  const found: unknown[] = [];
  let text = '';
  const events = response.body?.getReader();
  while (events && found.length < count) {
    const { done, value } = await events.read();
    if (done) break;
    text += new TextDecoder().decode(value);
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const { data, errors } = JSON.parse(line.slice('data: '.length));
      found.push(errors ? errors[0].extensions.code : data.changes.sequence);
    }
  }
  controller.abort();
  await events?.cancel().catch(() => {});
  return found;
}

async function feed(query: string) {
  const response = await server.fetch(new Request(`http://silkgraph/changes.atom${query}`));
  const text = await response.text();
  const numbers = [...text.matchAll(/<id>[^<]*#(\d+)-/g)].map(([, number]) => Number(number));
  return { status: response.status, text, numbers };
}

/** The parameters of the feed that stand for a scope. */
const parametersOf = (scope: string) => {
  const parts = scope.replaceAll('\n', ' ').match(/\w+: (?:\[[^\]]*\]|\d+|\{.*\})/g) ?? [];
  const values = parts.map((part): [string, string] => {
    const [, name = '', value = ''] = /^(\w+): (.*)$/.exec(part) ?? [];
    return [name, value.startsWith('[') ? value.replace(/[[\]"]/g, '') : value];
  });
  return `?${new URLSearchParams(values)}`;
};

describe('a scope of changes', () => {
  it.each(scopes)('%s is followed by the subscription, from any change on', async (scope) => {
    const sequences = (await feed(parametersOf(scope))).numbers.filter((number) => number > start).reverse();
    expect(await subscribed(scope, start, sequences.length)).toEqual(sequences);
    const [first] = sequences;
    if (first !== undefined) expect(await subscribed(scope, first, sequences.length - 1)).toEqual(sequences.slice(1));
  });

  it('has changes by which entities meet conditions, and those by which they cease to', async () => {
    const { changes } = await server.data(
      '{ changes(first: 100) { nodes { sequence __typename ... on EntityChange { slug action } ... on RelationChange { relation } } } }',
    );
    const own = changes.nodes.filter((one: { sequence: number }) => one.sequence > start);
    const named = (await feed(parametersOf(byName))).numbers.filter((number) => number > start);
    const of = (sequence: number) => own.find((one: { sequence: number }) => one.sequence === sequence);
    expect(named.map((sequence) => of(sequence)?.slug ?? of(sequence)?.relation).reverse()).toEqual([
      'area-tea',
      'CITES',
      'RESEARCHES',
      'area-tea',
    ]);
  });

  it.each([
    ['around: [], depth: 1', 'BAD_USER_INPUT'],
    ['depth: 1', 'BAD_USER_INPUT'],
    ['around: ["lab-one"], depth: 7', 'BAD_USER_INPUT'],
    [`around: [${Array.from({ length: 11 }, (_, at) => `"a${at}"`).join(', ')}]`, 'LIMIT_EXCEEDED'],
    ['match: { entities: [{ as: "a" }, { as: "b" }], relations: [] }', 'BAD_USER_INPUT'],
  ])('%s is refused', async (scope, code) => {
    expect(await subscribed(scope, start, 1)).toEqual([code]);
    expect((await feed(parametersOf(scope))).status).toBe(400);
  });
});

it('a scope with too many brackets is refused, in a feed and for a watch', async () => {
  const { status, text } = await feed(`?filter=${'['.repeat(9_000)}`);
  expect([status, text]).toEqual([400, expect.stringContaining('nested more than')]);
});

describe('a watch', () => {
  const createOne =
    'mutation ($scope: String! = "", $url: String) { createWatch(scope: $scope, url: $url) { secret id url scope feed deliveredUpTo } }';
  const make = async (scope: string, url?: string) => (await server.data(createOne, { scope, url })).createWatch;

  it('is made, listed and removed by API, and is a feed until then', async () => {
    const made = await make(`kinds: [AREA], ${byName}`, 'https://example.org/hook');
    const { secret, ...watch } = made;
    expect(secret).toMatch(/^whsec_/);
    expect(watch).toMatchObject({
      url: 'https://example.org/hook',
      scope: `kinds: [AREA], ${byName}`,
      deliveredUpTo: await newest(),
    });
    expect((await server.data('{ watches { secret id url scope feed deliveredUpTo } }')).watches).toEqual([
      { ...watch, secret: null },
    ]);
    const watched = await feed(watch.feed.replace('/changes.atom', ''));
    expect(watched.numbers).toEqual((await feed(parametersOf(`kinds: [AREA], ${byName}`))).numbers);
    expect(watched.numbers.length).toBeGreaterThan(2);
    expect(watched.text).toContain(`watch=${watch.id}`);
    expect((await server.data(`mutation { deleteWatch(id: "${watch.id}") { id } }`)).deleteWatch).toEqual({
      id: watch.id,
    });
    expect((await server.data('{ watches { id } }')).watches).toEqual([]);
    expect((await feed(`?watch=${watch.id}`)).status).toBe(404);
  });

  it('is about every part of its scope', async () => {
    const watch = await make(`ids: ["area-tea"], ${nearLab}, ${researched}`);
    expect(watch.url).toBeNull();
    const expected = (await feed(parametersOf(`ids: ["area-tea"], ${nearLab}, ${researched}`))).numbers;
    expect((await feed(`?watch=${watch.id}`)).numbers).toEqual(expected);
    await removeWatch(server.graph, watch.id);
  });

  it('belongs to its caller, and to administrators', async () => {
    const watch = await make('kinds: [AREA]');
    expect((await other.data('{ watches { id } }')).watches).toEqual([]);
    const { errors } = await other.ask(`mutation { deleteWatch(id: "${watch.id}") { id } }`);
    expect(errors?.[0]?.message).toContain('You have no watch of this ID');
    expect((await admin.data('{ watches { id } }')).watches).toEqual([{ id: watch.id }]);
    await admin.data(`mutation { deleteWatch(id: "${watch.id}") { id } }`);
    expect(await readWatches(server.graph)).toEqual([]);
  });

  it('begins again and has a new secret by API, for its caller', async () => {
    const watch = await make('kinds: [AREA]', 'https://example.org/hook');
    await server.graph.write((run) =>
      run(
        {
          name: 'test-given-up',
          text: 'MATCH (watch:`_Watch` {id: $id}) SET watch.isGone = true CREATE (:`_DeadLetter` {watch: $id, after: 1, until: 2, error: "x", at: datetime()})',
        },
        { id: watch.id },
      ),
    );
    const fields = '{ secret deadLetters deliveredUpTo isGone }';
    const listed = { secret: null, deadLetters: 1, deliveredUpTo: watch.deliveredUpTo, isGone: true };
    expect((await server.data(`{ watches ${fields} }`)).watches).toEqual([listed]);
    const { rotateWatchSecret: rotated } = await server.data(
      `mutation { rotateWatchSecret(id: "${watch.id}") ${fields} }`,
    );
    expect(rotated).toEqual({ ...listed, secret: expect.stringMatching(/^whsec_/) });
    expect(rotated.secret).not.toBe(watch.secret);
    expect((await server.data(`mutation { resendWatch(id: "${watch.id}") ${fields} }`)).resendWatch).toEqual({
      secret: null,
      deadLetters: 0,
      deliveredUpTo: 1,
      isGone: false,
    });
    for (const name of ['resendWatch', 'rotateWatchSecret']) {
      const { errors } = await other.ask(`mutation { ${name}(id: "${watch.id}") { id } }`);
      expect(errors?.[0]?.message).toContain('You have no watch of this ID');
    }
    await removeWatch(server.graph, watch.id);
  });

  it('is not for readers', async () => {
    expect((await reader.data('{ watches { id } }')).watches).toEqual([]);
    const { errors } = await reader.ask('mutation { createWatch { secret } }');
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('has a bound for each caller', async () => {
    for (let index = 0; index < MOST_OF_ONE; index += 1)
      await createWatch(server.graph, { url: null, scope: '', owner: 'key:other' });
    const { errors } = await other.ask('mutation { createWatch { secret } }');
    expect(errors?.[0]?.message).toContain(`You have ${MOST_OF_ONE} watches, the maximum`);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    for (const { id } of await readWatches(server.graph)) await removeWatch(server.graph, id);
  });

  it.each([
    [{ url: 'ftp://example.org' }, 'must be one of HTTP'],
    [{ scope: 'depth: 1' }, 'Pass both'],
    [{ scope: 'around: ["a"], depth: 4' }, 'must be from 0 to 3'],
    [{ scope: 'kinds: [NOTHING]' }, 'NOTHING'],
    [{ scope: 'after: "x"' }, 'has no cursor'],
  ])('is refused as %o', async (input, message) => {
    const { errors } = await server.ask(createOne, input);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain(message);
  });
});
