import { describe, expect, it } from 'vitest';
import {
  conditionsBehind,
  filterOf,
  listedKind,
  nothingOf,
  orderOf,
  rankingsOf,
  sortingOf,
  toggled,
} from '../../../../src/pages/explorer/list/selection.ts';
import '../cooperation-settings.ts';

const kindNamed = (field: string) => {
  const found = listedKind(field);
  if (!found) throw new Error(`There is no list ${field}.`);
  return found;
};

const labs = kindNamed('labs');

describe('the filter of a list', () => {
  it('matches any of the values of a facet, and all facets', () => {
    const where = [
      { facet: 'designation', value: 'PLANNED' },
      { facet: 'designation', value: 'OTHER_JOINT_LABORATORY' },
      { facet: 'inScope', value: 'true' },
      { facet: 'batch', value: '2' },
      { facet: 'partnerCountries', value: 'ke' },
      { facet: 'partnerCountries', value: 'rs' },
    ];
    expect(filterOf(labs, where)).toEqual({
      designation: { in: ['PLANNED', 'OTHER_JOINT_LABORATORY'] },
      inScope: { eq: true },
      batch: { in: [2] },
      partnerCountries: { some: { slug: { in: ['ke', 'rs'] } } },
    });
  });

  it('reaches properties of what is related, and of the relation', () => {
    const where = [
      { facet: 'partnerCountries.region', value: 'AFRICA' },
      { facet: 'institutions', value: 'egerton-university' },
      { facet: 'institutions.side', value: 'PARTNER' },
      { facet: 'institutions.role', value: 'LEAD' },
    ];
    expect(filterOf(labs, where)).toEqual({
      partnerCountries: { some: { region: { in: ['AFRICA'] } } },
      institutions: {
        some: { slug: { in: ['egerton-university'] }, edge: { side: { in: ['PARTNER'] }, role: { in: ['LEAD'] } } },
      },
    });
  });

  it('takes several dates of what is related, each by its year', () => {
    const where = [
      { facet: 'events.startDate', value: '2019' },
      { facet: 'events.endDate', value: '2020' },
    ];
    expect(filterOf(kindNamed('countries'), where)).toEqual({
      events: {
        some: {
          and: [
            { or: [{ startDate: { gte: '2019', lte: '2019' } }] },
            { or: [{ endDate: { gte: '2020', lte: '2020' } }] },
          ],
        },
      },
    });
  });

  it('takes a date by its year', () => {
    expect(filterOf(labs, [{ facet: 'recognisedDate', value: '2019' }])).toEqual({
      and: [{ or: [{ recognisedDate: { gte: '2019', lte: '2019' } }] }],
    });
  });
});

describe('the order of a list', () => {
  it('ranks by a count, of some entities if the column says which, then by name', () => {
    const institutions = kindNamed('institutions');
    expect(orderOf(institutions, sortingOf('-labs'))).toEqual([{ labs: { count: 'DESC' } }, { name: 'ASC' }]);
    expect(orderOf(institutions, sortingOf('-designatedLabs'))).toEqual([
      { labs: { count: 'DESC', filter: { designation: { in: ['BELT_AND_ROAD_JOINT_LABORATORY'] } } } },
      { name: 'ASC' },
    ]);
  });

  it('is by name where the address names no column', () => {
    expect(orderOf(labs, sortingOf(undefined))).toEqual([{ name: 'ASC' }]);
    expect(orderOf(labs, sortingOf('-nonsense'))).toEqual([{ name: 'ASC' }]);
  });
});

describe('the list behind a count', () => {
  it('is narrowed to the counted entities', () => {
    const { kind } = kindNamed('countries');
    const column = kind.list.counts.find(({ name }) => name === 'designatedLabs');
    expect(column && conditionsBehind(kind, column, 'ke')).toEqual([
      { facet: 'partnerCountries', value: 'ke' },
      { facet: 'designation', value: 'BELT_AND_ROAD_JOINT_LABORATORY' },
    ]);
  });
});

describe('a column that counts by a property of the relation', () => {
  it('is ranked by it, and leads to the list behind it', () => {
    const institutions = kindNamed('institutions');
    const roles = ['LEAD', 'HOST'];
    expect(orderOf(institutions, sortingOf('-ledLabs'))).toEqual([
      { labs: { count: 'DESC', filter: { edge: { role: { in: roles } } } } },
      { name: 'ASC' },
    ]);
    const column = institutions.kind.list.counts.find(({ name }) => name === 'ledLabs');
    expect(column && conditionsBehind(institutions.kind, column, 'cas')).toEqual([
      { facet: 'institutions', value: 'cas' },
      ...roles.map((value) => ({ facet: 'institutions.role', value })),
    ]);
  });
});

describe('a value of a facet', () => {
  it('is added by a first click and removed by a second', () => {
    const [one, two] = [
      { facet: 'type', value: 'A' },
      { facet: 'type', value: 'B' },
    ];
    expect(toggled([one], two)).toEqual([one, two]);
    expect(toggled([one, two], one)).toEqual([two]);
  });
});

describe('what a list offers', () => {
  it('orders years by latest and earliest, and other numbers by descending and ascending', () => {
    expect([...rankingsOf(labs, 'name').values()]).toEqual(
      expect.arrayContaining([
        'Name',
        'Batch, descending',
        'Batch, ascending',
        'Year of designation, latest first',
        'Year of designation, earliest first',
      ]),
    );
  });

  it('asks to remove a filter of an empty list only if it has one', () => {
    expect(nothingOf([])).toBe('Nothing to list.');
    expect(nothingOf([{ facet: 'status', value: 'PLANNED' }])).toContain('Remove one of them.');
  });
});
