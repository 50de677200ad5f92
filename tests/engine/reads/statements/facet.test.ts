import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('a facet', () => {
  it('counts the most frequent values over the whole list', async () => {
    expect(
      await statementsOf(
        `{ labs(first: 1, filter: { batch: { gte: 2 } }) { facets(by: [STATUS], first: 3) { buckets { value count } } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        null,
        false,
        false,
        [
          COLLECT {
            MATCH (n0:Lab)
            WHERE (n0.batch >= $p0.v1 AND n0.status IS NOT NULL)
            WITH n0.status AS v2, count(*) AS c1
            ORDER BY c1 DESC, v2
            LIMIT toInteger($p0.v0)
            RETURN [toString(v2), c1]
          },
          null,
          null
        ]
      ] AS a0
        $p0 = {"v0":3,"v1":2}"
    `);
  });

  it('counts what lies outside of its buckets and what has no value, where that is selected', async () => {
    expect(
      await statementsOf(`{ labs { facets(by: [STATUS]) { buckets { value count } others without } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        null,
        false,
        false,
        [
          COLLECT {
            MATCH (n0:Lab)
            WHERE n0.status IS NOT NULL
            WITH n0.status AS v2, count(*) AS c1
            ORDER BY c1 DESC, v2
            LIMIT toInteger($p0.v0)
            RETURN [toString(v2), c1]
          },
          COUNT { MATCH (n3:Lab) WHERE n3.status IS NOT NULL },
          COUNT { MATCH (n4:Lab) WHERE n4.status IS NULL }
        ]
      ] AS a0
        $p0 = {"v0":10}"
    `);
  });

  it('counts by the year of a date', async () => {
    expect(
      await statementsOf(`{ labs { facets(by: [RECOGNISED_DATE]) { buckets { value count } } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        null,
        false,
        false,
        [
          COLLECT {
            MATCH (n0:Lab)
            WHERE n0.recognisedDate IS NOT NULL
            WITH left(n0.recognisedDate, 4) AS v2, count(*) AS c1
            ORDER BY c1 DESC, v2
            LIMIT toInteger($p0.v0)
            RETURN [toString(v2), c1]
          },
          null,
          null
        ]
      ] AS a0
        $p0 = {"v0":10}"
    `);
  });

  it('counts by related entities', async () => {
    expect(
      await statementsOf(
        `{ labs { facets(by: [PARTNER_COUNTRIES]) { buckets { count entity { name } } others without } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        null,
        false,
        false,
        [
          COLLECT {
            MATCH (n0:Lab)
            MATCH (n0)-[:PARTNERS_WITH]->(n2)
            WITH n2, count(*) AS c1
            ORDER BY c1 DESC, n2.name, n2.id
            LIMIT toInteger($p0.v0)
            RETURN [[n2.id, n2.name], c1]
          },
          COUNT { MATCH (n3:Lab) MATCH (n3)-[:PARTNERS_WITH]->() },
          COUNT { MATCH (n4:Lab) WHERE NOT EXISTS { (n4)-[:PARTNERS_WITH]->() } }
        ]
      ] AS a0
        $p0 = {"v0":10}"
    `);
  });
});
