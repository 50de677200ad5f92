import { beforeAll, describe, expect, it } from 'vitest';
import { compareFiles } from '../../../src/doors/data/import/compare-files.ts';
import { importFiles } from '../../../src/doors/data/import/import-files.ts';
import { readChanges } from '../../../src/engine/changes/log/read-changes.ts';
import { createTag } from '../../../src/history/revisions/tags.ts';
import { dataFolder } from '../../doors/data/data-folder.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate } = ownSilkgraph();

const area = (name: string) => ({ name, definition: 'All about it.', keyArea: false, topArea: false, editorial: true });

const newest = async (): Promise<number> => (await server.data('{ revision { revision } }')).revision.revision;

let start: number;
let middle: number;

beforeAll(async () => {
  start = await newest();
  await mutate('createArea', { slug: 'area-tea', ...area('Tea'), sources: ['source-a'], reason: 'Tea matters.' });
  await mutate('linkResearches', { from: 'lab-one', to: 'area-tea' });
  await createTag(server.graph, 'tea', await newest(), 'tester');
  middle = await newest();
  await mutate('updateArea', { id: 'area-tea', name: 'Tea and more', reason: 'There is more.' });
  await mutate('createArea', { slug: 'area-rice', ...area('Rice') });
  await mutate('deleteArea', { id: 'area-rice' });
});

describe('a revision', () => {
  it('is found by its number, its tag and its time', async () => {
    const fields = '{ revision at author reason tags }';
    const { byTag } = await server.data(`{ byTag: revision(tag: "tea") ${fields} }`);
    expect(byTag).toMatchObject({ revision: middle, author: 'test', tags: ['tea'] });
    const found = await server.data(
      `query ($at: DateTime) { byNumber: revision(revision: ${middle}) ${fields} byTime: revision(at: $at) { revision } }`,
      { at: byTag.at },
    );
    expect(found.byNumber).toEqual(byTag);
    expect(found.byTime.revision).toBeGreaterThanOrEqual(middle);
  });

  it('stands for all that was committed with it', async () => {
    const { changes } = await server.data(`{ changes(first: 100) { nodes { sequence transaction } } }`);
    const [first, second] = changes.nodes.filter(
      (one: { transaction: string }, _: number, all: { transaction: string }[]) =>
        all.filter(({ transaction }) => transaction === one.transaction).length > 1,
    );
    const { revision } = await server.data(`{ revision(revision: ${first.sequence}) { revision } }`);
    expect(revision.revision).toBe(second.sequence);
  });

  it('is tagged once, and its tag never moves', async () => {
    expect((await server.data('{ tags { name revision author } }')).tags).toEqual([
      { name: 'tea', revision: middle, author: 'tester' },
    ]);
    await expect(createTag(server.graph, 'tea', start, 'tester')).rejects.toThrow(
      `already given, to revision ${middle}. Tags never move`,
    );
    for (const name of ['', '-a', '12', 'a b', 'x'.repeat(101)])
      await expect(createTag(server.graph, name, start, 'tester')).rejects.toThrow('cannot be a tag');
  });

  it('is in the header of each answer that names one, and exact where it is asked for', async () => {
    const ask = (headers: Record<string, string>, query = '{ labs { totalCount } }') =>
      server.fetch(
        new Request('http://silkgraph/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query }),
        }),
      );
    await server.data('{ labs { totalCount } }');
    // What is known of the newest revision costs a read of today no statement.
    expect(server.ran.map(({ name }) => name)).toEqual(['connection-Lab']);
    const asked = await ask({ 'silkgraph-revision': '1' });
    expect(asked.headers.get('silkgraph-revision')).toBe(String(await newest()));
    const { data, extensions } = await asked.json();
    expect(extensions.revision).toMatchObject({ revision: await newest(), isExact: true, at: expect.any(String) });
    const again = await server.fetch(new Request(extensions.revision.url, { headers: { accept: 'application/json' } }));
    expect((await again.json()).data).toEqual(data);
    const asOf = await ask({}, `query @asOf(tag: "tea") { area(slug: "area-tea") { name } }`);
    expect(asOf.headers.get('silkgraph-revision')).toBe(String(middle));
  });

  it('never has a mutation executed twice', async () => {
    const before = await newest();
    const response = await server.fetch(
      new Request('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'silkgraph-revision': '1' },
        body: JSON.stringify({
          query:
            'mutation { updateLab: update(input: { entity: { lab: { id: "lab-one", nameZh: "一" } } }) { outcome } }',
        }),
      }),
    );
    expect((await response.json()).data.updateLab.outcome).toBe('UPDATED');
    expect(await newest()).toBe(before + 1);
    const { changes } = await server.data('{ changes(first: 100) { nodes { transaction sequence } } }');
    const { transaction } = changes.nodes.at(-1);
    await server.data(`mutation { revertChanges(input: { transaction: "${transaction}" }) { errors { message } } }`);
  });

  it('comes with the citations of an answer, and an address that keeps its variables', async () => {
    const { extensions } = await server.ask(
      'query Tea($slug: String!, $tag: String) @asOf(tag: $tag) @cite { area(slug: $slug) { name } }',
      { slug: 'area-tea', tag: 'tea' },
    );
    const { revision, url } = Object(extensions).revision as { revision: number; url: string };
    expect(revision).toBe(middle);
    expect(new URL(url).searchParams.get('variables')).toBe('{"slug":"area-tea"}');
    const shown = await server.fetch(new Request(url, { headers: { accept: 'application/json' } }));
    expect((await shown.json()).data).toEqual({ area: { name: 'Tea' } });
  });
});

