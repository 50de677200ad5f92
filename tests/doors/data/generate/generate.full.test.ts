import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { relationTypes } from '../../../../src/cooperation/relations.ts';
import { syntheticShape } from '../../../../src/cooperation/synthetic-shape.ts';
import { generate, labsOf } from '../../../../src/doors/data/generate/generate.ts';
import { checkData } from '../../../../src/doors/data/import/check-data.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { dataFolder } from '../data-folder.ts';

/** Data is checked against it and not written. */
const emptyGraph: Graph = {
  ontology: cooperation,
  read: async () => [],
  write: () => Promise.reject(new Error('Nothing is written here.')),
};

async function generated(labs: number, seed?: number): Promise<string> {
  const out = dataFolder();
  await generate(cooperation, { shape: syntheticShape, labs, out, seed });
  return out;
}

const hashOf = (folder: string) =>
  readdirSync(folder)
    .sort()
    .reduce((hash, name) => hash.update(name).update(readFileSync(join(folder, name))), createHash('sha256'))
    .digest('hex');

const linesOf = (folder: string, name: string) =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

describe('a synthetic graph', () => {
  it('is the same, byte for byte, for the same number and seed, and another for another seed', async () => {
    const first = hashOf(await generated(50));
    expect(hashOf(await generated(50, 1))).toBe(first);
    expect(hashOf(await generated(50, 2))).not.toBe(first);
  });

  it.each([1, 7, 50, 600])('of %i labs has no fault, and every kind', async (labs) => {
    const folder = await generated(labs);
    const { files, records } = await checkData(emptyGraph, [folder], { seeded: false });
    expect(files.map(({ holds }) => holds).sort()).toEqual([...kindNames, 'relations'].sort());
    expect(files.every(({ bytes }) => bytes > 0)).toBe(true);
    expect(records).toBeGreaterThan(10 * labs);
    expect(linesOf(folder, 'labs.jsonl')).toHaveLength(labs);
  });

  it('has every relation, and hubs', async () => {
    const relations = linesOf(await generated(600), 'relations.jsonl').map((line) => JSON.parse(line));
    expect([...new Set(relations.map(({ type }) => type))]).toEqual(relationTypes);
    const targets = relations.filter(({ type }) => type === 'RESEARCHES').map(({ to }) => to);
    expect(targets.filter((to) => to === 'area-1').length).toBeGreaterThan(0.7 * 600);
    const hosts = relations.filter(({ type }) => type === 'HOSTED_BY').map(({ to }) => to);
    const busiest = Math.max(...countOf(hosts).values());
    expect(busiest).toBeGreaterThan((5 * hosts.length) / new Set(hosts).size);
  });

  it('goes by the names of scales', () => {
    expect(['small', 'medium', 'large', '12'].map(labsOf)).toEqual([2_000, 20_000, 200_000, 12]);
    for (const wrong of ['0', '-1', '1.5', 'huge', 'constructor', '10000001', ''])
      expect(() => labsOf(wrong)).toThrow(RangeError);
  });
});

function countOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
