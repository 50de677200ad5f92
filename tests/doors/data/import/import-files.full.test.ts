import { join } from 'node:path';
import { DateTime } from 'neo4j-driver';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { describeFault, ImportRefused } from '../../../../src/doors/data/fault.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { seed } from '../../../../src/doors/data/import/seed.ts';
import { totalsOf } from '../../../../src/doors/data/import/summary.ts';
import { ImportPending, pendingImport } from '../../../../src/doors/data/import-marker.ts';
import type { Progress } from '../../../../src/doors/data/progress.ts';
import { readChanges } from '../../../../src/engine/changes/log/read-changes.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { type DataFiles, dataFolder, writeData } from '../data-folder.ts';
import { failingAt, losingAnswer } from '../failing-graph.ts';
import { ownGraph } from '../own-graph.ts';
import { smallData } from '../small-data.ts';

const own = ownGraph();

/** The faults of an import that is refused, in sentences, without the name of the folder. */
async function faultsOf(files: DataFiles): Promise<readonly string[]> {
  const folder = dataFolder(files);
  const refused: unknown = await importFiles(own.graph, [folder]).catch((error: unknown) => error);
  if (!(refused instanceof ImportRefused)) throw new Error(`The import was not refused: ${refused}`);
  return refused.faults.map((fault) => describeFault({ ...fault, file: fault.file.slice(folder.length + 1) }));
}

const created = { created: 1, updated: 0, unchanged: 0, removed: 0 };