describe('an earlier state', () => {
  const query = (more: string) =>
    `query ${more} { area(slug: "area-tea") { name revision createdAt updatedAt labs { nodes { slug } } history { totalCount nodes { sequence } } } areas { totalCount } }`;

  it('is what was known then, with its own revisions, times and history', async () => {
    const [before, then, now] = [
      await server.data(query(`@asOf(revision: ${start})`)),
      await server.data(query('@asOf(tag: "tea")')),
      await server.data(query('')),
    ];
    expect(before.area).toBeNull();
    expect(then.area).toMatchObject({ name: 'Tea', revision: 1, labs: { nodes: [{ slug: 'lab-one' }] } });
    expect(then.area.updatedAt).toBe(then.area.createdAt);
    expect(now.area).toMatchObject({ name: 'Tea and more', revision: 2 });
    expect(now.area.createdAt).toBe(then.area.createdAt);
    expect(now.area.history.totalCount).toBe(then.area.history.totalCount + 1);
    expect(now.areas.totalCount).toBe(then.areas.totalCount);
    expect(then.areas.totalCount).toBe(before.areas.totalCount + 1);
  });
});

describe('a difference', () => {
  const FIELDS = `totalCount entities { created updated deleted } relations { created updated deleted } from { revision } to { revision }
    nodes { action entity { slug } relation from { slug } to { slug } before after sources { slug }
      properties { name before after change { author reason } } changes { sequence } }`;

  const diff = async (args: string, fields = FIELDS) => (await server.data(`{ diff(${args}) { ${fields} } }`)).diff;

  it('lists what was created, property by property, and not what came and went', async () => {
    const found = await diff(`from: { revision: ${start} }`);
    expect(found).toMatchObject({
      totalCount: 3,
      entities: { created: 1, updated: 0, deleted: 0 },
      relations: { created: 2, updated: 0, deleted: 0 },
      from: { revision: start },
    });
    expect(found.nodes[0]).toMatchObject({
      action: 'CREATED',
      entity: { slug: 'area-tea' },
      before: null,
      after: area('Tea and more'),
      sources: [{ slug: 'source-a' }],
    });
    expect(found.nodes[0].changes).toHaveLength(2);
  });

  it('says of each property what it was, and who changed it and why', async () => {
    const found = await diff('from: { tag: "tea" }');
    expect(found.nodes).toMatchObject([
      {
        action: 'UPDATED',
        properties: [
          { name: 'name', before: 'Tea', after: 'Tea and more', change: { author: 'test', reason: 'There is more.' } },
        ],
      },
    ]);
  });

  it('is narrowed to kinds, and to what lies around entities', async () => {
    const slugs = 'nodes { entity { slug } relation }';
    expect((await diff(`from: { revision: ${start} }, kinds: [LAB]`, slugs)).nodes).toEqual([
      { entity: null, relation: 'RESEARCHES' },
    ]);
    expect((await diff(`from: { revision: ${start} }, around: ["lab-one"], depth: 1`, slugs)).nodes).toHaveLength(3);
    expect((await diff(`from: { revision: ${start} }, around: ["lab-one"], depth: 0`, slugs)).nodes).toHaveLength(1);
    expect((await diff(`from: { revision: ${start} }, around: ["ci"], depth: 0`, slugs)).nodes).toEqual([]);
  });

  it('comes in pages', async () => {
    const page = 'nodes { relation } pageInfo { hasNextPage endCursor }';
    const first = await diff(`from: { revision: ${start} }, first: 2`, page);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await diff(`from: { revision: ${start} }, first: 2, after: "${first.pageInfo.endCursor}"`, page);
    expect(second).toMatchObject({ nodes: [{ relation: expect.any(String) }], pageInfo: { hasNextPage: false } });
  });

  it('is refused from a later to an earlier revision, and from before history', async () => {
    const codes = async (args: string) => {
      const { errors } = await server.ask(`{ diff(${args}) { totalCount } }`);
      return errors?.[0]?.extensions?.code;
    };
    expect(await codes(`from: { tag: "tea" }, to: { revision: ${start} }`)).toBe('BAD_USER_INPUT');
    expect(await codes('from: { revision: 0 }')).toBe('NO_SUCH_REVISION');
    expect(await codes('from: { tag: "nobody" }')).toBe('NO_SUCH_REVISION');
  });
});

