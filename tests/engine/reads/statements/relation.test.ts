import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('a relation below an entity', () => {
  it('is read along its direction, in the same statement', async () => {
    expect(
      await statementsOf(`{ labs(first: 5) { nodes { areas(first: 3) { nodes { name } } } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)-[:RESEARCHES]->(n1)
            WITH n1
            ORDER BY n1.name, n1.id
            LIMIT toInteger($p0.v1)
            RETURN [n1.id, n1.name]
          }
        ]
      } AS a0
        $p0 = {"v0":5,"v1":3}"
    `);
  });

  it('is read against its direction', async () => {
    expect(await statementsOf(`{ area(slug: "a") { labs(first: 3) { nodes { name } } } }`)).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Area {id: s1})
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)<-[:RESEARCHES]-(n2)
            WITH n2
            ORDER BY n2.name, n2.id
            LIMIT toInteger($p0.v0)
            RETURN [n2.id, n2.name]
          }
        ]
      } AS a0
        $p0 = {"v0":3,"slugs":["a"]}"
    `);
  });

  it('of a symmetric type is read in both directions', async () => {
    expect(
      await statementsOf(`{ platform(slug: "a") { cooperatesWith { nodes { name } edges { date } } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Platform {id: s1})
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)-[r2:COOPERATES_WITH]-(n3)
            WITH r2, n3
            ORDER BY n3.name, n3.id
            LIMIT toInteger($p0.v0)
            RETURN [[n3.id, n3.name], r2.date]
          }
        ]
      } AS a0
        $p0 = {"v0":21,"slugs":["a"]}"
    `);
  });

  it('is nested in the rows of another', async () => {
    expect(
      await statementsOf(
        `{ countries(first: 2) { nodes { labs(first: 3) { nodes { areas(first: 4) { nodes { name } } } } } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Country)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)<-[:PARTNERS_WITH]-(n1)
            WITH n1
            ORDER BY n1.name, n1.id
            LIMIT toInteger($p0.v1)
            RETURN [
              n1.id,
              COLLECT {
                MATCH (n1)-[:RESEARCHES]->(n2)
                WITH n2
                ORDER BY n2.name, n2.id
                LIMIT toInteger($p0.v2)
                RETURN [n2.id, n2.name]
              }
            ]
          }
        ]
      } AS a0
        $p0 = {"v0":2,"v1":3,"v2":4}"
    `);
  });

  it('to one entity is a list of at most one row', async () => {
    expect(await statementsOf(`{ institution(slug: "a") { country { name } } }`)).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Institution {id: s1})
        RETURN [n0.id, [(n0)-[:BASED_IN]->(n2) | [n2.id, n2.name]]]
      } AS a0
        $p0 = {"slugs":["a"]}"
    `);
  });

  it('to one entity has properties of its own', async () => {
    expect(
      await statementsOf(`{ institution(slug: "a") { countryEdge { basis node { name } } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Institution {id: s1})
        RETURN [n0.id, [(n0)-[r2:BASED_IN]->(n3) | [[n3.id, n3.name], r2.basis]]]
      } AS a0
        $p0 = {"slugs":["a"]}"
    `);
  });

  it('has properties beside those of its target', async () => {
    expect(
      await statementsOf(`{ lab(slug: "a") { institutions(first: 3) { edges { role side node { name } } } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Lab {id: s1})
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)-[r2:HOSTED_BY]->(n3)
            WITH r2, n3
            ORDER BY n3.name, n3.id
            LIMIT toInteger($p0.v0)
            RETURN [[n3.id, n3.name], r2.role, r2.side]
          }
        ]
      } AS a0
        $p0 = {"v0":3,"slugs":["a"]}"
    `);
  });

  it('has sources of its own, else those that its start entity cites', async () => {
    expect(
      await statementsOf(
        `{ lab(slug: "a") { institutions(first: 3) { edges { ownSources sources { name } node { name } } } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Lab {id: s1})
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)-[r2:HOSTED_BY]->(n3)
            WITH r2, n3
            ORDER BY n3.name, n3.id
            LIMIT toInteger($p0.v0)
            RETURN [
              [n3.id, n3.name], CASE
              WHEN r2.sources IS NULL THEN COLLECT {
                MATCH (n0)-[:CITES]->(n5) RETURN [n5.id, n5.name] ORDER BY n5.name, n5.id
              }
              ELSE COLLECT {
                UNWIND r2.sources AS s4 MATCH (n5:Source {id: s4}) RETURN [n5.id, n5.name] ORDER BY n5.name, n5.id
              }
              END, r2.sources IS NOT NULL
            ]
          }
        ]
      } AS a0
        $p0 = {"v0":3,"slugs":["a"]}"
    `);
  });

  it('read backwards takes the sources of its far end', async () => {
    expect(
      await statementsOf(`{ institution(slug: "a") { labs(first: 3) { edges { sources { name } } } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Institution {id: s1})
        RETURN [
          n0.id,
          COLLECT {
            MATCH (n0)<-[r2:HOSTED_BY]-(n3)
            WITH r2, n3
            ORDER BY n3.name, n3.id
            LIMIT toInteger($p0.v0)
            RETURN [
              [n3.id], CASE
              WHEN r2.sources IS NULL THEN COLLECT {
                MATCH (n3)-[:CITES]->(n5) RETURN [n5.id, n5.name] ORDER BY n5.name, n5.id
              }
              ELSE COLLECT {
                UNWIND r2.sources AS s4 MATCH (n5:Source {id: s4}) RETURN [n5.id, n5.name] ORDER BY n5.name, n5.id
              }
              END
            ]
          }
        ]
      } AS a0
        $p0 = {"v0":3,"slugs":["a"]}"
    `);
  });

  it('is counted by the degree of the entity', async () => {
    expect(await statementsOf(`{ lab(slug: "a") { areas { totalCount } } }`)).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Lab {id: s1})
        RETURN [n0.id, [[], COUNT { (n0)-[:RESEARCHES]->() }, false, false]]
      } AS a0
        $p0 = {"slugs":["a"]}"
    `);
  });

  it('is filtered, by its target and by its own properties', async () => {
    expect(
      await statementsOf(
        `{ lab(slug: "a") { institutions(filter: { name: { startsWith: "A" } }) { totalCount nodes { name } } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Lab {id: s1})
        RETURN [
          n0.id,
          [
            COLLECT {
              MATCH (n0)-[:HOSTED_BY]->(n2)
              WHERE n2._nameFolded STARTS
              WITH $p0.v0
              WITH n2
              ORDER BY n2.name, n2.id
              LIMIT toInteger($p0.v1)
              RETURN [n2.id, n2.name]
            },
            COUNT { MATCH (n0)-[:HOSTED_BY]->(n3) WHERE n3._nameFolded STARTS WITH $p0.v2 },
            false,
            false
          ]
        ]
      } AS a0
        $p0 = {"v0":"a","v1":21,"v2":"a","slugs":["a"]}"
    `);
  });

  it('of an entity that may be a hub walks the index of the order', async () => {
    expect(
      await statementsOf(`{ country(slug: "a") { labs(first: 5) { nodes { name } } } }`, {
        counts: { Lab: 20_000, PARTNERS_WITH: 40_000 },
      }),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Country {id: s1})
        RETURN [
          n0.id,
          COLLECT {
            UNWIND CASE
            WHEN COUNT { (n0)<-[:PARTNERS_WITH]-() } > $p0.v0 THEN COLLECT {
              MATCH (n3:Lab)
              WHERE (n3.name IS NOT NULL AND EXISTS { (n0)<-[:PARTNERS_WITH]-(n3) })
              RETURN n3
              ORDER BY n3.name, n3.id
              LIMIT toInteger($p0.v1)
            }
            ELSE COLLECT {
              MATCH (n0)<-[:PARTNERS_WITH]-(n3)
              WITH n3
              ORDER BY n3.name
              RETURN n3
              ORDER BY n3.name, n3.id
              LIMIT toInteger($p0.v2)
            }
            END AS n2
            RETURN [n2.id, n2.name]
          }
        ]
      } AS a0
        $p0 = {"v0":1000,"v1":5,"v2":5,"slugs":["a"]}"
    `);
  });
});
