import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kind, kindNames } from '../../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { ImportRefused } from '../../../../src/doors/data/fault.ts';
import { fileNameOf } from '../../../../src/doors/data/files/data-file.ts';
import { type CheckedData, checkData } from '../../../../src/doors/data/import/check-data.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { spoilt, validRecord } from '../../../engine/changes/arbitrary-record.ts';
import { fifthOf, runs } from '../../../setup/runs.ts';
import { type DataFiles, writeData } from '../data-folder.ts';
import { smallData } from '../small-data.ts';

const { propertiesOf } = cooperation;

/** A graph without any entity, which rejects writes. */
const empty: Graph = {
  ontology: cooperation,
  read: async () => [],
  write: () => Promise.reject(new Error('A check writes nothing.')),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'silkgraph-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Checks files; says how many records are good, or is refused. Any other failure fails the test. */
async function check(files: DataFiles, rejects?: string): Promise<CheckedData | ImportRefused> {
  writeData(folder, files);
  const paths = Object.keys(files).map((name) => join(folder, name));
  try {
    return await checkData(empty, paths, { seeded: false, rejects });
  } catch (error) {
    if (error instanceof ImportRefused) return error;
    throw error;
  }
}

const wholeGraph = [
  ...smallData['sources.jsonl'].map((record) => ({ kind: 'Source', ...record })),
  ...smallData['countries.json'].map((record) => ({ kind: 'Country', ...record })),
  ...smallData['labs.json'].map((record) => ({ kind: 'Lab', ...record })),
];

/** Pieces of files: of the table, its header and two rows, of which the last cell has one of a few words. */
const pieces: Readonly<Record<string, readonly string[]>> = {
  'labs.csv': [
    'id,name,designation,inScope,status,cities,notes,confidence\r\n',
    'lab-one,"A ""laboratory""\r\nof two lines",PLANNED,true,PLANNED,Wuhan;Kigali,实验室,HIGH\r\n',
    'lab-two,Two,PLANNED,false,AGREED,,"a,b",LOW\r\n',
  ],
  'graph.jsonl': wholeGraph.map((record) => `${JSON.stringify(record)}\n`),
};

const textOf = (name: string) => pieces[name]?.join('') ?? '';

/** How many records stand there whole, whether or not their line ends. */
function wholeRecords(name: string, text: string): number {
  const all = pieces[name] ?? [];
  const whole = all.filter((_, index) =>
    text.startsWith(
      all
        .slice(0, index + 1)
        .join('')
        .trimEnd(),
    ),
  );
  return name.endsWith('.csv') ? Math.max(whole.length - 1, 0) : whole.length;
}

describe('data that was cut off', () => {
  it.each(Object.keys(pieces))('is refused, or lacks only whole records: %s', async (name) => {
    const bytes = Buffer.from(textOf(name));
    let refused = 0;
    const ends = fifthOf(Array.from({ length: bytes.length }, (_, index) => index + 1));
    for (const end of ends) {
      const cut = bytes.subarray(0, end);
      const checked = await check({ [name]: cut });
      if (checked instanceof ImportRefused) refused += 1;
      else expect(checked.records, cut.toString()).toBe(wholeRecords(name, cut.toString()));
    }
    expect(refused).toBeGreaterThan(ends.length / 2);
    expect(refused).toBeLessThan(ends.length);
  });
});

describe('data in which some bytes are wrong', () => {
  it.each(Object.keys(pieces))('is refused with places, or still right: %s', async (name) => {
    const bytes = Buffer.from(textOf(name));
    const wrong = fc.uniqueArray(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
      selector: ([place]) => place,
    });
    await fc.assert(
      fc.asyncProperty(wrong, async (changes) => {
        const spoiltBytes = Buffer.from(bytes);
        for (const [place, byte] of changes) spoiltBytes[place] = byte;
        const checked = await check({ [name]: spoiltBytes });
        if (!(checked instanceof ImportRefused)) return;
        expect(checked.total).toBe(checked.faults.length);
        for (const { file, expected, found } of checked.faults)
          expect([file, typeof expected, typeof found]).toEqual([join(folder, name), 'string', 'string']);
      }),
      runs(300, 30),
    );
  });
});

describe('records of which some have faults', () => {
  /** Records of one kind, each of them right or spoilt in one field. */
  const recordsOf = (kind: Kind) =>
    fc.array(
      fc.tuple(validRecord(propertiesOf(kind)), fc.boolean()).chain(([record, isSpoilt]) => {
        const right: fc.Arbitrary<{ readonly record: object; readonly field?: string }> = fc.constant({ record });
        return isSpoilt ? spoilt(propertiesOf(kind), record) : right;
      }),
      { minLength: 1, maxLength: 8 },
    );

  it.each(kindNames.filter((kind) => kind !== 'Country'))('are left out, just these: %s', async (kind) => {
    const [name, rejects] = [`${fileNameOf(cooperation, kind)}.jsonl`, join(folder, 'rejects.jsonl')];
    await fc.assert(
      fc.asyncProperty(recordsOf(kind), async (records) => {
        const files = { [name]: records.map(({ record }, index) => ({ ...record, id: `entity-${index}` })) };
        const checked = await check(files, rejects);
        const left = readFileSync(rejects, 'utf8').split('\n').filter(Boolean);
        const wrong = records.flatMap(({ field }, index) =>
          field === undefined ? [] : [[index + 1, field.replace(/\[.*$/, '')]],
        );
        const placeOf = (line: string) => {
          const { record, faults } = JSON.parse(line);
          return [record, faults[0].field.replace(/[[.].*$/, '')];
        };
        expect(left.map(placeOf)).toEqual(wrong);
        expect(checked).toMatchObject({ records: records.length - wrong.length });
        expect((await check(files)) instanceof ImportRefused).toBe(wrong.length > 0);
      }),
      runs(25, 3),
    );
  });
});

describe('numbers', () => {
  const figures = smallData['indicators.json'].map((record) =>
    JSON.stringify([{ ...record, unit: '12345678901234567890' }]),
  );
  const withValue = (value: string) => figures.join('').replace(/"value":\d+/, `"value":${value}`);

  it.each(['9007199254740993', '0.12345678901234567891', '1e-400', '1e400'])(
    'are refused if they would change: %s',
    async (value) => {
      const refused = await check({ ...smallData, 'indicators.json': withValue(value) });
      expect(String(refused)).toContain(
        `indicators.json, record 1 (figure): value: expected a finite number${value === '1e400' ? '' : ' with no more digits than a 64-bit float keeps (15 always fit)'}, found "${value}"`,
      );
    },
  );

  it.each(['9007199254740992', '0.10000000000000001', '5e-324', '-0.0'])(
    'are taken if they stay the same: %s',
    async (value) => {
      expect(await check({ ...smallData, 'indicators.json': withValue(value) })).not.toBeInstanceOf(ImportRefused);
    },
  );
});