describe('reverting', () => {
  const transactionOf = async (reason: string): Promise<string> => {
    const { changes } = await server.data('{ changes(first: 100) { nodes { transaction reason } } }');
    return changes.nodes.findLast((one: { reason: string | null }) => one.reason === reason).transaction;
  };
  const revert = async (input: Record<string, unknown>) => {
    const { revertChanges } = await server.data(
      `mutation ($input: RevertInput!) { revertChanges(input: $input) { errors { code path message } dryRun repeated changes { action reason } } }`,
      { input },
    );
    return revertChanges;
  };

  it('undoes one transaction as a new change', async () => {
    await mutate('updateArea', { id: 'area-tea', name: 'Coffee', reason: 'A mistake.' });
    const transaction = await transactionOf('A mistake.');
    expect(await revert({ transaction, dryRun: true })).toMatchObject({ dryRun: true, errors: [] });
    expect(await revert({ transaction, idempotencyKey: 'once' })).toMatchObject({
      errors: [],
      changes: [{ action: 'UPDATED', reason: `Reverts transaction ${transaction}.` }],
    });
    expect((await server.data('{ area(slug: "area-tea") { name } }')).area.name).toBe('Tea and more');
    expect(await revert({ transaction, idempotencyKey: 'once' })).toMatchObject({ repeated: true, errors: [] });
  });

  it('brings a deleted entity back with its relations', async () => {
    await mutate('createArea', { slug: 'area-silk', ...area('Silk'), sources: ['source-a'] });
    await mutate('linkResearches', { from: 'lab-one', to: 'area-silk' });
    const query = '{ area(slug: "area-silk") { name sources { nodes { slug } } labs { nodes { slug } } } }';
    const before = await server.data(query);
    await mutate('deleteArea', { id: 'area-silk', detach: true, reason: 'Gone.' });
    expect((await server.data(query)).area).toBeNull();
    expect((await revert({ transaction: await transactionOf('Gone.') })).errors).toEqual([]);
    expect(await server.data(query)).toEqual(before);
  });

  it('is refused, with the reason, where a later change rests on it', async () => {
    await mutate('createArea', { slug: 'area-jade', ...area('Jade'), reason: 'Jade.' });
    await mutate('updateArea', { id: 'area-jade', name: 'Jade stone' });
    const { errors } = await revert({ transaction: await transactionOf('Jade.') });
    expect(errors).toMatchObject([
      {
        code: 'CONFLICT',
        path: ['input', 'transaction'],
        message: expect.stringMatching(/later change rests on it.* by test\.$/),
      },
    ]);
    await mutate('createArea', { slug: 'area-gold', ...area('Gold'), reason: 'Gold.' });
    await mutate('linkResearches', { from: 'lab-one', to: 'area-gold' });
    const gold = await revert({ transaction: await transactionOf('Gold.') });
    expect(gold.errors[0].message).toContain('later relations rest on it');
    expect((await server.data('{ area(slug: "area-gold") { name } }')).area.name).toBe('Gold');
  });

  it('is refused for what is not in the log, and for the import that history begins with', async () => {
    expect((await revert({ transaction: 'nothing' })).errors[0].message).toContain('has no transaction');
    const { changes } = await server.data('{ changes(first: 1) { nodes { transaction } } }');
    const [baseline] = changes.nodes;
    expect((await revert({ transaction: baseline.transaction })).errors[0].code).toBe('CONFLICT');
  });
});

