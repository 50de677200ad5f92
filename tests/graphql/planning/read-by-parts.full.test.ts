import { describe, expect, it } from 'vitest';
import { randomQueries, slugsOf } from '../../setup/costs/random-queries.ts';
import { neverPlanned } from '../../setup/never-planned.ts';
import { runs } from '../../setup/runs.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const whole = silkgraph({ sharedFrom: 0 });
const byParts = silkgraph({ tiers: neverPlanned });

/** Questions that are answered by statements of their own, whatever was planned. */
const others = /^\{ (\w+GroupBy|search|suggest|paths|neighborhood|similar|compare|gaps|match|ontology)\b/;

describe('a question that is read by parts', () => {
  const { numRuns, seed } = runs(15);

  it.each([1, 2, 3])('has the answer that it has when it is read whole: random questions %i', async (group) => {
    const slugs = await slugsOf(whole.driver);
    for (const query of randomQueries(numRuns, seed * 100 + group, slugs).filter((query) => !others.test(query)))
      expect(await byParts.ask(query), query).toEqual(await whole.ask(query));
  });

  it.each([
    '{ labs(first: 20) { nodes { slug areas(first: 3, filter: { within: "health" }) { totalCount nodes { slug } } } } }',
    '{ countries(first: 20) { nodes { slug labs(first: 3, filter: { areas: { some: { within: "health" } } }) { nodes { slug } } } } }',
    '{ areas(first: 5, filter: { within: "health" }) { totalCount nodes { slug narrower(first: 3) { nodes { slug } } } } }',
    '{ labs(first: 20) { nodes { slug areas(first: 3, filter: { not: { within: "health" } }) { facets(by: [BROADER]) { buckets { value count } } } } } }',
  ])('has the answer that it has when it is read whole: %s', async (query) => {
    const answer = await byParts.ask(query);
    expect(answer.errors).toBeUndefined();
    expect(answer).toEqual(await whole.ask(query));
  });
});
