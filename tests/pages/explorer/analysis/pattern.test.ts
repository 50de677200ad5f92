import { describe, expect, it } from 'vitest';
import type { Card, Hop } from '../../../../src/pages/drawing/answers.ts';
import { patternAsked, pieceOf } from '../../../../src/pages/explorer/analysis/pattern.ts';
import {
  firstPattern,
  formOfPattern,
  freeName,
  MOST_THINGS,
  type Pattern,
  patternOf,
  withLink,
  withoutLink,
} from '../../../../src/pages/explorer/navigation/pattern.ts';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';
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
      things: [{ name: 'a', kind: 'Lab', slug: 'x~y,z', where: [{ facet: 'areas', value: 'a,b~c' }] }],
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

  it('is drawn as the entities and relations of its sets, each once', () => {
    const [lab, kenya, egypt] = ['lab', 'ke', 'eg'].map((slug) => ({ slug, name: slug, __typename: 'Lab' }) as Card);
    const hop = (to: string) =>
      ({ relation: 'PARTNERS_WITH', from: { slug: 'lab' }, to: { slug: to }, properties: [] }) as Hop;
    const set = (far: Card | undefined) => ({
      entities: [
        { as: 'a', entity: lab ?? null },
        { as: 'b', entity: far ?? null },
        { as: 'c', entity: null },
      ],
      relations: [hop(far?.slug ?? '')],
    });
    const { nodes, edges } = pieceOf([set(kenya), set(egypt), set(kenya)]);
    expect(nodes.map(({ slug }) => slug)).toEqual(['lab', 'ke', 'eg']);
    expect(edges.map(({ to }) => to.slug)).toEqual(['ke', 'eg']);
    expect(pieceOf([])).toEqual({ nodes: [], edges: [] });
  });

  it('has a bound, whatever stands in the address', () => {
    const names = [...'abcdefghij'];
    const things = names.map((name) => `${name}~Lab`).join(',');
    const links = names.slice(1).map((name) => `${name}~POSSIBLY_SAME_AS~a`);
    expect(patternOf({ things, links: links.join(',') }).things).toHaveLength(MOST_THINGS);
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
