import type { Client } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { NOTICE } from '../../../src/doors/mcp/tool.ts';
import { type ToolAnswer as Answer, answerOf, mcpClient } from '../../setup/mcp.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph({ mcp: 'read', operationTimeout: 25_000 });
const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';
let client: Client;
beforeAll(async () => {
  client = await mcpClient(server);
  // The client checks each answer against the output schemas that it was told.
  await client.listTools();
});

const call = (name: string, args: Record<string, unknown> = {}): Promise<Answer> => answerOf(client, name, args);

const sourcesOf = (answer: Answer, fact: Answer) =>
  (fact.sources ?? []).map((n: number) => answer.sources.find((source: Answer) => source.n === n).slug);

describe('the tools', () => {
  it('find an entity by a misspelt name', async () => {
    const answer = await call('search', { query: 'Kenya crop moleculer biolgy', kinds: ['LAB'], first: 3 });
    expect(answer.results[0]).toMatchObject({ kind: 'LAB', slug: LAB });
    expect(answer.notice).toBe(NOTICE);
  });

  it('return an entity with its relations, and the sources of each fact', async () => {
    const answer = await call('get_entities', { slugs: [LAB, 'ke'], each: 3, maxTokens: 8_000 });
    const [lab, country] = answer.entities;
    expect(country).toMatchObject({ kind: 'COUNTRY', code: 'KE' });
    expect(lab.relations.institutions).toMatchObject({
      total: 2,
      items: [{ slug: 'egerton-university', relation: { role: 'HOST', side: 'PARTNER' } }, {}],
    });
    const cited = seeds.relations.filter(({ type, from }) => type === 'CITES' && from === LAB).map(({ to }) => to);
    const shown = sourcesOf(answer, lab);
    expect(shown).toHaveLength(3);
    expect(cited).toEqual(expect.arrayContaining(shown));
  });

  it('return only the relations that are named', async () => {
    const { entities } = await call('get_entities', { slugs: [LAB], relations: ['areas'] });
    expect(Object.keys(entities[0].relations)).toEqual(['areas']);
    const none = await call('get_entities', { slugs: [LAB], relations: [] });
    expect(none.entities[0].relations).toBeUndefined();
  });

  it('list and count what meets conditions, page by page', async () => {
    const filter = { designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } };
    const first = await call('find_entities', {
      kind: 'LAB',
      filter,
      first: 20,
      properties: ['status'],
      maxTokens: 20_000,
    });
    const second = await call('find_entities', { kind: 'LAB', filter, first: 20, after: first.next });
    const designated = seeds.entities.Lab.filter(({ designation }) => designation === filter.designation.eq);
    expect([first.total, first.results.length]).toEqual([designated.length, 20]);
    expect([...first.results, ...second.results].map(({ slug }: Answer) => slug).toSorted()).toEqual(
      designated.map(({ id }) => id).toSorted(),
    );
    expect(second.next).toBeUndefined();
    const counted = await call('count_entities', { kind: 'LAB', filter, by: ['STATUS'] });
    const withStatus = (status: string) => designated.filter((lab) => lab.status === status).length;
    expect(counted.groups.map(({ keys, count }: Answer) => [keys[0], count])).toEqual([
      ['ESTABLISHED', withStatus('ESTABLISHED')],
      ['APPROVED', withStatus('APPROVED')],
    ]);
  });

  it('find paths whose every relation has sources', async () => {
    const { paths } = await call('find_paths', { from: 'rs', to: 'ke', avoidHubs: 150, limit: 1 });
    expect(paths[0].relations).toHaveLength(paths[0].length);
    for (const { from, relation, to, sources } of paths[0].relations) {
      expect([typeof from, typeof relation, typeof to]).toEqual(['string', 'string', 'string']);
      expect(sources.length).toBeGreaterThan(0);
    }
  });

  it('explore, compare and match', async () => {
    const around = await call('neighborhood', { of: [LAB], limit: 5 });
    expect(around.entities).toHaveLength(5);
    expect(around.truncated.reason).toBe('LIMIT');
    const [similar] = (await call('find_similar', { to: LAB, limit: 1 })).results;
    expect(similar.shared.length).toBe(similar.sharedCount);
    const compared = await call('compare_entities', { ids: ['kz', 'uz'], kinds: ['PROGRAM'] });
    expect(compared.entities.map(({ slug }: Answer) => slug)).toEqual(['kz', 'uz']);
    expect(compared.properties.find(({ name }: Answer) => name === 'code').values).toEqual({ kz: 'KZ', uz: 'UZ' });
    const matched = await call('match_pattern', {
      entities: [
        { as: 'lab', kind: 'LAB' },
        { as: 'country', ids: ['ke'] },
      ],
      relations: [{ from: 'lab', relation: 'PARTNERS_WITH', to: 'country' }],
    });
    expect(matched.total).toBeGreaterThan(0);
    expect(matched.matches.map(({ entities }: Answer) => entities.lab.slug)).toContain(LAB);
  });

  it('tell what is missing, what changed, and how to cite', async () => {
    const { gaps } = await call('list_gaps', { kinds: ['LAB'] });
    expect(gaps.totals[0]).toMatchObject({ kind: 'LAB' });
    expect(gaps.missing.every(({ kind }: Answer) => kind === 'LAB')).toBe(true);
    const changes = await call('list_changes');
    expect(changes.changes.at(-1)).toMatchObject({ kind: 'ImportChange' });
    expect(changes).not.toHaveProperty('next');
    expect(await call('list_changes', { since: '2020-01-01' })).toEqual(changes);
    const [{ at }] = changes.changes;
    expect(await call('list_changes', { since: at })).toMatchObject({ changes: [], total: 0, end: changes.end });
    const later = await call('list_changes', { after: changes.end });
    expect(later).toMatchObject({ changes: [], end: changes.end });
    expect(later).not.toHaveProperty('next');
    const { citations } = await call('cite_sources', { slugs: [LAB], style: 'BIBTEX' });
    expect(citations[0].citation).toMatch(/^@\w+\{/);
  });

  it('return the numbers that a list is ordered by', async () => {
    const links = seeds.relations.filter(({ type }) => type === 'RESEARCHES');
    const labsOf = (area: string) => links.filter(({ to }) => to === area).length;
    const most = Math.max(...seeds.entities.Area.map(({ id }) => labsOf(id)));
    const { results } = await call('find_entities', { kind: 'AREA', orderBy: [{ labs: { count: 'DESC' } }], first: 5 });
    expect(results.map(({ labs }: Answer) => labs.totalCount)).toEqual(results.map(({ slug }: Answer) => labsOf(slug)));
    expect(results[0].labs.totalCount).toBe(most);
    const orderBy = [{ labs: { count: 'DESC', filter: { status: { eq: 'APPROVED' } } } }];
    const approved = new Set(seeds.entities.Lab.filter(({ status }) => status === 'APPROVED').map(({ id }) => id));
    const filtered = await call('find_entities', { kind: 'AREA', orderBy, first: 3 });
    expect(filtered.results.map(({ labs }: Answer) => labs.totalCount)).toEqual(
      filtered.results.map(
        ({ slug }: Answer) => links.filter(({ from, to }) => to === slug && approved.has(from)).length,
      ),
    );
    const counted = await call('find_entities', { kind: 'AREA', properties: ['labs'], first: 1 });
    expect(counted.results[0].labs.totalCount).toBe(labsOf(counted.results[0].slug));
    const refused = await client.callTool({ name: 'find_entities', arguments: { kind: 'AREA', properties: ['tea'] } });
    expect(refused).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('the relations labs, ') }],
    });
  });

  it('answer the largest questions that their input schemas allow', async () => {
    const { tools } = await client.listTools();
    const bound = (tool: string, argument: string, keyword: string): number => {
      const { properties } = tools.find(({ name }) => name === tool)?.inputSchema ?? {};
      const { [keyword]: most } = (properties?.[argument] ?? {}) as Record<string, unknown>;
      return Number(most);
    };
    const slugs = seeds.entities.Country.map(({ id }) => id);
    const [limit, of, letters] = [
      bound('find_paths', 'limit', 'maximum'),
      slugs.slice(0, bound('neighborhood', 'of', 'maxItems')),
      bound('search', 'query', 'maxLength'),
    ];
    expect((await call('find_paths', { from: 'ke', to: 'rs', limit })).paths).toBeInstanceOf(Array);
    const { entities } = await call('neighborhood', { of });
    expect(Object(entities).length).toBeGreaterThanOrEqual(of.length);
    expect((await call('search', { query: 'maize '.repeat(99).slice(0, letters) })).results).toBeInstanceOf(Array);
  });
});
