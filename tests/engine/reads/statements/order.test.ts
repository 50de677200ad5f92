import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('an order', () => {
  it('by name, and by slug among equals, unless another is given', async () => {
    expect(await statementsOf(`{ labs(first: 2) { nodes { slug } } }`)).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2}"
    `);
  });

  it('descends', async () => {
    expect(
      await statementsOf(`{ labs(first: 2, orderBy: [{ name: DESC }]) { nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name DESC, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2}"
    `);
  });

  it('by a property that some lack puts those last', async () => {
    expect(
      await statementsOf(`{ labs(first: 2, orderBy: [{ batch: ASC }]) { nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          UNWIND COLLECT {
            MATCH (n2:Lab)
            WHERE n2.batch IS NOT NULL
            WITH n2.batch AS v3
            ORDER BY v3
            LIMIT toInteger($p0.v0)
            RETURN DISTINCT v3
          } AS v3 CALL (v3) {
            MATCH (n1:Lab)
            WHERE n1.batch = v3 AND n1.id IS NOT NULL
            RETURN n1
            ORDER BY n1.batch, n1.id
            LIMIT toInteger($p0.v1)
          }
          RETURN n1
          ORDER BY n1.batch, n1.id
          LIMIT toInteger($p0.v2)
        } AS l5
        UNWIND CASE
        WHEN size(l5) < toInteger($p0.v4) THEN (
          l5 + COLLECT {
            MATCH (n4:Lab)
            WHERE (n4.batch IS NULL AND n4.id IS NOT NULL)
            RETURN n4
            ORDER BY n4.id
            LIMIT toInteger($p0.v3)
          }
        )[..toInteger($p0.v5)]
        ELSE l5
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2,"v1":2,"v2":2,"v3":2,"v4":2,"v5":2}"
    `);
  });

  it('by a property that some lack puts those last when it descends, too', async () => {
    expect(
      await statementsOf(`{ labs(first: 2, orderBy: [{ batch: DESC }]) { nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          UNWIND COLLECT {
            MATCH (n2:Lab)
            WHERE n2.batch IS NOT NULL
            WITH n2.batch AS v3
            ORDER BY v3 DESC
            LIMIT toInteger($p0.v0)
            RETURN DISTINCT v3
          } AS v3 CALL (v3) {
            MATCH (n1:Lab)
            WHERE n1.batch = v3 AND n1.id IS NOT NULL
            RETURN n1
            ORDER BY n1.batch, n1.id
            LIMIT toInteger($p0.v1)
          }
          RETURN n1
          ORDER BY n1.batch DESC, n1.id
          LIMIT toInteger($p0.v2)
        } AS l5
        UNWIND CASE
        WHEN size(l5) < toInteger($p0.v4) THEN (
          l5 + COLLECT {
            MATCH (n4:Lab)
            WHERE (n4.batch IS NULL AND n4.id IS NOT NULL)
            RETURN n4
            ORDER BY n4.id
            LIMIT toInteger($p0.v3)
          }
        )[..toInteger($p0.v5)]
        ELSE l5
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2,"v1":2,"v2":2,"v3":2,"v4":2,"v5":2}"
    `);
  });

  it('by a property that has an index and that some lack is read in two parts', async () => {
    expect(
      await statementsOf(`{ labs(first: 2, orderBy: [{ recognisedDate: DESC }]) { nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          UNWIND COLLECT {
            MATCH (n2:Lab)
            WHERE n2.recognisedDate IS NOT NULL
            WITH n2.recognisedDate AS v3
            ORDER BY v3 DESC
            LIMIT toInteger($p0.v0)
            RETURN DISTINCT v3
          } AS v3 CALL (v3) {
            MATCH (n1:Lab)
            WHERE n1.recognisedDate = v3 AND n1.id IS NOT NULL
            RETURN n1
            ORDER BY n1.recognisedDate, n1.id
            LIMIT toInteger($p0.v1)
          }
          RETURN n1
          ORDER BY n1.recognisedDate DESC, n1.id
          LIMIT toInteger($p0.v2)
        } AS l5
        UNWIND CASE
        WHEN size(l5) < toInteger($p0.v4) THEN (
          l5 + COLLECT {
            MATCH (n4:Lab)
            WHERE (n4.recognisedDate IS NULL AND n4.id IS NOT NULL)
            RETURN n4
            ORDER BY n4.id
            LIMIT toInteger($p0.v3)
          }
        )[..toInteger($p0.v5)]
        ELSE l5
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2,"v1":2,"v2":2,"v3":2,"v4":2,"v5":2}"
    `);
  });

  it('by the number of related entities', async () => {
    expect(
      await statementsOf(`{ labs(first: 2, orderBy: [{ events: { count: DESC } }]) { nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WITH n0, COUNT { (n0)<-[:CONCERNS_LAB]-() } AS k1
        WITH n0, k1
        ORDER BY k1 DESC, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2}"
    `);
  });

  it('by the number of those related entities that fit', async () => {
    expect(
      await statementsOf(
        `{ labs(first: 2, orderBy: [{ events: { count: DESC, filter: { year: { gte: 2020 } } } }, { name: ASC }]) { nodes { slug } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WITH n0, COUNT { MATCH (n0)<-[:CONCERNS_LAB]-(n2) WHERE n2.year >= $p0.v0 } AS k1
        WITH n0, k1
        ORDER BY k1 DESC, n0.name, n0.id
        LIMIT toInteger($p0.v1)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2020,"v1":2}"
    `);
  });

  it('by a property of the one related entity', async () => {
    expect(
      await statementsOf(`{ institutions(first: 2, orderBy: [{ country: { name: ASC } }]) { nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Institution)
        WITH n0, head([(n0)-[:BASED_IN]->(n1) | n1.name]) AS k2
        WITH n0, k2
        ORDER BY k2, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2}"
    `);
  });

  it('reversed, for the end of a list, keeps those that lack the property last', async () => {
    expect(
      await statementsOf(`{ labs(last: 2, orderBy: [{ batch: DESC }, { status: ASC }]) { nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          MATCH (n1:Lab)
          WHERE (n1.batch IS NULL AND n1.status IS NOT NULL)
          RETURN n1
          ORDER BY n1.status DESC, n1.id DESC
          LIMIT toInteger($p0.v0)
        } AS l3
        UNWIND CASE
        WHEN size(l3) < toInteger($p0.v2) THEN (
          l3 + COLLECT {
            MATCH (n2:Lab)
            WHERE n2.batch IS NOT NULL
            RETURN n2
            ORDER BY n2.batch, n2.status DESC, n2.id DESC
            LIMIT toInteger($p0.v1)
          }
        )[..toInteger($p0.v3)]
        ELSE l3
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2,"v1":2,"v2":2,"v3":2}"
    `);
  });
});
