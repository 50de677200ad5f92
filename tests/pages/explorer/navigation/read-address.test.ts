import { describe, expect, it } from 'vitest';
import '../cooperation-settings.ts';
import { addressOf, addressOfList, firstView, type Step } from '../../../../src/pages/explorer/navigation/address.ts';
import { readAddress } from '../../../../src/pages/explorer/navigation/read-address.ts';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';

const unreadOf = (address: string) => readAddress(address).unread;

describe('what is read of an address', () => {
  it('leaves out kinds, columns, keys and gaps that the graph does not have, and names them', () => {
    expect(unreadOf('#/list?of=foo&where=status~PLANNED&sort=name')).toEqual([
      'of=foo',
      'where=status~PLANNED',
      'sort=name',
    ]);
    expect(unreadOf('#/list?of=labs&sort=-foo')).toEqual(['sort=-foo']);
    expect(unreadOf('#/groups?of=labs&by=foo&per=status')).toEqual(['by=foo']);
    expect(unreadOf('#/gaps?gap=foo')).toEqual(['gap=foo']);
    expect(unreadOf('#/changes?from=2026-13-01&to=2026-02-30')).toEqual(['from=2026-13-01', 'to=2026-02-30']);
    expect(unreadOf('#/changes?from=2026-01-31&to=2026-02-28')).toEqual([]);
    expect(readAddress('#/list?of=labs&sort=-foo').view).toEqual(readAddress('#/list?of=labs').view);
  });

  it('leaves out filters by unknown properties or values alone, so that the server is not asked for them', () => {
    const wrong = ['designation~FOO', 'foo~BAR', 'partnerCountries.region~ATLANTIS', 'institutions.role~FOO'];
    const right = ['status~PLANNED', 'partnerCountries~ke', 'yearRecognised~2020', 'inScope~true'];
    const { view, unread } = readAddress(`#/list?of=labs&where=${[...wrong, ...right].join(',')}`);
    expect(addressOf(view)).toBe(`#/list?of=labs&where=${right.join(',')}`);
    expect(unread).toEqual([expect.stringContaining('where=designation~FOO,foo~BAR')]);
    expect(unreadOf('#/list?of=labs&where=inScope~maybe')).toEqual(['where=inScope~maybe']);
    expect(unreadOf('#/list?of=labs&where=yearRecognised~soon')).toEqual(['where=yearRecognised~soon']);
  });

  it('leaves out names that only the objects of the page have', () => {
    const wrong = ['constructor~x', 'constructor.name~x', 'partnerCountries.constructor~x'];
    expect(unreadOf(`#/list?of=labs&where=${wrong.join(',')}`)).toEqual([expect.stringContaining('where=constructor')]);
    expect(unreadOf('#/pattern?things=a~constructor')).toEqual(['things=a~constructor']);
  });

  it('leaves out of a pattern what does not fit the graph, and says that it asks another question', () => {
    const { view, unread } = readAddress('#/pattern?things=a~Foo,b~Lab&links=b~X~a');
    expect(view.form).toEqual({ things: 'b~Lab' });
    expect(unread).toEqual(['things=a~Foo', 'links=b~X~a']);
    expect(unreadOf('#/pattern?things=a~Country,b~Lab&links=a~PARTNERS_WITH~b')).toEqual([
      'things=b~Lab',
      'links=a~PARTNERS_WITH~b',
    ]);
    expect(unreadOf('#/pattern?things=a~Country~~region~ATLANTIS')).toEqual(['things=a~Country~~region~ATLANTIS']);
    expect(unreadOf('#/pattern?things=a~Country~~region~AFRICA,b~Lab&links=b~PARTNERS_WITH~a~not')).toEqual([]);
  });

  it('leaves out of a pattern on the graph what does not fit it, or nothing connects any more, and says so', () => {
    const graphOf = (things: string, links = '') => {
      const steps: readonly Step[] = [
        { do: 'open', slug: 'ke' },
        { do: 'match', things, links },
      ];
      return readAddress(addressOf({ ...firstView, page: 'graph', steps }));
    };
    expect(graphOf('a~Country,b~Lab', 'b~PARTNERS_WITH~a')).toMatchObject({
      unread: [],
      view: { steps: [{ do: 'open' }, { things: 'a~Country,b~Lab', links: 'b~PARTNERS_WITH~a' }] },
    });
    const { view, unread } = graphOf('a~Country,b~Lab,c~Foo', 'b~PARTNERS_WITH~a,c~X~b');
    expect(view.steps[1]).toEqual({ do: 'match', things: 'a~Country,b~Lab', links: 'b~PARTNERS_WITH~a' });
    expect(unread).toEqual([expect.stringContaining('c~Foo~b~PARTNERS_WITH~a,c~X~b')]);
    expect(graphOf('a~Country,b~Lab', 'b~X~a').view.steps[1]).toEqual({ do: 'match', things: 'a~Country', links: '' });
    expect(graphOf('a~Foo').view.steps).toEqual([{ do: 'open', slug: 'ke' }]);
    expect(graphOf('a~Foo').unread).toEqual(['do=match~a~Foo']);
  });

  it('has no paths from an entity to itself', () => {
    expect(readAddress('#/graph?do=paths~rs~rs').view.steps).toEqual([]);
    expect(unreadOf('#/graph?do=paths~rs~rs')).toEqual(['do=paths~rs~rs']);
    expect(unreadOf('#/graph?do=paths~rs~ke')).toEqual([]);
  });

  it('has the filter by kind of a search, which belongs to no list', () => {
    expect(unreadOf('#/search?q=water&where=kind~LAB')).toEqual([]);
  });

  it.each(Object.values(settings().kinds))('has every column and value of the list of $full', ({ list, fields }) => {
    const values = (type: string) => settings().enumerations[type] ?? { boolean: ['true', 'false'] }[type] ?? ['2019'];
    const conditions = [
      ...Object.entries(list.types).flatMap(([facet, type]) => values(type).map((value) => ({ facet, value }))),
      ...Object.entries(fields).flatMap(([name, { edge }]) => [
        { facet: name, value: 'a-slug' },
        ...Object.entries(edge).flatMap(([property, type]) =>
          values(type).map((value) => ({ facet: `${name}.${property}`, value })),
        ),
      ]),
      ...list.facets.flatMap(({ name, by, values: own = [] }) =>
        by === '' ? own.map((value) => ({ facet: name, value })) : [],
      ),
    ];
    for (const condition of conditions) expect(unreadOf(addressOfList(list.field, [condition]))).toEqual([]);
    for (const name of Object.keys(list.types)) expect(unreadOf(addressOfList(list.field, [], name))).toEqual([]);
    for (const { name } of list.counts) expect(unreadOf(addressOfList(list.field, [], `-${name}`))).toEqual([]);
  });

  it.each(Object.values(settings().kinds))('has every key by which $full are grouped', ({ list, groups }) => {
    for (const { name } of groups.keys)
      expect(
        unreadOf(addressOf({ ...firstView, page: 'groups', list: list.field, form: { by: name, per: name } })),
      ).toEqual([]);
  });
});
