import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { exportGraph } from '../../../src/cli/commands/export.ts';
import { readConfig } from '../../../src/config.ts';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { importFiles } from '../../../src/doors/data/import/import-files.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph } from '../../../src/engine/graph/graph.ts';
import { indexStatements } from '../../../src/engine/indexes/indexes.ts';
import { dataFolder } from '../../doors/data/data-folder.ts';
import { failingAt } from '../../doors/data/failing-graph.ts';
import { smallData } from '../../doors/data/small-data.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { program } from '../../setup/program.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const address = ownDatabase();

/** Exports as a person would, out of the database at this address. */
const exporting = (args: readonly string[], uri: string) =>
  new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    const { PATH = '', HOME = '' } = process.env;
    execFile(
      process.execPath,
      [...program, 'export', ...args],
      { cwd: root, env: { PATH, HOME, NEO4J_URI: uri, NEO4J_PASSWORD: 'not asked for' } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

const screen = { say: () => {}, progress: () => {}, finish: () => {} };
const nowhere = readConfig({ NEO4J_URI: 'bolt://127.0.0.1:1', NEO4J_PASSWORD: 'x' });

describe('silkgraph export', () => {
  it.each([
    [{ format: 'jsonl', out: 'labs.csv', kind: 'LAB' }, 'Invalid --out labs.csv. Use a file that ends in .jsonl'],
    [
      { format: 'json', out: 'backup-2026.01.02' },
      'or a folder. End the name of a new folder with / if it contains a dot.',
    ],
    [{ format: 'csv', out: '-' }, 'A CSV file contains one type of record'],
    [{ format: 'csv', out: 'all.csv' }, 'A CSV file contains one type of record'],
    [
      { format: 'xml', out: '-' },
      'Unknown --format xml. Use one of json, jsonl, csv, ttl, nt, nq, jsonld, graphml, gexf, cyjs, ris, bib, csl.',
    ],
    [{ format: 'json', out: '-', kind: 'lab' }, 'There is no kind lab.'],
    [{ format: 'json', out: '-', kind: 'LAB', relation: 'ALL' }, 'Use only one of'],
  ])('refuses to be used wrongly, before it looks for a database: %j', async (flags, words) => {
    const refused = exportGraph(
      { config: nowhere, screen, silkgraph: async () => cooperationGraph, signal: new AbortController().signal },
      flags,
    );
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toThrow(InvalidArgumentError);
  });

  it('ends with 2 where it is used wrongly', async () => {
    const { code, out, err } = await exporting(['--format', 'csv', '--out', '-'], 'bolt://127.0.0.1:1');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^A CSV file contains one type of record.*\n$/);
  });

  it('takes a name with a dot for a folder where it is one, or ends as one', async () => {
    const folder = dataFolder();
    mkdirSync(join(folder, 'backup-2026.01.01'));
    for (const name of ['backup-2026.01.01', 'backup-2026.01.02/']) {
      const args = ['--format', 'csv', '--kind', 'COUNTRY_GROUP', '--out', join(folder, name)];
      expect(await exporting(args, address().uri)).toMatchObject({ code: 0, err: '' });
      expect(readdirSync(join(folder, name))).toEqual(['country-groups.csv']);
    }
  });

  it('ends with 1 and writes nothing where the graph holds a part of an import', async () => {
    const driver = openDriver(address());
    try {
      await applySchemaChanges(driver, address(), { derived: indexStatements(cooperation) });
      const failing = failingAt(createGraph(driver, cooperation, address()), 'import-create-relations', 1);
      const imported = importFiles(failing, [dataFolder(smallData)], { largestTransaction: 3 });
      await expect(imported).rejects.toThrow('Power cut.');
    } finally {
      await driver.close();
    }
    const file = join(dataFolder(), 'countries.json');
    const { code, err } = await exporting(['--format', 'json', '--kind', 'COUNTRY', '--out', file], address().uri);
    expect({ code, isThere: existsSync(file) }).toEqual({ code: 1, isThere: false });
    expect(err).toMatch(/stopped after \d+ of \d+ records\. Run that import again to complete it/);
  });
});
