import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { compareFiles } from '../../../../src/doors/data/import/compare-files.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { TooManyToCompare } from '../../../../src/doors/data/import/run-import.ts';
import { totalsOf } from '../../../../src/doors/data/import/summary.ts';
import type { Progress } from '../../../../src/doors/data/progress.ts';
import { openDriver } from '../../../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../../../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph, type Graph } from '../../../../src/engine/graph/graph.ts';
import { indexStatements } from '../../../../src/engine/indexes/indexes.ts';
import { neo4jProcess } from '../../../setup/neo4j-process.ts';
import { dataFolder } from '../data-folder.ts';

const neo4j = neo4jProcess({ authentication: false, settings: { 'db.memory.transaction.max': '8m' } });
let driver: Driver;
let graph: Graph;

beforeAll(async () => {
  const address = await neo4j.start();
  driver = openDriver(address);
  await applySchemaChanges(driver, address, { derived: indexStatements(cooperation) });
  graph = createGraph(driver, cooperation, address);
});
beforeEach(async () => {
  await graph.write((run) => run({ name: 'test', text: 'MATCH (node) DETACH DELETE node' }, {}));
});
afterAll(async () => {
  await driver.close();
  await neo4j.close();
});

const COUNT = 1_500;
const areas = Array.from({ length: COUNT }, (_, index) => ({
  id: `area-${index}`,
  name: `Area ${index}`,
  definition: `What area ${index} is about.`,
  topArea: true,
  keyArea: false,
  editorial: false,
}));
const folderOfAreas = () => dataFolder({ 'areas.jsonl': areas });

describe('a database that gives a transaction little memory', () => {
  it('is given an import in as many transactions as it takes, and each record once', async () => {
    const told: Progress[] = [];
    const summary = await importFiles(graph, [folderOfAreas()], { report: (progress) => told.push(progress) });
    expect(totalsOf(cooperation, summary).entities).toEqual({ created: COUNT, updated: 0, unchanged: 0, removed: 0 });
    expect(
      await graph.read({ name: 'test', text: 'MATCH (a:Area) RETURN count(a), count(DISTINCT a.id)' }, {}),
    ).toEqual([[COUNT, COUNT]]);
    const written = told.filter(({ phase }) => phase === 'writing').map(({ done }) => done);
    expect(written.length).toBeGreaterThan(1);
    expect(written.at(-1)).toBe(COUNT);
  });

  it('is not compared with more than fits', async () => {
    await expect(compareFiles(graph, [folderOfAreas()], {})).rejects.toThrow(TooManyToCompare);
  });
});
