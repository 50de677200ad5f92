import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('a relation that is cut off from the statement above it', () => {
  it('is left out where each target would be read many times, and read for all its parents at once', async () => {
    expect(
      await statementsOf(
        `{ labs(first: 100) { nodes { areas(first: 5) { nodes { programs(first: 5) { nodes { name } } } } } } }`,
        {
          counts: { Area: 10, RESEARCHES: 500 },
          answers: [
            [
              [
                [
                  ['a', [['x']]],
                  ['b', [['x'], ['y']]],
                ],
              ],
            ],
          ],
        },
      ),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0_0)
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)-[:RESEARCHES]->(n1) WITH n1 ORDER BY n1.name, n1.id LIMIT toInteger($p0_1) RETURN [n1.id]
          }
        ]
      } AS a0
        $p0_0 = 100
        $p0_1 = 5

      RETURN COLLECT {
        UNWIND $p0_slugs AS s1
        MATCH (n0:Area {id: s1})
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)<-[:COVERS]-(n2)
            WITH n2
            ORDER BY n2.name, n2.id
            LIMIT toInteger($p0_0)
            RETURN [n2.id, n2.name]
          }
        ]
      } AS a0
        $p0_0 = 5
        $p0_slugs = ["x","y"]"
    `);
  });

  it('with facets is always read for all its parents at once', async () => {
    expect(
      await statementsOf(`{ country(slug: "a") { name labs { facets(by: [STATUS]) { buckets { value count } } } } }`, {
        answers: [[[[['a', 'A']]]]],
      }),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT { UNWIND $p0_slugs AS s1 MATCH (n0:Country {id: s1}) RETURN [n0.id, n0.name] } AS a0
        $p0_slugs = ["a"]

      RETURN COLLECT {
        UNWIND $p0_slugs AS s1
        MATCH (n0:Country {id: s1})
        WITH n0,
        [
          [],
          null,
          false,
          false,
          [
            COLLECT {
              MATCH (n0)<-[:PARTNERS_WITH]-(n2)
              WHERE n2.status IS NOT NULL
              WITH n2.status AS v4, count(*) AS c3
              ORDER BY c3 DESC, v4
              LIMIT toInteger($p0_0)
              RETURN [toString(v4), c3]
            },
            null,
            null
          ]
        ] AS a5
        RETURN [n0.id, a5]
      } AS a0
        $p0_0 = 10
        $p0_slugs = ["a"]"
    `);
  });
});
