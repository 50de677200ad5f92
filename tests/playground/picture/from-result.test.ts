import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadExamples } from '../../../src/http/documents/examples.ts';
import { hasSlug, pieceFromResult } from '../../../src/playground/picture/from-result.ts';
import { examplesFolder } from '../../setup/examples-folder.ts';

const relationsOf = (data: unknown, isNamed = false) =>
  pieceFromResult(data, { isNamed }).edges.map(({ relation, from, to }) => `${from.slug} ${relation} ${to.slug}`);

const lab = { __typename: 'Lab', slug: 'lab', name: 'The laboratory' };
const kenya = { __typename: 'Country', slug: 'ke', name: 'Kenya' };
const area = { __typename: 'Area', slug: 'crops', name: 'Crop science' };

describe('the graph of an answer', () => {
  it('has the entities below others, related by the field that leads to them, however the connection is read', () => {
    const data = {
      lab: { ...lab, partnerCountries: { nodes: [kenya] }, areas: { totalCount: 1, edges: [{ node: area }] } },
    };
    expect(pieceFromResult(data, { isNamed: false }).nodes.map(({ slug }) => slug)).toEqual(['lab', 'ke', 'crops']);
    expect(relationsOf(data)).toEqual(['lab partnerCountries ke', 'lab areas crops']);
  });

  it('has what an edge says with the relation, and a field with its relation under the name of the field', () => {
    const data = {
      lab: {
        ...lab,
        institutions: {
          edges: [{ role: 'HOST', note: null, node: { slug: 'host', countryEdge: { basis: 'SEAT', node: kenya } } }],
        },
      },
    };
    const { edges } = pieceFromResult(data, { isNamed: false });
    expect(edges.map(({ relation, properties }) => [relation, properties])).toEqual([
      ['institutions', [{ name: 'role', value: 'HOST' }]],
      ['country', [{ name: 'basis', value: 'SEAT' }]],
    ]);
  });

  it('has hops by their relation, in the direction in which it is stated, with what they say', () => {
    const hop = {
      relation: 'PARTNERS_WITH',
      from: lab,
      to: { slug: 'ke' },
      properties: [{ name: 'note', value: 'x' }],
    };
    const { nodes, edges } = pieceFromResult({ neighborhood: { nodes: [kenya], edges: [hop] } }, { isNamed: false });
    expect(nodes.map(({ name }) => name)).toEqual(['Kenya', 'The laboratory']);
    expect(edges).toMatchObject([
      {
        relation: 'PARTNERS_WITH',
        from: { slug: 'lab' },
        to: { slug: 'ke' },
        properties: [{ name: 'note', value: 'x' }],
      },
    ]);
  });

  it('has hops without ends between the entities of their path', () => {
    const hops = [
      { relation: 'PARTNERS_WITH', direction: 'BACKWARD' },
      { relation: 'RESEARCHES', direction: 'FORWARD' },
    ];
    expect(relationsOf({ paths: { paths: [{ nodes: [kenya, lab, area], hops }] } })).toEqual([
      'lab PARTNERS_WITH ke',
      'lab RESEARCHES crops',
    ]);
  });

  it('relates what is said of an entity to that entity, and the entities of a row to the first of them', () => {
    expect(
      relationsOf({ similar: [{ score: 1, entity: lab, sharedBecause: [{ relation: 'X', entity: area }] }] }),
    ).toEqual(['lab sharedBecause crops']);
    expect(relationsOf({ match: { nodes: [{ one: lab, there: kenya }] } })).toEqual(['lab there ke']);
  });

  it('has the entities of changes, and relates none to itself', () => {
    const history = [
      { __typename: 'EntityChange', slug: 'lab', entity: lab },
      {
        __typename: 'RelationChange',
        relation: 'PARTNERS_WITH',
        from: { slug: 'lab', entity: lab },
        to: { slug: 'ke', entity: kenya },
      },
      { __typename: 'EntityChange', slug: 'gone', entity: null },
    ];
    const { nodes } = pieceFromResult({ changes: { nodes: history } }, { isNamed: false });
    expect(nodes.map(({ __typename, name }) => [__typename, name])).toEqual([
      ['Lab', 'The laboratory'],
      ['', 'gone'],
      ['Country', 'Kenya'],
    ]);
    const ofLab = { lab: { ...lab, history: { nodes: history.slice(0, 2) } } };
    expect(relationsOf(ofLab)).toEqual(['lab PARTNERS_WITH ke']);
  });

  it('does not relate what was asked for side by side', () => {
    const piece = pieceFromResult({ lab, country: kenya }, { isNamed: false });
    expect([piece.nodes.length, piece.edges]).toEqual([2, []]);
  });

  it('takes names for entities only where slugs were not asked for, and never those of properties', () => {
    const data = {
      lab: { name: 'One', areas: { nodes: [{ name: 'Two' }] }, properties: [{ name: 'side', value: 'X' }] },
    };
    expect(pieceFromResult(data, { isNamed: false }).nodes).toEqual([]);
    const { nodes } = pieceFromResult(data, { isNamed: true });
    expect(nodes.map(({ name }) => name)).toEqual(['One', 'Two']);
    expect(nodes.map(hasSlug)).toEqual([false, false]);
    expect(hasSlug(lab)).toBe(true);
  });

  it('keeps what is known of an entity that comes again with less', () => {
    const { nodes } = pieceFromResult({ a: kenya, b: { slug: 'ke' } }, { isNamed: false });
    expect(nodes).toEqual([{ ...kenya, nameZh: null }]);
  });

  it.each([null, undefined, 1, 'text', [], {}, { a: null }, { a: [[null]] }, { labs: { edges: [null], nodes: 'x' } }])(
    'is empty where the answer is %j',
    (data) => expect(pieceFromResult(data, { isNamed: true })).toEqual({ nodes: [], edges: [] }),
  );

  it.each(loadExamples(examplesFolder))(
    'of the answer to $name has its relations between its own entities',
    ({ name }) => {
      const data = JSON.parse(readFileSync(new URL(`../../../examples/${name}.json`, import.meta.url), 'utf8'));
      const { nodes, edges } = pieceFromResult(data, { isNamed: true });
      const slugs = new Set(nodes.map(({ slug }) => slug));
      for (const { from, to } of edges) expect([slugs.has(from.slug), slugs.has(to.slug)]).toEqual([true, true]);
    },
  );
});