describe('the page of an entity', () => {
  const page = async (slug: string, query: string) => {
    const response = await server.fetch(
      new Request(`http://silkgraph/entity/${slug}${query}`, { headers: { accept: 'text/html' } }),
    );
    return { status: response.status, text: await response.text() };
  };
  const sectionOf = (text: string) => /<section id="since">.*?<\/section>/s.exec(text)?.[0] ?? '';

  it('marks what differs since a tag, a revision or a day', async () => {
    for (const since of ['tea', String(middle)]) {
      const { text } = await page('area-tea', `?since=${since}`);
      const section = sectionOf(text);
      expect(section).toContain(`Changes since revision ${middle}`);
      expect(section).toContain('<del>Tea</del> → <ins>Tea and more</ins>');
      expect(section).not.toContain('RESEARCHES');
    }
    const earlier = sectionOf((await page('area-tea', `?since=${start}`)).text);
    expect(earlier).toMatch(/<ins>[^<]*created<\/ins>/);
    expect(earlier).toContain('Laboratories: One – created');
    const today = new Date().toISOString().slice(0, 10);
    expect(sectionOf((await page('area-tea', `?since=${today}`)).text)).toContain('Nothing has changed.');
    expect(sectionOf((await page('area-tea', '')).text)).toBe('');
  });

  it.each([
    ['?since=99999', 'does not exist yet'],
    ['?since=a%20b', 'must be the number of a revision'],
    ['?since=2026-02-30', 'must be the number of a revision'],
    ['?since=2026-02-30T00:00:00Z', 'must be the number of a revision'],
    ['?since=nothing', 'There is no tag'],
    ['?since=1999-01-01', '1999-01-01 lies before history begins. The oldest revision is'],
  ])('refuses %s', async (query, message) => {
    const { status, text } = await page('area-tea', query);
    expect(status).toBe(400);
    expect(text).toContain(message);
  });
});

