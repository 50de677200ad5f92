import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('a condition on related entities', () => {
  it('some are there', async () => {
    expect(await statementsOf(`{ labs(filter: { events: { some: {} } }) { totalCount } }`)).toMatchInlineSnapshot(
      `
      "RETURN [[], COUNT { MATCH (n0:Lab) WHERE EXISTS { (n0)<-[:CONCERNS_LAB]-() } }, false, false] AS a0
        $p0 = {}"
    `,
    );
  });

  it('some fit', async () => {
    expect(
      await statementsOf(`{ labs(filter: { events: { some: { year: { gte: 2020 } } } }) { totalCount } }`),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT { MATCH (n0:Lab) WHERE EXISTS { MATCH (n0)<-[:CONCERNS_LAB]-(n1) WHERE n1.year >= $p0.v0 } },
        false,
        false
      ] AS a0
        $p0 = {"v0":2020}"
    `);
  });

  it('none fits', async () => {
    expect(
      await statementsOf(`{ labs(filter: { events: { none: { year: { gte: 2020 } } } }) { totalCount } }`),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT { MATCH (n0:Lab) WHERE NOT EXISTS { MATCH (n0)<-[:CONCERNS_LAB]-(n1) WHERE n1.year >= $p0.v0 } },
        false,
        false
      ] AS a0
        $p0 = {"v0":2020}"
    `);
  });

  it('every one fits: there is none that does not', async () => {
    expect(
      await statementsOf(`{ labs(filter: { events: { every: { year: { gte: 2020 } } } }) { totalCount } }`),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT {
          MATCH (n0:Lab)
          WHERE NOT EXISTS { MATCH (n0)<-[:CONCERNS_LAB]-(n1) WHERE (n1.year < $p0.v0 OR n1.year IS NULL) }
        },
        false,
        false
      ] AS a0
        $p0 = {"v0":2020}"
    `);
  });

  it('their number', async () => {
    expect(
      await statementsOf(`{ labs(filter: { events: { count: { gte: 2 } } }) { totalCount } }`),
    ).toMatchInlineSnapshot(`
      "RETURN [[], COUNT { MATCH (n0:Lab) WHERE COUNT { (n0)<-[:CONCERNS_LAB]-() } >= $p0.v0 }, false, false] AS a0
        $p0 = {"v0":2}"
    `);
  });

  it('the number of those that fit', async () => {
    expect(
      await statementsOf(
        `{ labs(filter: { events: { count: { lt: 2, filter: { year: { eq: 2020 } } } } }) { totalCount } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT { MATCH (n0:Lab) WHERE COUNT { MATCH (n0)<-[:CONCERNS_LAB]-(n1) WHERE n1.year = $p0.v0 } < $p0.v1 },
        false,
        false
      ] AS a0
        $p0 = {"v0":2020,"v1":2}"
    `);
  });

  it('the property of the relation and that of its target hold of the same one', async () => {
    expect(
      await statementsOf(
        `{ labs(filter: { institutions: { some: { edge: { side: { eq: CHINESE } }, type: { eq: UNIVERSITY } } } }) { totalCount } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT {
          MATCH (n0:Lab)
          WHERE EXISTS { MATCH (n0)-[r2:HOSTED_BY]->(n1) WHERE (r2.side = $p0.v0 AND n1.type = $p0.v1) }
        },
        false,
        false
      ] AS a0
        $p0 = {"v0":"CHINESE","v1":"UNIVERSITY"}"
    `);
  });

  it('a relation to one entity', async () => {
    expect(
      await statementsOf(`{ institutions(filter: { country: { some: { region: { eq: ASIA } } } }) { totalCount } }`),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT { MATCH (n0:Institution) WHERE EXISTS { MATCH (n0)-[:BASED_IN]->(n1) WHERE n1.region = $p0.v0 } },
        false,
        false
      ] AS a0
        $p0 = {"v0":"ASIA"}"
    `);
  });

  it('a relation against its direction, below another', async () => {
    expect(
      await statementsOf(
        `{ areas(filter: { labs: { some: { partnerCountries: { some: { region: { eq: ASIA } } } } } }) { totalCount } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT {
            MATCH (n2:Lab) WHERE EXISTS { MATCH (n2)-[:PARTNERS_WITH]->(n4) WHERE n4.region = $p0.v0 } RETURN n2
          } AS h5
          WITH h5,
          [
            [],
            COUNT { MATCH (n0:Area) WHERE EXISTS { MATCH (n0)<-[:RESEARCHES]-(n1) WHERE n1 IN h5 } },
            false,
            false
          ] AS a6
          RETURN a6
        }
      ) AS a0
        $p0 = {"v0":"ASIA"}"
    `);
  });

  it('a symmetric relation', async () => {
    expect(
      await statementsOf(
        `{ platforms(filter: { cooperatesWith: { some: { level: { eq: NATIONAL } } } }) { totalCount } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT { MATCH (n0:Platform) WHERE EXISTS { MATCH (n0)-[:COOPERATES_WITH]-(n1) WHERE n1.level = $p0.v0 } },
        false,
        false
      ] AS a0
        $p0 = {"v0":"NATIONAL"}"
    `);
  });

  it('a place in a hierarchy, the entity itself included', async () => {
    expect(await statementsOf(`{ areas(filter: { within: "energy" }) { totalCount } }`)).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT { MATCH (n2:Entity {id: $p0.v0}) MATCH (n1)-[:BROADER*0..]->(n2) RETURN DISTINCT n1 } AS h3
          WITH h3, [[], COUNT { MATCH (n0:Area) WHERE n0 IN h3 }, false, false] AS a4
          RETURN a4
        }
      ) AS a0
        $p0 = {"v0":"energy"}"
    `);
  });

  it('what leads into a hierarchy, which is counted from its members', async () => {
    expect(
      await statementsOf(`{ labs(filter: { areas: { some: { within: "energy" } } }) { totalCount } }`),
    ).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT { MATCH (n2:Entity {id: $p0.v0}) MATCH (n1)-[:BROADER*0..]->(n2) RETURN DISTINCT n1 } AS h3
          WITH h3,
          [[], COUNT { UNWIND h3 AS n4 MATCH (n0)-[:RESEARCHES]->(n4) RETURN DISTINCT n0 }, false, false] AS a6
          RETURN a6
        }
      ) AS a0
        $p0 = {"v0":"energy"}"
    `);
  });

  it('an entity that is named, from which a long list is found, unless many lead to it', async () => {
    const query = '{ labs(first: 2, filter: { institutions: { some: { slug: { eq: "a" } } } }) { nodes { slug } } }';
    expect(await statementsOf(query)).toContain('WHERE (n0.name IS NOT NULL AND EXISTS {');
    expect(await statementsOf(query, { counts: { Lab: 20_000 } })).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT { MATCH (n2:Entity) WHERE n2.id = $p0.v0 RETURN n2 } AS h4
          WITH h4,
          COLLECT {
            UNWIND CASE
            WHEN COUNT { UNWIND h4 AS n6 MATCH ()-[:HOSTED_BY]->(n6) RETURN n6 LIMIT 1001 } <= 1000 THEN COLLECT {
              CALL (h4) { UNWIND h4 AS n5 MATCH (n1)-[:HOSTED_BY]->(n5) RETURN DISTINCT n1 }
              MATCH (n1:Lab)
              RETURN n1
              ORDER BY n1.name, n1.id
              LIMIT toInteger($p0.v1)
            }
            ELSE COLLECT {
              UNWIND COLLECT {
                MATCH (n7:Lab)
                WHERE (n7.name IS NOT NULL AND EXISTS { MATCH (n7)-[:HOSTED_BY]->(n8) WHERE n8.id = $p0.v2 })
                RETURN n7
                ORDER BY n7.name, n7.id
                LIMIT toInteger($p0.v3)
              } AS n1
              RETURN n1
            }
            END AS n0
            RETURN [n0.id]
          } AS a9
          RETURN a9
        }
      ) AS a0
        $p0 = {"v0":"a","v1":2,"v2":"a","v3":2}"
    `);
  });

  it('what leads to an entity that is named, which is found once for all that are tested', async () => {
    expect(
      await statementsOf(
        '{ programs(filter: { areas: { every: { labs: { some: { slug: { eq: "a" } } } } } }) { totalCount } }',
      ),
    ).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT {
            MATCH (n3:Entity) WHERE n3.id = $p0.v0 MATCH (n2)<-[:RESEARCHES]-(n3) RETURN DISTINCT n2
          } AS h4
          WITH h4,
          [
            [],
            COUNT { MATCH (n0:Program) WHERE NOT EXISTS { MATCH (n0)-[:COVERS]->(n1) WHERE NOT n1 IN h4 } },
            false,
            false
          ] AS a5
          RETURN a5
        }
      ) AS a0
        $p0 = {"v0":"a"}"
    `);
  });

  it('what leads to an entity that is named, before a hierarchy is followed', async () => {
    const query =
      '{ areas(filter: { narrowerTransitive: { some: { labs: { some: { slug: { eq: "a" } } } } } }) { totalCount } }';
    expect(await statementsOf(query)).toMatchInlineSnapshot(`
      "RETURN head(
        COLLECT {
          WITH COLLECT {
            MATCH (n4:Entity) WHERE n4.id = $p0.v0 MATCH (n3)<-[:RESEARCHES]-(n4) RETURN DISTINCT n3
          } AS h5
          WITH h5,
          COLLECT { MATCH (n2:Area) WHERE n2 IN h5 MATCH (n1)<-[:BROADER*1..]-(n2) RETURN DISTINCT n1 } AS h6
          WITH h5, h6, [[], COUNT { MATCH (n0:Area) WHERE n0 IN h6 }, false, false] AS a7
          RETURN a7
        }
      ) AS a0
        $p0 = {"v0":"a"}"
    `);
  });

  it('`and`, `or` and `not` around them, the negation carried down', async () => {
    expect(
      await statementsOf(
        `{ labs(filter: { not: { or: [{ batch: { eq: 1 } }, { and: [{ events: { some: {} } }, { areas: { count: { gte: 2 } } }] }] } }) { totalCount } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN [
        [],
        COUNT {
          MATCH (n0:Lab)
          WHERE (
            (n0.batch <> $p0.v0 OR n0.batch IS NULL)
            AND (NOT EXISTS { (n0)<-[:CONCERNS_LAB]-() } OR COUNT { (n0)-[:RESEARCHES]->() } < $p0.v1)
          )
        },
        false,
        false
      ] AS a0
        $p0 = {"v0":1,"v1":2}"
    `);
  });
});
