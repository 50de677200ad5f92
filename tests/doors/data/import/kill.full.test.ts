import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { syntheticShape } from '../../../../src/cooperation/synthetic-shape.ts';
import { generate } from '../../../../src/doors/data/generate/generate.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { seedIfEmpty } from '../../../../src/doors/data/import/seed.ts';
import { pendingImport } from '../../../../src/doors/data/import-marker.ts';
import { seedsFolder } from '../../../setup/contents.ts';
import { dataFolder, writeData } from '../data-folder.ts';
import { exported } from '../exported.ts';
import { ownGraph } from '../own-graph.ts';

const own = ownGraph();
const child = fileURLToPath(new URL('../import-child.ts', import.meta.url));

/** Runs an import in its own process and kills it after this number of statements. */
async function killAfter(statements: number, ...parameters: readonly string[]): Promise<'killed' | 'ended'> {
  const importing = spawn(process.execPath, ['--import', 'tsx', child, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(importing, 'close');
  let ran = 0;
  for await (const _ of createInterface(importing.stdout)) {
    ran += 1;
    if (ran === statements) importing.kill('SIGKILL');
  }
  const [code] = await closed;
  // Neo4j rolls back what the process left open.
  await vi.waitFor(async () => {
    const open = await own.graph.read({ name: 'test', text: 'SHOW TRANSACTIONS' }, {});
    expect(open).toHaveLength(1);
  }, 20_000);
  return code === 0 ? 'ended' : 'killed';
}

describe('kill -9 during the seed', () => {
  it('leaves the graph empty or complete, and the next start makes it whole', { timeout: 300_000 }, async () => {
    await seedIfEmpty(own.graph, seedsFolder);
    const [whole, content] = [await own.counts(), await own.content()];
    const statements = own.ran.filter(({ name }) => name !== 'test').length;
    for (let after = 1; after <= statements; after += 2) {
      await own.ask('MATCH (node) DETACH DELETE node');
      await killAfter(after, 'seed', seedsFolder, own.address.uri);
      expect([{}, whole]).toContainEqual(await own.counts());
      expect(await pendingImport(own.graph)).toBeUndefined();
      await seedIfEmpty(own.graph, seedsFolder);
      expect(await own.content()).toEqual(content);
    }
  });
});

describe('kill -9 during an import in batches', () => {
  it('is noticed until the same import has completed it, however often it is killed', {
    timeout: 300_000,
  }, async () => {
    const folder = dataFolder();
    await generate(cooperation, { shape: syntheticShape, labs: 600, out: folder });
    await importFiles(own.graph, [folder]);
    const content = await own.content();
    const importing = ['files', folder, own.address.uri, '1000'] as const;

    await own.ask('MATCH (node) DETACH DELETE node');
    let killed = 0;
    for (const after of [3, 5, 7, 9, 11, 13, 60]) {
      if ((await killAfter(after, ...importing)) === 'killed') killed += 1;
      const complete = (await own.content()).length === content.length;
      expect((await pendingImport(own.graph)) !== undefined).toBe(!complete);
    }
    expect(killed).toBeGreaterThan(3);
    await importFiles(own.graph, [folder], { largestTransaction: 1_000 });
    expect(await pendingImport(own.graph)).toBeUndefined();
    expect(await own.content()).toEqual(content);
  });
});

describe('kill -9 during an import of tables with rejects', () => {
  it('leaves out the same records, however often it is killed', { timeout: 300_000 }, async () => {
    const [made, folder, place] = [dataFolder(), dataFolder(), dataFolder()];
    await generate(cooperation, { shape: syntheticShape, labs: 400, out: made });
    await importFiles(own.graph, [made]);
    const tables = await exported(own.graph, 'csv');
    // Every twentieth entity loses the name that it needs, and with it go all relations that lead to it.
    const spoilt = Object.entries(tables).map(([name, text]) => [name, name === 'relations.csv' ? text : spoil(text)]);
    writeData(folder, Object.fromEntries(spoilt));
    const rejects = join(place, 'rejects.jsonl');

    await own.ask('MATCH (node) DETACH DELETE node');
    const { rejected } = await importFiles(own.graph, [folder], { rejects });
    const [content, left] = [await own.content(), readFileSync(rejects, 'utf8')];
    expect(rejected).toBeGreaterThan(100);
    expect(left.split('\n')).toHaveLength(rejected + 1);

    await own.ask('MATCH (node) DETACH DELETE node');
    let killed = 0;
    for (const after of [3, 6, 9, 12, 60]) {
      if ((await killAfter(after, 'files', folder, own.address.uri, '1000', rejects)) === 'killed') killed += 1;
      expect(readFileSync(rejects, 'utf8')).toBe(left);
    }
    expect(killed).toBeGreaterThan(1);
    await importFiles(own.graph, [folder], { rejects, largestTransaction: 1_000 });
    expect(await own.content()).toEqual(content);
    expect(readFileSync(rejects, 'utf8')).toBe(left);
  });
});

/** Empties the second cell of every twentieth row. */
const spoil = (table: string) =>
  table
    .split('\r\n')
    .map((row, index) => (index % 20 === 19 ? row.replace(/^([^,]*),[^,"]*,/, '$1,,') : row))
    .join('\r\n');
