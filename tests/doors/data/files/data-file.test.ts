import { spawnSync } from 'node:child_process';
import { linkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { collectFaults, describeFault } from '../../../../src/doors/data/fault.ts';
import { type FindOptions, findDataFiles, type Located } from '../../../../src/doors/data/files/data-file.ts';
import { readRecords } from '../../../../src/doors/data/files/read-records.ts';
import { type DataFiles, dataFolder } from '../data-folder.ts';

async function find(
  files: DataFiles,
  paths: (folder: string) => readonly string[] = (folder) => [folder],
  options: (folder: string) => FindOptions = () => ({}),
) {
  const folder = dataFolder(files);
  const faults = collectFaults();
  const found = await findDataFiles(cooperation, paths(folder), faults, options(folder));
  const short = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, 'FOLDER');
  return { found, faults: faults.kept.map((fault) => short(describeFault(fault))) };
}

async function read(name: string, content: string | Uint8Array) {
  const { found } = await find({ [name]: content });
  const records: Located[] = [];
  let bytes = 0;
  for (const file of found) {
    for await (const chunk of readRecords(cooperation, file, (piece) => {
      bytes += piece.length;
    }))
      records.push(...chunk);
  }
  expect(bytes).toBe(Buffer.byteLength(content));
  return records;
}

const lab = (name: string) => JSON.stringify({ id: name });

describe('finding data files', () => {
  it('recognises the contents of a file by its name, and sorts referenced records first', async () => {
    const { found, faults } = await find({
      'relations.json': [],
      'labs.jsonl': [],
      'country-groups.json': [],
      'sources.jsonl': [],
      'README.md': 'x',
      NOTICE: 'x',
    });
    expect(found.map(({ holds }) => holds)).toEqual(['Source', 'CountryGroup', 'Lab', 'relations']);
    expect(faults).toEqual([]);
  });

  it('takes extensions in capitals, and reads what is in such files', async () => {
    const { found, faults } = await find({ 'labs.JSON': [], 'graph.JSONL': '', 'events.CSV': 'id\n' });
    expect(found.map(({ holds }) => holds)).toEqual(['Source', 'Lab', 'Event', 'others', 'relations']);
    expect(faults).toEqual([]);
    expect(await read('labs.JSON', `[${lab('a')}]`)).toHaveLength(1);
    expect(await read('labs.JSONL', lab('a'))).toHaveLength(1);
  });

  it.skipIf(spawnSync('mkfifo', ['--version']).error)(
    'reports a pipe, whose second reading would never end',
    async () => {
      const folder = dataFolder();
      spawnSync('mkfifo', [join(folder, 'labs.jsonl')]);
      const { found, faults } = await find({}, () => [folder]);
      expect(found).toEqual([]);
      expect(faults.join()).toContain('expected a file, as it is read more than once, found a pipe or a device');
    },
  );

  it('reports files that are missing or named after nothing, and folders without data', async () => {
    const names =
      'countries, country-groups, labs, institutions, areas, platforms, programs, parks, events, indicators, sources, relations, identifiers, locations';
    const { faults } = await find({ 'lab.json': [], 'lab.csv': '', 'graph.csv': '' }, (folder) => [
      folder,
      join(folder, 'labs.json'),
      dataFolder(),
    ]);
    const expected = `expected a .json, .jsonl or .csv file named ${names}, a .json or .jsonl file named graph, or a .csv file of a mapping`;
    expect(faults.slice(0, 4)).toEqual([
      `graph.csv: ${expected}, found graph.csv.`,
      `lab.csv: ${expected}, found lab.csv.`,
      `lab.json: ${expected}, found lab.json.`,
      'labs.json: expected a file or folder, found nothing readable.',
    ]);
    expect(faults[4]).toContain('found a folder without such files');
    expect(faults).toHaveLength(5);
  });
});

