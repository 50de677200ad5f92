import { describe, expect, it } from 'vitest';
import { decodeCursor } from '../../../src/engine/reads/cursor.ts';
import { everything } from '../../../src/engine/reads/filter.ts';
import {
  type AnyEntityPlan,
  type ConnectionPlan,
  type EntityPlan,
  nothingOfTheEdge,
  type OrderKey,
  type WholeAnswer,
} from '../../../src/engine/reads/plan.ts';
import { Connection, Entity, relationAnswer, targetEntity } from '../../../src/engine/reads/rows.ts';

const labs: EntityPlan = { kind: 'Lab', columns: { name: 1, batch: 2 }, relations: {}, prefetched: {} };

const byName: OrderKey = { by: { property: 'name' }, type: 'string', descending: false, nullable: false };

const plan = (more: Partial<ConnectionPlan> = {}): ConnectionPlan => ({
  shape: 'connection',
  relation: null,
  target: labs,
  shared: false,
  filter: everything,
  order: [byName],
  page: { size: 2, backward: false, after: null, before: null },
  edge: nothingOfTheEdge,
  wants: { rows: true, totalCount: false, hasNextPage: true, hasPreviousPage: false },
  facets: {},
  indexScanAbove: null,
  isScanCheap: true,
  areTargetsScanCheap: true,
  signature: 'labs by name',
  ...more,
});

const [a, b, c] = [
  ['a', 'A', 1],
  ['b', 'B', null],
  ['c', 'C', 3],
] as const;

const slugs = (connection: Connection) => connection.nodes.map(({ slug }) => slug);

describe('an entity', () => {
  it('reads its columns, and tells what is absent from what was not read', () => {
    const entity = new Entity(labs, b);
    expect([entity.slug, entity.value('name'), entity.value('batch'), entity.value('status')]).toEqual([
      'b',
      'B',
      null,
      undefined,
    ]);
  });

  it('of any kind reads the columns that its kind adds', () => {
    const area: EntityPlan = { kind: 'Area', columns: { name: 1, keyArea: 3 }, relations: {}, prefetched: {} };
    const any: AnyEntityPlan = {
      kind: 'Entity',
      shared: { columns: { name: 1 }, relations: {}, prefetched: {} },
      kinds: { Area: area },
    };
    const entity = targetEntity(any, ['energy', 'Energy', ['Entity', 'Area'], true]);
    expect([entity.kind, entity.value('name'), entity.value('keyArea')]).toEqual(['Area', 'Energy', true]);
    expect(() => targetEntity(any, ['x', 'X', ['Entity']])).toThrow('no label of the ontology');
  });
});

describe('a connection', () => {
  it('leaves out the entity that was read to know whether others follow', () => {
    const whole = new Connection(plan(), [a, b]);
    const cut = new Connection(plan(), [a, b, c]);
    expect([slugs(whole), whole.hasNextPage, whole.hasPreviousPage]).toEqual([['a', 'b'], false, false]);
    expect([slugs(cut), cut.hasNextPage, cut.hasPreviousPage]).toEqual([['a', 'b'], true, false]);
  });

  it('read from the end is turned round, and what is left out comes before it', () => {
    const page = { size: 2, backward: true, after: null, before: null };
    const connection = new Connection(plan({ page }), [c, b, a]);
    expect([slugs(connection), connection.hasNextPage, connection.hasPreviousPage]).toEqual([['b', 'c'], false, true]);
  });

  it('with more than rows has its number, and what lies before and after it', () => {
    const wants = { rows: true, totalCount: true, hasNextPage: true, hasPreviousPage: true };
    const connection = new Connection(plan({ wants }), [[a, b], 7, true, true]);
    expect([connection.totalCount, connection.hasPreviousPage, connection.hasNextPage]).toEqual([7, true, true]);
  });

  it('makes cursors of the keys behind its targets', () => {
    const edge = { ...nothingOfTheEdge, bare: false, keys: 1 };
    const connection = new Connection(plan({ edge }), [
      [a, 'A'],
      [b, 'B'],
    ]);
    const cursors = [connection.startCursor, connection.endCursor].map((cursor) =>
      decodeCursor(String(cursor), 'labs by name', [byName]),
    );
    expect(cursors).toEqual([['A'], ['B']]);
    expect(new Connection(plan({ edge }), []).startCursor).toBeNull();
  });

  it('gives to each `facets` its own, and counts what lies outside of the buckets', () => {
    const facet = (name: string) => ({
      name,
      source: { property: name, by: 'value' as const },
      size: 2,
      others: true,
      without: true,
    });
    const facets = { first: [facet('status')], second: [facet('batch'), facet('confidence')] };
    const answer: WholeAnswer = [[a], null, false, false, [[['AGREED', 3]], 5, 1], [[['1', 2]], 2, 0], [[], 0, 9]];
    const connection = new Connection(plan({ facets }), answer);
    expect(connection.facets('second')).toEqual([
      { by: 'batch', buckets: [{ value: '1', entity: null, count: 2 }], others: 0, without: 0 },
      { by: 'confidence', buckets: [], others: 0, without: 9 },
    ]);
    expect(connection.facets('first')[0]).toMatchObject({ others: 2, without: 1 });
  });
});

describe('the relation of an entity', () => {
  const area = new Entity({ kind: 'Area', columns: {}, relations: {}, prefetched: {} }, ['energy']);
  const relation = { relation: 'RESEARCHES', reading: 'BACKWARD' } as const;

  it('knows in which direction it is stored', () => {
    const connection = relationAnswer(plan({ relation }), [a], area) as Connection;
    expect(connection.edges[0]?.stored).toEqual({ relation: 'RESEARCHES', from: 'a', to: 'energy' });
  });

  it('to one entity is `null` where there is none', () => {
    const toOne = {
      shape: 'toOne',
      relation,
      target: labs,
      shared: false,
      edge: nothingOfTheEdge,
      isScanCheap: true,
    } as const;
    expect(relationAnswer(toOne, [], area)).toBeNull();
    expect(relationAnswer(toOne, [a], area)).toMatchObject({ node: { slug: 'a' } });
  });
});
