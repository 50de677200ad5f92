import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { constantCase } from '../../src/ontology/letter-case.ts';
import { isListed, type Kind } from '../../src/ontology/vocabulary.ts';
import type { Silkgraph as Served } from '../../src/service/silkgraph.ts';
import { mcpClient } from '../setup/mcp.ts';
import type { SeedRecord } from '../setup/seeds.ts';
import type { Silkgraph } from '../setup/silkgraph.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
type Answer = any;

/** Agents find, get, count and compare entities of each kind; nothing of it names a kind. */
export async function expectTools(server: Silkgraph, { ontology }: Served, of: (kind: Kind) => readonly SeedRecord[]) {
  const client = await mcpClient(server);
  const { tools } = await client.listTools();
  expect(tools.some(({ name }) => name === 'cite_sources')).toBe(ontology.provenance !== null);
  const findsByRelations = ontology.relationTypes.some((type) => ontology.relation(type).searched !== undefined);
  expect(tools.find(({ name }) => name === 'search')?.description?.includes('related to')).toBe(findsByRelations);
  const call = async (name: string, args: Record<string, unknown>): Promise<Answer> => {
    const { isError, content, structuredContent } = (await client.callTool({ name, arguments: args })) as Answer;
    expect(isError, content[0].text).toBeFalsy();
    return structuredContent;
  };
  await call('list_gaps', {});
  await call('list_changes', {});
  for (const kind of ontology.kindNames) {
    const records = of(kind);
    const [record] = records;
    if (!record) continue;
    const named = { kind: constantCase(kind) };
    await call('ontology', named);
    const { total, results } = await call('find_entities', { ...named, first: 2 });
    expect([total, results[0].kind]).toEqual([records.length, named.kind]);
    const { entities } = await call('get_entities', { slugs: [record.id], each: 2, maxTokens: 20_000 });
    expect(entities[0]).toMatchObject({ slug: record.id, name: record.name });
    const found = await call('search', {
      query: String(record.name),
      kinds: [named.kind],
      first: 50,
      maxTokens: 20_000,
    });
    expect(found.results.map(({ slug }: Answer) => slug)).toContain(record.id);
    await call('neighborhood', { of: [record.id], limit: 5 });
    await call('find_similar', { to: record.id });
    if (records[1]) await call('compare_entities', { ids: [record.id, records[1].id], maxTokens: 20_000 });
  }
}

/** The first name of each kind is matched to its entity, or several have it; its slug always is. */
export async function expectReconciliation(
  server: Silkgraph,
  { ontology }: Served,
  of: (kind: Kind) => readonly SeedRecord[],
) {
  const ask = async (parameters: Record<string, string>): Promise<Answer> => {
    const body = new URLSearchParams(parameters);
    const response = await server.fetch(new Request('http://silkgraph/reconcile', { method: 'POST', body }));
    return response.json();
  };
  for (const kind of ontology.kindNames) {
    const [record] = of(kind);
    if (!record) continue;
    const type = constantCase(kind);
    const queries = { name: { query: record.name, type, limit: 25 }, slug: { query: record.id, type } };
    const { name, slug } = await ask({ queries: JSON.stringify(queries) });
    expect(name.result.map(({ id }: Answer) => id)).toContain(record.id);
    expect(slug.result[0]).toMatchObject({ id: record.id, score: 100 });
    const properties = Object.entries(ontology.propertiesOf(kind)).slice(0, 5);
    const known = properties.filter(([, property]) => !isListed(property)).map(([id]) => id);
    const extend = { ids: [record.id], properties: ['name', ...known].map((id) => ({ id })) };
    const { rows } = await ask({ extend: JSON.stringify(extend) });
    expect(rows[record.id].name).toEqual([{ str: record.name }]);
  }
}

/** Each list is a table with all of its entities. */
export async function expectTables(server: Silkgraph, { ontology }: Served, of: (kind: Kind) => readonly SeedRecord[]) {
  for (const kind of ontology.kindNames) {
    const address = `http://silkgraph/export?format=csv&list=${ontology.kind(kind).plural}`;
    const rows: { slug: string }[] = parse(await (await server.fetch(new Request(address))).text(), { columns: true });
    expect(rows.map(({ slug }) => slug).sort()).toEqual(
      of(kind)
        .map(({ id }) => id)
        .sort(),
    );
  }
}