describe('importing', () => {
  it('stores entities and relations as specified', async () => {
    const summary = await importFiles(own.graph, [dataFolder(smallData)]);
    expect(totalsOf(cooperation, summary)).toEqual({
      entities: { ...created, created: 9 },
      relations: { ...created, created: 6 },
    });
    expect(summary.tallies.get('HOSTED_BY')).toEqual(created);
    expect(await own.ask("MATCH (lab:Lab {id: 'lab-one'}) RETURN labels(lab), properties(lab)")).toEqual([
      [
        ['Entity', 'Lab'],
        {
          id: 'lab-one',
          name: 'One',
          _kind: 'Lab',
          _nameFolded: 'one',
          designation: 'OTHER_JOINT_LABORATORY',
          inScope: false,
          status: 'AGREED',
          confidence: 'LOW',
          batch: 1,
          firstMilestoneDate: '2019',
          milestones: '[{"date":"2019","text":"Begun.","source":"source-a"},{"text":"Opened."}]',
          _milestonesDate: ['2019', ''],
          _milestonesText: ['Begun.', 'Opened.'],
          _milestonesTextFolded: ['begun.', 'opened.'],
          _milestonesType: ['', ''],
          _revision: 1,
          _createdAt: expect.any(DateTime),
          _updatedAt: expect.any(DateTime),
        },
      ],
    ]);
    expect(
      await own.ask(
        'MATCH (from)-[relation]->(to) RETURN from.id, type(relation), to.id, properties(relation) ORDER BY type(relation)',
      ),
    ).toEqual([
      ['institute', 'BASED_IN', 'cn', { basis: 'NAME' }],
      ['lab-one', 'CITES', 'source-a', { supports: ['RECORD', 'NAME'] }],
      ['lab-one', 'HOSTED_BY', 'institute', { role: 'HOST', roleNote: 'Leads É', _roleNoteFolded: 'leads e' }],
      ['figure', 'MEASURES_COUNTRY', 'cn', {}],
      ['lab-one', 'PARTNERS_WITH', 'ci', { sources: ['source-a', 'source-b'] }],
      ['lab-one', 'POSSIBLY_SAME_AS', 'lab-two', { note: 'Alike.', _noteFolded: 'alike.' }],
    ]);
  });

  it('stores whole numbers as integers, other numbers as floats, and texts folded beside them', async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    const [row] =
      await own.ask(`MATCH (figure:Indicator), (country:Country {id: 'ci'}), (institute:Institution {id: 'institute'})
      RETURN figure.value IS :: FLOAT, figure.value, figure.year IS :: INTEGER, country.briMouYear, country._nameFolded, institute._alsoKnownAsFolded`);
    expect(row).toEqual([true, 18_800_000_000, true, 2018, "cote d'ivoire", ['lodz', 'i']]);
  });

  it('changes nothing the second time, and reports that', async () => {
    const folder = dataFolder(smallData);
    await importFiles(own.graph, [folder]);
    const before = await own.content();
    const ranBefore = own.ran.length;
    const { entities, relations } = totalsOf(cooperation, await importFiles(own.graph, [folder]));
    expect([entities.unchanged, entities.created + entities.updated]).toEqual([9, 0]);
    expect([relations.unchanged, relations.created + relations.updated]).toEqual([6, 0]);
    expect(await own.content()).toEqual(before);
    expect(own.ran.slice(ranBefore).filter(({ name }) => /create|update|remove-[A-Z]/.test(name))).toEqual([]);
  });

  it('replaces the target of a to-one relation, however it came into the graph, and logs both', async () => {
    await seed(own.graph, dataFolder(smallData));
    const moved = dataFolder({ 'relations.json': [{ type: 'BASED_IN', from: 'institute', to: 'ci' }] });
    for (const updated of [1, 0]) {
      const { tallies } = await importFiles(own.graph, [moved]);
      expect([...tallies]).toEqual([['BASED_IN', { ...created, created: 0, updated, unchanged: 1 - updated }]]);
      expect(await own.ask('MATCH (from)-[relation:BASED_IN]->(to) RETURN from.id, to.id, relation.basis')).toEqual([
        ['institute', 'ci', null],
      ]);
    }
    const { changes } = await readChanges(own.graph, { after: 1, first: 10 });
    const ends = { relation: 'BASED_IN', from: { kind: 'Institution', slug: 'institute' } };
    expect(changes.filter(({ subject }) => subject === 'RELATION')).toMatchObject([
      { ...ends, action: 'DELETED', to: { kind: 'Country', slug: 'cn' }, before: { properties: { basis: 'NAME' } } },
      { ...ends, action: 'CREATED', to: { kind: 'Country', slug: 'ci' }, before: null },
    ]);
  });

  it('changes and takes away fields, of relations too, and leaves what Silkgraph keeps beside them', async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    await own.ask("MATCH (lab:Lab {id: 'lab-two'}) SET lab.`_revision` = 7");
    const changed = dataFolder({
      'labs.json': [
        { ...smallData['labs.json'][0], batch: undefined, milestones: undefined, cities: ['Wuhan'] },
        { ...smallData['labs.json'][1], status: 'AGREED' },
      ],
      // The same symmetric relation, from its other end.
      'relations.json': [
        { type: 'POSSIBLY_SAME_AS', from: 'lab-two', to: 'lab-one' },
        { type: 'CITES', from: 'lab-one', to: 'source-a', properties: { supports: ['NAME'], note: 'n' } },
      ],
    });
    const { tallies } = await importFiles(own.graph, [changed]);
    expect([...tallies]).toEqual([
      ['Lab', { ...created, created: 0, updated: 2 }],
      ['POSSIBLY_SAME_AS', { ...created, created: 0, updated: 1 }],
      ['CITES', { ...created, created: 0, updated: 1 }],
    ]);
    expect(
      await own.ask(
        'MATCH (lab:Lab) RETURN lab.batch, lab.milestones, lab.cities, lab.status, lab._revision ORDER BY lab.id',
      ),
    ).toEqual([
      [null, null, ['Wuhan'], 'AGREED', 2],
      [null, null, null, 'AGREED', 8],
    ]);
    expect(
      await own.ask('MATCH ()-[r:POSSIBLY_SAME_AS|CITES]->() RETURN startNode(r).id, properties(r) ORDER BY type(r)'),
    ).toEqual([
      ['lab-one', { supports: ['NAME'], note: 'n', _noteFolded: 'n' }],
      ['lab-one', {}],
    ]);
  });

  it('reads several files of a kind, and ends and sources out of the graph', async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    const more = { ...smallData['labs.json'][1], id: 'lab-three', milestones: [{ text: 'x', source: 'source-b' }] };
    const first = dataFolder({ 'labs.jsonl': [more] });
    const second = dataFolder({
      'labs.json': [{ ...more, id: 'lab-four' }],
      'relations.jsonl': [
        { type: 'POSSIBLY_SAME_AS', from: 'lab-four', to: 'lab-one', sources: ['source-a'] },
        { type: 'POSSIBLY_SAME_AS', from: 'lab-four', to: 'lab-three' },
      ],
    });
    const summary = await importFiles(own.graph, [join(first, 'labs.jsonl'), second]);
    expect(totalsOf(cooperation, summary).entities.created).toBe(2);
    expect(totalsOf(cooperation, summary).relations.created).toBe(2);
  });

  it('reports its progress', async () => {
    const told: Progress[] = [];
    await importFiles(own.graph, [dataFolder(smallData)], { report: (progress) => void told.push(progress) });
    const last = (phase: string) => told.findLast((progress) => progress.phase === phase);
    expect(last('checking')).toMatchObject({ done: expect.any(Number), unit: 'bytes' });
    expect(last('checking')?.done).toBe(last('checking')?.total);
    expect(last('writing')).toEqual({ phase: 'writing', done: 15, total: 15, unit: 'records' });
  });

  it('treats constructor as any other id', async () => {
    const folder = dataFolder({ 'sources.json': [{ ...smallData['sources.jsonl'][0], id: 'constructor' }] });
    await importFiles(own.graph, [folder]);
    expect(totalsOf(cooperation, await importFiles(own.graph, [folder])).entities.unchanged).toBe(1);
  });
});

