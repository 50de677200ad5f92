import { describe, expect, it } from 'vitest';
import {
  firstPattern,
  formOfPattern,
  freeName,
  MOST_THINGS,
  type Pattern,
  patternAsked,
  patternOf,
  withLink,
  withoutLink,
} from '../../../src/web/analysis/pattern.ts';
import { settings } from '../../../src/web/settings/known.ts';
import '../cooperation-settings.ts';
import { faultsOf } from './faults-of.ts';

const pattern: Pattern = {
  things: [
    { name: 'a', kind: 'Lab', where: [{ facet: 'partnerCountries.region', value: 'AFRICA' }] },
    { name: 'b', kind: 'Country', where: [] },
    { name: 'c', kind: 'Area', slug: 'artificial-intelligence', where: [] },
  ],
  links: [
    { from: 'a', relation: 'PARTNERS_WITH', to: 'b', isNegated: false },
    { from: 'a', relation: 'RESEARCHES', to: 'c', isNegated: true },
  ],
};

describe('a pattern', () => {
  it('is read from an address as it was written', () => {
    expect(patternOf(formOfPattern(pattern))).toEqual(pattern);
  });

  it('survives separators in values', () => {
    const odd: Pattern = {
      things: [{ name: 'a', kind: 'Lab', slug: 'x~y,z', where: [{ facet: 'status', value: 'A,B~C' }] }],
      links: [],
    };
    expect(patternOf(formOfPattern(odd))).toEqual(odd);
  });

  it('begins with the kind that stands out and the first of its relations', () => {
    expect(patternOf({})).toEqual(firstPattern());
    expect(firstPattern().things[0]?.kind).toBe('Lab');
    expect(firstPattern().links).toHaveLength(1);
  });

  it('leaves out what cannot be read', () => {
    const { things, links } = patternOf({
      things: 'a~Lab,b~Spaceship,1~Lab,c~Country',
      links: 'a~PARTNERS_WITH~c,a~PARTNERS_WITH~b,a',
    });
    expect(things.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(links).toEqual([{ from: 'a', relation: 'PARTNERS_WITH', to: 'c', isNegated: false }]);
  });

  it('has a bound, whatever stands in the address', () => {
    const many = [...'abcdefghij'].map((name) => `${name}~Lab`).join(',');
    expect(patternOf({ things: many }).things).toHaveLength(MOST_THINGS);
  });

  it.each(Object.entries(settings().kinds))('of %s can be asked with each of its relations', (kind, { fields }) => {
    for (const [name, field] of Object.entries(fields)) {
      const one = withLink({ things: [{ name: 'a', kind, where: [] }], links: [] }, 'a', field, undefined);
      expect(faultsOf(patternAsked(one).query, patternAsked(one).variables), name).toEqual([]);
      expect(one.things[1]).toEqual({ name: 'b', kind: field.target, where: [] });
    }
  });

  it('is asked with its filters, entities and negated relations', () => {
    expect(faultsOf(patternAsked(pattern).query, patternAsked(pattern).variables)).toEqual([]);
    expect(patternAsked(pattern).variables?.pattern).toEqual({
      entities: [
        { as: 'a', kind: 'LAB', filter: { lab: { partnerCountries: { some: { region: { in: ['AFRICA'] } } } } } },
        { as: 'b', kind: 'COUNTRY' },
        { as: 'c', kind: 'AREA', id: 'artificial-intelligence' },
      ],
      relations: [
        { from: 'a', relation: 'PARTNERS_WITH', to: 'b' },
        { from: 'a', relation: 'RESEARCHES', to: 'c', negated: true },
      ],
    });
  });

  it('loses with a relation the entities that nothing connects with the first one then', () => {
    const [first] = pattern.links;
    if (!first) throw new Error('The pattern has no relation.');
    const rest = withoutLink(pattern, first);
    expect(rest.things.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(rest.links).toEqual(pattern.links.slice(1));
    expect(freeName(rest)).toBe('b');
  });
});
