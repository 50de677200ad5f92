import { isEnumType } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import {
  type Group,
  type Grouping,
  groupingOf,
  groupsAsked,
  groupsOf,
  listBehind,
} from '../../../../src/pages/explorer/analysis/groups.ts';
import { pivotOf } from '../../../../src/pages/explorer/analysis/pivot.ts';
import { arrived } from '../../../../src/pages/explorer/api/resource.ts';
import { filterOf, listedKind } from '../../../../src/pages/explorer/list/selection.ts';
import { firstView, viewOf } from '../../../../src/pages/explorer/navigation/address.ts';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';
import '../cooperation-settings.ts';
import { faultsOf, schema } from './faults-of.ts';

function grouping(form: object, list = 'labs'): Grouping {
  const found = groupingOf({ ...firstView, list, form });
  if (!found) throw new Error(`Nothing to group of ${list}.`);
  return found;
}

const key = (value: string | null) => ({ value, entity: null });

describe('the groups of a kind', () => {
  it('are by what its list is not narrowed by, unless an address says otherwise', () => {
    const where = [{ facet: 'type', value: 'UNIVERSITY' }];
    const keysOf = (form: object) => groupingOf({ ...firstView, list: 'institutions', where, form })?.keys;
    expect(grouping({}, 'institutions').keys[0]?.name).toBe('type');
    expect(keysOf({})?.[0]?.name).not.toBe('type');
    expect(keysOf({ by: 'type' })?.[0]?.name).toBe('type');
  });

  it('are not by a number or a date first, which often differs from entity to entity', () => {
    expect(settings().kinds.Source?.groups.keys[0]).toMatchObject({ name: 'date', type: 'number' });
    expect(grouping({}, 'sources').keys[0]?.name).toBe('type');
  });

  it.each(Object.entries(settings().kinds))('of %s can be asked by each of their keys', (_, kind) => {
    for (const { name } of kind.groups.keys) {
      const { query, variables } = groupsAsked(grouping({ by: name }, kind.list.field));
      expect(faultsOf(query, variables ?? {}), name).toEqual([]);
    }
  });

  it.each(Object.entries(settings().kinds))('of %s lead to lists that can be asked', (_, kind) => {
    for (const { name } of kind.groups.keys) {
      const own = grouping({ by: name }, kind.list.field);
      const type = schema.getType(own.keys[0]?.enumeration ?? '');
      const value = isEnumType(type) ? type.getValues()[0]?.name : '2019';
      const address = listBehind(own, [key(value ?? null)]);
      const { list, where } = viewOf(address ?? '');
      const listed = listedKind(list);
      if (!listed) throw new Error(`${address} is no list.`);
      const query = `query ($filter: ${listed.name}Filter) { ${list}(filter: $filter) { totalCount } }`;
      expect(faultsOf(query, { filter: filterOf(listed, where) }), name).toEqual([]);
    }
  });

  it('are those of the first kind that stands out, by its first key, where nothing is chosen', () => {
    const found = groupingOf(firstView);
    expect(found?.of.name).toBe('Lab');
    expect(found?.keys.map(({ name }) => name)).toEqual([settings().kinds.Lab?.groups.keys[0]?.name]);
  });

  it('leave out a second key that is the first one again, and keys that do not exist', () => {
    expect(grouping({ by: 'designation', per: 'designation' }).keys).toHaveLength(1);
    expect(grouping({ by: 'designation', per: 'nothing' }).keys).toHaveLength(1);
    expect(grouping({ by: 'designation', per: 'partnerCountries.region' }).keys).toHaveLength(2);
  });

  it('are asked by keys of the kind and by keys that follow relations, with filters and distinct entities', () => {
    const asked = groupsAsked({
      ...grouping({ by: 'partnerCountries.region', per: 'designation', value: 'areas' }),
      where: [{ facet: 'status', value: 'ACTIVE' }],
    });
    expect(asked.variables).toEqual({
      by: ['DESIGNATION'],
      keys: [{ partnerCountries: { by: 'REGION' } }],
      filter: { status: { in: ['ACTIVE'] } },
      of: 'AREAS',
      withDistinct: true,
      first: 100,
    });
  });

  it('have no list behind them where a value is not recorded', () => {
    expect(listBehind(grouping({ by: 'designation' }), [key(null)])).toBeUndefined();
    expect(
      listBehind(grouping({ by: 'designation', per: 'partnerCountries.region' }), [key('PLANNED'), key('ASIA')]),
    ).toBe('#/list?of=labs&where=designation~PLANNED,partnerCountries.region~ASIA');
  });
});