describe('data with faults', () => {
  it('says where the properties of a relation belong, and names one without a type by its ends', async () => {
    const ends = { from: 'cn', to: 'brics' };
    expect(
      await faultsOf({
        ...smallData,
        'relations.json': [{ type: 'MEMBER_OF', ...ends, since: '2020', weight: 2 }, ends],
      }),
    ).toEqual(
      expect.arrayContaining([
        'relations.json, record 1 (MEMBER_OF cn → brics): since: expected no such field beside the ends (put it into `properties`), found "2020".',
        'relations.json, record 1 (MEMBER_OF cn → brics): weight: expected no such field, found 2.',
        'relations.json, record 2 (cn → brics): type: expected a type of relation, found nothing.',
      ]),
    );
  });

  it('is rejected with all errors, and nothing is written', async () => {
    const [source] = smallData['sources.jsonl'];
    const [lab, otherLab] = smallData['labs.json'];
    const relation = { type: 'BASED_IN', from: 'institute', to: 'cn' };
    const faults = await faultsOf({
      ...smallData,
      'sources.jsonl': `${JSON.stringify(source)}\n{"id":\n[]\n{"id":"proto","name":"x","type":"MEDIA","reliability":"LOW","__proto__":{"mirror":true}}\n`,
      'countries.json': [...smallData['countries.json'], { ...smallData['countries.json'][0], id: 'zh' }],
      'labs.json': [
        { ...lab, statsu: 'AGREED', name: undefined, batch: 1.5, recognisedDate: '2023-02-29', cities: [] },
        { ...otherLab, id: 'Bad Slug', designation: 'FAMOUS', description: '', batch: null },
        { ...otherLab, id: 'cn', milestones: [{ text: 'x', source: 'institute' }, { when: '2019' }] },
        otherLab,
        otherLab,
      ],
      'indicators.json': [{ ...smallData['indicators.json'][0], value: '5', year: 2 ** 31 }],
      'relations.json': [
        relation,
        { ...relation, to: 'ci' },
        relation,
        { ...relation, from: 'university', to: 'nowhere' },
        { ...relation, from: 'lab-one' },
        { ...relation, type: 'BASED_ON' },
        { type: 'CITES', from: 'source-a', to: 'source-a', properties: { supports: ['ALL'] } },
        { type: 'CITES', from: 'lab-one', to: 'source-a' },
        { type: 'POSSIBLY_SAME_AS', from: 'lab-one', to: 'lab-two' },
        { type: 'POSSIBLY_SAME_AS', from: 'lab-two', to: 'lab-one' },
        { type: 'POSSIBLY_SAME_AS', from: 'lab-one', to: 'lab-one' },
        {
          type: 'PARTNERS_WITH',
          from: 'lab-one',
          to: 'cn',
          properties: { note: 'x' },
          sources: ['cn', 'source-a', 'source-a'],
        },
        { type: 'MEMBER_OF', from: 'cn', to: '__proto__', properties: { since: '2020', until: '2019' } },
        { type: 'constructor', from: 1, weight: 2 },
        { type: 'PARTNERS_WITH', from: 'lab-two', to: 'cn', properties: {}, sources: [] },
      ],
    });
    expect(faults).toMatchInlineSnapshot(`
      [
        "sources.jsonl, record 2: expected valid JSON, found Unexpected end of JSON input.",
        "sources.jsonl, record 3: expected a record, { … }, found [].",
        "sources.jsonl, record 4 (proto): __proto__: expected no such field, found {"mirror":true}.",
        "countries.json, record 3 (zh): id: expected its code in lower case, "cn", found "zh".",
        "labs.json, record 1 (lab-one): statsu: expected no such field (did you mean status?), found "AGREED".",
        "labs.json, record 1 (lab-one): name: expected a non-empty text of at most 2000 characters, found nothing.",
        "labs.json, record 1 (lab-one): batch: expected a 32-bit integer, found 1.5.",
        "labs.json, record 1 (lab-one): recognisedDate: expected a valid date such as 2019, 2019-06 or 2019-06-20, found "2023-02-29".",
        "labs.json, record 1 (lab-one): cities: expected a non-empty list, each item a non-empty text, found [].",
        "labs.json, record 2 (Bad Slug): id: expected a slug: words of lower-case letters a-z and digits, joined by hyphens, at most 200 characters, found "Bad Slug".",
        "labs.json, record 2 (Bad Slug): designation: expected one of BELT_AND_ROAD_JOINT_LABORATORY, BELT_AND_ROAD_JOINT_LABORATORY_INFERRED, BELT_AND_ROAD_LABELLED, BILATERAL_JOINT_LABORATORY, OTHER_JOINT_LABORATORY, PLANNED, found "FAMOUS".",
        "labs.json, record 2 (Bad Slug): description: expected a non-empty text, found "".",
        "labs.json, record 2 (Bad Slug): batch: expected a 32-bit integer, found null.",
        "labs.json, record 3 (cn): id: expected a unique id, found "cn", which is already a Country.",
        "labs.json, record 3 (cn): milestones[1].when: expected no such field, found "2019".",
        "labs.json, record 3 (cn): milestones[1].text: expected a non-empty text of at most 2000 characters, found nothing.",
        "labs.json, record 3 (cn): milestones[0].source: expected the id of a Source, found "institute", which does not exist.",
        "labs.json, record 5 (lab-two): id: expected a unique id, found "lab-two", which is already a Lab.",
        "indicators.json, record 1 (figure): value: expected a finite number, found "5".",
        "indicators.json, record 1 (figure): year: expected a 32-bit integer, found 2147483648.",
        "relations.json, record 2 (BASED_IN institute → ci): to: expected only one BASED_IN from "institute", which leads to "cn" already, found "ci".",
        "relations.json, record 3 (BASED_IN institute → cn): to: expected at most one BASED_IN between the two, found a duplicate.",
        "relations.json, record 4 (BASED_IN university → nowhere): to: expected the id of a Country, found "nowhere", which does not exist.",
        "relations.json, record 5 (BASED_IN lab-one → cn): from: expected the id of an Institution, found "lab-one", which is a Lab.",
        "relations.json, record 6 (BASED_ON institute → cn): type: expected a type of relation (did you mean BASED_IN?), found "BASED_ON".",
        "relations.json, record 7 (CITES source-a → source-a): from: expected the id of a record of any kind but Source, found "source-a", which is a Source.",
        "relations.json, record 7 (CITES source-a → source-a): properties.supports[0]: expected one of RECORD, RECORD_NAMING_IT, NAME, NAMED, MILESTONE, FACT, CONFLICT, NOTE, CODES, INCOME_GROUP, BRI_STATUS, BRI_EVIDENCE, BRI_EXIT, PARTICIPANTS, LAUNCHED, found "ALL".",
        "relations.json, record 8 (CITES lab-one → source-a): properties.supports: expected one of RECORD, RECORD_NAMING_IT, NAME, NAMED, MILESTONE, FACT, CONFLICT, NOTE, CODES, INCOME_GROUP, BRI_STATUS, BRI_EVIDENCE, BRI_EXIT, PARTICIPANTS, LAUNCHED, found nothing.",
        "relations.json, record 10 (POSSIBLY_SAME_AS lab-two → lab-one): to: expected at most one POSSIBLY_SAME_AS between the two, found a duplicate.",
        "relations.json, record 11 (POSSIBLY_SAME_AS lab-one → lab-one): to: expected a different record from \`from\`, found "lab-one".",
        "relations.json, record 12 (PARTNERS_WITH lab-one → cn): properties.note: expected no such field, found "x".",
        "relations.json, record 12 (PARTNERS_WITH lab-one → cn): sources[0]: expected the id of a Source, found "cn", which is a Country.",
        "relations.json, record 12 (PARTNERS_WITH lab-one → cn): sources[2]: expected no duplicate sources, found "source-a".",
        "relations.json, record 13 (MEMBER_OF cn → __proto__): to: expected the id of a CountryGroup, found "__proto__".",
        "relations.json, record 13 (MEMBER_OF cn → __proto__): properties.until: expected a date not before since (2020), found "2019".",
        "relations.json, record 14: type: expected a type of relation, found "constructor".",
        "relations.json, record 14: weight: expected no such field, found 2.",
        "relations.json, record 15 (PARTNERS_WITH lab-two → cn): properties: expected a non-empty object, found {}.",
        "relations.json, record 15 (PARTNERS_WITH lab-two → cn): sources: expected a non-empty list of source ids, found [].",
      ]
    `);
    expect(await own.content()).toEqual([]);
  });

  it('names at most fifty faults in its message, and their number', async () => {
    const folder = dataFolder({ 'labs.json': Array.from({ length: 80 }, () => ({})) });
    const refused: ImportRefused = await importFiles(own.graph, [folder]).then(
      () => Promise.reject(new Error('not refused')),
      (error) => error,
    );
    expect(refused.total).toBe(80 * 6);
    expect(refused.message).toMatch(/^There are 480 errors in the data; nothing was written\./);
    expect(refused.message).toContain('… and 430 more.');
    expect(refused.message.split('\n')).toHaveLength(52);
  });

  it('is reported once if one file contains all of it', async () => {
    expect(await faultsOf({ 'graph.json': '{"labs": [}' })).toHaveLength(1);
    expect(await faultsOf({ 'graph.json': '{"labs": 1, "sources": [], "nothing": []}' })).toEqual([
      'graph.json: expected only arrays, named like the files of their kinds, found labs: 1.',
      'graph.json: expected only arrays, named like the files of their kinds, found "nothing".',
    ]);
  });

  it('is data that contradicts the graph', async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    const before = await own.content();
    expect(
      await faultsOf({
        'institutions.json': [{ id: 'lab-one', name: 'x', type: 'AGENCY' }],
        'relations.json': [
          { type: 'HOSTED_BY', from: 'lab-one', to: 'cn' },
          { type: 'HOSTED_BY', from: 'lab-nine', to: 'institute' },
        ],
      }),
    ).toEqual([
      'institutions.json, record 1 (lab-one): id: expected a unique id, found "lab-one", which is already a Lab.',
      'relations.json, record 1 (HOSTED_BY lab-one → cn): to: expected the id of an Institution, found "cn", which is a Country.',
      'relations.json, record 2 (HOSTED_BY lab-nine → institute): from: expected the id of a Lab, found "lab-nine", which does not exist.',
    ]);
    expect(await own.content()).toEqual(before);
  });
});

