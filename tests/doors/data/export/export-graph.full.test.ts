import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportFile } from '../../../../src/doors/data/export/export-graph.ts';
import { writeFiles } from '../../../../src/doors/data/export/write-export.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { ImportPending } from '../../../../src/doors/data/import-marker.ts';
import { applyOperations } from '../../../../src/engine/changes/apply/apply-operations.ts';
import { create, link } from '../../../engine/changes/changed-graph.ts';
import { dataFolder } from '../data-folder.ts';
import { exported, textOf, wholes } from '../exported.ts';
import { failingAt } from '../failing-graph.ts';
import { ownGraph } from '../own-graph.ts';
import { smallData } from '../small-data.ts';

const own = ownGraph();

describe('an export', () => {
  it('is rejected while an import is pending, even one that begins during the export', async () => {
    const files = [dataFolder(smallData)];
    const stopping = { largestTransaction: 3 };
    const stopped = () => importFiles(failingAt(own.graph, 'import-create-relations', 1), files, stopping);
    await expect(stopped()).rejects.toThrow('Power cut.');
    await expect(textOf(exportFile(own.graph, 'Lab', 'json'))).rejects.toThrow(ImportPending);
    await expect(exported(own.graph, 'csv')).rejects.toThrow(ImportPending);
    await expect(wholes(own.graph)).rejects.toThrow(ImportPending);

    await importFiles(own.graph, files, stopping);
    const pieces = exportFile(own.graph, 'Lab', 'jsonl');
    expect((await pieces.next()).value).toContain('lab-one');
    await own.ask('MATCH (lab:Lab) DETACH DELETE lab');
    await expect(stopped()).rejects.toThrow('Power cut.');
    await expect(pieces.next()).rejects.toThrow(ImportPending);
  });

  it('is imported and exported again as the same bytes, in every form', { timeout: 120_000 }, async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    const whole = await wholes(own.graph);
    for (const files of [
      await exported(own.graph, 'json'),
      await exported(own.graph, 'jsonl'),
      await exported(own.graph, 'csv'),
    ]) {
      await own.ask('MATCH (node) DETACH DELETE node');
      await importFiles(own.graph, [dataFolder(files)]);
      expect(await wholes(own.graph)).toEqual(whole);
    }
    for (const [name, text] of Object.entries(whole)) {
      await own.ask('MATCH (node) DETACH DELETE node');
      await importFiles(own.graph, [dataFolder({ [name]: text })]);
      expect(await wholes(own.graph)).toEqual(whole);
    }
  });

  it('round-trips records written by mutations, with any texts', { timeout: 120_000 }, async () => {
    const texts = [
      '__proto__',
      'constructor',
      'a "quoted", text; and \\; more',
      'lines\nand\r\nlines\r',
      ' white\u00a0space\t',
      "'=HYPERLINK(1)",
      '=1+1',
      '-5',
      '\ufeffmark',
      'a;=1+1\n+2',
      '农业 👩‍🔬 e\u0301 \u2028',
      'true',
      '2019-06',
      '[{"text":"x"}]',
    ];
    const more = (text: string) => ({ name: 'A laboratory', notes: [...texts, text] });
    await applyOperations(own.graph, {
      author: 'somebody',
      operations: [
        create('Source', 'source-a', { name: '__proto__' }),
        create('Country', 'ke'),
        ...texts.map((text, index) => create('Lab', `lab-${index}`, { ...more(text), description: text })),
        ...texts.slice(1).map((text, index) =>
          link('POSSIBLY_SAME_AS', `lab-${index + 1}`, 'lab-0', {
            properties: { note: text },
            sources: ['source-a'],
          }),
        ),
        link('PARTNERS_WITH', 'lab-1', 'ke'),
      ],
    });
    const whole = await wholes(own.graph);
    expect(JSON.parse(whole['graph.json'] ?? '').labs).toContainEqual(
      expect.objectContaining({ ...more(texts[9] ?? ''), description: texts[9] }),
    );
    for (const format of ['json', 'jsonl', 'csv'] as const) {
      const files = await exported(own.graph, format);
      await own.ask('MATCH (node) DETACH DELETE node');
      await importFiles(own.graph, [dataFolder(files)]);
      expect(await exported(own.graph, format)).toEqual(files);
      expect(await wholes(own.graph)).toEqual(whole);
    }
  });

  it('of one kind or type stands alone', async () => {
    await importFiles(own.graph, [dataFolder(smallData)]);
    expect(await textOf(exportFile(own.graph, 'HOSTED_BY', 'csv'))).toBe(
      'type,from,to,sources,role,side,roleNote\r\nHOSTED_BY,lab-one,institute,,HOST,,Leads É\r\n',
    );
    expect(await textOf(exportFile(own.graph, 'Institution', 'jsonl'))).toBe(
      '{"id":"institute","name":"Institute","alsoKnownAs":["Łódź","I"],"type":"INSTITUTE"}\n{"id":"university","name":"University","type":"UNIVERSITY"}\n',
    );
    expect(await textOf(exportFile(own.graph, 'Park', 'json'))).toBe('[]\n');
  });

  it('goes from page to page without leaving out or repeating a record', async () => {
    await own.ask(`UNWIND range(1, 2500) AS number
CREATE (lab:Entity:Lab {id: 'lab-' + number, name: 'x'}) WITH collect(lab) AS labs
CREATE (country:Entity:Country {id: 'cn', name: 'China'}), (other:Entity:Country {id: 'ke', name: 'Kenya'})
FOREACH (lab IN labs | CREATE (lab)-[:PARTNERS_WITH]->(country) CREATE (lab)-[:PARTNERS_WITH]->(other))`);
    const lines = async (what: 'Lab' | 'PARTNERS_WITH') =>
      (await textOf(exportFile(own.graph, what, 'jsonl')))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const labs = await lines('Lab');
    expect(labs).toHaveLength(2_500);
    expect(labs.map(({ id }) => id)).toEqual([...new Set(labs.map(({ id }) => id))].sort());
    const links = (await lines('PARTNERS_WITH')).map(({ from, to }) => `${from} ${to}`);
    expect(links).toHaveLength(5_000);
    expect(new Set(links).size).toBe(5_000);
    const pages = own.ran.filter(({ name }) => name === 'export-Lab').map(({ rows }) => rows);
    expect(pages.filter((rows) => rows > 0)).toEqual(Array(10).fill(250));
  });
});

describe('writing files', () => {
  async function* broken() {
    yield 'new';
    throw new Error('Power cut.');
  }
  async function* whole() {
    yield 'new';
  }

  it('leaves earlier files untouched if it breaks off', async () => {
    const folder = dataFolder();
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', 'a'), 'old');
    const files = [
      { path: join(folder, 'out', 'a'), pieces: whole() },
      { path: join(folder, 'out', 'b'), pieces: broken() },
    ];
    await expect(writeFiles(files)).rejects.toThrow('Power cut.');
    expect(readdirSync(join(folder, 'out'))).toEqual(['a']);
    expect(readFileSync(join(folder, 'out', 'a'), 'utf8')).toBe('old');
  });

  it('makes the folder', async () => {
    const path = join(dataFolder(), 'deep', 'er', 'a');
    await writeFiles([{ path, pieces: whole() }]);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });
});