describe('the list behind a group of a narrowed kind', () => {
  const narrowed = (form: object, ...where: readonly (readonly [facet: string, value: string])[]): Grouping => ({
    ...grouping(form),
    where: where.map(([facet, value]) => ({ facet, value })),
  });

  it('has the value of the group alone where the kind is narrowed to several values of its key', () => {
    const of = narrowed({ by: 'status' }, ['status', 'ACTIVE'], ['status', 'PLANNED'], ['inScope', 'true']);
    expect(listBehind(of, [key('PLANNED')])).toBe('#/list?of=labs&where=inScope~true,status~PLANNED');
  });

  it('is named by no address where entities must have another value beside that of the group', () => {
    const of = narrowed({ by: 'areas' }, ['areas', 'agriculture']);
    expect(listBehind(of, [key('agriculture')])).toBe('#/list?of=labs&where=areas~agriculture');
    expect(listBehind(of, [key('water')])).toBeUndefined();
  });
});

describe('groups by a key of the kind and one that follows a relation', () => {
  it('have the values of each key in its place, also once they are asked for in the other order', async () => {
    const node = { count: 3, keys: [key('PLANNED'), key('ASIA')] };
    const page = { totalCount: 1, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [node] };
    vi.stubGlobal('fetch', async () => Response.json({ data: { labsGroupBy: page } }));
    const [first, second] = ['designation', 'partnerCountries.region'];
    for (const [by, per, values] of [
      [first, second, ['PLANNED', 'ASIA']],
      [second, first, ['ASIA', 'PLANNED']],
    ] as const) {
      const groups = groupsOf(grouping({ by, per }));
      await vi.waitFor(() => expect(arrived(groups)).toBeDefined());
      expect(arrived(groups)?.groups[0]?.keys.map(({ value }) => value)).toEqual(values);
    }
    vi.unstubAllGlobals();
  });
});

describe('a pivot table', () => {
  const group = (size: number, ...values: readonly (string | null)[]): Group => ({ size, keys: values.map(key) });
  const two = grouping({ by: 'designation', per: 'yearRecognised' });
  const pivot = pivotOf(two, [
    group(2, 'PLANNED', '2021'),
    group(5, 'OTHER_JOINT_LABORATORY', '2019'),
    group(9, null, '2019'),
    group(1, 'PLANNED', null),
  ]);

  it('puts the largest first, years in their order without gaps, and what is not recorded last', () => {
    expect(pivot.rows.map((line) => line.key.value)).toEqual(['OTHER_JOINT_LABORATORY', 'PLANNED', null]);
    expect(pivot.columns.map((line) => line.key.value)).toEqual(['2019', '2020', '2021', null]);
    expect(pivot.columns.map((line) => line.sum)).toEqual([14, 0, 2, 1]);
  });

  it('has the size of each group, and nothing where there is no group', () => {
    expect(pivot.at(key('PLANNED'), key('2021'))).toBe(2);
    expect(pivot.at(key(null), key('2019'))).toBe(9);
    expect(pivot.at(key('OTHER_JOINT_LABORATORY'), key('2021'))).toBe(0);
    expect(pivot.most).toBe(9);
  });
});
