import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { type RelationType, relationTypes } from '../../../../src/cooperation/relations.ts';
import { ImportRefused } from '../../../../src/doors/data/fault.ts';
import { createChecker } from '../../../../src/doors/data/import/checker.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { createKnownEntities } from '../../../../src/doors/data/import/known-entities.ts';
import { seed } from '../../../../src/doors/data/import/seed.ts';
import { validRecord } from '../../../engine/changes/arbitrary-record.ts';
import { dataFolder } from '../data-folder.ts';
import { failingAt } from '../failing-graph.ts';
import { ownGraph } from '../own-graph.ts';

const { kindsAt, propertiesOf } = cooperation;

const own = ownGraph();

const types = relationTypes.filter(cooperation.isAcyclic);
const kindOf = (type: RelationType) => kindsAt(type, 'from')[0] as Kind;

/** A whole graph in one file: entities of the kind that a type orders, and links such as `a>b`. */
function files(type: RelationType, ids: string, ...links: readonly string[]) {
  const kind = kindOf(type);
  const [properties] = fc.sample(validRecord(propertiesOf(kind)), { numRuns: 1, seed: 1 });
  const entities = [...ids].map((id) => ({ kind, ...properties, id }));
  const relations = links.map((link) => ({ type, from: link[0], to: link[2] }));
  return { 'graph.jsonl': [...entities, ...relations] };
}

async function faultsOf(importing: () => Promise<unknown>): Promise<readonly string[]> {
  const before = await own.content();
  const refused = await importing().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(refused instanceof ImportRefused)) throw new Error(`The import was not refused: ${refused}`);
  expect(await own.content()).toEqual(before);
  return refused.faults.map(({ id, field, expected, found }) => `${id}, ${field}: ${expected}; ${found}`);
}

const links = async (type: RelationType) =>
  (await own.ask(`MATCH (from)-[:${type}]->(to) RETURN from.id + '>' + to.id AS link ORDER BY link`)).map(String);

