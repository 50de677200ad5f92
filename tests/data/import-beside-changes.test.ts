import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { applyOperations } from '../../src/changes/apply-operations.ts';
import { importFiles } from '../../src/data/import-files.ts';
import type { Statement } from '../../src/graph/graph.ts';
import { dataFolder } from './data-folder.ts';
import { ownGraph } from './own-graph.ts';
import { smallData } from './small-data.ts';

const own = ownGraph();

const { 'relations.json': _, ...entities } = smallData;
const basedIn = (to: string) => ({ 'relations.json': [{ type: 'BASED_IN', from: 'institute', to }] });
const countries = () => own.ask("MATCH ({id: 'institute'})-[:BASED_IN]->(country) RETURN country.id");

/** A step of a change that was begun before an import, and is done while that one writes. */
const link: Statement = {
  name: 'test-link',
  text: `MATCH (from {id: 'institute'}), (to {id: 'ci'}) CREATE (from)-[:BASED_IN]->(to)
SET from.\`_lock\` = true REMOVE from.\`_lock\``,
};

describe('an import beside changes by hand', () => {
  it('waits for one that links the same entity, and is refused where that leaves no place for its own link', async () => {
    await importFiles(own.graph, [dataFolder(entities)]);
    const before = own.ran.length;
    const namesSince = () => own.ran.slice(before).map(({ name }) => name);
    let refused: Promise<unknown> | undefined;
    await own.graph.write(async (run) => {
      await run(link);
      refused = importFiles(own.graph, [dataFolder(basedIn('cn'))]).catch((error: unknown) => error);
      // The import has checked its data, which nobody sees linked yet, and gets no further.
      while (!namesSince().includes('import-find-targets-BASED_IN')) await sleep(10);
      await sleep(300);
      expect(namesSince().filter((name) => /^import-(read|create)/.test(name))).toEqual([]);
    });
    expect(String(await refused)).toContain('BASED_IN');
    expect(await countries()).toEqual([['ci']]);
  });

  it('lets one wait that links the same entity, which then is refused', async () => {
    await importFiles(own.graph, [dataFolder(entities)]);
    const operation = { action: 'LINK', relation: 'BASED_IN', from: 'institute', to: 'ci', properties: {} } as const;
    const [imported, changed] = await Promise.allSettled([
      importFiles(own.graph, [dataFolder(basedIn('cn'))]),
      applyOperations(own.graph, { operations: [operation], author: 'test' }),
    ]);
    expect([imported.status, changed.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(await countries()).toHaveLength(1);
  });
});
