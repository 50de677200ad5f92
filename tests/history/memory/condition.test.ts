import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Filter } from '../../../src/engine/reads/filter.ts';
import { fits } from '../../../src/history/memory/condition.ts';
import { ConditionCache, SearchLimitExceeded } from '../../../src/history/memory/condition-cache.ts';
import { WholeGraph } from '../../../src/history/memory/graph-snapshot.ts';
import { findIn } from '../../../src/history/scope/findings.ts';

/** A country with many institutions, which says how often the relations of an entity are looked at. */
function crowd(size: number) {
  const graph = new WholeGraph(cooperation);
  let looks = 0;
  const lookAt = graph.relationsAt.bind(graph);
  graph.relationsAt = (...asked) => {
    looks += 1;
    return lookAt(...asked);
  };
  graph.put({ kind: 'Country', slug: 'cn', form: { id: 'cn' } });
  for (let number = 0; number < size; number += 1) {
    const slug = `institution-${number}`;
    graph.put({ kind: 'Institution', slug, form: { id: slug } });
    graph.putRelation({ type: 'BASED_IN', from: slug, to: 'cn', form: {} });
  }
  return { graph, looks: () => looks };
}

/** That some institution of the country, of the country of which some institution, and so on, has a name: none has. */
const nested = (levels: number): Filter =>
  levels === 0
    ? { property: 'name', exists: true }
    : {
        some: true,
        relation: { relation: 'BASED_IN', reading: 'FORWARD' },
        filter: {
          some: true,
          relation: { relation: 'BASED_IN', reading: 'BACKWARD' },
          filter: nested(levels - 1),
        },
      };

const institutions = (filter: Filter) => ({ kind: 'Institution', filter }) as const;

it('a condition is decided once for each entity, by however many ways others lead to it', async () => {
  const { graph, looks } = crowd(20);
  expect((await findIn(graph, institutions(nested(4)), null)).size).toBe(0);
  // By each way, it would be 20 to the power of 4.
  expect(looks()).toBeLessThan(4 * 2 * 21 + 1);
});

it('a condition that leads to more relations than one entity may is refused', () => {
  const { graph } = crowd(20);
  const entity = graph.entity('institution-0');
  if (!entity) throw new Error('It was put there.');
  expect(fits(graph, nested(4), entity, null, new ConditionCache(200))).toBe(false);
  expect(() => fits(graph, nested(4), entity, null, new ConditionCache(50))).toThrow(SearchLimitExceeded);
});
