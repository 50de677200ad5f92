import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { beforeAll, describe, expect, it } from 'vitest';
import cooperationGraph from '../../src/cooperation/graph.ts';
import { estimateTokens } from '../../src/mcp/token-estimate.ts';
import { NOTICE } from '../../src/mcp/tool.ts';
import { mcpClient } from '../setup/mcp.ts';
import { seeds } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const server = silkgraph({ mcp: 'read', operationTimeout: 25_000 });
const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';
let client: Client;
beforeAll(async () => {
  client = await mcpClient(server);
  // The client checks each answer against the output schemas that it was told.
  await client.listTools();
});

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
type Answer = any;

async function call(name: string, args: Record<string, unknown> = {}): Promise<Answer> {
  const { isError, content, structuredContent } = (await client.callTool({ name, arguments: args })) as Answer;
  if (isError) throw new Error(content[0].text);
  expect(JSON.parse(content[0].text)).toEqual(structuredContent);
  return structuredContent;
}

const sourcesOf = (answer: Answer, fact: Answer) =>
  (fact.sources ?? []).map((n: number) => answer.sources.find((source: Answer) => source.n === n).slug);

describe('the tools', () => {
  it('only read, say so, and fit into a tenth of a usual context', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain('change_graph');
    for (const { annotations, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(outputSchema).toBeDefined();
    }
    expect(estimateTokens(JSON.stringify(tools))).toBeLessThan(13_000);
  });

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
    expect([first.total, first.results.length, second.results.length]).toEqual([31, 20, 11]);
    expect(second.next).toBeUndefined();
    const counted = await call('count_entities', { kind: 'LAB', filter, by: ['STATUS'] });
    expect(counted.groups.map(({ keys, count }: Answer) => [keys[0], count])).toEqual([
      ['ESTABLISHED', 26],
      ['APPROVED', 5],
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
    expect(changes.changes[0]).toMatchObject({ kind: 'ImportChange' });
    expect(changes).not.toHaveProperty('next');
    const later = await call('list_changes', { after: changes.end });
    expect(later).toMatchObject({ changes: [], end: changes.end });
    expect(later).not.toHaveProperty('next');
    const { citations } = await call('cite_sources', { slugs: [LAB], style: 'BIBTEX' });
    expect(citations[0].citation).toMatch(/^@\w+\{/);
  });

  it('run any query, with the sources of its entities', async () => {
    const query = `{ lab(slug: "${LAB}") { name } }`;
    const answer = await call('graphql', { query });
    expect(answer.data.lab.name).toBe('China-Kenya Joint Laboratory for Crop Molecular Biology');
    expect(answer.data.lab._sources).toHaveLength(3);
    expect(answer.sources).toHaveLength(3);
  });
});

describe('an answer', () => {
  it.each(['cn', 'china-asean-technology-transfer-center', LAB])('keeps the least budget with %s', async (slug) => {
    expect((await call('get_entities', { slugs: [slug], maxTokens: 1_000 })).entities[0]).toMatchObject({ slug });
  });

  it.each([1_000, 1_500, 4_000])('keeps a budget of %i tokens, and counts what it leaves out', async (maxTokens) => {
    const answer = await call('get_entities', { slugs: ['ke'], each: 50, maxTokens });
    expect(estimateTokens(JSON.stringify(answer))).toBeLessThanOrEqual(maxTokens);
    const { groups } = answer.entities[0].relations;
    const lost = answer.leftOut?.find(({ at }: Answer) => at === 'entities[].relations.groups.items')?.count ?? 0;
    expect(groups.items.length + lost).toBe(groups.total);
  });

  it('lists only the sources that its facts refer to', async () => {
    const answer = await call('find_entities', { kind: 'LAB', first: 100, maxTokens: 1_500 });
    const used = new Set(answer.results.flatMap(({ sources }: Answer) => sources ?? []));
    expect(new Set(answer.sources.map(({ n }: Answer) => n))).toEqual(used);
    expect(answer.results.length + answer.leftOut[0].count).toBe(100);
  });

  it('that is cut goes on after what it shows', async () => {
    const args = { kind: 'LAB', first: 20 };
    const cut = await call('find_entities', { ...args, maxTokens: 1_000 });
    const all = await call('find_entities', { ...args, maxTokens: 20_000 });
    const following = await call('find_entities', { kind: 'LAB', first: 1, after: cut.next });
    expect(cut.results.length).toBeLessThan(20);
    expect(following.results[0].slug).toBe(all.results[cut.results.length].slug);
  });
});

describe('a call that does not fit', () => {
  const refused = async (name: string, args: Record<string, unknown>): Promise<string> => {
    const { isError, content } = (await client.callTool({ name, arguments: args })) as Answer;
    expect(isError).toBe(true);
    return content[0].text;
  };

  it.each<[string, string, Record<string, unknown>, RegExp]>([
    [
      'without a required argument',
      'search',
      {},
      /^BAD_USER_INPUT: The arguments do not fit search: `query` is missing\.$/,
    ],
    [
      'with unknown arguments',
      'search',
      { query: 'x', colour: 'red', size: 2 },
      /: it takes query, kinds, first, maxTokens, not "colour", "size"\.$/,
    ],
    [
      'with an unknown name within an argument',
      'match_pattern',
      { entities: [{ as: 'a', type: 'LAB' }] },
      /`entities\/0` takes as, kind, ids, filter, not "type"\.$/,
    ],
    ['with a number out of range', 'search', { query: 'x', first: 1_000 }, /: `first` must be <= 50\.$/],
    ['with an unknown kind', 'find_entities', { kind: 'SHIP' }, /: `kind` must be one of COUNTRY, .*, SOURCE\.$/],
    ['with an unknown kind in a list', 'search', { query: 'x', kinds: ['SHIP'] }, /`kinds\/0` must be one of COUNTRY/],
    [
      'with faults in every item',
      'search',
      { query: 'x', kinds: Array(1_000).fill('') },
      /^.{0,5000}; and 990 more\.$/,
    ],
    ['with an unknown slug', 'get_entities', { slugs: ['nowhere'] }, /There is no entity nowhere\. Use `search`/],
    ['with a name for a slug', 'get_entities', { slugs: ['Kenya'] }, /There is no entity Kenya\. Use `search`/],
    [
      'with a name for the end of a path',
      'find_paths',
      { from: 'Kenya', to: 'cn' },
      /"Kenya" is not a valid ID or slug.*`search`/,
    ],
    [
      'with an unknown relation field',
      'get_entities',
      { slugs: ['ke'], relations: ['ships'] },
      /The fields are .*labs/,
    ],
    [
      'with an unknown property',
      'find_entities',
      { kind: 'LAB', properties: ['colour'] },
      /The properties are .*status/,
    ],
    ['with an unknown filter', 'find_entities', { kind: 'LAB', filter: { colour: { eq: 'red' } } }, /colour/],
    ['with an unknown key', 'count_entities', { kind: 'LAB', by: ['COLOUR'] }, /COLOUR/],
    ['with a cursor of another list', 'find_entities', { kind: 'LAB', after: 'x' }, /^INVALID_CURSOR/],
    ['with a misspelt field', 'graphql', { query: '{ labs { nodes { nane } } }' }, /Did you mean "name"/],
    [
      'with a mutation',
      'graphql',
      { query: 'mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "x" } }) { dryRun } }' },
      /let it be a query/,
    ],
    ['with broken GraphQL', 'graphql', { query: '{ labs' }, /^GRAPHQL_PARSE_FAILED/],
    ['with a budget that no answer keeps', 'get_entities', { slugs: ['ke'], maxTokens: 300 }, /maxTokens.*1000/],
    [
      'with too small a budget',
      'graphql',
      {
        query: `{ country(slug: "ke") { ${Array.from({ length: 90 }, (_, n) => `aNameOfTheCountry${n}: officialName`).join(' ')} } }`,
        maxTokens: 1_000,
      },
      /larger `maxTokens`/,
    ],
  ])('%s is refused in words that help', async (_, name, args, message) => {
    expect(await refused(name, args)).toMatch(message);
  });

  it('to an unknown tool is an error of the protocol', async () => {
    await expect(client.callTool({ name: 'sink_ship', arguments: {} })).rejects.toThrow('There is no tool sink_ship');
    await expect(client.callTool({ name: 'change_graph', arguments: {} })).rejects.toThrow('There is no tool');
  });
});

describe('resources and prompts', () => {
  const textAt = async (uri: string) => String(((await client.readResource({ uri })) as Answer).contents[0].text);

  it('explain the ontology in fewer than 4,000 tokens, with every kind and relation', async () => {
    const text = await textAt('silkgraph://ontology');
    expect(estimateTokens(text)).toBeLessThan(4_000);
    const { kindNames, relationTypes } = cooperationGraph.ontology;
    for (const type of relationTypes) expect(text).toContain(` ${type} `);
    const { resources } = await client.listResources();
    expect(resources).toHaveLength(kindNames.length + 1);
    for (const { uri } of resources) expect((await textAt(uri)).length).toBeGreaterThan(100);
  });

  it('give an entity by its slug, and complete slugs', async () => {
    expect(JSON.parse(await textAt(`silkgraph://entity/${LAB}`)).entities[0].slug).toBe(LAB);
    await expect(client.readResource({ uri: 'silkgraph://entity/nowhere' })).rejects.toThrow('no entity nowhere');
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow('no resource');
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'silkgraph://entity/{slug}' },
      argument: { name: 'slug', value: 'ken' },
    });
    expect(completion.values).toContain('ke');
  });

  it('offer the cookbook, each question with its query', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain('18-how-are-two-countries-connected');
    for (const { description } of prompts) expect(description).toMatch(/^[A-Z].*\?$/);
    const { messages } = await client.getPrompt({ name: '02-lab-and-its-programs', arguments: { about: 'Serbia' } });
    expect(messages[0]?.content).toMatchObject({
      text: expect.stringMatching(/about "Serbia": What does one laboratory.*query /s),
    });
    await expect(client.getPrompt({ name: 'none' })).rejects.toThrow('There is no prompt none');
  });
});
