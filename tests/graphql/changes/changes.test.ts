import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../src/engine/changes/change.ts';
import { concerns } from '../../../src/engine/changes/log/change-feed.ts';
import { readChanges } from '../../../src/engine/changes/log/read-changes.ts';
import { globalId } from '../../../src/graphql/identifiers.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate } = ownSilkgraph();

const area = (name: string) => ({ name, definition: 'All about it.', keyArea: false, topArea: false, editorial: true });

/** What is in the log beside the import that the graph began with. */
beforeAll(async () => {
  await mutate('createArea', { slug: 'area-tea', ...area('Tea'), sources: ['source-a'], reason: 'Tea matters.' });
  await mutate('createArea', { slug: 'area-rice', ...area('Rice') });
  await mutate('updateArea', { id: 'area-tea', name: 'Tea and more' });
  await mutate('linkResearches', { from: 'lab-one', to: 'area-tea' });
  await mutate('deleteArea', { id: 'area-rice' });
  await mutate('createArea', { slug: 'area-silk', ...area('Silk') });
});

const log = async (): Promise<readonly Change[]> =>
  (await readChanges(server.graph, { after: 0, first: 1_000 })).changes;

const FIELDS = `
  __typename sequence cursor transaction at author reason action
  ... on EntityChange { kind slug entityId revision before after entity { slug name } }
  ... on RelationChange { relation from { kind slug entity { name } } to { slug entity { name } } before after }
  ... on ImportChange { files created updated removed }`;

const page = async (args: string, fields = 'nodes { sequence } pageInfo { hasNextPage hasPreviousPage } totalCount') =>
  (await server.data(`{ changes${args} { ${fields} } }`)).changes;

const sequences = ({ nodes }: { nodes: { sequence: number }[] }) => nodes.map(({ sequence }) => sequence);

