import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportFile } from '../../src/doors/data/export/export-graph.ts';
import { fileNameOf } from '../../src/doors/data/files/data-file.ts';
import { importFiles } from '../../src/doors/data/import/import-files.ts';
import { totalsOf } from '../../src/doors/data/import/summary.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph } from '../../src/engine/graph/graph.ts';
import { indexStatements } from '../../src/engine/indexes/indexes.ts';
import { constantCase, pascalCase } from '../../src/ontology/letter-case.ts';
import type { RelationField } from '../../src/ontology/ontology.ts';
import { periodOf } from '../../src/ontology/partial-date.ts';
import type { RelationRecord } from '../../src/ontology/records.ts';
import type { Kind, Property } from '../../src/ontology/vocabulary.ts';
import { loadExamples } from '../../src/server/documents/examples.ts';
import type { Silkgraph } from '../../src/service/silkgraph.ts';
import { ownDatabase } from '../setup/own-database.ts';
import { editor } from '../setup/own-silkgraph.ts';
import { byName, type SeedRecord } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';
import { expectReconciliation, expectTables, expectTools } from './other-protocols.ts';

/** The records of a folder of data, read without the importer. */
function readData({ ontology }: Silkgraph, folder: string) {
  const read = (name: string): readonly unknown[] => {
    const file = readdirSync(folder).find((found) => basename(found).replace(/\.jsonl?$/, '') === name);
    if (file === undefined) return [];
    const content = readFileSync(join(folder, file), 'utf8');
    return file.endsWith('.jsonl')
      ? content
          .trim()
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : JSON.parse(content);
  };
  const ofKind = new Map(
    ontology.kindNames.map((kind) => [kind, read(fileNameOf(ontology, kind)) as readonly SeedRecord[]]),
  );
  const relations = read('relations') as readonly RelationRecord[];
  return { ofKind: (kind: Kind) => ofKind.get(kind) ?? [], relations };
}

type Data = ReturnType<typeof readData>;

/** Slugs at the far end of a relation field of an entity. */
function related({ relations }: Data, slug: string, { relation, reading }: RelationField): readonly string[] {
  return relations.flatMap(({ type, from, to }) => {
    if (type !== relation) return [];
    if (from === slug && reading !== 'BACKWARD') return [to];
    return to === slug && reading !== 'FORWARD' ? [from] : [];
  });
}

/** How a filter finds exactly the records with one value of a property, and which these are. */
function oneValue(name: string, { type, list }: Property, records: readonly SeedRecord[]) {
  const [value] = records.flatMap((record) => record[name] ?? []).flat();
  if (value === undefined || type === 'milestones') return undefined;
  const literal = type === 'enumeration' ? String(value) : JSON.stringify(value);
  const isIt = (found: unknown) => {
    if (type !== 'date') return found === value;
    const { from, until } = periodOf(String(value));
    return typeof found === 'string' && found >= from && found < until;
  };
  const expected = records.filter((record) =>
    (list ? ([record[name]].flat() as unknown[]) : [record[name]]).some(isIt),
  );
  return { filter: `{ ${name}: { ${list ? 'has' : 'eq'}: ${literal} } }`, count: expected.length };
}

