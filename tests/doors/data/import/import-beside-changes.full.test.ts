import { describe, expect, it, vi } from 'vitest';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { seed } from '../../../../src/doors/data/import/seed.ts';
import { applyOperations } from '../../../../src/engine/changes/apply/apply-operations.ts';
import type { Operation } from '../../../../src/engine/changes/operation.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import type { NoParameters, Statement } from '../../../../src/engine/graph/statement.ts';
import { dataFolder } from '../data-folder.ts';
import { ownGraph } from '../own-graph.ts';
import { smallData } from '../small-data.ts';

const own = ownGraph();

const { 'relations.json': _, ...entities } = smallData;
const basedIn = (to: string) => ({ 'relations.json': [{ type: 'BASED_IN', from: 'institute', to }] });
const seedFiles = (graph: Graph, [folder = '']: readonly string[]) => seed(graph, folder);
const countries = () => own.ask("MATCH ({id: 'institute'})-[:BASED_IN]->(country) RETURN country.id");

/** A step of a change that was begun before an import, and is done while that one writes. */
const link: Statement<NoParameters> = {
  name: 'test-link',
  text: `MATCH (from {id: 'institute'}), (to {id: 'ci'}) CREATE (from)-[:BASED_IN]->(to)
SET from.\`_lock\` = true REMOVE from.\`_lock\``,
};

/** Executes a step of a mutation, starts an import before that is visible, and continues once the import waits or is done. */
async function importDuring(text: string, files: Parameters<typeof dataFolder>[0], checkedBy: string) {
  let imported: Promise<unknown> | undefined;
  await own.graph.write(async (run) => {
    await run({ name: 'test', text }, {});
    const before = own.ran.length;
    imported = importFiles(own.graph, [dataFolder(files)]).catch((error: unknown) => error);
    await vi.waitUntil(() => own.ran.slice(before).some(({ name }) => name === checkedBy), {
      timeout: 20_000,
      interval: 10,
    });
    await own.untilBlocked(imported);
  });
  return imported;
}

describe('an import beside changes by hand', () => {
  it.each([
    ['an import takes its place', importFiles, 'import-find-entities', [['cn']]],
    ['seeds are rejected', seedFiles, 'import-find-targets-BASED_IN', [['ci']]],
  ] as const)('waits for one that links the same entity: %s', async (_, begin, checkedBy, expected) => {
    await begin(own.graph, [dataFolder(entities)]);
    const before = own.ran.length;
    const namesSince = () => own.ran.slice(before).map(({ name }) => name);
    let ended: Promise<unknown> | undefined;
    await own.graph.write(async (run) => {
      await run(link, {});
      const files = dataFolder({ ...entities, ...basedIn('cn') });
      ended = begin(own.graph, [files]).catch((error: unknown) => error);
      // The data have been checked before the link became visible, and now it waits.
      await vi.waitUntil(() => namesSince().includes(checkedBy), { timeout: 20_000, interval: 10 });
      await own.untilBlocked(ended);
      expect(namesSince().filter((name) => /^import-(read-[A-Z]|create)/.test(name))).toEqual([]);
    });
    expect((await ended) instanceof Error).toBe(expected[0][0] === 'ci');
    expect(await countries()).toEqual(expected);
  });

  it.each([
    ['a relation', { 'relations.json': [{ type: 'BASED_IN', from: 'institute', to: 'cn', sources: ['source-b'] }] }],
    [
      'a milestone',
      { 'labs.json': [{ ...smallData['labs.json'][1], milestones: [{ text: 'Begun.', source: 'source-b' }] }] },
    ],
  ])('does not rest on a source deleted in the meantime: %s', async (_, files) => {
    await importFiles(own.graph, [dataFolder(entities)]);
    const refused = await importDuring("MATCH (source {id: 'source-b'}) DELETE source", files, 'import-find-entities');
    expect(String(refused)).toContain('"source-b", which does not exist');
    expect(await own.ask("MATCH (lab {id: 'lab-two'}) RETURN lab.milestones")).toEqual([[null]]);
    expect(await countries()).toEqual([]);
  });

  it('does not lead to an entity deleted in the meantime', async () => {
    await importFiles(own.graph, [dataFolder(entities)]);
    const refused = await importDuring(
      "MATCH (country {id: 'ci'}) DELETE country",
      basedIn('ci'),
      'import-find-entities',
    );
    expect(String(refused)).toContain('"ci", which does not exist');
    expect(await countries()).toEqual([]);
  });

  it('overwrites a concurrent change with the complete record', async () => {
    await importFiles(own.graph, [dataFolder(entities)]);
    const record = { ...smallData['labs.json'][1], name: 'Second' };
    await importDuring(
      "MATCH (lab {id: 'lab-two'}) SET lab.confidence = 'LOW'",
      { 'labs.json': [record] },
      'import-read-entities',
    );
    const stored = await own.ask("MATCH (lab {id: 'lab-two'}) RETURN lab.name, lab.confidence");
    expect(stored).toEqual([['Second', 'HIGH']]);
  });

  it('counts a change for both ends of a symmetric relation', async () => {
    await importFiles(own.graph, [dataFolder(entities)]);
    const same = { type: 'POSSIBLY_SAME_AS', from: 'lab-one', to: 'lab-two', properties: { note: 'Alike.' } };
    await importFiles(own.graph, [dataFolder({ 'relations.json': [same] })]);
    const revisions = await own.ask('MATCH (lab:Lab) RETURN lab.id, lab._revision ORDER BY lab.id');
    expect(revisions.map(([id, revision]) => [id, Number(revision)])).toEqual([
      ['lab-one', 2],
      ['lab-two', 2],
    ]);
  });

  it('leaves one target where both link the same entity at the same time: its own', async () => {
    await importFiles(own.graph, [dataFolder(entities)]);
    const operation = { action: 'LINK', relation: 'BASED_IN', from: 'institute', to: 'ci', properties: {} } as const;
    const [imported] = await Promise.allSettled([
      importFiles(own.graph, [dataFolder(basedIn('cn'))]),
      applyOperations(own.graph, { operations: [operation], author: 'test' }),
    ]);
    expect(imported.status).toBe('fulfilled');
    expect(await countries()).toEqual([['cn']]);
  });

  it('continues the revisions of a deleted entity, so that a change to the earlier one is refused', async () => {
    const files = dataFolder(entities);
    const change = (operation: Operation) => applyOperations(own.graph, { operations: [operation], author: 'test' });
    const lab = { kind: 'Lab', slug: 'lab-two' } as const;
    await importFiles(own.graph, [files]);
    await change({ action: 'DELETE', ...lab });
    await importFiles(own.graph, [files]);
    await expect(change({ action: 'UPDATE', ...lab, properties: { batch: 2 }, expectedRevision: 1 })).rejects.toThrow(
      'is at revision 3, not 1',
    );
    const logged = await own.ask(
      "MATCH (change:`_Change` {entity: 'lab-two'}) RETURN change.action, change.revision ORDER BY change.sequence",
    );
    expect(logged).toEqual([
      ['DELETED', 2],
      ['CREATED', 3],
    ]);
  });
});