describe('the Atom feed', () => {
  const feed = async (query: string) => {
    const response = await server.fetch(new Request(`http://silkgraph/changes.atom${query}`));
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  it('has the latest changes, newest first, of kinds and entities', async () => {
    const { status, type, text } = await feed('');
    expect([status, type]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    const numbers = [...text.matchAll(/<id>.*#(\d+)-[\da-f-]+<\/id>/g)].map(([, number]) => Number(number));
    expect(numbers[0]).toBe(await newest());
    expect(numbers).toEqual([...numbers].sort((left, right) => right - left));
    expect(text).toContain('<summary>Tea matters.</summary>');
    const ofTea = (await feed('?ids=area-tea')).text;
    expect(ofTea).toContain('RESEARCHES from lab-one to area-tea created');
    expect(ofTea).not.toContain('area-rice');
    expect((await feed('?kinds=COUNTRY')).text.match(/<entry>/g)).toHaveLength(1);
  });

  it('is well-formed, whatever the texts are: XML has no place for U+FFFE and U+FFFF', async () => {
    await mutate('updateArea', {
      id: 'area-tea',
      definition: 'All \uFFFE about it\uFFFF.',
      reason: 'Tea\uFFFE again.',
    });
    const { text } = await feed('?ids=area-tea');
    expect(text).toContain('<summary>Tea again.</summary>');
    expect(text).not.toMatch(/[\uFFFE\uFFFF]/);
  });

  it.each(['?kinds=NOTHING', '?ids=no%20slug', '?before=x', `?ids=${Array.from({ length: 21 }, (_, at) => `s${at}`)}`])(
    'refuses %s',
    async (query) => {
      expect((await feed(query)).status).toBe(400);
    },
  );

  it('refuses parameters that it does not have, which would leave changes of everything', async () => {
    const misspelt = await feed('?kind=AREA');
    expect([misspelt.status, misspelt.text]).toEqual([400, expect.stringMatching(/parameter kind\. .*kinds, ids/)]);
    const both = await feed('?watch=3f9a1c20b7de&kinds=AREA');
    expect([both.status, both.text]).toEqual([
      400,
      expect.stringMatching(/parameter kinds\. .*watch and before alone/),
    ]);
  });
});

describe('an import into a graph that has history', () => {
  it('shows in the history of each entity that it changed, and in earlier states', async () => {
    const before = await newest();
    const { area: held } = await server.data('{ area(slug: "area-tea") { name revision } }');
    const folder = dataFolder({
      'areas.json': [
        { id: 'area-tea', ...area('Tea, imported') },
        { id: 'area-salt', ...area('Salt') },
      ],
      'relations.json': [{ type: 'RESEARCHES', from: 'lab-one', to: 'area-salt', sources: ['source-a'] }],
    });
    const compared = await compareFiles(server.graph, [folder]);
    expect(await newest()).toBe(before);
    await importFiles(server.graph, [folder]);
    const { changes: written } = await readChanges(server.graph, { after: before, first: 10 });
    expect(written.filter(({ subject }) => subject !== 'IMPORT')).toMatchObject(compared);
    const { area: after } = await server.data(
      '{ area(slug: "area-tea") { revision history(first: 1) { nodes { __typename author ... on EntityChange { before after revision } } } } }',
    );
    expect(after.history.nodes).toMatchObject([
      {
        __typename: 'EntityChange',
        author: 'import',
        before: { name: held.name },
        after: { name: 'Tea, imported' },
        revision: held.revision + 1,
      },
    ]);
    expect(after.revision).toBe(held.revision + 1);
    const then = await server.data(
      `query @asOf(revision: ${before}) { area(slug: "area-tea") { name revision } salt: area(slug: "area-salt") { name } }`,
    );
    expect(then).toEqual({ area: held, salt: null });
    const { diff } = await server.data(
      `{ diff(from: { revision: ${before} }) { nodes { action entity { slug } relation } } }`,
    );
    expect(diff.nodes).toEqual([
      { action: 'CREATED', entity: { slug: 'area-salt' }, relation: null },
      { action: 'UPDATED', entity: { slug: 'area-tea' }, relation: null },
      { action: 'CREATED', entity: null, relation: 'RESEARCHES' },
    ]);
  });
});

describe('a symmetric relation', () => {
  it('does not differ where it was removed and made again from its other end', async () => {
    const lab = { designation: 'PLANNED', inScope: false, status: 'PLANNED', confidence: 'LOW' };
    await mutate('createLab', { slug: 'lab-east', name: 'East', ...lab });
    await mutate('createLab', { slug: 'lab-west', name: 'West', ...lab });
    await mutate('linkPossiblySameAs', { from: 'lab-east', to: 'lab-west' });
    const before = await newest();
    await mutate('unlinkPossiblySameAs', { from: 'lab-east', to: 'lab-west' });
    await mutate('linkPossiblySameAs', { from: 'lab-west', to: 'lab-east' });
    const differing = () =>
      server.data(
        `{ diff(from: { revision: ${before} }) { nodes { action from { slug } properties { name before after } } } }`,
      );
    expect((await differing()).diff.nodes).toEqual([]);
    await mutate('linkPossiblySameAs', { from: 'lab-west', to: 'lab-east', note: 'Perhaps.' });
    expect((await differing()).diff.nodes).toEqual([
      {
        action: 'UPDATED',
        from: { slug: 'lab-east' },
        properties: [{ name: 'note', before: null, after: 'Perhaps.' }],
      },
    ]);
  });
});
