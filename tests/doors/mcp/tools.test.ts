import type { Client } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { estimateTokens } from '../../../src/doors/mcp/token-estimate.ts';
import { type ToolAnswer as Answer, answerOf, mcpClient } from '../../setup/mcp.ts';
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

  it('returns the generated summary of entities in a language, where one is asked for', async () => {
    const asked = { slugs: ['ke'], relations: [] };
    const [chinese] = (await call('get_entities', { ...asked, language: 'zh-Hans' })).entities;
    expect(chinese.generatedSummary).toMatch(/^肯尼亚位于非洲，是“一带一路”倡议的参与国/);
    expect((await call('get_entities', asked)).entities[0]).not.toHaveProperty('generatedSummary');
  });

  it('run any query, with the sources of its entities', async () => {
    const query = `{ lab(slug: "${LAB}") { name } }`;
    const answer = await call('graphql', { query });
    expect(answer.data.lab.name).toBe('China-Kenya Joint Laboratory for Crop Molecular Biology');
    expect(answer.data.lab._sources).toHaveLength(3);
    expect(answer.sources).toHaveLength(3);
  });
});

describe('a question in words', () => {
  it('is answered with the words that were left out, and with what a budget cut', async () => {
    const { unread, leftOut } = await call('ask', { question: 'artworks by women in Kenya' });
    expect(unread).toContain('artworks');
    expect(leftOut).toBeUndefined();
    const cut = await call('ask', { question: 'how many laboratories per country', maxTokens: 1_000 });
    expect(cut.leftOut[0]).toMatchObject({ count: expect.any(Number) });
  });
});

describe('semantic introspection', () => {
  it('finds definitions of the schema by what they mean, and returns them by their coordinates', async () => {
    const { results } = await call('search_schema', { query: 'gaps in the data', first: 3 });
    expect(results[0]).toMatchObject({ coordinate: 'Query.gaps', score: 1, pathsToRoot: [['Query.gaps']] });
    const { definitions } = await call('schema_definitions', { coordinates: ['Query.gaps', 'EntityKind'] });
    expect(definitions.map(({ coordinate }: Answer) => coordinate)).toEqual(['Query.gaps', 'EntityKind']);
    expect(definitions[0].sdl).toMatch(/^type Query \{[\s\S]*gaps.*: Gaps!?\n\}$/);
    expect(definitions[1].sdl).toMatch(/^"""[\s\S]*enum EntityKind \{[\s\S]*LAB/);
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
      /It has the properties .*status.* and the relations .*areas/,
    ],
    ['with an unknown filter', 'find_entities', { kind: 'LAB', filter: { colour: { eq: 'red' } } }, /colour/],
    [
      'with an unknown sort key',
      'find_entities',
      { kind: 'LAB', orderBy: [{ 'x }': { count: 'ASC' } }] },
      /no property x }\./,
    ],
    ['with a day that is none', 'list_changes', { since: '2026-02-31' }, /^BAD_USER_INPUT: .*instant/],
    ['with a time for a day', 'list_changes', { since: 'last week' }, /`since` must match/],
    ['with an unknown key', 'count_entities', { kind: 'LAB', by: ['COLOUR'] }, /COLOUR\. The keys are .*DESIGNATION/],
    ['with a cursor of another list', 'find_entities', { kind: 'LAB', after: 'x' }, /^INVALID_CURSOR/],
    ['with a misspelt field', 'graphql', { query: '{ labs { nodes { nane } } }' }, /Did you mean "name"/],
    [
      'with a mutation',
      'graphql',
      { query: 'mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "x" } }) { dryRun } }' },
      /let it be a query/,
    ],
    [
      'with a coordinate of nothing',
      'schema_definitions',
      { coordinates: ['Query.ships'] },
      /nothing at "Query\.ships"/,
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
    const texts = resources.filter(({ mimeType }) => mimeType === 'text/markdown');
    expect(texts).toHaveLength(kindNames.length + 1);
    for (const { uri } of texts) expect((await textAt(uri)).length).toBeGreaterThan(100);
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
