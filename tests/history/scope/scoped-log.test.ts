import { describe, expect, it } from 'vitest';
import { changedGraph, create, link, unlink } from '../../engine/changes/changed-graph.ts';
import type { Snapshot } from '../../engine/changes/replay.ts';
import { follow, scope, scopedLogOf, sequences } from './follow-scope.ts';

const own = changedGraph();

const _nothing: Snapshot = { entities: {}, relations: {} };

describe('the log of a scope', () => {
  it('has the deletion of what is watched, and goes on when its slug is used again', async () => {
    await own.change([create('Area', 'a1'), create('Area', 'a2')]);
    await own.change([link('BROADER', 'a1', 'a2')]);
    await own.change([unlink('BROADER', 'a1', 'a2')]);
    await own.change([{ action: 'DELETE', kind: 'Area', slug: 'a1' }]);
    await own.change([{ action: 'UPDATE', kind: 'Area', slug: 'a2', properties: { name: 'Other' } }]);
    await own.change([create('Area', 'a1')]);
    const log = scopedLogOf(own.graph);
    // While they are one hop apart, both are around the one.
    expect(sequences(await follow(log, scope('around: ["a1"]')))).toEqual([1, 3, 4, 5, 7]);
    expect(sequences(await follow(log, scope('filter: { area: { name: { eq: "Other" } } }')))).toEqual([6]);
    const labs = 'match: { entities: [{ as: "lab", kind: LAB }], relations: [] }';
    expect(sequences(await follow(log, scope(labs)))).toEqual([]);
  });

  it('is refused where a pattern has more matches than it may', async () => {
    const areas = Array.from({ length: 60 }, (_, index) => create('Area', `a${index}`));
    await own.change(areas);
    await own.change(areas.slice(1).map(({ slug }) => link('BROADER', slug, 'a0')));
    const star = `match: {
      entities: [{ as: "a" }, { as: "b" }, { as: "c" }, { as: "d" }]
      relations: [
        { from: "a", to: "b", relation: BROADER }
        { from: "c", to: "b", relation: BROADER }
        { from: "d", to: "b", relation: BROADER }
      ]
    }`;
    await expect(follow(scopedLogOf(own.graph), scope(star))).rejects.toThrow(/steps|10000 sets/);
  });

  it.each([
    ['kinds: [NOTHING]', 'NOTHING'],
    ['filter: { lab: { colour: { eq: 1 } } }', 'colour'],
    ['depth: 2', 'Pass both'],
    ['around: ["a"], depth: 9', 'must be from 0 to 3'],
    ['around: []', 'must not be empty'],
    ['kinds: [LAB]) { __typename } live { labs { totalCount } } changes(kinds: [LAB]', 'changes'],
    ['after: "x"', 'cursor'],
    ['kinds: $kinds', 'kinds'],
    ['"', 'Unterminated'],
  ])('refuses the scope %s', (text, message) => {
    expect(() => scope(text)).toThrow(message);
  });

  it('refuses a scope that is too long', () => {
    expect(() => scope('x'.repeat(10_001))).toThrow('at most 10000 characters');
  });
});
