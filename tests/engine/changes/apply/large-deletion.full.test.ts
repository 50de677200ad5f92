import neo4j from 'neo4j-driver';
import { expect, it } from 'vitest';
import { MOST_RELATIONS } from '../../../../src/engine/changes/apply/read-affected.ts';
import type { Operation } from '../../../../src/engine/changes/operation.ts';
import { changedGraph, create, link } from '../changed-graph.ts';
import { snapshotOf } from '../replay.ts';

const own = changedGraph();

it('a deletion that would remove too many relations for one transaction is rejected', {
  timeout: 120_000,
}, async () => {
  await own.change([
    create('Country', 'ci'),
    create('Country', 'ke'),
    create('Country', 'cn'),
    create('Lab', 'lab-one'),
  ]);
  await own.change([link('PARTNERS_WITH', 'lab-one', 'ci')]);
  await own.ask(
    `MATCH (country:Country {id: 'ke'}) UNWIND range(0, $most) AS number
     CREATE (:Entity:Lab {id: 'lab-' + number})-[:PARTNERS_WITH]->(country)`,
    { most: neo4j.int(MOST_RELATIONS) },
  );
  const detached = ['ci', 'ke', 'cn'].map(
    (slug): Operation => ({ action: 'DELETE', kind: 'Country', slug, detach: true }),
  );
  expect(await own.faults(detached)).toEqual([
    '1 CONFLICT: The deletion would remove more than 10000 relations, too many for one transaction. Unlink some first.',
  ]);
  expect((await snapshotOf(own.graph)).entities.ci).toBeDefined();
});
