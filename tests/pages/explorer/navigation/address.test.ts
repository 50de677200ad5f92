import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degrees } from '../../../../src/pages/drawing/trust.ts';
import '../cooperation-settings.ts';
import {
  addressOf,
  escaped,
  firstMeasure,
  firstView,
  formParts,
  measures,
  pageNames,
  type Step,
  stepKey,
  unreadOf,
  type View,
  viewOf,
} from '../../../../src/pages/explorer/navigation/address.ts';

/** Any text that a browser can hold in an address; half a surrogate pair is none. */
const word = fc.string({ minLength: 1, unit: 'grapheme' });
const words = fc.uniqueArray(word, { maxLength: 4 });
const slugs = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]+$/), { minLength: 1, maxLength: 3 });
const year = fc.integer({ min: 0, max: 9_999 });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('show', 'drop'), slug: word }),
  fc.record({ do: fc.constant('open' as const), slug: word }),
  fc.record({ do: fc.constant('open' as const), slug: word, relation: word }),
  fc.record({ do: fc.constant('open' as const), slug: word, limit: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ do: fc.constant('paths' as const), from: word, to: word }),
  fc.record({
    ...{ do: fc.constant('paths' as const), from: word, to: word },
    ...{ hops: fc.integer({ min: 1, max: 6 }), hubs: fc.constant(true), limit: fc.integer({ min: 1, max: 20 }) },
    ...{ avoid: slugs, via: slugs },
  }),
  fc.record({ do: fc.constant('ask' as const), question: word }),
  fc.record({ do: fc.constant('match' as const), things: word, links: fc.oneof(fc.constant(''), word) }),
);

const form = fc.record(Object.fromEntries(formParts.map((name) => [name, word.map(escaped)])), { requiredKeys: [] });

const view: fc.Arbitrary<View> = fc.record(
  {
    page: fc.constantFrom(...pageNames),
    steps: fc.array(step, { maxLength: 6 }),
    as: fc.constantFrom('picture' as const, 'table' as const),
    hiddenKinds: words,
    hiddenRelations: words,
    standings: words,
    measure: fc.constantFrom(...measures()),
    words: fc.oneof(fc.constant(''), word),
    at: word,
    form,
    where: fc.array(fc.record({ facet: word, value: word }), { maxLength: 4 }),
    list: word,
    sort: word,
    picked: word,
    relation: word,
    connect: word,
    near: word,
    grouped: word,
    also: words,
    places: word,
    path: fc.nat({ max: 20 }),
    since: year,
    until: year,
    confidence: fc.constantFrom(...degrees),
    reliability: fc.constantFrom(...degrees),
  },
  {
    requiredKeys: [
      'page',
      'steps',
      'as',
      'hiddenKinds',
      'hiddenRelations',
      'standings',
      'measure',
      'words',
      'where',
      'form',
      'also',
    ],
  },
);

describe('the address of a view', () => {
  it('leads back to the same view, whatever is in it', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(viewOf(addressOf(one))).toEqual(one);
      }),
    );
  });

  it('is still the same after a browser has parsed it', () => {
    fc.assert(
      fc.property(view, (one) => {
        const { hash } = new URL(addressOf(one), 'http://silkgraph/explore');
        expect(viewOf(hash)).toEqual(one);
      }),
    );
  });

  it('leaves out what is as usual', () => {
    expect(addressOf(firstView)).toBe('#/');
    expect(addressOf({ ...firstView, page: 'graph', steps: [{ do: 'open', slug: 'ke' }], picked: 'ke' })).toBe(
      '#/graph?do=open~ke&pick=ke',
    );
  });

  it('opens whatever stands in it, and leaves out what cannot be read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => viewOf(text)).not.toThrow();
      }),
    );
    expect(viewOf('')).toEqual({ ...firstView, measure: firstMeasure() });
    expect(viewOf('#/nowhere?do=fly~ke,open~,paths~ke,open~th&path=x&since=-3&confidence=SOME&q=%E0%A4%A')).toEqual({
      ...viewOf(''),
      steps: [{ do: 'open', slug: 'th' }],
    });
  });

  it('tells which of its parts could not be read, and none of those that it wrote itself', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(unreadOf(addressOf(one))).toEqual([]);
      }),
    );
    expect(unreadOf('')).toEqual([]);
    expect(unreadOf('#/map?as=picture&count=designated')).toEqual([]);
    expect(unreadOf('#/graph?do=open~k%65&pick=%6Be')).toEqual([]);
    expect(unreadOf('#/nowhere?do=fly~ke,open~th&since=-3&confidence=SOME&q=%E0%A4%A&colour&until=2020')).toEqual([
      'nowhere',
      'do=fly~ke',
      'since=-3',
      'confidence=SOME',
      'q=%E0%A4%A',
      'colour',
    ]);
    // Cut off on its way.
    expect(unreadOf('#/graph?do=open~ke,paths~ke')).toEqual(['do=paths~ke']);
  });

  it('does not break on half a surrogate pair', () => {
    expect(viewOf(addressOf({ ...firstView, page: 'search', words: '\uD800' })).words).toBe('\uFFFD');
  });
});

describe('the key of a step', () => {
  it('is the same for the same step only', () => {
    fc.assert(
      fc.property(step, step, (one, other) => {
        const isSame = JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        expect(stepKey(one) === stepKey(other)).toBe(isSame);
      }),
    );
  });
});
