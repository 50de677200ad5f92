import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { describeFault, ImportRefused } from '../../../../src/doors/data/fault.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import type { ImportOptions } from '../../../../src/doors/data/import/run-import.ts';
import { totalsOf } from '../../../../src/doors/data/import/summary.ts';
import { type DataFiles, dataFolder } from '../data-folder.ts';
import { failingAt } from '../failing-graph.ts';
import { ownGraph } from '../own-graph.ts';
import { smallData } from '../small-data.ts';

const own = ownGraph();

const { 'labs.json': _, 'relations.json': __, ...world } = smallData;

/** Imports files of a test, of which `mapping.json` says how the tables are read. */
function importTables(files: DataFiles, mapping?: unknown, options: ImportOptions = {}) {
  const folder = dataFolder(files);
  const mapped = dataFolder(mapping === undefined ? {} : { 'mapping.json': JSON.stringify(mapping) });
  const paths = Object.keys(files).map((name) => join(folder, name));
  return importFiles(own.graph, paths, {
    ...options,
    ...(mapping === undefined ? {} : { mapping: join(mapped, 'mapping.json') }),
  });
}

/** The faults of tables that are refused, in sentences, without the names of folders. */
async function faultsOf(files: DataFiles, mapping?: unknown): Promise<readonly string[]> {
  const before = await own.content();
  const refused: unknown = await importTables(files, mapping).catch((error: unknown) => error);
  if (!(refused instanceof ImportRefused)) throw new Error(`The import was not refused: ${refused}`);
  expect(await own.content()).toEqual(before);
  return refused.faults.map((fault) => describeFault({ ...fault, file: fault.file.replace(/^.*\//, '') }));
}

const header = 'id,name,designation,inScope,status,confidence';
const row = (id: string) => `${id},${id.toUpperCase()},PLANNED,true,PLANNED,HIGH`;

describe('importing tables', () => {
  it('takes columns named after properties, with lists, numbers, dates and milestones, and rows without any value', async () => {
    await importTables({
      'sources.csv':
        '\ufeffid,name,type,reliability,date,url\r\nsource-a,A,MEDIA,HIGH,,\r\nsource-b,"B, ""the"" second",OFFICIAL,LOW,2023-06,https://example.org/b\r\n,,,,,\r\n',
      'labs.csv': `${header},batch,cities,milestones\nlab-one,实验室,PLANNED,FALSE,AGREED,LOW,2,Wuhan; Kigali,"[{""text"":""Begun."",""source"":""source-a""}]"\n`,
      'indicators.csv': 'id,name,series,value,unit,qualifier,type,year\nfigure,F,s,-1.5e3,x,EXACT,ACTUAL,2023\n',
      'relations.csv':
        'type,from,to,sources,supports,note\nCITES,lab-one,source-a,,RECORD;NAME,=n\nCITES,figure,source-b,,FACT,"The ""note""\r\nsecond"\n',
    });
    expect(
      await own.ask('MATCH (n:Entity)-[r]->(m) RETURN n.id, type(r), m.id, r.supports, r.note ORDER BY n.id'),
    ).toEqual([
      ['figure', 'CITES', 'source-b', ['FACT'], 'The "note"\r\nsecond'],
      ['lab-one', 'CITES', 'source-a', ['RECORD', 'NAME'], '=n'],
    ]);
    expect(
      await own.ask(
        "MATCH (l:Lab), (i:Indicator), (s:Source {id: 'source-b'}) RETURN l.name, l.inScope, l.batch, l.cities, l.milestones, i.value, s.name, s.date",
      ),
    ).toEqual([
      [
        '实验室',
        false,
        2,
        ['Wuhan', 'Kigali'],
        '[{"text":"Begun.","source":"source-a"}]',
        -1500,
        'B, "the" second',
        '2023-06',
      ],
    ]);
  });

  it('creates entities and relations from one row, according to a mapping', async () => {
    await importFiles(own.graph, [dataFolder(world)]);
    const mapping = {
      'list of labs.csv': {
        kind: 'Lab',
        delimiter: ';',
        listSeparator: '/',
        properties: {
          id: { column: 'Code', lowerCase: true },
          name: 'Title',
          designation: { value: 'PLANNED' },
          inScope: { column: 'Scope', values: { yes: 'true', no: 'false' } },
          status: { column: 'State', values: { running: 'ESTABLISHED', unknown: '' } },
          cities: 'Towns',
          confidence: { value: 'LOW' },
        },
        relations: [
          { relation: 'PARTNERS_WITH', to: { column: 'Partners', lowerCase: true, separator: ' ' }, sources: 'Paper' },
          { relation: 'HOSTED_BY', to: 'Host', properties: { role: { value: 'HOST' }, roleNote: 'Remark' } },
          { relation: 'BASED_IN', from: 'Host', to: { value: 'cn' } },
          { relation: 'CITES', to: 'Paper', properties: { supports: { value: ['RECORD'] } } },
        ],
        ignore: ['Internal'],
      },
      'pairs.csv': { relation: 'POSSIBLY_SAME_AS', from: 'a', to: 'b', properties: { note: { value: 'Alike.' } } },
    };
    const summary = await importTables(
      {
        'list of labs.csv': [
          'Code;Title;Scope;State;Towns;Partners;Host;Remark;Paper;batch;Internal',
          'LAB-X;X;yes;running;Wuhan/Kigali;CN CI;institute;Leads;source-a/source-b;3;zzz',
          'LAB-Y;Y;no;ESTABLISHED;;;;;;;',
        ].join('\n'),
        'pairs.csv': 'a,b\nlab-x,lab-y\n',
      },
      mapping,
    );
    expect(totalsOf(cooperation, summary).entities.created).toBe(2);
    expect(
      await own.ask('MATCH (l:Lab) RETURN l.id, l.inScope, l.status, l.cities, l.batch, l.designation ORDER BY l.id'),
    ).toEqual([
      ['lab-x', true, 'ESTABLISHED', ['Wuhan', 'Kigali'], 3, 'PLANNED'],
      ['lab-y', false, 'ESTABLISHED', null, null, 'PLANNED'],
    ]);
    expect(
      await own.ask(
        'MATCH (f)-[r]->(t) RETURN f.id, type(r), t.id, r.sources, r.roleNote, r.note ORDER BY type(r), t.id',
      ),
    ).toEqual([
      ['institute', 'BASED_IN', 'cn', null, null, null],
      ['lab-x', 'CITES', 'source-a', null, null, null],
      ['lab-x', 'CITES', 'source-b', null, null, null],
      ['lab-x', 'HOSTED_BY', 'institute', null, 'Leads', null],
      ['lab-x', 'PARTNERS_WITH', 'ci', ['source-a', 'source-b'], null, null],
      ['lab-x', 'PARTNERS_WITH', 'cn', ['source-a', 'source-b'], null, null],
      ['lab-x', 'POSSIBLY_SAME_AS', 'lab-y', null, null, 'Alike.'],
    ]);
  });

  it('takes a table named after a type of relation', async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    await importTables({ 'PARTNERS_WITH.csv': 'from,to\nlab-two,cn;ci\n' });
    expect(await own.ask("MATCH (:Lab {id: 'lab-two'})-[:PARTNERS_WITH]->(c) RETURN count(c)")).toEqual([[2]]);
  });

  it('is one entry in the log if it changed anything, behind those that list what it changed, and increments revisions once', async () => {
    const log = () =>
      own.ask('MATCH (c:`_Change`) RETURN c.subject, c.files, c.created, c.updated, c.removed ORDER BY c.sequence');
    await importFiles(own.graph, [dataFolder(smallData)]);
    const labs = {
      'labs.csv': `${header}\n${row('lab-two')}\n`,
      'PARTNERS_WITH.csv': 'from,to\nlab-two,cn\nlab-one,cn\n',
    };
    await importTables(labs, undefined, { largestTransaction: 1 });
    await importTables(labs);
    const listed = (subject: string) => [subject, null, null, null, null];
    expect(await log()).toEqual([
      ['IMPORT', expect.any(Array), 15, 0, 0],
      ...['ENTITY', 'RELATION', 'RELATION'].map(listed),
      ['IMPORT', ['labs.csv', 'PARTNERS_WITH.csv'], 2, 1, 0],
    ]);
    expect(
      await own.ask(
        'MATCH (n:Entity) WHERE n._revision > 1 RETURN n.id, n._revision, n._updatedAt > n._createdAt ORDER BY n.id',
      ),
    ).toEqual([
      ['lab-one', 2, true],
      ['lab-two', 2, true],
    ]);
  });
});

describe('tables with faults', () => {
  it('name line and column', async () => {
    expect(
      await faultsOf({
        'labs.csv': [
          `${header},batch,cities,recognisedDate`,
          '"lab-\none",x,PLANNED,true,PLANNED,HIGH,1,,',
          'lab-two,,PLANNED,maybe,PLANNED,HIGH,1.5,,2023-02-29',
          'constructor,x,PLANNED,true,PLANNED,HIGH,,a;b,',
          '__proto__,x,PLANNED,true,PLANNED,HIGH,,,',
        ].join('\n'),
        'PARTNERS_WITH.csv': 'from,to\nconstructor,nowhere\n,constructor\n',
      }),
    ).toMatchInlineSnapshot(`
      [
        "labs.csv, line 2, column "id" (lab- one): id: expected a slug: words of lower-case letters a-z and digits, joined by hyphens, at most 200 characters, found "lab-\\none".",
        "labs.csv, line 4, column "name" (lab-two): name: expected a non-empty text of at most 2000 characters, found nothing.",
        "labs.csv, line 4, column "inScope" (lab-two): inScope: expected true or false, found "maybe".",
        "labs.csv, line 4, column "batch" (lab-two): batch: expected a 32-bit integer, found "1.5".",
        "labs.csv, line 4, column "recognisedDate" (lab-two): recognisedDate: expected a valid date such as 2019, 2019-06 or 2019-06-20, found "2023-02-29".",
        "labs.csv, line 6, column "id" (__proto__): id: expected a slug: words of lower-case letters a-z and digits, joined by hyphens, at most 200 characters, found "__proto__".",
        "PARTNERS_WITH.csv, line 2, column "to" (PARTNERS_WITH constructor → nowhere): to: expected the id of a Country, found "nowhere", which does not exist.",
        "PARTNERS_WITH.csv, line 3, column "from": from: expected the id of a Lab, found nothing.",
        "PARTNERS_WITH.csv, line 3, column "to": to: expected the id of a Country, found "constructor", which is a Lab.",
      ]
    `);
  });

  const plain = `${header}\n${row('lab-one')}\n`;
  it.each<[string, string | Uint8Array, string]>([
    ['a half-written row', `${plain}lab-two,"Tw`, 'line 3: expected a closing quote, found none'],
    ['a row that breaks off', `${plain}lab-two,Two`, 'line 3: expected 6 cells, as in the header row, found 2'],
    ['too many cells', `${plain}${row('lab-two')},x\n`, 'line 3: expected 6 cells, as in the header row, found 7'],
    [
      'an unknown column',
      `${header},statsu\n${row('a')},x\n`,
      'line 1: expected a column named after a field of the records (did you mean status?), found "statsu"',
    ],
    [
      'a column named constructor',
      `${header},constructor\n${row('a')},x\n`,
      'line 1: expected a column named after a field of the records, found "constructor"',
    ],
    [
      'a column named __proto__',
      `${header},__proto__\n${row('a')},x\n`,
      'line 1: expected a column named after a field of the records, found "__proto__"',
    ],
    ['a column twice', `${header},name\n${row('a')},x\n`, 'line 1: expected no duplicate columns, found "name" twice'],
    [
      'a row over the limit',
      `${plain}lab-two,${'x'.repeat(2 ** 20)}\n`,
      'line 3: expected a row of at most 1 MB, found a longer one',
    ],
    ['nothing', '', 'expected a header row with the names of the columns, found none'],
    [
      'another encoding',
      Buffer.from(`${plain}lab-two,Universit\xe9,PLANNED,true,PLANNED,HIGH\n`, 'latin1'),
      'line 3: expected text in UTF-8, found other bytes',
    ],
    ['UTF-16', Buffer.from(`\ufeff${plain}`, 'utf16le'), 'line 1: expected text in UTF-8, found other bytes'],
    [
      'no text at all',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
      'line 1: expected text in UTF-8, found other bytes',
    ],
  ])('are rejected for %s', async (_, content, fault) => {
    expect(await faultsOf({ 'labs.csv': content })).toContain(
      `labs.csv${fault.startsWith('line') ? ', ' : ': '}${fault}.`,
    );
  });

  it('say every fault of a mapping at once', async () => {
    const labs = { kind: 'Lba', columns: {}, delimiter: '""', ignore: 'x' };
    const other = {
      kind: 'Lab',
      properties: {
        naem: 'Name',
        status: { column: 'State', values: { on: 'RUNNING' } },
        batch: { value: 'x' },
        cities: { colunm: 'x' },
        name: 7,
        constructor: 'x',
      },
      relations: [
        { relation: 'PARTNERS', to: 'x' },
        { relation: 'HOSTED_BY' },
        { relation: 'HOSTED_BY', to: 'x', properties: { note: 'x', role: { value: 'BOSS' } } },
        'x',
      ],
    };
    expect(
      await faultsOf(
        { 'labs.csv': plain, 'other.csv': plain },
        { 'labs.csv': labs, 'other.csv': other, 'absent.csv': { relation: 'x' } },
      ),
    ).toMatchInlineSnapshot(`
      [
        "mapping.json: labs.csv.columns: expected one of kind, delimiter, listSeparator, properties, relations, ignore, found "columns".",
        "mapping.json: labs.csv.delimiter: expected one ASCII character, other than a quote or backslash, found "\\"\\"".",
        "mapping.json: labs.csv.ignore: expected a list of texts, found "x".",
        "mapping.json: labs.csv.kind: expected a kind (did you mean Lab?), found "Lba".",
        "mapping.json: other.csv.properties.naem: expected a property (did you mean name?), found "naem".",
        "mapping.json: other.csv.properties.status: expected one of PLANNED, AGREED, APPROVED, ESTABLISHED, found "RUNNING".",
        "mapping.json: other.csv.properties.batch: expected a 32-bit integer, found "x".",
        "mapping.json: other.csv.properties.cities.colunm: expected one of column, values, lowerCase, separator, found "colunm".",
        "mapping.json: other.csv.properties.cities.column: expected the name of a column, found nothing.",
        "mapping.json: other.csv.properties.name: expected the name of a column, { column, … } or { value }, found 7.",
        "mapping.json: other.csv.properties.constructor: expected a property, found "constructor".",
        "mapping.json: other.csv.relations[0].relation: expected a type of relation, found "PARTNERS".",
        "mapping.json: other.csv.relations[1]: expected \`from\` or \`to\`; the other end is the entity of the row, found neither.",
        "mapping.json: other.csv.relations[2].properties.note: expected a property, found "note".",
        "mapping.json: other.csv.relations[2].properties.role: expected one of HOST, LEAD, CO_FOUNDER, PARTNER, SUB_CENTRE, SIGNATORY, OTHER, found "BOSS".",
        "mapping.json: other.csv.relations[3]: expected { relation, from or to, properties?, sources? }, found "x".",
        "mapping.json: other.csv.relations[3]: expected \`from\` or \`to\`; the other end is the entity of the row, found neither.",
        "mapping.json: other.csv.relations[3].relation: expected a type of relation, found nothing.",
        "mapping.json: absent.csv.relation: expected a type of relation, found "x".",
        "mapping.json: absent.csv: expected the name of one of the files, found none.",
      ]
    `);
  });

  it.each([
    ['no JSON', '{', 'expected valid JSON in UTF-8'],
    ['no object', '[]', 'expected an object with one mapping per file name'],
  ])('are refused where the mapping is %s', async (_, content, fault) => {
    const folder = dataFolder({ 'labs.csv': plain, 'mapping.json': content });
    const refused = importFiles(own.graph, [join(folder, 'labs.csv')], { mapping: join(folder, 'mapping.json') });
    await expect(refused).rejects.toThrow(fault);
  });

  it('report an error once if rows yield entities and relations', async () => {
    const mapping = { 'labs.csv': { kind: 'Lab', relations: [{ relation: 'PARTNERS_WITH', to: { value: 'cn' } }] } };
    const countries = { 'countries.json': smallData['countries.json'] };
    expect(await faultsOf({ ...countries, 'labs.csv': `${plain}half\n` }, mapping)).toEqual([
      'labs.csv, line 3: expected 6 cells, as in the header row, found 1.',
    ]);
  });

  it('are rejected if columns and mapping disagree', async () => {
    const mapping = { 'labs.csv': { kind: 'Lab', properties: { name: 'Title' } } };
    expect(await faultsOf({ 'labs.csv': plain }, mapping)).toEqual([
      'labs.csv, line 1: expected a column that the mapping uses or lists in `ignore`, found "name".',
      'labs.csv, line 1: expected the column "Title", which the mapping uses, found only "id", "name", "designation", "inScope", "status", "confidence".',
    ]);
  });
});

describe('rejects', () => {
  /** An import that leaves records out; returns what it wrote of them, without the names of folders. */
  async function rejecting(folder: string, paths: readonly string[], options: ImportOptions = {}) {
    const rejects = join(folder, 'rejects.jsonl');
    const summary = await importFiles(own.graph, paths, { ...options, rejects });
    const lines = readFileSync(rejects, 'utf8').split('\n').filter(Boolean);
    return {
      summary,
      rejects: lines.map((line) => ({ ...JSON.parse(line), file: JSON.parse(line).file.replace(/^.*\//, '') })),
    };
  }

  const files = {
    'sources.jsonl': [...smallData['sources.jsonl'], { id: 'source-c', name: 'C', type: 'NONE', reliability: 'HIGH' }],
    'countries.json': smallData['countries.json'],
    'labs.csv': [
      header,
      row('lab-one'),
      'lab-two,Two,FAMOUS,true,PLANNED,HIGH',
      'lab-two,Two again,PLANNED,true,PLANNED,HIGH',
      'lab-two,Two once more,PLANNED,true,PLANNED,HIGH',
      'lab-three,Three,FAMOUS,true,PLANNED,HIGH',
      'half',
    ].join('\n'),
    'relations.jsonl': [
      '{"type":"PARTNERS_WITH","from":"lab-one","to":"cn"}',
      '{"type":"PARTNERS_WITH","from":"lab-two","to":"cn"}',
      '{"type":"PARTNERS_WITH","from":"lab-three","to":"cn"}',
      '{"type":"PARTNERS_WITH","from":"lab-one","to":"ci","sources":["source-c"]}',
      '{"type":"PARTNERS_WITH","from":"lab-one","to":"ci","sources":["source-a"]}',
      '{"type":"PARTNERS_WITH","from":"lab-one","to":"ci"}',
      '{"type":"PARTNERS_WITH",',
    ].join('\n'),
  };

  it('are the records with faults and those that need them, each with its reason; the rest is imported', async () => {
    const folder = dataFolder(files);
    const { summary, rejects } = await rejecting(dataFolder(), [folder]);
    expect(summary.rejected).toBe(9);
    expect(await own.counts()).toEqual({ Source: 2, Country: 2, Lab: 2, PARTNERS_WITH: 3 });
    expect(await own.ask("MATCH (lab {id: 'lab-two'}) RETURN lab.name")).toEqual([['Two again']]);
    expect(rejects).toMatchInlineSnapshot(`
      [
        {
          "faults": [
            {
              "expected": "one of CODE_REPOSITORY, DATASET, ENCYCLOPEDIA, INSTITUTION, MEDIA, OFFICIAL, REPOST, STATE_MEDIA",
              "field": "type",
              "found": ""NONE"",
            },
          ],
          "file": "sources.jsonl",
          "id": "source-c",
          "record": 3,
          "value": {
            "id": "source-c",
            "name": "C",
            "reliability": "HIGH",
            "type": "NONE",
          },
        },
        {
          "faults": [
            {
              "column": "designation",
              "expected": "one of BELT_AND_ROAD_JOINT_LABORATORY, BELT_AND_ROAD_JOINT_LABORATORY_INFERRED, BELT_AND_ROAD_LABELLED, BILATERAL_JOINT_LABORATORY, OTHER_JOINT_LABORATORY, PLANNED",
              "field": "designation",
              "found": ""FAMOUS"",
            },
          ],
          "file": "labs.csv",
          "id": "lab-two",
          "line": 3,
          "record": 2,
          "row": {
            "confidence": "HIGH",
            "designation": "FAMOUS",
            "id": "lab-two",
            "inScope": "true",
            "name": "Two",
            "status": "PLANNED",
          },
        },
        {
          "faults": [
            {
              "column": "id",
              "expected": "a unique id",
              "field": "id",
              "found": ""lab-two", which is already a Lab",
            },
          ],
          "file": "labs.csv",
          "id": "lab-two",
          "line": 5,
          "record": 4,
          "row": {
            "confidence": "HIGH",
            "designation": "PLANNED",
            "id": "lab-two",
            "inScope": "true",
            "name": "Two once more",
            "status": "PLANNED",
          },
        },
        {
          "faults": [
            {
              "column": "designation",
              "expected": "one of BELT_AND_ROAD_JOINT_LABORATORY, BELT_AND_ROAD_JOINT_LABORATORY_INFERRED, BELT_AND_ROAD_LABELLED, BILATERAL_JOINT_LABORATORY, OTHER_JOINT_LABORATORY, PLANNED",
              "field": "designation",
              "found": ""FAMOUS"",
            },
          ],
          "file": "labs.csv",
          "id": "lab-three",
          "line": 6,
          "record": 5,
          "row": {
            "confidence": "HIGH",
            "designation": "FAMOUS",
            "id": "lab-three",
            "inScope": "true",
            "name": "Three",
            "status": "PLANNED",
          },
        },
        {
          "faults": [
            {
              "expected": "6 cells, as in the header row",
              "found": "1",
            },
          ],
          "file": "labs.csv",
          "line": 7,
          "record": 6,
          "text": "half",
        },
        {
          "faults": [
            {
              "expected": "the id of a Lab",
              "field": "from",
              "found": ""lab-three", which is rejected",
            },
          ],
          "file": "relations.jsonl",
          "id": "PARTNERS_WITH lab-three → cn",
          "record": 3,
          "value": {
            "from": "lab-three",
            "to": "cn",
            "type": "PARTNERS_WITH",
          },
        },
        {
          "faults": [
            {
              "expected": "the id of a Source",
              "field": "sources[0]",
              "found": ""source-c", which is rejected",
            },
          ],
          "file": "relations.jsonl",
          "id": "PARTNERS_WITH lab-one → ci",
          "record": 4,
          "value": {
            "from": "lab-one",
            "sources": [
              "source-c",
            ],
            "to": "ci",
            "type": "PARTNERS_WITH",
          },
        },
        {
          "faults": [
            {
              "expected": "at most one PARTNERS_WITH between the two",
              "field": "to",
              "found": "a duplicate",
            },
          ],
          "file": "relations.jsonl",
          "id": "PARTNERS_WITH lab-one → ci",
          "record": 6,
          "value": {
            "from": "lab-one",
            "to": "ci",
            "type": "PARTNERS_WITH",
          },
        },
        {
          "faults": [
            {
              "expected": "valid JSON",
              "found": "Expected double-quoted property name",
            },
          ],
          "file": "relations.jsonl",
          "record": 7,
          "text": "{"type":"PARTNERS_WITH",",
        },
      ]
    `);
  });

  it('are the same however often the import is stopped', async () => {
    const [folder, place] = [dataFolder(files), dataFolder()];
    const { rejects } = await rejecting(place, [folder]);
    const content = await own.content();
    for (const statement of ['import-create-entities', 'import-create-relations', 'import-marker-remove']) {
      await own.ask('MATCH (node) DETACH DELETE node');
      const cut = failingAt(own.graph, statement, 1);
      const options = { largestTransaction: 1, rejects: join(place, 'rejects.jsonl') };
      await expect(importFiles(cut, [folder], options)).rejects.toThrow('Power cut.');
      expect((await rejecting(place, [folder], options)).rejects).toEqual(rejects);
      expect(await own.content()).toEqual(content);
      expect(await own.ask('MATCH (c:`_Change`) RETURN c.created, c.updated')).toEqual([[9, 0]]);
    }
  });

  it('may stand beside the data, with the mapping: the import is resumed all the same', async () => {
    const mapping = JSON.stringify({ 'labs.csv': { kind: 'Lab' } });
    const folder = dataFolder({ ...files, 'mapping.json': mapping });
    const options = { largestTransaction: 1, mapping: join(folder, 'mapping.json') };
    const cut = failingAt(own.graph, 'import-create-relations', 1);
    const rejects = join(folder, 'rejects.jsonl');
    await expect(importFiles(cut, [folder], { ...options, rejects })).rejects.toThrow('Power cut.');
    expect((await rejecting(folder, [folder], options)).summary.rejected).toBe(9);
    expect(await own.counts()).toEqual({ Source: 2, Country: 2, Lab: 2, PARTNERS_WITH: 3 });
  });

  it('never take the place of what is imported', async () => {
    const folder = dataFolder(files);
    const path = join(folder, 'labs.csv');
    await expect(importFiles(own.graph, [path], { rejects: path })).rejects.toThrow('that is not itself imported');
    expect(readFileSync(path, 'utf8')).toBe(files['labs.csv']);
  });

  it('do not apply if the list of files has errors', async () => {
    const folder = dataFolder({ 'labs.csv': `${header},x\n${row('lab-one')},\n`, 'countries.json': '[' });
    await expect(rejecting(dataFolder(), [folder])).rejects.toThrow('There are 2 errors');
    await expect(rejecting(dataFolder(), [join(folder, 'absent.csv')])).rejects.toThrow('There is 1 error');
    expect(await own.counts()).toEqual({});
  });
});
