import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyPiece, hopKey, merge, without } from '../../../../src/pages/drawing/piece.ts';
import type { Ontology } from '../../../../src/pages/explorer/api/answers.ts';
import { pieceFromAnswer } from '../../../../src/pages/explorer/api/from-answer.ts';
import { firstView, type Step } from '../../../../src/pages/explorer/navigation/address.ts';
import { withoutLastStep, withStep } from '../../../../src/pages/explorer/navigation/steps.ts';
import { card, hop, source } from '../cards.ts';

describe('a piece put on a graph', () => {
  const first = { nodes: [card('a'), card('b')], edges: [hop('a', 'b')] };

  it('adds what is new, once, and keeps what is there', () => {
    const merged = merge(first, { nodes: [card('b'), card('c')], edges: [hop('a', 'b'), hop('b', 'c')] });
    expect(merged.nodes.map(({ slug }) => slug)).toEqual(['a', 'b', 'c']);
    expect(merged.edges.map(hopKey)).toEqual(['PARTNERS_WITH~a~b', 'PARTNERS_WITH~b~c']);
  });

  it('changes nothing when it is put there again', () => {
    expect(merge(merge(emptyPiece, first), first)).toEqual(merge(emptyPiece, first));
  });

  it('is taken off with all relations of the entity', () => {
    expect(without(first, 'a')).toEqual({ nodes: [card('b')], edges: [] });
  });
});

describe('the steps of a view', () => {
  const open: Step = { do: 'open', slug: 'ke' };

  it('are not taken twice, unless the entity was taken off in between', () => {
    const once = withStep(firstView, open);
    expect(once.page).toBe('graph');
    expect(withStep(once, open).steps).toEqual([open]);
    const dropped = withStep(once, { do: 'drop', slug: 'ke' });
    const again = withStep(dropped, open);
    expect(again.steps).toEqual([open, { do: 'drop', slug: 'ke' }, open]);
    expect(withStep(again, open).steps).toEqual(again.steps);
  });

  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.oneof(
      fc.record({ do: fc.constantFrom('show', 'open', 'drop'), slug: fc.constantFrom('ke', 'th') }),
      fc.record({
        do: fc.constant('paths' as const),
        from: fc.constant('ke'),
        to: fc.constantFrom('th', 'crop-science'),
      }),
      fc.record({ do: fc.constant('ask' as const), question: fc.constant('designated-labs') }),
    ),
    { minLength: 1, maxLength: 8 },
  );
  const taken = (those: readonly Step[]) => those.reduce(withStep, firstView).steps;

  it('end with the paths that were asked for last, though they were asked for before', () => {
    const [kenya, thailand]: readonly Step[] = [
      { do: 'paths', from: 'ke', to: 'crop-science' },
      { do: 'paths', from: 'ke', to: 'th' },
    ];
    if (!kenya || !thailand) return expect.fail();
    expect(taken([kenya, thailand, kenya])).toEqual([kenya, thailand, kenya]);
    expect(taken([kenya, open, kenya])).toEqual([kenya, open]);
  });

  it('show, whatever came before, what the last one asked for', () => {
    fc.assert(
      fc.property(steps, (those) => {
        const [all, last] = [taken(those), those.at(-1)];
        if (last?.do === 'drop') expect(all.at(-1)).toEqual(last);
        else {
          const drops = all.map((step) => step.do === 'drop');
          const at = all.findLastIndex((step) => JSON.stringify(step) === JSON.stringify(last));
          expect(at).toBeGreaterThan(drops.lastIndexOf(true));
        }
        if (last?.do === 'paths') expect(all.findLast((step) => step.do === 'paths')).toEqual(last);
      }),
    );
  });

  it('change nothing when the last one is taken again', () => {
    fc.assert(
      fc.property(steps, (those) => {
        expect(taken([...those, ...those.slice(-1)])).toEqual(taken(those));
      }),
    );
  });

  it('are taken back one by one', () => {
    const two = withStep(withStep(firstView, open), { do: 'show', slug: 'th' });
    expect(withoutLastStep(two).steps).toEqual([open]);
    expect(withoutLastStep(firstView).steps).toEqual([]);
  });
});

describe('what an answer holds of entities and relations', () => {
  const ontology: Ontology = {
    kinds: [],
    relations: [
      {
        relation: 'PARTNERS_WITH',
        description: '',
        count: 1,
        from: ['LAB'],
        to: ['COUNTRY'],
        forwardField: 'partnerCountries',
        backwardField: 'labs',
        symmetric: false,
      },
      {
        relation: 'BASED_IN',
        description: '',
        count: 1,
        from: ['INSTITUTION'],
        to: ['COUNTRY'],
        forwardField: 'country',
        backwardField: 'institutions',
        symmetric: false,
      },
    ],
  };
  const kenya = { __typename: 'Country', slug: 'ke', name: 'Kenya', nameZh: null };
  const lab = { __typename: 'Lab', slug: 'lab', name: 'Lab', nameZh: null };

  it('is found by the fields of the ontology, whichever end was asked', () => {
    const forward = pieceFromAnswer(
      {
        labs: {
          nodes: [
            { ...lab, partnerCountries: { edges: [{ ownSources: true, sources: [source('LOW')], node: kenya }] } },
          ],
        },
      },
      ontology,
    );
    const backward = pieceFromAnswer({ country: { ...kenya, labs: { nodes: [lab] } } }, ontology);
    for (const { nodes, edges } of [forward, backward]) {
      expect(nodes.map(({ slug }) => slug).sort()).toEqual(['ke', 'lab']);
      expect(edges.map(hopKey)).toEqual(['PARTNERS_WITH~lab~ke']);
    }
    expect(forward.edges[0]).toMatchObject({ ownSources: true, sources: [{ reliability: 'LOW' }] });
  });

  it('takes relations to one entity, and what the relation itself says', () => {
    const institution = { __typename: 'Institution', slug: 'uni', name: 'Uni', nameZh: null };
    const { edges } = pieceFromAnswer({ institution: { ...institution, country: kenya } }, ontology);
    expect(edges.map(hopKey)).toEqual(['BASED_IN~uni~ke']);
    const told = pieceFromAnswer(
      {
        country: {
          ...kenya,
          institutions: { edges: [{ cursor: 'x', basis: 'SOURCE', note: null, node: institution }] },
        },
      },
      ontology,
    );
    expect(told.edges[0]?.properties).toEqual([{ name: 'basis', value: 'SOURCE' }]);
  });

  it('takes nothing for a relation that the ontology does not know', () => {
    const { nodes, edges } = pieceFromAnswer({ a: { ...kenya, capital: { ...lab } } }, ontology);
    expect(nodes).toHaveLength(2);
    expect(edges).toEqual([]);
  });
});
