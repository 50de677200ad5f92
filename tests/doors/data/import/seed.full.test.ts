import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { ImportRefused } from '../../../../src/doors/data/fault.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { ForeignData, seed, seedIfEmpty } from '../../../../src/doors/data/import/seed.ts';
import { totalsOf } from '../../../../src/doors/data/import/summary.ts';
import { pendingImport } from '../../../../src/doors/data/import-marker.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { seedsFolder } from '../../../setup/contents.ts';
import { seeds } from '../../../setup/seeds.ts';
import { dataFolder, writeData } from '../data-folder.ts';
import { exported } from '../exported.ts';
import { ownGraph } from '../own-graph.ts';
import { smallData } from '../small-data.ts';

const own = ownGraph();

/** As a change by hand does it, which locks all that it names. */
const restOnSource = `MATCH (source {id: 'source-b'}), (lab {id: 'lab-two'}), (country {id: 'cn'})
SET source.\`_lock\` = true REMOVE source.\`_lock\`
CREATE (lab)-[:PARTNERS_WITH {sources: ['source-b']}]->(country)`;

const [, university] = smallData['institutions.json'];
const without = <Item>(items: readonly Item[], index: number) => items.filter((_, at) => at !== index);

describe('the seeds', () => {
  it('are in the graph in the numbers in which they are in the files', async () => {
    await seedIfEmpty(own.graph, seedsFolder);
    const kinds = Object.entries(seeds.entities).map(([kind, records]) => [kind, records.length]);
    const expected: Record<string, number> = Object.fromEntries(kinds);
    for (const { type } of seeds.relations) expected[type] = (expected[type] ?? 0) + 1;
    expect(await own.counts()).toEqual(expected);
  });

  it('change nothing the second time', async () => {
    await seed(own.graph, seedsFolder);
    const before = await own.content();
    const summary = await seed(own.graph, seedsFolder);
    const { entities, relations } = totalsOf(cooperation, summary);
    expect(entities).toEqual({ created: 0, updated: 0, unchanged: 1798, removed: 0 });
    expect(relations).toEqual({ created: 0, updated: 0, unchanged: 5079, removed: 0 });
    expect(summary.missing).toEqual([]);
    expect(await own.content()).toEqual(before);
  });

  it('take few statements, so that a newly started database need not plan many', async () => {
    await seed(own.graph, seedsFolder);
    expect(own.ran.length).toBeLessThan(20);
  });
});

describe('seeding an empty graph', () => {
  it('does so once', async () => {
    const folder = dataFolder(smallData);
    expect(await seedIfEmpty(own.graph, folder)).toBeDefined();
    expect(await seedIfEmpty(own.graph, folder)).toBeUndefined();
  });

  it('leaves a graph alone that has any entity', async () => {
    await importFiles(own.graph, [dataFolder({ 'sources.json': smallData['sources.jsonl'] })]);
    expect(await seedIfEmpty(own.graph, dataFolder(smallData))).toBeUndefined();
  });

  it('rejects a database with foreign data', async () => {
    await own.ask('CREATE (:Movie:Film {title: $title})', { title: 'Metropolis' });
    await expect(seedIfEmpty(own.graph, dataFolder(smallData))).rejects.toThrow(ForeignData);
    expect(await own.ask('MATCH (node) RETURN labels(node)')).toEqual([[['Movie', 'Film']]]);
  });

  it('is not kept from it by what Silkgraph itself keeps there', async () => {
    await own.ask('CREATE (:`_SchemaChange`)');
    expect(await seedIfEmpty(own.graph, dataFolder(smallData))).toBeDefined();
  });

  it('completes a seed that was stopped, also by newer seeds', async () => {
    const folder = dataFolder(smallData);
    const failing: Graph = {
      ontology: cooperation,
      read: own.graph.read,
      write: (work) =>
        own.graph.write((run) =>
          work((statement, parameters) => {
            if (statement.name === 'import-create-relations') throw new Error('Power cut.');
            return run(statement, parameters);
          }),
        ),
    };
    await expect(seedIfEmpty(failing, folder, { largestTransaction: 3 })).rejects.toThrow('Power cut.');
    expect(await pendingImport(own.graph)).toMatchObject({ seeded: true });
    writeData(folder, { 'relations.json': smallData['relations.json'].slice(1) });
    expect(await seedIfEmpty(own.graph, folder)).toBeDefined();
    expect(await pendingImport(own.graph)).toBeUndefined();
    expect(await own.ask('MATCH ()-[relation]->() RETURN count(*)')).toEqual([[5]]);
  });

  it.each([
    { way: 'in one transaction' },
    { way: 'in batches, where the second goes on from what the first has written', largestTransaction: 3 },
  ])('happens once if two servers start at the same time: $way', async ({ largestTransaction }) => {
    const folder = dataFolder(smallData);
    const start = () => seedIfEmpty(own.graph, folder, { largestTransaction });
    await Promise.all([start(), start()]);
    expect(await own.counts()).toMatchObject({ Lab: 2, Source: 2, CITES: 1, BASED_IN: 1 });
    expect(await pendingImport(own.graph)).toBeUndefined();
  });
});

