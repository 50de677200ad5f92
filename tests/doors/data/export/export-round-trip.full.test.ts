import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { relationTypes } from '../../../../src/cooperation/relations.ts';
import { exportedFileName } from '../../../../src/doors/data/export/export-graph.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { seed } from '../../../../src/doors/data/import/seed.ts';
import type { Kind, RelationDefinition } from '../../../../src/ontology/vocabulary.ts';
import { validRecord } from '../../../engine/changes/arbitrary-record.ts';
import { seedsFolder } from '../../../setup/contents.ts';
import { dataFolder } from '../data-folder.ts';
import { exported, wholes } from '../exported.ts';
import { ownGraph } from '../own-graph.ts';

const { edgePropertiesOf, kindsAt, propertiesOf } = cooperation;

const own = ownGraph();

async function importInto(files: Record<string, string>) {
  await own.ask('MATCH (node) DETACH DELETE node');
  await importFiles(own.graph, [dataFolder(files)]);
}

type Data = Record<string, Record<string, unknown>[]>;

/** Small graphs with entities of every kind and relations of every type, with all that their properties can be. */
const graphs = fc
  .record(
    Object.fromEntries(
      kindNames.map((kind) => [kind, fc.array(validRecord(propertiesOf(kind)), { minLength: 2, maxLength: 3 })]),
    ),
  )
  .chain((byKind) => {
    const ids = (kind: Kind) => (byKind[kind] ?? []).map((_, index) => idOf(kind, index));
    const entities: Data = Object.fromEntries(
      kindNames.map((kind) => [
        exportedFileName(cooperation, kind, 'json'),
        (byKind[kind] ?? []).map((record, index) => ({
          ...record,
          id: idOf(kind, index),
          ...(kind === 'Country' ? { code: idOf(kind, index).toUpperCase() } : {}),
        })),
      ]),
    );
    const links = relationTypes.map((type) => {
      const { toOne, symmetric }: RelationDefinition = cooperation.relation(type);
      const [froms, tos] = (['from', 'to'] as const).map((end) => kindsAt(type, end).flatMap(ids));
      const edge = fc.record({
        from: fc.constantFrom(...(froms ?? [])),
        to: fc.constantFrom(...(tos ?? [])),
        properties: validRecord(edgePropertiesOf(type)),
        sources: fc.option(fc.uniqueArray(fc.constantFrom(...ids('Source')), { minLength: 1 }), { nil: undefined }),
      });
      return fc
        .uniqueArray(edge, {
          maxLength: 2,
          selector: ({ from, to }) => (toOne ? from : symmetric ? [from, to].sort().join() : `${from} ${to}`),
        })
        .map((edges) =>
          edges
            .filter(({ from, to }) => from !== to && (from > to || !cooperation.isAcyclic(type)))
            .map(({ properties, sources, ...ends }) => ({
              type,
              ...ends,
              ...(Object.keys(properties).length > 0 ? { properties } : {}),
              ...(sources ? { sources } : {}),
            })),
        );
    });
    return fc.tuple(...links).map((all): Data => ({ ...entities, 'relations.json': all.flat() }));
  });

const idOf = (kind: Kind, index: number) =>
  kind === 'Country' ? `a${'abc'[index]}` : `${kind.toLowerCase()}-${index}`;

const keyOf = ({ id, type, from, to }: Record<string, unknown>) => id ?? `${type} ${from} ${to}`;

describe('an export', () => {
  it('contains the records of the seeds', { timeout: 120_000 }, async () => {
    await seed(own.graph, seedsFolder);
    const files = await exported(own.graph, 'json');
    // Identifiers and places are exported with the entities that they belong to.
    const attached = ['identifiers.json', 'locations.json'];
    const names = readdirSync(seedsFolder).filter((name) => name.endsWith('.json') && !attached.includes(name));
    expect(Object.keys(files).sort()).toEqual(names.sort());
    const inSeeds = (name: string) => JSON.parse(readFileSync(join(seedsFolder, name), 'utf8'));
    const counted = { identifiers: 0, locations: 0 };
    for (const name of names) {
      const exportedRecords = JSON.parse(files[name] ?? '').map((record: Record<string, unknown>) => {
        const { identifiers = [], locations = [], ...own } = record as { identifiers?: object[]; locations?: object[] };
        counted.identifiers += identifiers.length;
        counted.locations += locations.length;
        return [keyOf(own), own];
      });
      const records = inSeeds(name).map((record: Record<string, unknown>) => [keyOf(record), record]);
      expect(new Map(exportedRecords)).toEqual(new Map(records));
    }
    expect(counted).toEqual({
      identifiers: inSeeds('identifiers.json').length,
      locations: inSeeds('locations.json').length,
    });
  });

  it('of the seeds is imported and exported again as the same bytes, in every form', { timeout: 120_000 }, async () => {
    await seed(own.graph, seedsFolder);
    const [json, jsonl, csv, whole] = [
      await exported(own.graph, 'json'),
      await exported(own.graph, 'jsonl'),
      await exported(own.graph, 'csv'),
      await wholes(own.graph),
    ];
    for (const files of [json, jsonl, csv]) {
      await importInto(files);
      expect(await exported(own.graph, 'json')).toEqual(json);
    }
    for (const [name, text] of Object.entries(whole)) {
      await importInto({ [name]: text });
      expect(await wholes(own.graph)).toEqual(whole);
    }
    expect(await exported(own.graph, 'csv')).toEqual(csv);
  });

  it('of any graph is imported and exported again as the same bytes, in every form', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.constantFrom('json', 'jsonl', 'csv'), async (data, format) => {
        await own.ask('MATCH (node) DETACH DELETE node');
        await importFiles(own.graph, [dataFolder(data)]);
        const [files, whole] = [await exported(own.graph, format), await wholes(own.graph)];
        await importInto(files);
        expect(await exported(own.graph, format)).toEqual(files);
        expect(await wholes(own.graph)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });
});