describe('an import that fails', () => {
  it('leaves the graph unchanged if it is one transaction', async () => {
    const folder = dataFolder(smallData);
    await expect(importFiles(failingAt(own.graph, 'import-create-relations', 1), [folder])).rejects.toThrow(
      'Power cut.',
    );
    expect(await own.content()).toEqual([]);
    expect(await pendingImport(own.graph)).toBeUndefined();
  });

  it('is pending if it is in batches, until the same import completes it', async () => {
    const folder = dataFolder(smallData);
    const options = { largestTransaction: 3 };
    await expect(importFiles(failingAt(own.graph, 'import-create-relations', 1), [folder], options)).rejects.toThrow(
      'Power cut.',
    );
    expect(await pendingImport(own.graph)).toMatchObject({ seeded: false, written: 9, total: 15 });
    expect(await own.ask('MATCH (entity:Entity) RETURN count(*)')).toEqual([[9]]);

    const other = dataFolder({ 'sources.json': smallData['sources.jsonl'] });
    await expect(importFiles(own.graph, [other])).rejects.toThrow(ImportPending);

    const summary = await importFiles(own.graph, [folder], options);
    expect(totalsOf(cooperation, summary).entities.unchanged).toBe(9);
    expect(totalsOf(cooperation, summary).relations.created).toBe(6);
    expect(await pendingImport(own.graph)).toBeUndefined();
    expect(await own.ask('MATCH (marker:`_Import`) RETURN count(*)')).toEqual([[0]]);
  });

  it('gives way to another one that replaces it', async () => {
    await expect(
      importFiles(failingAt(own.graph, 'import-create-relations', 1), [dataFolder(smallData)], {
        largestTransaction: 3,
      }),
    ).rejects.toThrow('Power cut.');
    await importFiles(own.graph, [dataFolder({ 'sources.json': smallData['sources.jsonl'] })], {
      replacePending: true,
    });
    expect(await pendingImport(own.graph)).toBeUndefined();
    // What stays of the one that was given up is in the log with it.
    const { changes } = await readChanges(own.graph, { after: 0, first: 10 });
    expect(changes).toMatchObject([{ subject: 'IMPORT', created: 9, updated: 0 }]);
    expect(changes[0]).toMatchObject({ files: expect.arrayContaining(['labs.json', 'sources.json']) });
  });

  it('stops if another process has taken it over', async () => {
    const folder = dataFolder(smallData);
    const overtaken: Graph = {
      ontology: cooperation,
      read: own.graph.read,
      async write(work) {
        await own.ask("MATCH (marker:`_Import`) SET marker.owner = 'another'");
        return own.graph.write(work);
      },
    };
    await expect(importFiles(overtaken, [folder], { largestTransaction: 3 })).rejects.toThrow('taken over');
    expect(await own.counts()).toEqual({});
  });

  it('checks again if a concurrent writer wrote the same', async () => {
    let other: Promise<unknown> | undefined;
    const interrupted: Graph = {
      ontology: cooperation,
      read: own.graph.read,
      async write(work) {
        other ??= importFiles(own.graph, [dataFolder({ 'sources.json': smallData['sources.jsonl'] })]);
        await other;
        return own.graph.write(work);
      },
    };
    const { entities } = totalsOf(cooperation, await importFiles(interrupted, [dataFolder(smallData)]));
    expect(entities).toMatchObject({ created: 7, unchanged: 2 });
  });

  it('notices that its files were changed while it was running', async () => {
    const folder = dataFolder(smallData);
    let times = 0;
    const slow: Graph = {
      ontology: cooperation,
      read: own.graph.read,
      write(work) {
        times += 1;
        writeData(folder, {
          'areas.json': [],
          'labs.json': smallData['labs.json'].map((lab) => ({ ...lab, batch: times })),
        });
        return own.graph.write(work);
      },
    };
    await expect(importFiles(slow, [folder])).rejects.toThrow('changed during the import');
    expect(await own.content()).toEqual([]);
  });

  it('notices that one of its files has lost what was in it', async () => {
    const { 'relations.json': relations, ...entities } = smallData;
    const folder = dataFolder({ ...entities, 'relations.jsonl': relations });
    const checked: Graph = {
      ontology: cooperation,
      read: own.graph.read,
      write(work) {
        writeData(folder, { 'relations.jsonl': '' });
        return own.graph.write(work);
      },
    };
    await expect(importFiles(checked, [folder], { largestTransaction: 3 })).rejects.toThrow(
      'changed during the import',
    );
    expect(await pendingImport(own.graph)).toMatchObject({ written: 9, total: 15 });
  });

  it('writes only checked data in batches, and reports that it is incomplete', async () => {
    const folder = dataFolder(smallData);
    const [relation] = smallData['relations.json'];
    const slow: Graph = {
      ontology: cooperation,
      read: own.graph.read,
      write(work) {
        // After the batch of the entities is read.
        writeData(folder, { 'relations.json': [{ ...relation, sources: ['source-b', 'source-a'] }] });
        return own.graph.write(work);
      },
    };
    const options = { largestTransaction: 3, replacePending: true };
    await expect(importFiles(slow, [folder], options)).rejects.toThrow(
      /changed during the import\. An import of .* stopped after \d+ of 15 records\. Run that import again/,
    );
    expect(await own.ask('MATCH ()-[relation]->() RETURN count(*)')).toEqual([[0]]);
    expect(await pendingImport(own.graph)).toMatchObject({ total: 15 });

    writeData(folder, { 'labs.json': [{}] });
    const refused = importFiles(own.graph, [folder], options);
    await expect(refused).rejects.toThrow(/in the data; nothing more was written\. An import of .* of 15 records/);

    writeData(folder, smallData);
    await importFiles(own.graph, [folder], options);
    expect(await own.counts()).toMatchObject({ Lab: 2, PARTNERS_WITH: 1, HOSTED_BY: 1 });
    expect(await pendingImport(own.graph)).toBeUndefined();
  });
});

