import neo4j from 'neo4j-driver';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../../src/engine/changes/change.ts';
import { createChangeFeed } from '../../../../src/engine/changes/log/change-feed.ts';
import { type LoggedImport, logImport } from '../../../../src/engine/changes/log/change-log.ts';
import { countChanges } from '../../../../src/engine/changes/log/count-changes.ts';
import { createHistoryLoader } from '../../../../src/engine/changes/log/history-loader.ts';
import { lastSequence, readChanges } from '../../../../src/engine/changes/log/read-changes.ts';
import { readLatest } from '../../../../src/engine/changes/log/read-latest.ts';
import { readTouched } from '../../../../src/engine/changes/log/read-touched.ts';
import { newestRevision, oldestRevision } from '../../../../src/history/revisions/revision.ts';
import { explain } from '../../../setup/explain.ts';
import { changedGraph, create, link, unlink } from '../changed-graph.ts';

const own = changedGraph();

const sequences = (changes: readonly Change[]) => changes.map(({ sequence }) => sequence);

const readHistory = (slug: string, first: number, before?: number) =>
  createHistoryLoader(own.graph).read({ slug, first, before });

const imported = (more: Partial<LoggedImport> = {}) =>
  own.graph.write((run) =>
    logImport(run, {
      author: 'importer',
      transaction: 't',
      files: ['a.json'],
      created: 2,
      updated: 1,
      removed: 0,
      ...more,
    }),
  );

describe('the log of changes', () => {
  it('records the action, time, reason, author and transaction of each change', async () => {
    const start = Date.now();
    const { changes: first } = await own.change(
      [create('Lab', 'lab-one'), create('Country', 'ke'), link('PARTNERS_WITH', 'lab-one', 'ke')],
      { author: 'Ada', reason: 'It opened.' },
    );
    const { changes: second } = await own.change([unlink('PARTNERS_WITH', 'lab-one', 'ke')], { author: 'Bob' });
    const log = await own.log();
    expect(log).toEqual([...first, ...second]);
    expect(sequences(log)).toEqual([1, 2, 3, 4]);
    expect(log.map(({ author }) => author)).toEqual(['Ada', 'Ada', 'Ada', 'Bob']);
    expect(log.map(({ reason }) => reason)).toEqual(['It opened.', 'It opened.', 'It opened.', undefined]);
    expect(new Set(log.map(({ transaction }) => transaction)).size).toBe(2);
    for (const { at } of log) {
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Math.abs(Date.parse(at) - start)).toBeLessThan(60_000);
    }
    expect(log[3]).toMatchObject({ subject: 'RELATION', action: 'DELETED', before: {}, after: null });
    const [[changed] = []] = await own.ask(
      "MATCH (lab:Lab {id: 'lab-one'}), (change:_Change {sequence: 4}) RETURN lab._updatedAt = change.at",
    );
    expect(changed).toBe(true);
  });

  it('is no part of the graph that is read', async () => {
    await own.change([create('Lab', 'lab-one')], { idempotencyKey: 'key' });
    const labels = await own.ask(
      'MATCH (node) WHERE NOT node:Entity UNWIND labels(node) AS label RETURN DISTINCT label',
    );
    expect(labels.flat().sort()).toEqual(['_Change', '_ChangeLog', '_Request']);
  });

  it('begins with nothing', async () => {
    expect(await readChanges(own.graph, { after: 0, first: 10 })).toMatchObject({ changes: [], last: 0, begun: null });
    const wanted = { after: 7, ids: ['x'], first: 10 };
    expect(await readChanges(own.graph, wanted)).toMatchObject({ changes: [], last: 7, begun: null });
    expect(await lastSequence(own.graph)).toBe(0);
  });

  it('records an import as one entry, if it changed anything', async () => {
    await own.change([create('Lab', 'lab-one')]);
    await imported({ created: 0, updated: 0, removed: 0 });
    await imported({ reason: 'yearly' });
    expect((await own.log()).slice(1)).toEqual([
      {
        sequence: 2,
        transaction: 't',
        at: expect.any(String),
        author: 'importer',
        authorId: 'command:importer',
        reason: 'yearly',
        subject: 'IMPORT',
        files: ['a.json'],
        created: 2,
        updated: 1,
        removed: 0,
      },
    ]);
  });
});

