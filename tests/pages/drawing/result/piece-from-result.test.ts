import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pieceFromResult } from '../../../../src/pages/drawing/result/piece-from-result.ts';
import { loadExamples } from '../../../../src/server/documents/examples.ts';
import { examplesFolder } from '../../../setup/examples-folder.ts';

const relationsOf = (data: unknown) =>
  pieceFromResult(data).edges.map(({ relation, from, to }) => `${from.slug} ${relation} ${to.slug}`);

const lab = { __typename: 'Lab', slug: 'lab', name: 'The laboratory' };
const kenya = { __typename: 'Country', slug: 'ke', name: 'Kenya' };
const area = { __typename: 'Area', slug: 'crops', name: 'Crop science' };

describe('the graph of an answer', () => {
  it('has the entities below others, related by the field that leads to them, however the connection is read', () => {
    const data = {
      lab: { ...lab, partnerCountries: { nodes: [kenya] }, areas: { totalCount: 1, edges: [{ node: area }] } },
    };
    expect(pieceFromResult(data).nodes.map(({ slug }) => slug)).toEqual(['lab', 'ke', 'crops']);
    expect(relationsOf(data)).toEqual(['lab partnerCountries ke', 'lab areas crops']);
  });

  it('has a field with its relation under the name of the field', () => {
    const data = {
      lab: {
        ...lab,
        institutions: {
          edges: [
            {
              role: 'HOST',
              note: null,
              node: { slug: 'host', name: 'Host', countryEdge: { basis: 'SEAT', node: kenya } },
            },
          ],
        },
      },
    };
    expect(relationsOf(data)).toEqual(['lab institutions host', 'host country ke']);
  });

  it('has hops by their relation, in the direction in which it is stated, between entities that are named somewhere', () => {
    const hops = [
      { relation: 'PARTNERS_WITH', from: lab, to: { slug: 'ke' } },
      { relation: 'PARTNERS_WITH', from: lab, to: { slug: 'rs' } },
    ];
    const { nodes, edges } = pieceFromResult({ neighborhood: { nodes: [kenya], edges: hops } });
    expect(nodes.map(({ name }) => name)).toEqual(['Kenya', 'The laboratory']);
    expect(edges).toMatchObject([{ relation: 'PARTNERS_WITH', from: { slug: 'lab' }, to: { slug: 'ke' } }]);
  });

  it('relates what is said of an entity to that entity, and the entities of a row to the first of them', () => {
    expect(
      relationsOf({ similar: [{ score: 1, entity: lab, sharedBecause: [{ relation: 'X', entity: area }] }] }),
    ).toEqual(['lab sharedBecause crops']);
    expect(relationsOf({ match: { nodes: [{ one: lab, there: kenya }] } })).toEqual(['lab there ke']);
  });

  it('has the entities of changes but for those that are gone, and relates none to itself', () => {
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
    const { nodes } = pieceFromResult({ changes: { nodes: history } });
    expect(nodes.map(({ __typename, name }) => [__typename, name])).toEqual([
      ['Lab', 'The laboratory'],
      ['Country', 'Kenya'],
    ]);
    const ofLab = { lab: { ...lab, history: { nodes: history.slice(0, 2) } } };
    expect(relationsOf(ofLab)).toEqual(['lab PARTNERS_WITH ke']);
  });

  it('does not relate what was asked for side by side', () => {
    const piece = pieceFromResult({ lab, country: kenya });
    expect([piece.nodes.length, piece.edges]).toEqual([2, []]);
  });

  it('has nothing that lacks a slug or a name, such as a property or a change', () => {
    const change = { __typename: 'EntityChange', slug: 'lab', before: null };
    const data = { lab: { name: 'One', properties: [{ name: 'side', value: 'X' }] }, changes: [change] };
    expect(pieceFromResult(data).nodes).toEqual([]);
  });

  it('keeps what is known of an entity that comes again with less', () => {
    const { nodes } = pieceFromResult({ a: kenya, b: { slug: 'ke', name: 'Kenya' } });
    expect(nodes).toEqual([{ ...kenya, nameZh: null }]);
  });

  it.each([null, undefined, 1, 'text', [], {}, { a: null }, { a: [[null]] }, { labs: { edges: [null], nodes: 'x' } }])(
    'is empty where the answer is %j',
    (data) => expect(pieceFromResult(data)).toEqual({ nodes: [], edges: [] }),
  );

  it.each(loadExamples(examplesFolder))(
    'of the answer to $name has its relations between its own entities',
    ({ name }) => {
      const data = JSON.parse(readFileSync(new URL(`../../../../examples/${name}.json`, import.meta.url), 'utf8'));
      const { nodes, edges } = pieceFromResult(data);
      const slugs = new Set(nodes.map(({ slug }) => slug));
      for (const { from, to } of edges) expect([slugs.has(from.slug), slugs.has(to.slug)]).toEqual([true, true]);
    },
  );
});
