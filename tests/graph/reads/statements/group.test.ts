import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('groups', () => {
  it('by a property', async () => {
    expect(
      await statementsOf(`{ labsGroupBy(by: [STATUS], first: 3) { nodes { count keys { value } } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN 0 AS visited,
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
        $p = {"v0":3}"
    `);
  });

  it('by the month of a date, which is absent where only the year is known', async () => {
    expect(
      await statementsOf(
        `{ labsGroupBy(by: [FIRST_MILESTONE_DATE_MONTH], first: 3) { nodes { count keys { value } } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN 0 AS visited,
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
      RETURN visited, CASE
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
          MATCH (n2:Lab)
          WITH n2,
          COLLECT {
            MATCH (n2)-[:RESEARCHES]->(f5)
            MATCH (f5)-[:BROADER*0..]->(f6)
            WHERE NOT EXISTS { (f6)-[:BROADER]->() }
            WITH f6.id AS v7
            WHERE v7 IS NOT NULL
            RETURN DISTINCT v7
          } AS l4,
          COLLECT {
            MATCH (n2)-[:PARTNERS_WITH]->(f10) WITH f10.region AS v11 WHERE v11 IS NOT NULL RETURN DISTINCT v11
          } AS l9
          UNWIND CASE l4
          WHEN [] THEN [null]
          ELSE l4
          END AS f3
          UNWIND CASE l9
          WHEN [] THEN [null]
          ELSE l9
          END AS f8
          WITH *
          LIMIT toInteger($p.v1)
          WITH f3 AS key0, f8 AS key1, count(*) AS count, count(*) AS combinations
          WITH {key0: key0, key1: key1, count: count} AS g1, combinations
          RETURN [collect(CASE WHEN g1.count >= $p.v0 THEN [g1.key0, g1.key1, g1.count] END), sum(combinations)]
        }
      ) AS found
      WITH found[1] AS visited, found[0] AS l0
      RETURN visited,
      COLLECT {
        UNWIND l0 AS r13
        WITH {key0: r13[0], key1: r13[1], count: r13[2]} AS g12
        WITH g12
        ORDER BY g12.count DESC, g12.key0, g12.key1
        LIMIT toInteger($p.v2)
        RETURN [g12.key0, g12.key1, g12.count]
      } AS a0,
      null AS a1,
      false AS a2
        $p = {"v0":2,"v1":2000001,"v2":3}"
    `);
  });

  it('of entities that fit, that fit themselves, are counted', async () => {
    expect(
      await statementsOf(
        `{ labsGroupBy(by: [STATUS], filter: { batch: { gte: 2 } }, having: { count: { gte: 2 } }) { totalCount nodes { count } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "WITH COLLECT {
        MATCH (n2:Lab)
        WHERE n2.batch >= $p.v0
        WITH n2.status AS key0, count(*) AS count
        WITH {key0: key0, count: count} AS g1
        WHERE g1.count >= $p.v1
        RETURN [g1.key0, g1.count]
      } AS l0
      RETURN 0 AS visited,
      COLLECT {
        UNWIND l0 AS r4
        WITH {key0: r4[0], count: r4[1]} AS g3
        WITH g3
        ORDER BY g3.count DESC, g3.key0
        LIMIT toInteger($p.v2)
        RETURN [g3.key0, g3.count]
      } AS a0,
      size(l0) AS a1,
      false AS a2
        $p = {"v0":2,"v1":2,"v2":20}"
    `);
  });

  it('with figures over a property, in a fixed order of addition', async () => {
    expect(
      await statementsOf(
        `{ indicatorsGroupBy(by: [SERIES], first: 3) { nodes { avg(of: VALUE) sum(of: VALUE) min(of: VALUE) max(of: VALUE) } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN 0 AS visited,
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
        $p = {"v0":3}"
    `);
  });

  it('with the number of different related entities', async () => {
    expect(
      await statementsOf(
        `{ labsGroupBy(by: [STATUS], first: 3) { nodes { distinct(key: { lab: { by: PARTNER_COUNTRIES } }) } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN 0 AS visited,
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
        $p = {"v0":3}"
    `);
  });
});