/** Numbers of relations on the shortest ways from an entity. */
function distancesFrom({ relations }: Data, start: string, left: readonly string[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  for (const { type, from, to } of relations) {
    if (left.includes(type)) continue;
    next.set(from, [...(next.get(from) ?? []), to]);
    next.set(to, [...(next.get(to) ?? []), from]);
  }
  const distances = new Map([[start, 0]]);
  for (const [slug, distance] of distances) {
    for (const far of next.get(slug) ?? []) if (!distances.has(far)) distances.set(far, distance + 1);
  }
  return distances;
}

/**
 * What must hold for a graph of any ontology, asked through the front door and compared with its data.
 * @param folderOf makes or finds the folder of the data
 */
export function describeGraph(name: string, of: Silkgraph, folderOf: () => Promise<string>): void {
  describe(name, { timeout: 120_000 }, () => {
    const { ontology } = of;
    const { kindNames, propertiesOf, relationFieldsOf, relationTypes, provenance, skippedRelations } = ontology;
    const address = ownDatabase();
    let folder: string;
    let data: Data;
    const importData = async () => {
      const driver = openDriver(address());
      try {
        await applySchemaChanges(driver, address(), { derived: indexStatements(ontology) });
        return await importFiles(createGraph(driver, ontology, address()), [folder]);
      } finally {
        await driver.close();
      }
    };
    beforeAll(async () => {
      folder = await folderOf();
      data = readData(of, folder);
      await importData();
    });
    const server = silkgraph({ address, of, viewer: editor, mcp: 'read' });

    const pluralOf = (kind: Kind) => ontology.kind(kind).plural;
    const sorted = (kind: Kind) => [...data.ofKind(kind)].sort(byName);

    it('pages through all entities of each kind by name, from both ends', async () => {
      for (const kind of kindNames) {
        const expected = sorted(kind).map(({ id }) => id);
        const found: string[] = [];
        for (let after: string | null = null; ; ) {
          const question = `query ($after: String) { list: ${pluralOf(kind)}(first: 100, after: $after) { totalCount nodes { slug name } pageInfo { hasNextPage endCursor } } }`;
          const { list } = await server.data(question, { after });
          expect(list.totalCount).toBe(expected.length);
          found.push(...list.nodes.map(({ slug }: { slug: string }) => slug));
          if (!list.pageInfo.hasNextPage || found.length >= 300) break;
          after = list.pageInfo.endCursor;
        }
        expect(found, kind).toEqual(expected.slice(0, found.length));
        const { list } = await server.data(`{ list: ${pluralOf(kind)}(last: 3) { nodes { slug } } }`);
        expect(list.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(expected.slice(-3));
      }
    });

    it('filters each kind by each property, orders it, and counts facets and groups', async () => {
      for (const kind of kindNames) {
        const records = data.ofKind(kind);
        for (const [property, definition] of Object.entries(propertiesOf(kind))) {
          const wanted = oneValue(property, definition, records);
          if (!wanted) continue;
          const { list } = await server.data(`{ list: ${pluralOf(kind)}(filter: ${wanted.filter}) { totalCount } }`);
          expect([kind, property, list.totalCount]).toEqual([kind, property, wanted.count]);
          if (definition.list) continue;
          const order = `orderBy: [{ ${property}: DESC }], first: 100`;
          const { ordered } = await server.data(`{ ordered: ${pluralOf(kind)}(${order}) { nodes { ${property} } } }`);
          const values = ordered.nodes.map((node: Record<string, unknown>) => node[property]);
          const lacking = values.findIndex((value: unknown) => value === null);
          if (lacking !== -1) expect(new Set(values.slice(lacking))).toEqual(new Set([null]));
          if (definition.type !== 'enumeration' && definition.type !== 'boolean') continue;
          const by = constantCase(property);
          const group = `${pluralOf(kind)}GroupBy(by: [${by}], first: 100) { nodes { count } }`;
          const { facets, groups } = await server.data(
            `{ facets: ${pluralOf(kind)} { facets(by: [${by}], first: 50) { buckets { value count } without } } groups: ${group} }`,
          );
          const [facet] = facets.facets;
          const counted = facet.buckets.reduce((sum: number, bucket: { count: number }) => sum + bucket.count, 0);
          expect(counted + facet.without).toBe(records.length);
          expect(groups.nodes.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(
            records.length,
          );
        }
      }
    });

    it('follows each relation from both ends', async () => {
      for (const kind of kindNames) {
        const [first, second] = data.ofKind(kind);
        for (const field of relationFieldsOf(kind).values()) {
          for (const record of [first, second]) {
            if (!record) continue;
            const selection = field.toOne ? '{ slug }' : '(first: 100) { totalCount nodes { slug } }';
            const { singular } = ontology.kind(kind);
            const { it: found } = await server.data(
              `query ($slug: String!) { it: ${singular}(slug: $slug) { far: ${field.name} ${selection} } }`,
              { slug: record.id },
            );
            const expected = related(data, record.id, field);
            if (field.toOne) expect(found.far?.slug).toBe(expected[0]);
            else expect([field.name, found.far.totalCount]).toEqual([field.name, expected.length]);
          }
        }
      }
    });

    it('finds entities by their names, and suggests them', async () => {
      for (const kind of kindNames) {
        const [record] = data.ofKind(kind);
        if (!record) continue;
        const { search, suggest } = await server.data(
          `query ($name: String!) {
            search(query: $name, kinds: [${constantCase(kind)}], first: 50) { nodes { name } }
            suggest(prefix: $name, kinds: [${constantCase(kind)}]) { name }
          }`,
          { name: record.name },
        );
        expect(search.nodes.map((node: { name: string }) => node.name)).toContain(record.name);
        expect(suggest.map((found: { name: string }) => found.name)).toContain(record.name);
      }
    });

    it('finds shortest paths, the neighbourhood and what is similar', async () => {
      const all = kindNames.filter((kind) => kind !== provenance?.kind).flatMap((kind) => data.ofKind(kind));
      const [start] = all;
      const distances = distancesFrom(data, start?.id ?? '', skippedRelations);
      for (const end of [3, 7, 11, 17].map((step) => all[(step * 13) % all.length])) {
        if (!start || !end || end.id === start.id) continue;
        const { paths } = await server.data(
          'query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxHops: 4) { paths { hops { relation from { slug } to { slug } } } } }',
          { from: start.id, to: end.id },
        );
        const distance = distances.get(end.id) ?? Number.POSITIVE_INFINITY;
        expect(paths.paths[0]?.hops.length).toBe(distance <= 4 ? distance : undefined);
      }
      const { neighborhood, similar } = await server.data(
        'query ($of: ID!) { neighborhood(of: [$of], limit: 200) { nodes { slug } } similar(to: $of, limit: 5) { entity { slug } } }',
        { of: start?.id },
      );
      const near = [...distances].filter(([, distance]) => distance <= 1).map(([slug]) => slug);
      expect(new Set(neighborhood.nodes.map((node: { slug: string }) => node.slug))).toEqual(new Set(near));
      expect(similar.every(({ entity }: { entity: { slug: string } }) => distances.get(entity.slug) === 2)).toBe(true);
    });

    it.runIf(of.examples !== undefined)('answers its examples as it says', async () => {
      const examples = loadExamples(of.examples);
      expect(examples.length).toBeGreaterThan(0);
      for (const { name: example, query } of examples) {
        const answer = JSON.parse(readFileSync(join(of.examples ?? '', `${example}.json`), 'utf8'));
        expect(await server.data(query), example).toEqual(answer.data ?? answer);
      }
    });

    it('says what it consists of, and where its data have gaps', async () => {
      const { ontology: described, gaps } = await server.data(
        '{ ontology { kinds { typeName count } relations { relation count } } gaps { missing { kind property count } absentRelations { relation count } } }',
      );
      expect(described.kinds).toEqual(kindNames.map((typeName) => ({ typeName, count: data.ofKind(typeName).length })));
      expect(described.relations).toEqual(
        relationTypes.map((relation) => ({
          relation,
          count: data.relations.filter(({ type }) => type === relation).length,
        })),
      );
      for (const { relation, count } of gaps.absentRelations) {
        const { from, forward } = ontology.relation(relation);
        const field = relationFieldsOf(from).get(forward) as RelationField;
        expect(count).toBe(data.ofKind(from).filter(({ id }) => related(data, id, field).length === 0).length);
      }
    });

    it('exports what was imported, which a further import leaves as it is', async () => {
      for (const kind of kindNames) {
        let text = '';
        for await (const piece of exportFile(server.graph, kind, 'json')) text += piece;
        const exported: readonly SeedRecord[] = JSON.parse(text);
        // An absent list is an empty one, and dated steps are sorted.
        const isCompared = ([name, value]: [string, unknown]) =>
          !propertiesOf(kind)[name]?.items &&
          propertiesOf(kind)[name]?.type !== 'milestones' &&
          (!Array.isArray(value) || value.length > 0);
        const byId = (records: readonly SeedRecord[]) =>
          new Map(records.map((record) => [record.id, Object.fromEntries(Object.entries(record).filter(isCompared))]));
        expect(byId(exported)).toEqual(byId(data.ofKind(kind)));
      }
      const { entities, relations } = totalsOf(ontology, await importData());
      expect([entities.created, entities.updated, relations.created, relations.updated]).toEqual([0, 0, 0, 0]);
    });

    it('creates, changes, links and deletes an entity of each kind, and remembers it', async () => {
      for (const kind of kindNames) {
        const [like] = data.ofKind(kind);
        if (!like) continue;
        const { slugFrom, singular } = ontology.kind(kind);
        const required = Object.entries(propertiesOf(kind)).filter(([, { required: is }]) => is);
        const slug = `a-new-${singular.toLowerCase()}`;
        const properties = {
          ...Object.fromEntries(required.map(([property]) => [property, like[property]])),
          name: 'Something new',
          ...(slugFrom === undefined ? {} : { [slugFrom]: slug.toUpperCase() }),
        };
        const mutate = async (field: 'create' | 'update', input: object) => {
          const { payload } = await server.data(
            `mutation ($input: ${pascalCase(field)}Input!) { payload: ${field}(input: $input) { outcome errors { message path } } }`,
            { input: { entity: { [singular]: input } } },
          );
          return payload;
        };
        expect(await mutate('create', { slug, ...properties })).toEqual({ outcome: 'CREATED', errors: [] });
        const update = { id: slug, name: 'Something else' };
        expect(await mutate('update', update)).toMatchObject({ outcome: 'UPDATED', errors: [] });
        const { it: found } = await server.data(
          `query ($slug: String!) { it: ${singular}(slug: $slug) { name revision history(first: 5) { nodes { action } } } }`,
          { slug },
        );
        expect(found).toMatchObject({ name: 'Something else', revision: 2 });
        expect(found.history.nodes.map((node: { action: string }) => node.action)).toEqual(['UPDATED', 'CREATED']);
        const { payload } = await server.data(
          `mutation ($id: ID!) { payload: delete(input: { entity: { kind: ${constantCase(kind)}, id: $id } }) { outcome errors { message } } }`,
          { id: slug },
        );
        expect(payload).toMatchObject({ outcome: 'DELETED', errors: [] });
      }
    });

    it('answers agents', () => expectTools(server, of, (kind) => data.ofKind(kind)));

    it('matches names', () => expectReconciliation(server, of, (kind) => data.ofKind(kind)));

    it('has its lists as tables', () => expectTables(server, of, (kind) => data.ofKind(kind)));
  });
}
