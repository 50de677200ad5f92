import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('groups', () => {
  it('by a property', async () => {
    expect(
      await statementsOf(`{ labsGroupBy(by: [STATUS], first: 3) { nodes { count keys { value } } } }`),
    ).toMatchInlineSnapshot(`
      "WITH 0 AS visited
      WITH visited,
      COLLECT {
        MATCH (n1:Lab)
        WITH n1.status AS key0, count(*) AS count
        WITH {key0: key0, count: count} AS g0
        WITH g0
        ORDER BY g0.count DESC, g0.key0
        LIMIT toInteger($p.v0)
        RETURN [g0.key0, g0.count]
      } AS a0,
      null AS a1,
      false AS a2
      RETURN visited, a0, a1, a2
        $p = {"v0":3}"
    `);
  });

  it('by the month of a date, which is absent where only the year is known', async () => {
    expect(
      await statementsOf(
        `{ labsGroupBy(by: [FIRST_MILESTONE_DATE_MONTH], first: 3) { nodes { count keys { value } } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "WITH 0 AS visited
      WITH visited,
      COLLECT {
        MATCH (n1:Lab)
        WITH CASE
        WHEN size(n1.firstMilestoneDate) >= 7 THEN left(n1.firstMilestoneDate, 7)
        END AS key0, count(*) AS count
        WITH {key0: key0, count: count} AS g0
        WITH g0
        ORDER BY g0.count DESC, g0.key0
        LIMIT toInteger($p.v0)
        RETURN [g0.key0, g0.count]
      } AS a0,
      null AS a1,
      false AS a2
      RETURN visited, a0, a1, a2
        $p = {"v0":3}"
    `);
  });

  it('by two relations are bounded by the number of combinations', async () => {
    expect(
      await statementsOf(`{ labsGroupBy(by: [AREAS, PARTNER_COUNTRIES], first: 3) { nodes { count } } }`),
    ).toMatchInlineSnapshot(`
      "WITH head(
        COLLECT {
          MATCH (n0:Lab)
          WITH COUNT { (n0)-[:RESEARCHES]->() } AS d1, COUNT { (n0)-[:PARTNERS_WITH]->() } AS d2
          RETURN sum(CASE d1 WHEN 0 THEN 1 ELSE d1 END * CASE d2 WHEN 0 THEN 1 ELSE d2 END)
        }
      ) AS visited
      WITH visited, CASE
      WHEN visited <= $p.v1 THEN COLLECT {
        MATCH (n4:Lab)
        OPTIONAL
        MATCH (n4)-[:RESEARCHES]->(f5)
        OPTIONAL
        MATCH (n4)-[:PARTNERS_WITH]->(f6)
        WITH f5 AS key0, f6 AS key1, count(*) AS count
        WITH {key0: key0.id, key1: key1.id, count: count} AS g3
        WITH g3
        ORDER BY g3.count DESC, g3.key0, g3.key1
        LIMIT toInteger($p.v0)
        RETURN [g3.key0, g3.key1, g3.count]
      }
      END AS a0, null AS a1, false AS a2
      RETURN visited, a0, a1, a2
        $p = {"v0":3,"v1":2000000}"
    `);
  });

  it('by what several relations lead to, which each entity lists once, are bounded as they are read', async () => {
    expect(
      await statementsOf(
        `{ labsGroupBy(keys: [{ areas: { level: 0 } }, { partnerCountries: { by: REGION } }], having: { count: { gte: 2 } }, first: 3) { nodes { count } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "WITH head(
        COLLECT {
          MATCH (n4:Lab)
          WITH n4,
          COLLECT {
            MATCH (n4)-[:RESEARCHES]->(f7)
            MATCH (f7)-[:BROADER*0..]->(f8)
            WHERE NOT EXISTS { (f8)-[:BROADER]->() }
            WITH f8.id AS v9
            WHERE v9 IS NOT NULL
            RETURN DISTINCT v9
          } AS l6,
          COLLECT {
            MATCH (n4)-[:PARTNERS_WITH]->(f12) WITH f12.region AS v13 WHERE v13 IS NOT NULL RETURN DISTINCT v13
          } AS l11
          UNWIND CASE l6
          WHEN [] THEN [null]
          ELSE l6
          END AS f5
          UNWIND CASE l11
          WHEN [] THEN [null]
          ELSE l11
          END AS f10
          WITH *
          LIMIT toInteger($p.v2)
          WITH f5 AS key0, f10 AS key1, count(*) AS count, count(*) AS combinations
          WITH {key0: key0, key1: key1, count: count} AS g3, combinations
          RETURN [collect(CASE WHEN g3.count >= $p.v1 THEN [g3.key0, g3.key1, g3.count] END), sum(combinations)]
        }
      ) AS found
      WITH found, found[1] AS visited
      WITH found, visited, found[0] AS l0
      WITH found,
      visited,
      l0,
      COLLECT {
        UNWIND l0 AS r2
        WITH {key0: r2[0], key1: r2[1], count: r2[2]} AS g1
        WITH g1
        ORDER BY g1.count DESC, g1.key0, g1.key1
        LIMIT toInteger($p.v0)
        RETURN [g1.key0, g1.key1, g1.count]
      } AS a0,
      null AS a1,
      false AS a2
      RETURN visited, a0, a1, a2
        $p = {"v0":3,"v1":2,"v2":2000001}"
    `);
  });

  it('of entities that fit, that fit themselves, are counted', async () => {
    expect(
      await statementsOf(
        `{ labsGroupBy(by: [STATUS], filter: { batch: { gte: 2 } }, having: { count: { gte: 2 } }) { totalCount nodes { count } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "WITH 0 AS visited
      WITH visited,
      COLLECT {
        MATCH (n4:Lab)
        WHERE n4.batch >= $p.v1
        WITH n4.status AS key0, count(*) AS count
        WITH {key0: key0, count: count} AS g3
        WHERE g3.count >= $p.v2
        RETURN [g3.key0, g3.count]
      } AS l0
      WITH visited,
      l0,
      COLLECT {
        UNWIND l0 AS r2
        WITH {key0: r2[0], count: r2[1]} AS g1
        WITH g1
        ORDER BY g1.count DESC, g1.key0
        LIMIT toInteger($p.v0)
        RETURN [g1.key0, g1.count]
      } AS a0,
      size(l0) AS a1,
      false AS a2
      RETURN visited, a0, a1, a2
        $p = {"v0":20,"v1":2,"v2":2}"
    `);
  });

  it('with figures over a property, in a fixed order of addition', async () => {
    expect(
      await statementsOf(
        `{ indicatorsGroupBy(by: [SERIES], first: 3) { nodes { avg(of: VALUE) sum(of: VALUE) min(of: VALUE) max(of: VALUE) } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "WITH 0 AS visited
      WITH visited,
      COLLECT {
        MATCH (n1:Indicator)
        WITH n1
        ORDER BY n1.id
        WITH n1.series AS key0, CASE
        WHEN count(n1.value) > 0 THEN toFloat(sum(n1.value)) / count(n1.value)
        END AS avg_value,
        count(*) AS count,
        max(n1.value) AS max_value,
        min(n1.value) AS min_value,
        sum(n1.value) AS sum_value
        WITH {
          key0: key0,
          avg_value: avg_value,
          count: count,
          max_value: max_value,
          min_value: min_value,
          sum_value: sum_value
        } AS g0
        WITH g0
        ORDER BY g0.count DESC, g0.key0
        LIMIT toInteger($p.v0)
        RETURN [g0.key0, g0.avg_value, g0.count, g0.max_value, g0.min_value, g0.sum_value]
      } AS a0,
      null AS a1,
      false AS a2
      RETURN visited, a0, a1, a2
        $p = {"v0":3}"
    `);
  });

  it('with the number of different related entities', async () => {
    expect(
      await statementsOf(
        `{ labsGroupBy(by: [STATUS], first: 3) { nodes { distinct(key: { lab: { by: PARTNER_COUNTRIES } }) } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "WITH 0 AS visited
      WITH visited,
      COLLECT {
        MATCH (n1:Lab)
        WITH n1.status AS key0, count(*) AS count, collect(n1) AS m2
        WITH {
          key0: key0,
          count: count,
          x1: COUNT { UNWIND m2 AS n3 MATCH (n3)-[:PARTNERS_WITH]->(f4) RETURN DISTINCT f4 }
        } AS g0
        WITH g0
        ORDER BY g0.count DESC, g0.key0
        LIMIT toInteger($p.v0)
        RETURN [g0.key0, g0.count, g0.x1]
      } AS a0,
      null AS a1,
      false AS a2
      RETURN visited, a0, a1, a2
        $p = {"v0":3}"
    `);
  });
});