describe('an import whose commit is not answered', () => {
  const largest = { 'in one transaction': 20_000, 'in batches': 3 };

  it.each([
    ['in one transaction', 'import-create-relations'],
    ['in batches', 'import-marker-take'],
    ['in batches', 'import-create-entities'],
    ['in batches', 'import-create-relations'],
    ['in batches', 'import-marker-remove'],
  ] as const)('writes nothing twice, and says what it wrote: %s, at %s', async (how, statement) => {
    const losing = losingAnswer(own.graph, statement, 1);
    const summary = await importFiles(losing, [dataFolder(smallData)], { largestTransaction: largest[how] });
    expect(totalsOf(cooperation, summary)).toEqual({
      entities: { ...created, created: 9 },
      relations: { ...created, created: 6 },
    });
    expect(await own.ask('MATCH ()-[relation]->() RETURN count(*)')).toEqual([[6]]);
    expect(await own.ask('MATCH (change:`_Change`) RETURN change.created, change.updated')).toEqual([[15, 0]]);
    expect(await pendingImport(own.graph)).toBeUndefined();
  });

  it.each(['in one transaction', 'in batches'] as const)('succeeds if it changes nothing: %s', async (how) => {
    const folder = dataFolder(smallData);
    await importFiles(own.graph, [folder]);
    const losing = losingAnswer(own.graph, 'import-marker-remove', 1);
    const summary = await importFiles(losing, [folder], { largestTransaction: largest[how] });
    expect(totalsOf(cooperation, summary)).toMatchObject({ entities: { unchanged: 9 }, relations: { unchanged: 6 } });
    expect(await pendingImport(own.graph)).toBeUndefined();
  });
});

describe('two imports at once', () => {
  it('both end well, and nothing is there twice', async () => {
    const folder = dataFolder(smallData);
    const summaries = await Promise.all([importFiles(own.graph, [folder]), importFiles(own.graph, [folder])]);
    expect(summaries.reduce((sum, summary) => sum + totalsOf(cooperation, summary).relations.created, 0)).toBe(6);
    expect(await own.ask('MATCH ()-[relation]->() RETURN count(*)')).toEqual([[6]]);
  });

  it('wait for each other if only relations are new', async () => {
    const { 'relations.json': relations, ...entities } = smallData;
    await importFiles(own.graph, [dataFolder(entities)]);
    const folder = dataFolder({ 'relations.json': relations });
    await Promise.all([importFiles(own.graph, [folder]), importFiles(own.graph, [folder])]);
    expect(await own.ask('MATCH ()-[relation]->() RETURN count(*)')).toEqual([[6]]);
  });
});
