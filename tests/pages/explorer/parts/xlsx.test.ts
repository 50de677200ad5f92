import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { xlsxOf } from '../../../../src/pages/explorer/parts/xlsx.ts';

const filesOf = (content: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(content)).map(([path, bytes]) => [path, strFromU8(bytes)]));

describe('a workbook', () => {
  const labs = {
    name: 'Labs: [all] in every country of the world',
    columns: ['Name', 'Year'],
    rows: [['A & B <i>', 2020]],
  };
  const odd = { name: '???', columns: ['Formula'], rows: [['=1+1'], ['\u0000x'], [null]] };
  const files = filesOf(xlsxOf([labs, odd]));

  it('has a sheet for each table, under a name that spreadsheets take', () => {
    expect(Object.keys(files).sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet2.xml',
    ]);
    const names = [...(files['xl/workbook.xml'] ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
    expect(names).toEqual(['Labs   all  in every country of', '2']);
  });

  it('has texts as texts, numbers as numbers, and nothing that is a formula', () => {
    const [first, second] = [files['xl/worksheets/sheet1.xml'], files['xl/worksheets/sheet2.xml']];
    expect(first).toContain('<t xml:space="preserve">A &amp; B &lt;i&gt;</t>');
    expect(first).toContain('<c><v>2020</v></c>');
    expect(second).toContain('<t xml:space="preserve">=1+1</t>');
    expect(second).toContain('<t xml:space="preserve">x</t>');
    expect(second).not.toContain('<f>');
  });
});
