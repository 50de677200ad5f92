import { expect, it } from 'vitest';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate } = ownSilkgraph();

const pattern =
  '{ entities: [{ as: "lab", kind: LAB }, { as: "area", kind: AREA }], relations: [{ from: "lab", relation: RESEARCHES, to: "area" }] }';

/** One question for each way to ask. */
const questions = `
  labs { nodes { slug areas { nodes { slug name } } } }
  labsGroupBy(by: [AREAS], orderBy: [{ count: DESC }]) { totalCount nodes { count keys { value entity { name } } } }
  match(pattern: ${pattern}) {
    totalCount
    nodes { entities { as entity { slug name } } relations { relation sources { slug } } }
    groups(by: [{ as: "area", property: "name" }]) { nodes { keys count } }
  }
  paths(from: "lab-one", to: "area-tea", maxHops: 3) { paths { length score hops { relation from { slug } to { slug } } } truncated { reason } }
  compare(ids: ["lab-one", "area-tea"]) { shared { entity { slug } } differing { entity { slug } neighbors { relation entity { slug } } } properties { name values { value } } }
  gaps { withoutSource { kind count of entities { slug } } missing(kinds: [AREA]) { property count } }
`;

it('what was answered before changes is answered of the state before them', async () => {
  const area = { name: 'Tea', definition: 'All about it.', keyArea: false, topArea: false, editorial: true };
  await mutate('createArea', { slug: 'area-tea', ...area });
  await mutate('linkResearches', { from: 'lab-one', to: 'area-tea' });
  const before = await server.data(`{ revision { revision } ${questions} }`);
  const { revision } = before.revision;
  expect(before.paths.paths).not.toEqual([]);
  expect(before.match.totalCount).toBeGreaterThan(0);

  await mutate('updateArea', { id: 'area-tea', name: 'Coffee' });
  await mutate('unlinkResearches', { from: 'lab-one', to: 'area-tea' });
  await mutate('createArea', { slug: 'area-rice', ...area, name: 'Rice' });
  const now = await server.data(`{ ${questions} }`);
  const then = await server.data(`query @asOf(revision: ${revision}) { ${questions} }`);
  const { revision: _, ...recorded } = before;
  expect(then).toEqual(recorded);
  for (const name of Object.keys(recorded)) expect(now[name], name).not.toEqual(then[name]);
}, 300_000);