describe('a file for rejects', () => {
  it('may stand in the folder of the data, and so may the mapping: neither is data', async () => {
    const files = { 'labs.jsonl': [], 'mapping.json': '{}', 'rejects.jsonl': [] };
    const { found, faults } = await find(files, undefined, (folder) => ({
      mapping: join(folder, 'mapping.json'),
      rejects: join(folder, '.', 'rejects.jsonl'),
    }));
    expect(found.map(({ holds }) => holds)).toEqual(['Lab']);
    expect(faults).toEqual([]);
  });

  const elsewhere = (make: (folder: string, other: string) => void) => (folder: string) => {
    const other = join(dataFolder(), 'rejects.jsonl');
    make(folder, other);
    return other;
  };

  it.each([
    ['a file of the data', (folder: string) => join(folder, 'labs.jsonl')],
    ['a file of the data by another way', (folder: string) => `${folder}/../${folder.split('/').at(-1)}/labs.jsonl`],
    ['a link to one', elsewhere((folder, other) => symlinkSync(join(folder, 'labs.jsonl'), other))],
    ['another name of one', elsewhere((folder, other) => linkSync(join(folder, 'labs.jsonl'), other))],
    ['a link to the mapping', elsewhere((folder, other) => symlinkSync(join(folder, 'mapping.json'), other))],
    ['to be named as data, in a folder of it', (folder: string) => join(folder, 'areas.jsonl')],
  ])('is refused where it is %s', async (_, rejects) => {
    const files = { 'labs.jsonl': [], 'mapping.json': '{}' };
    const { faults } = await find(files, undefined, (folder) => ({
      mapping: join(folder, 'mapping.json'),
      rejects: rejects(folder),
    }));
    expect(faults).toEqual([
      expect.stringMatching(/: expected a file for rejects that is not itself imported, found one/),
    ]);
  });

  it('is refused where it is given as a file to import', async () => {
    const { faults } = await find(
      { 'rejects.jsonl': [] },
      (folder) => [join(folder, 'rejects.jsonl')],
      (folder) => ({ rejects: join(folder, 'rejects.jsonl') }),
    );
    expect(faults).toEqual([
      'rejects.jsonl: expected a file for rejects that is not itself imported, found one that is.',
    ]);
  });

  it('may be named as data in another folder', async () => {
    const other = join(dataFolder(), 'labs.jsonl');
    writeFileSync(other, '');
    expect((await find({ 'labs.jsonl': [] }, undefined, () => ({ rejects: other }))).faults).toEqual([]);
  });
});

describe('reading records', () => {
  it('numbers the items of an array and the lines of a line-by-line file', async () => {
    const expected = [1, 2].map((record) => ({ record, holds: 'Lab', value: { id: `lab-${record}` } }));
    expect(await read('labs.json', `[${lab('lab-1')},\n${lab('lab-2')}]`)).toEqual(expected);
    expect(await read('labs.jsonl', `${lab('lab-1')}\n${lab('lab-2')}\n`)).toEqual(expected);
  });

  it('skips empty lines and counts them', async () => {
    const records = await read('labs.jsonl', `\r\n${lab('a')}\r\n\r\n${lab('b')}`);
    expect(records.map(({ record }) => record)).toEqual([2, 4]);
  });

  it('puts together records that are longer than a piece of the file, in many chunks', async () => {
    const long = Array.from({ length: 5_000 }, (_, index) =>
      JSON.stringify({ id: `lab-${index}`, text: '中'.repeat(200) }),
    );
    const records = await read('labs.jsonl', long.join('\n'));
    expect(records.map((record) => 'value' in record && record.value)).toEqual(long.map((line) => JSON.parse(line)));
  });

  it('reads over a byte order mark', async () => {
    const expected = [{ record: 1, holds: 'Lab', value: { id: 'a' } }];
    expect(await read('labs.jsonl', `\ufeff${lab('a')}`)).toEqual(expected);
    expect(await read('labs.json', `\ufeff[${lab('a')}]`)).toEqual(expected);
  });

  it('names the line of an array that is not JSON', async () => {
    const [first] = await read('labs.json', `[\n${lab('a')},\n{"id": b}\n]`);
    expect(first).toEqual({
      record: 0,
      fault: { expected: 'valid JSON', found: "Unexpected token 'b' in line 3" },
    });
  });

  it.each([
    ['[\n1,\n2,,\n3\n]', 3],
    ['[\n1\n2\n]', 3],
    ['[\n{"a":"b\n"}\n]', 2],
    ['[\n1\n]\n]\n', 4],
    ['{\n"a" 1}', 2],
    ['[\ntru\n]', 2],
  ])('finds the first broken line of %j', async (text, line) => {
    const [first] = await read('labs.json', text);
    expect(first).toMatchObject({ fault: { found: expect.stringContaining(`in line ${line}`) } });
  });

  it('names the end where an array is cut off', async () => {
    const [first] = await read('labs.json', `[\n${lab('a')}`);
    expect(first).toMatchObject({ fault: { found: expect.stringContaining('in line 2') } });
  });

  it('goes on after a line that is not JSON, not UTF-8 or too long', async () => {
    const records = await read(
      'labs.jsonl',
      Buffer.concat([
        Buffer.from(`{"id"\n${lab('a')}\n`),
        Buffer.from([0x22, 0xff, 0x22, 0x0a]),
        Buffer.from(`"${'x'.repeat(2 ** 20)}"\n${lab('b')}`),
      ]),
    );
    expect(records).toEqual([
      { record: 1, fault: { expected: 'valid JSON', found: expect.any(String) }, text: '{"id"' },
      { record: 2, holds: 'Lab', value: { id: 'a' } },
      { record: 3, fault: { expected: 'text in UTF-8', found: 'other bytes' }, text: '"\ufffd"' },
      { record: 4, fault: { expected: 'a line of at most 1 MB', found: 'a longer one' } },
      { record: 5, holds: 'Lab', value: { id: 'b' } },
    ]);
  });

  it('wants an array in a .json file', async () => {
    expect(await read('labs.json', '{}')).toEqual([
      { record: 0, fault: { expected: 'an array of records', found: 'object' } },
    ]);
  });
});