describe('changes', () => {
  it('tell what was done to what, by whom, when and why, from the import on', async () => {
    const { nodes } = await page('', `nodes { ${FIELDS} }`);
    expect(nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      (await log()).map((one) => one.sequence),
    );
    const [baseline, ...changes] = nodes;
    expect(baseline).toMatchObject({
      __typename: 'ImportChange',
      sequence: 1,
      action: 'IMPORTED',
      created: expect.any(Number),
    });
    expect(changes[0]).toEqual({
      __typename: 'EntityChange',
      sequence: 2,
      cursor: expect.any(String),
      transaction: expect.any(String),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      author: 'test',
      reason: 'Tea matters.',
      action: 'CREATED',
      kind: 'AREA',
      slug: 'area-tea',
      entityId: globalId('Area', 'area-tea'),
      revision: 1,
      before: null,
      after: area('Tea'),
      entity: { slug: 'area-tea', name: 'Tea and more' },
    });
    const linked = changes.find((change: { relation?: string }) => change.relation === 'RESEARCHES');
    expect(linked).toMatchObject({
      __typename: 'RelationChange',
      action: 'CREATED',
      from: { kind: 'LAB', slug: 'lab-one', entity: { name: 'One' } },
      to: { slug: 'area-tea', entity: { name: 'Tea and more' } },
      before: null,
    });
    const gone = changes.findLast((change: { slug?: string }) => change.slug === 'area-rice');
    expect(gone).toMatchObject({ action: 'DELETED', after: null, before: { name: 'Rice' }, entity: null });
  });

  it('read the entities they name in one statement, however many', async () => {
    await page('(first: 100)', `nodes { ${FIELDS} }`);
    // The page of changes, and the entities at all three places.
    expect(server.ran).toHaveLength(2);
  });

  it('are walked through from cursor to cursor, none twice and none left out', async () => {
    const total = (await log()).length;
    const seen: number[] = [];
    let after = '';
    for (let hasNext = true; hasNext; ) {
      const { nodes, pageInfo, totalCount, edges } = await page(
        `(first: 2${after && `, after: "${after}"`})`,
        'nodes { sequence cursor } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount',
      );
      expect(pageInfo.hasPreviousPage).toBe(seen.length > 0);
      expect(totalCount).toBe(total);
      expect(edges.map(({ cursor }: { cursor: string }) => cursor)).toEqual(
        nodes.map(({ cursor }: { cursor: string }) => cursor),
      );
      seen.push(...sequences({ nodes }));
      after = pageInfo.endCursor;
      hasNext = pageInfo.hasNextPage;
    }
    expect(seen).toEqual((await log()).map(({ sequence }) => sequence));
    expect(await page('(first: 0)')).toMatchObject({ nodes: [], totalCount: total });
  });

  it('are walked backwards from the newest', async () => {
    const all = (await log()).map(({ sequence }) => sequence);
    const seen: number[][] = [];
    let before = '';
    for (let hasPrevious = true; hasPrevious; ) {
      const { nodes, pageInfo } = await page(
        `(last: 2${before && `, before: "${before}"`})`,
        'nodes { sequence } pageInfo { hasNextPage hasPreviousPage startCursor }',
      );
      expect(pageInfo.hasNextPage).toBe(seen.length > 0);
      seen.unshift(sequences({ nodes }));
      before = pageInfo.startCursor;
      hasPrevious = pageInfo.hasPreviousPage;
    }
    expect(seen.flat()).toEqual(all);
    expect(await page('(last: 0)')).toMatchObject({ nodes: [], totalCount: all.length });
    const { edges } = await page('(first: 4)', 'edges { cursor }');
    const between = await page(`(after: "${edges[0].cursor}", before: "${edges[3].cursor}")`);
    expect(sequences(between)).toEqual(all.slice(1, 3));
    expect(between.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: true });
    expect(sequences(await page(`(last: 9, after: "${edges[0].cursor}", before: "${edges[3].cursor}")`))).toEqual(
      all.slice(1, 3),
    );
  });

  it('are those since an instant', async () => {
    const changes = await log();
    const instants = [...new Set(changes.map(({ at }) => at)), '2000-01-01T00:00:00Z'];
    for (const since of instants) {
      const later = changes.filter(({ at }) => at > since).map(({ sequence }) => sequence);
      for (const size of ['first', 'last']) {
        const found = await page(`(since: "${since}", ${size}: 100)`);
        expect(sequences(found)).toEqual(later);
        expect(found.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false });
        expect(found.totalCount).toBe(later.length);
      }
      const ofAreas = await page(`(since: "${since}", kinds: [AREA], last: 1)`);
      const areas = changes.filter((change) => change.at > since && concerns(change, { kinds: ['Area'] }));
      expect(ofAreas.totalCount).toBe(areas.length);
      expect(sequences(ofAreas)).toEqual(areas.slice(-1).map(({ sequence }) => sequence));
    }
  });

  it.each([
    ['kinds: [AREA]', { kinds: ['Area'] }],
    ['kinds: [LAB, AREA]', { kinds: ['Lab', 'Area'] }],
    ['ids: ["area-tea"]', { ids: ['area-tea'] }],
    [`ids: ["${globalId('Area', 'area-rice')}", "lab-one"]`, { ids: ['area-rice', 'lab-one'] }],
    ['kinds: [LAB], ids: ["area-tea"]', { kinds: ['Lab'], ids: ['area-tea'] }],
    ['kinds: [COUNTRY], ids: ["area-tea"]', { kinds: ['Country'], ids: ['area-tea'] }],
  ] as const)('are those with %s, as a subscription sends them', async (args, followed) => {
    const wanted = (await log()).filter((change) => concerns(change, followed)).map(({ sequence }) => sequence);
    expect(wanted.length).toBeGreaterThan(0);
    const all = await page(`(first: 100, ${args})`);
    expect(sequences(all)).toEqual(wanted);
    expect(all).toMatchObject({ totalCount: wanted.length, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
    const { edges } = await page(`(first: 1, ${args})`, 'edges { cursor }');
    const rest = await page(`(after: "${edges[0].cursor}", ${args})`);
    expect(sequences(rest)).toEqual(wanted.slice(1));
    expect(rest.pageInfo.hasPreviousPage).toBe(true);
  });

  it.each([
    ['(after: "x")', 'INVALID_CURSOR'],
    [`(after: "${Buffer.from('["changes",-1]').toString('base64url')}")`, 'INVALID_CURSOR'],
    [`(after: "${Buffer.from('["history lab-one",1]').toString('base64url')}")`, 'INVALID_CURSOR'],
    ['(before: "x")', 'INVALID_CURSOR'],
    ['(since: "yesterday")', 'BAD_USER_INPUT'],
    ['(first: 1, last: 1)', 'BAD_USER_INPUT'],
    ['(last: 101)', 'BAD_USER_INPUT'],
    ['(kinds: [])', 'BAD_USER_INPUT'],
    ['(ids: [])', 'BAD_USER_INPUT'],
    ['(ids: ["No Slug"])', 'BAD_USER_INPUT'],
    ['(first: -1)', 'BAD_USER_INPUT'],
    ['(first: 101)', 'BAD_USER_INPUT'],
    [`(ids: [${'"lab-one" '.repeat(101)}])`, 'LIMIT_EXCEEDED'],
  ])('refuse %.40s', async (args, code) => {
    const { errors } = await server.ask(`{ changes${args} { totalCount } }`);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
  });

  it('end if the cursor is the last one', async () => {
    const end = (await log()).at(-1)?.sequence;
    const after = Buffer.from(JSON.stringify(['changes', end])).toString('base64url');
    expect(await page(`(after: "${after}")`)).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });
});

