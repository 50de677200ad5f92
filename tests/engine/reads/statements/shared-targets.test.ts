import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('targets that many entities share', () => {
  it('are read once by a block of their own, which the rows name by slug', async () => {
    expect(
      await statementsOf(
        `{ labs(first: 100) { nodes { areas(first: 5) { nodes { programs(first: 5) { nodes { name } } } } } } }`,
        { counts: { Area: 10, RESEARCHES: 500 } },
      ),
    ).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT {
            MATCH (n0:Lab)
            WHERE n0.name IS NOT NULL
            WITH n0
            ORDER BY n0.name, n0.id
            LIMIT toInteger($p0.v0)
            RETURN [
              n0.id,
              COLLECT {
                MATCH (n0)-[:RESEARCHES]->(n1) WITH n1 ORDER BY n1.name, n1.id LIMIT toInteger($p0.v1) RETURN n1.id
              }
            ]
          } AS b2
          WITH b2,
          COLLECT {
            CALL (b2) { UNWIND b2 AS x3 UNWIND x3[1] AS x4 RETURN DISTINCT x4 AS s6 }
            MATCH (n7:Area {id: s6})
            RETURN [
              n7.id,
              COLLECT {
                MATCH (n7)<-[:COVERS]-(n8)
                WITH n8
                ORDER BY n8.name, n8.id
                LIMIT toInteger($p0.v2)
                RETURN [n8.id, n8.name]
              }
            ]
          } AS b5
          RETURN [b2, b5]
        }
      ) AS a0
        $p0 = {"v0":100,"v1":5,"v2":5}"
    `);
  });

  it('are read level by level, where those of one block lead to those of the next', async () => {
    expect(
      await statementsOf(
        `{ labs(first: 100) { nodes { areas(first: 5) { nodes { labs(first: 50) { nodes { country: partnerCountries(first: 1) { edges { node { groups(first: 1) { nodes { slug } } } } } } } } } } } }`,
        { counts: { Area: 10, RESEARCHES: 500 } },
      ),
    ).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT {
            MATCH (n0:Lab)
            WHERE n0.name IS NOT NULL
            WITH n0
            ORDER BY n0.name, n0.id
            LIMIT toInteger($p0.v0)
            RETURN [
              n0.id,
              COLLECT {
                MATCH (n0)-[:RESEARCHES]->(n1) WITH n1 ORDER BY n1.name, n1.id LIMIT toInteger($p0.v1) RETURN n1.id
              }
            ]
          } AS b2
          WITH b2,
          COLLECT {
            CALL (b2) { UNWIND b2 AS x3 UNWIND x3[1] AS x4 RETURN DISTINCT x4 AS s6 }
            MATCH (n7:Area {id: s6})
            RETURN [
              n7.id,
              COLLECT {
                MATCH (n7)<-[:RESEARCHES]-(n8) WITH n8 ORDER BY n8.name, n8.id LIMIT toInteger($p0.v2) RETURN n8.id
              }
            ]
          } AS b5
          WITH b2,
          b5,
          COLLECT {
            CALL (b5) { UNWIND b5 AS x9 UNWIND x9[1] AS x10 RETURN DISTINCT x10 AS s12 }
            MATCH (n13:Lab {id: s12})
            RETURN [
              n13.id,
              COLLECT {
                MATCH (n13)-[:PARTNERS_WITH]->(n14)
                WITH n14
                ORDER BY n14.name, n14.id
                LIMIT toInteger($p0.v3)
                RETURN n14.id
              }
            ]
          } AS b11
          WITH b2,
          b5,
          b11,
          COLLECT {
            CALL (b11) { UNWIND b11 AS x15 UNWIND x15[1] AS x16 RETURN DISTINCT x16 AS s18 }
            MATCH (n19:Country {id: s18})
            RETURN [
              n19.id,
              COLLECT {
                MATCH (n19)-[:MEMBER_OF]->(n20)
                WITH n20
                ORDER BY n20.name, n20.id
                LIMIT toInteger($p0.v4)
                RETURN [n20.id]
              }
            ]
          } AS b17
          RETURN [b2, b5, b11, b17]
        }
      ) AS a0
        $p0 = {"v0":100,"v1":5,"v2":50,"v3":1,"v4":1}"
    `);
  });

  it('are found in the columns that only some kinds have', async () => {
    expect(
      await statementsOf(
        `{ source(slug: "a") { citedBy(first: 100) { nodes { ... on Lab { areas(first: 5) { totalCount nodes { programs(first: 5) { totalCount } } } } } } } }`,
        { counts: { Area: 10, RESEARCHES: 500, CITES: 10_000 } },
      ),
    ).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT {
            UNWIND $p0.slugs AS s1
            MATCH (n0:Source {id: s1})
            RETURN [
              n0.id,
              COLLECT {
                MATCH (n0)<-[:CITES]-(n2)
                WITH n2
                ORDER BY n2.name, n2.id
                LIMIT toInteger($p0.v0)
                RETURN [n2.id, labels(n2)] + CASE
                WHEN n2:Lab THEN [
                  [
                    COLLECT {
                      MATCH (n2)-[:RESEARCHES]->(n3)
                      WITH n3
                      ORDER BY n3.name, n3.id
                      LIMIT toInteger($p0.v1)
                      RETURN n3.id
                    },
                    COUNT { (n2)-[:RESEARCHES]->() },
                    false,
                    false
                  ]
                ]
                ELSE []
                END
              }
            ]
          } AS b5
          WITH b5,
          COLLECT {
            CALL (b5) {
              UNWIND b5 AS x6
              UNWIND x6[1] AS x7
              UNWIND (CASE WHEN 'Lab' IN x7[1] THEN x7[2] ELSE [] END)[0] AS x8
              RETURN DISTINCT x8 AS s10
            }
            MATCH (n11:Area {id: s10})
            RETURN [n11.id, [[], COUNT { (n11)<-[:COVERS]-() }, false, false]]
          } AS b9
          RETURN [b5, b9]
        }
      ) AS a0
        $p0 = {"v0":100,"v1":5,"slugs":["a"]}"
    `);
  });

  it('are read with each entity where hardly any is met twice', async () => {
    const statement = await statementsOf(
      `{ labs(first: 3) { nodes { areas(first: 5) { nodes { programs(first: 5) { nodes { name } } } } } } }`,
    );
    expect(statement).not.toContain('DISTINCT');
  });
});