describe('relations that form a cycle', () => {
  it.each(types)('are rejected: %s', async (type) => {
    expect(
      await faultsOf(() => importFiles(own.graph, [dataFolder(files(type, 'abcd', 'a>b', 'b>c', 'c>a', 'd>a'))])),
    ).toEqual([`${type} c → a, to: no cycle of ${type}; a cycle through "a": "a" → "b" → "c"`]);
  });

  it('are rejected if the graph contains part of the cycle', async () => {
    await importFiles(own.graph, [dataFolder(files('PART_OF', 'abcde', 'a>b', 'b>c', 'd>e'))]);
    const more = dataFolder(files('PART_OF', '', 'c>d', 'e>a'));
    expect(await faultsOf(() => importFiles(own.graph, [more]))).toEqual([
      'PART_OF e → a, to: no cycle of PART_OF; a cycle through "a": "a" → "b" → "c" → "d" → "e"',
    ]);
    await importFiles(own.graph, [dataFolder(files('PART_OF', '', 'c>d', 'a>e'))]);
    expect(await links('PART_OF')).toEqual(['a>b', 'a>e', 'b>c', 'c>d', 'd>e']);
  });

  it('are left out with the link that closes it, the same however often the import is stopped', async () => {
    const folder = dataFolder(files('BROADER', 'abc', 'a>b', 'b>c', 'c>a', 'a>c'));
    const rejects = join(dataFolder(), 'rejects.jsonl');
    const options = { rejects, largestTransaction: 1 };
    for (const statement of ['import-create-entities', 'import-create-relations', 'import-marker-remove']) {
      await own.ask('MATCH (node) DETACH DELETE node');
      await expect(importFiles(failingAt(own.graph, statement, 1), [folder], options)).rejects.toThrow('Power cut.');
      expect((await importFiles(own.graph, [folder], options)).rejected).toBe(1);
      expect(readFileSync(rejects, 'utf8').trim().split('\n')).toHaveLength(1);
      expect(JSON.parse(readFileSync(rejects, 'utf8'))).toMatchObject({ record: 6, id: 'BROADER c → a' });
      expect(await links('BROADER')).toEqual(['a>b', 'a>c', 'b>c']);
    }
  });

  it.each(['PART_OF', 'UNIT_OF'] as const)('are rejected if a concurrent writer closes the cycle: %s', async (type) => {
    await importFiles(own.graph, [dataFolder(files(type, 'abc', 'b>c'))]);
    const folder = dataFolder(files(type, '', 'a>b'));
    let linked = false;
    const shared = {
      ...own.graph,
      write: async (...parameters: Parameters<typeof own.graph.write>) => {
        if (!linked) await own.ask(`MATCH (a {id: 'c'}), (b {id: 'a'}) CREATE (a)-[:${type}]->(b)`);
        linked = true;
        return own.graph.write(...parameters);
      },
    } as typeof own.graph;
    const refused = importFiles(shared, [folder]);
    await expect(refused).rejects.toThrow(': "b" → "c" → "a"');
    expect(await links(type)).toEqual(['b>c', 'c>a']);
  });

  it.each([
    ['a>c', 'c>b'],
    ['c>b', 'a>c'],
  ])('do not arise if the records replace links of the graph, in any order: %s, %s', async (...records) => {
    await importFiles(own.graph, [dataFolder(files('UNIT_OF', 'abc', 'a>b', 'c>a'))]);
    // Each in a transaction of its own, so that links form a cycle until the last.
    await importFiles(own.graph, [dataFolder(files('UNIT_OF', '', ...records))], { largestTransaction: 1 });
    expect(await links('UNIT_OF')).toEqual(['a>c', 'c>b']);
  });

  it('are rejected once, at their last record, if the links of the graph that remain close them', async () => {
    await importFiles(own.graph, [dataFolder(files('UNIT_OF', 'abcd', 'a>b', 'c>d'))]);
    const records = dataFolder(files('UNIT_OF', '', 'b>a', 'd>c'));
    expect(await faultsOf(() => importFiles(own.graph, [records]))).toEqual([
      'UNIT_OF b → a, to: no cycle of UNIT_OF; a cycle through "a": "a" → "b"',
      'UNIT_OF d → c, to: no cycle of UNIT_OF; a cycle through "c": "c" → "d"',
    ]);
    const others = dataFolder(files('UNIT_OF', '', 'b>c', 'd>a'));
    expect(await faultsOf(() => importFiles(own.graph, [others]))).toHaveLength(1);
  });

  it('are judged by the records before them if those with errors are left out', async () => {
    await importFiles(own.graph, [dataFolder(files('UNIT_OF', 'abc', 'a>b', 'c>a'))]);
    const rejects = join(dataFolder(), 'rejects.jsonl');
    const summary = await importFiles(own.graph, [dataFolder(files('UNIT_OF', '', 'a>c', 'c>b'))], { rejects });
    expect(summary.rejected).toBe(1);
    expect(await links('UNIT_OF')).toEqual(['a>b', 'c>b']);
  });

  it('of the seeds are rejected while former seeds close it, unless these are pruned', async () => {
    await seed(own.graph, dataFolder(files('BROADER', 'abc', 'a>b', 'b>c')));
    const turned = dataFolder(files('BROADER', 'abc', 'c>b', 'b>a'));
    expect(await faultsOf(() => seed(own.graph, turned))).toHaveLength(2);
    await seed(own.graph, turned, { prune: true });
    expect(await links('BROADER')).toEqual(['b>a', 'c>b']);
  });

  it('of the seeds do not arise if a former target is replaced', async () => {
    await seed(own.graph, dataFolder(files('UNIT_OF', 'abc', 'a>b', 'c>a')));
    await seed(own.graph, dataFolder(files('UNIT_OF', 'abc', 'a>c', 'c>b')));
    expect(await links('UNIT_OF')).toEqual(['a>c', 'c>b']);
  });

  it('are found exactly if there is one, in any order of the links', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
    const link = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)).filter(([from, to]) => from !== to);
    const key = ([from, to]: readonly [string, string]) => `${from}>${to}`;
    fc.assert(
      fc.property(fc.uniqueArray(link, { selector: key, maxLength: 15 }), (all) => {
        const known = createKnownEntities(cooperation, { ask: undefined, seeded: false, prune: false });
        const checker = createChecker(cooperation, { known, rejecting: true });
        for (const id of ids) known.add(id, 'Area');
        const kept: (readonly [string, string])[] = [];
        for (const [from, to] of all) {
          const isLeftOut = checker.check('relations', { type: 'BROADER', from, to }).length > 0;
          expect(isLeftOut).toBe(reachedFrom(to, kept).has(from));
          if (!isLeftOut) kept.push([from, to]);
        }
      }),
    );
  });
});

/** By widening the set until it stays as it is. */
function reachedFrom(start: string, all: readonly (readonly [string, string])[]): ReadonlySet<string> {
  let reached = new Set([start]);
  for (;;) {
    const wider = new Set([...reached, ...all.filter(([from]) => reached.has(from)).map(([, to]) => to)]);
    if (wider.size === reached.size) return reached;
    reached = wider;
  }
}