describe('an entity', () => {
  it('returns its revision and timestamps together with its other fields', async () => {
    const { area: tea } = await server.data('{ area(slug: "area-tea") { name revision createdAt updatedAt } }');
    expect(server.ran).toHaveLength(1);
    const [created, updated] = (await log()).filter(
      (one) => one.subject === 'ENTITY' && one.entity.slug === 'area-tea',
    );
    expect(tea.name).toBe('Tea and more');
    expect(tea.revision).toBeGreaterThan(1);
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
    expect(tea.createdAt).toMatch(instant);
    expect(tea.updatedAt).toMatch(instant);
    expect(Date.parse(tea.createdAt)).toBe(Date.parse(created?.at ?? ''));
    expect(Date.parse(tea.updatedAt)).toBeGreaterThanOrEqual(Date.parse(updated?.at ?? ''));
  });

  it('has revision 1 and no timestamps if it is older than the log', async () => {
    await server.graph.write((run) =>
      run(
        { name: 'test', text: "MATCH (old:Entity {id: 'cn'}) REMOVE old._revision, old._createdAt, old._updatedAt" },
        {},
      ),
    );
    const { country } = await server.data('{ country(code: "CN") { revision createdAt updatedAt } }');
    expect(country).toEqual({ revision: 1, createdAt: null, updatedAt: null });
  });

  it('keeps every digit and the offset of an instant', async () => {
    const stored = {
      "datetime('2026-03-01T09:30:00Z')": '2026-03-01T09:30:00Z',
      "datetime('2026-03-01T09:30:00.250Z')": '2026-03-01T09:30:00.25Z',
      "datetime('2026-03-01T09:30:00.123456789+08:00')": '2026-03-01T09:30:00.123456789+08:00',
      "datetime('2026-07-01T09:30:00.1[Europe/Berlin]')": '2026-07-01T09:30:00.1+02:00',
      "datetime('0099-01-01T00:00:00Z')": '0099-01-01T00:00:00Z',
    };
    for (const [expression, expected] of Object.entries(stored)) {
      await server.graph.write((run) =>
        run({ name: 'test', text: `MATCH (old:Entity {id: 'ci'}) SET old._createdAt = ${expression}` }, {}),
      );
      const { country } = await server.data('{ country(code: "CI") { createdAt } }');
      expect(country.createdAt).toBe(expected);
    }
  });

  it('returns its history, including relations, newest first and page by page', async () => {
    const history = (args = '') =>
      server.data(
        `{ area(slug: "area-tea") { history${args} { nodes { sequence } edges { cursor } pageInfo { hasNextPage hasPreviousPage } totalCount } } }`,
      );
    const wanted = (await log())
      .filter((change) => change.subject !== 'IMPORT' && concerns(change, { ids: ['area-tea'] }))
      .map(({ sequence }) => sequence)
      .reverse();
    expect(wanted.length).toBeGreaterThan(2);
    const { area: tea } = await history();
    expect(sequences(tea.history)).toEqual(wanted);
    expect(tea.history).toMatchObject({
      totalCount: wanted.length,
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
    const { area: first } = await history('(first: 1)');
    expect(sequences(first.history)).toEqual(wanted.slice(0, 1));
    expect(first.history.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false });
    const { area: rest } = await history(`(after: "${first.history.edges[0].cursor}")`);
    expect(sequences(rest.history)).toEqual(wanted.slice(1));
    expect(rest.history.pageInfo.hasPreviousPage).toBe(true);
  });

  it('refuses a cursor of another entity’s history, and of the log', async () => {
    const { area: tea } = await server.data(
      '{ area(slug: "area-tea") { history { edges { cursor node { cursor } } } } }',
    );
    const [{ cursor, node }] = tea.history.edges;
    for (const after of [node.cursor, cursor]) {
      const { errors } = await server.ask(`{ lab(slug: "lab-one") { history(after: "${after}") { totalCount } } }`);
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['INVALID_CURSOR']);
    }
  });

  it('shares the read of its history with all others', async () => {
    const { areas } = await server.data(
      '{ areas { nodes { slug history { totalCount nodes { sequence } } more: history(first: 1) { nodes { sequence } } } } }',
    );
    expect(areas.nodes.length).toBeGreaterThan(1);
    // The page of areas, two sizes of histories, and their lengths.
    expect(server.ran).toHaveLength(4);
    const changes = await log();
    for (const { slug, history, more } of areas.nodes) {
      const own = changes.filter((change) => change.subject !== 'IMPORT' && concerns(change, { ids: [slug] }));
      expect(history.totalCount).toBe(own.length);
      expect(sequences(history)).toEqual(own.map(({ sequence }) => sequence).reverse());
      expect(sequences(more)).toEqual(
        own
          .map(({ sequence }) => sequence)
          .reverse()
          .slice(0, 1),
      );
    }
  });
});
