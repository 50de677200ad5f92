import { describe, expect, it } from 'vitest';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import type { EntityPlan } from '../../../src/engine/reads/plan.ts';
import { keepStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const areasWith = (property: string): EntityPlan => ({
  kind: 'Area',
  columns: { [property]: 1 },
  relations: {},
  prefetched: {},
});

/** The loader that all share who follow the changes, over a graph that answers some statements in another way. */
function sharedLoader(instead: (text: string) => Promise<never> | undefined = () => undefined) {
  const graph: Graph = {
    ...server.graph,
    read: (statement, parameters, options) =>
      instead(statement.text) ?? server.graph.read(statement, parameters, options),
  };
  return createContext(graph, keepStatistics(graph)).named();
}

describe('what changes name is read for all who follow them', () => {
  it('in one statement for those who ask for the same', async () => {
    const plan = areasWith('name');
    const loader = sharedLoader();
    const before = server.ran.length;
    const slugs = ['agriculture-and-food', 'nowhere', 'agriculture-and-food'];
    const areas = await Promise.all(slugs.map((slug) => loader.load(plan, slug)));
    expect(areas.map((area) => area?.value('name'))).toEqual([
      'Agriculture and food',
      undefined,
      'Agriculture and food',
    ]);
    expect(server.ran).toHaveLength(before + 1);
  });

  it('but a failing read fails for its own entities only', async () => {
    const loader = sharedLoader((text) =>
      text.includes('definition') ? Promise.reject(new GraphError('TIMEOUT', 'too much')) : undefined,
    );
    const [name, definition, kept] = await Promise.allSettled(
      ['name', 'definition', 'keyArea'].map((property) => loader.load(areasWith(property), 'agriculture-and-food')),
    );
    expect(name).toMatchObject({ status: 'fulfilled', value: { slug: 'agriculture-and-food' } });
    expect(definition).toMatchObject({ status: 'rejected', reason: { fault: 'TIMEOUT' } });
    expect(kept).toMatchObject({ status: 'fulfilled', value: { slug: 'agriculture-and-food' } });
  });

  it('and a slow read delays no other', async () => {
    const endless = new Promise<never>(() => {});
    const loader = sharedLoader((text) => (text.includes('definition') ? endless : undefined));
    const slow = loader.load(areasWith('definition'), 'agriculture-and-food');
    expect(await loader.load(areasWith('name'), 'agriculture-and-food')).toMatchObject({
      slug: 'agriculture-and-food',
    });
    expect(await Promise.race([slow, 'waits'])).toBe('waits');
  });
});