describe('changed seeds', () => {
  it('change the graph, and another target of a relation to one replaces the former', async () => {
    const folder = dataFolder(smallData);
    await seed(own.graph, folder);
    const relations = smallData['relations.json'].map((relation) =>
      relation.type === 'BASED_IN' ? { ...relation, to: 'ci', properties: undefined } : relation,
    );
    writeData(folder, {
      'relations.json': relations,
      'institutions.json': [{ ...university, city: 'Wuhan' }, smallData['institutions.json'][0]],
    });
    const summary = await seed(own.graph, folder);
    expect(totalsOf(cooperation, summary).entities).toMatchObject({ created: 0, updated: 1, unchanged: 8 });
    expect(totalsOf(cooperation, summary).relations).toMatchObject({ created: 0, updated: 1, unchanged: 5 });
    expect(summary.missing).toEqual([]);
    expect(await own.ask('MATCH (from)-[relation:BASED_IN]->(to) RETURN from.id, to.id, relation.basis')).toEqual([
      ['institute', 'ci', null],
    ]);
  });

  it('may not contradict a target that did not come from seeds', async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    const before = await own.content();
    const folder = dataFolder({
      ...smallData,
      'relations.json': [{ type: 'BASED_IN', from: 'institute', to: 'ci' }],
    });
    await expect(seed(own.graph, folder)).rejects.toThrow('which leads to "cn" in the graph (unlink it there');
    expect(await own.content()).toEqual(before);
  });

  it('list what they no longer hold, and keep it', async () => {
    const folder = dataFolder(smallData);
    await seed(own.graph, folder);
    const before = await own.content();
    writeData(folder, {
      'indicators.json': [],
      'relations.json': without(smallData['relations.json'], 0).filter(({ from }) => from !== 'figure'),
    });
    const { missing, removed } = await seed(own.graph, folder);
    expect([...missing].sort()).toEqual([
      'Indicator figure',
      'MEASURES_COUNTRY figure → cn',
      'PARTNERS_WITH lab-one → ci',
    ]);
    expect(removed).toEqual([]);
    expect(await own.content()).toEqual(before);
  });

  it('remove it with `prune`, with every relation of the removed records, and nothing else', async () => {
    const folder = dataFolder(smallData);
    await seed(own.graph, folder);
    await importFiles(own.graph, [
      dataFolder({
        'areas.json': [{ id: 'area', name: 'Area', definition: 'x', keyArea: false, topArea: true, editorial: true }],
        'relations.json': [
          { type: 'MEASURES_AREA', from: 'figure', to: 'area' },
          { type: 'RESEARCHES', from: 'lab-one', to: 'area' },
        ],
      }),
    ]);
    writeData(folder, {
      'indicators.json': [],
      'relations.json': without(smallData['relations.json'], 0).filter(({ from }) => from !== 'figure'),
    });
    const summary = await seed(own.graph, folder, { prune: true });
    expect([...summary.removed].sort()).toEqual([
      'Indicator figure',
      'MEASURES_AREA figure → area',
      'MEASURES_COUNTRY figure → cn',
      'PARTNERS_WITH lab-one → ci',
    ]);
    expect(summary.missing).toEqual([]);
    expect(totalsOf(cooperation, summary)).toMatchObject({ entities: { removed: 1 }, relations: { removed: 3 } });
    expect(await own.counts()).toEqual({
      Source: 2,
      Country: 2,
      Institution: 2,
      Lab: 2,
      Area: 1,
      HOSTED_BY: 1,
      BASED_IN: 1,
      POSSIBLY_SAME_AS: 1,
      CITES: 1,
      RESEARCHES: 1,
    });
    expect((await seed(own.graph, folder, { prune: true })).removed).toEqual([]);
  });

  it('keep records that were changed in the meantime', async () => {
    const folder = dataFolder(smallData);
    await seed(own.graph, folder);
    writeData(folder, {
      'indicators.json': [],
      'relations.json': smallData['relations.json'].filter(
        ({ type, from }) => from !== 'figure' && type !== 'BASED_IN',
      ),
    });
    let seeding: ReturnType<typeof seed> | undefined;
    await own.graph.write(async (run) => {
      await run(
        {
          name: 'test',
          text: `MATCH (figure {id: 'figure'}), (institute {id: 'institute'})-[based:BASED_IN]->()
SET figure.value = 1, figure._seeded = null, based.note = 'By hand.', based._seeded = null,
  institute._lock = true REMOVE institute._lock`,
        },
        {},
      );
      const before = own.ran.length;
      seeding = seed(own.graph, folder, { prune: true });
      while (!own.ran.slice(before).some(({ name }) => name === 'seed-relations')) await sleep(10);
      await own.untilBlocked(seeding);
    });
    expect((await seeding)?.removed).toEqual(['MEASURES_COUNTRY figure → cn']);
    expect(await own.counts()).toMatchObject({ Indicator: 1, BASED_IN: 1 });
  });

  describe('from which a source was removed', () => {
    const sources = ['source-a', 'source-b', 'source-c', 'source-d'].map((id) => ({
      ...smallData['sources.jsonl'][0],
      id,
    }));
    /** All rest on themselves; what others brought rests on these as well. */
    async function prepared() {
      const folder = dataFolder({
        ...smallData,
        'sources.jsonl': sources,
        'relations.json': [
          ...smallData['relations.json'],
          { type: 'CITES', from: 'lab-two', to: 'source-d', properties: { supports: ['NAME'] } },
        ],
      });
      await seed(own.graph, folder);
      const [lab] = smallData['labs.json'];
      await importFiles(own.graph, [
        dataFolder({
          'labs.json': [{ ...lab, id: 'lab-three', milestones: [{ text: 'Opened.', source: 'source-a' }] }],
          'relations.json': [
            { type: 'PARTNERS_WITH', from: 'lab-three', to: 'cn', sources: ['source-b'] },
            // Rests on a source, and is attached to one that stays.
            {
              type: 'CITES',
              from: 'lab-two',
              to: 'source-b',
              properties: { supports: ['NAME'] },
              sources: ['source-c'],
            },
            { type: 'CITES', from: 'lab-three', to: 'source-d', properties: { supports: ['NAME'] } },
          ],
        }),
      ]);
      return folder;
    }
    const bare = {
      'sources.jsonl': [],
      'labs.json': smallData['labs.json'].map(({ milestones: _, ...lab }: Record<string, unknown>) => lab),
      'relations.json': smallData['relations.json'].filter(({ type }) => type === 'BASED_IN'),
    };

    it('keep it if a remaining record rests on it, and say so', async () => {
      const folder = await prepared();
      writeData(folder, bare);
      const { kept, missing, removed } = await seed(own.graph, folder, { prune: true });
      expect([...kept].sort()).toEqual(['Source source-a', 'Source source-b', 'Source source-c']);
      expect(missing).toEqual([]);
      expect(removed).toContain('Source source-d');
      expect(removed).toContain('CITES lab-three → source-d');
      const whole = await exported(own.graph, 'jsonl');
      await own.ask('MATCH (node) DETACH DELETE node');
      await importFiles(own.graph, [dataFolder(whole)]);
      expect(await own.counts()).toMatchObject({ Source: 3, Lab: 3, CITES: 1 });
    });

    it('remove it once no record rests on it', async () => {
      const folder = await prepared();
      writeData(folder, bare);
      await seed(own.graph, folder, { prune: true });
      await own.ask("MATCH ({id: 'lab-three'})-[relation:PARTNERS_WITH]->() DELETE relation");
      await own.ask("MATCH (lab {id: 'lab-three'}) REMOVE lab.milestones");
      const { kept, removed } = await seed(own.graph, folder, { prune: true });
      expect(kept).toEqual([]);
      expect([...removed].sort()).toEqual([
        'CITES lab-two → source-b',
        'Source source-a',
        'Source source-b',
        'Source source-c',
      ]);
    });

    it('wait for a change that lets something rest on it', async () => {
      const folder = dataFolder(smallData);
      await seed(own.graph, folder);
      writeData(folder, bare);
      let seeding: ReturnType<typeof seed> | undefined;
      await own.graph.write(async (run) => {
        await run({ name: 'test', text: restOnSource }, {});
        const before = own.ran.length;
        seeding = seed(own.graph, folder, { prune: true });
        while (!own.ran.slice(before).some(({ name }) => name === 'seed-relations')) await sleep(10);
        await own.untilBlocked(seeding);
      });
      expect((await seeding)?.kept).toEqual(['Source source-b']);
    });
  });

  it('refer only to themselves, even if the graph still contains the record', async () => {
    const folder = dataFolder(smallData);
    await seed(own.graph, folder);
    rmSync(join(folder, 'indicators.json'));
    await expect(seed(own.graph, folder)).rejects.toThrow(ImportRefused);
  });
});