describe('reading the log', () => {
  beforeEach(async () => {
    await own.change([
      create('Lab', 'lab-one'),
      create('Lab', 'lab-two'),
      create('Country', 'ke'),
      link('PARTNERS_WITH', 'lab-one', 'ke'),
      link('POSSIBLY_SAME_AS', 'lab-one', 'lab-two'),
    ]);
    await imported();
    await own.change([link('PARTNERS_WITH', 'lab-two', 'ke')]);
  });

  const read = async (wanted: Partial<Parameters<typeof readChanges>[1]>) => {
    const { changes, last } = await readChanges(own.graph, { after: 0, first: 100, ...wanted });
    return [sequences(changes), last];
  };

  it('continues after a sequence, in pages, and returns how far it has read', async () => {
    expect(await read({ first: 3 })).toEqual([[1, 2, 3], 3]);
    expect(await read({ after: 3, first: 3 })).toEqual([[4, 5, 6], 6]);
    expect(await read({ after: 6, first: 3 })).toEqual([[7], 7]);
    expect(await read({ after: 7, first: 3 })).toEqual([[], 7]);
    expect(await read({ after: 2, first: 0 })).toEqual([[], 2]);
  });

  it('filters by kinds, of which a relation has two, and always includes imports', async () => {
    expect(await read({ kinds: ['Country'] })).toEqual([[3, 4, 6, 7], 7]);
    expect(await read({ kinds: ['Area'] })).toEqual([[6], 7]);
    expect(await read({ kinds: ['Lab'], first: 2, after: 2 })).toEqual([[4, 5], 5]);
  });

  it('keeps to entities, at either end of a relation', async () => {
    expect(await read({ ids: ['lab-two'] })).toEqual([[2, 5, 6, 7], 7]);
    expect(await read({ ids: ['lab-two', 'lab-two', 'ke', 'nowhere'] })).toEqual([[2, 3, 4, 5, 6, 7], 7]);
    expect(await read({ ids: ['lab-two'], after: 2, first: 2 })).toEqual([[5, 6], 6]);
    expect(await read({ ids: ['lab-one'], kinds: ['Country'] })).toEqual([[4, 6], 7]);
    expect(await read({ ids: [] })).toEqual([[6], 7]);
    expect(await read({ ids: ['nowhere'], after: 6 })).toEqual([[], 7]);
    expect(await read({ ids: ['lab-two'], kinds: ['Area'], after: 6 })).toEqual([[], 7]);
  });

  it('is done once for who follows what nothing behind their cursor concerns', async () => {
    const feed = createChangeFeed(own.graph, { interval: 60_000 });
    const events = await feed.follow({ ids: ['nowhere'], after: 6 });
    const next = events.next();
    const fromLog = () => own.ran.filter(({ name }) => name === 'changes-of-ids');
    await expect.poll(fromLog).toHaveLength(1);
    await own.change([create('Lab', 'elsewhere'), create('Lab', 'nowhere')]);
    feed.wake();
    expect((await next).value).toMatchObject({ sequence: 9, entity: { slug: 'nowhere' } });
    // The feed delivers new changes.
    expect(fromLog()).toHaveLength(1);
    await events.return?.();
  });

  it('shows no part of a transaction of which another part is not to be found yet', async () => {
    // As a commit looks to a reader before all of it is in the indexes.
    await own.ask('MATCH (log:_ChangeLog) SET log.settled = 7, log.last = 9 CREATE (:_Change {sequence: 9})');
    expect(await read({ after: 5 })).toEqual([[6, 7], 7]);
    expect(await read({ after: 5, ids: ['ke'] })).toEqual([[6, 7], 7]);
    await own.ask('MATCH (change:_Change {sequence: 9}) DELETE change');
    expect(await newestRevision(own.graph)).toMatchObject({ revision: 7, isSettled: false });
  });

  it('reads the history of an entity backwards, page by page', async () => {
    const history = async (before?: number) => sequences(await readHistory('lab-two', 2, before));
    expect(await history()).toEqual([7, 5]);
    expect(await history(5)).toEqual([2]);
    expect(await history(2)).toEqual([]);
    expect(sequences(await readHistory('ke', 10))).toEqual([7, 4, 3]);
  });

  it('keeps the history of deleted records', async () => {
    await own.change([{ action: 'DELETE', kind: 'Country', slug: 'ke', detach: true }]);
    expect(sequences(await readHistory('ke', 10))).toEqual([10, 9, 8, 7, 4, 3]);
  });

  it('has the latest changes to entities of a kind in one statement, and imports among them, like those that follow', async () => {
    for (const name of ['One', 'Two', 'Three'])
      await own.change([{ action: 'UPDATE', kind: 'Country', slug: 'ke', properties: { name } }]);
    const wanted = { ids: ['ke', 'ke', 'lab-one'], kinds: ['Lab'] };
    const { changes: followed } = await readChanges(own.graph, { ...wanted, after: 0, first: 10 });
    const before = own.ran.length;
    expect(await readLatest(own.graph, { ...wanted, before: 100, first: 10 })).toEqual({
      changes: followed.toReversed(),
      since: 1,
    });
    expect(own.ran.length - before).toBe(1);
    expect(sequences(followed)).toEqual([1, 4, 5, 6, 7]);
    const page = await readLatest(own.graph, { ids: ['ke'], first: 2 });
    expect([sequences(page.changes), page.since]).toEqual([[10, 9], 9]);
  });

  it('visits no more of it than it answers with', async () => {
    const before = own.ran.length;
    await readChanges(own.graph, { after: 0, first: 10, kinds: ['Lab'] });
    await readChanges(own.graph, { after: 0, first: 10, ids: ['ke'] });
    await readLatest(own.graph, { first: 10 });
    await readLatest(own.graph, { first: 10, ids: ['ke'], kinds: ['Lab'] });
    await readTouched(own.graph, { sequence: 0, transaction: null }, {});
    await countChanges(own.graph, { after: 0, ids: ['ke'] });
    await oldestRevision(own.graph);
    const history = createHistoryLoader(own.graph);
    await Promise.all([history.read({ slug: 'ke', first: 10 }), history.count('ke')]);
    const read = own.ran.slice(before).filter(({ name }) => name !== 'change-log-last');
    expect(read).toHaveLength(9);
    // Neo4j has no statistics of an index that has just grown.
    await own.ask("UNWIND range(1001, 3000) AS n CREATE (:_Change {sequence: n, entity: 'x' + n, subject: 'ENTITY'})");
    const driver = neo4j.driver(own.address.uri);
    for (const { text, ...statement } of read) {
      const operators = await explain(driver, { ...statement, text: `CYPHER replan=force ${text}` });
      const scans = operators.filter((name) => /Scan$/.test(name));
      // This one also looks for marks of an import, a restore and an adoption, of which there are few.
      const ofMarks = statement.name === 'change-log-touched' ? Array(3).fill('NodeByLabelScan') : [];
      expect(scans, statement.name).toEqual(ofMarks);
    }
    await driver.close();
  });
});
