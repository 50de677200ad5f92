import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../setup/statements.ts';

describe('a selection that is read by parts', () => {
  it('names its properties in a parameter, so that another selection of the kind has the same text', async () => {
    const statement = await statementsOf('{ labs(first: 2) { nodes { name areas(first: 1) { nodes { slug } } } } }', {
      isNew: true,
    });
    expect(statement).toMatchInlineSnapshot(`
      "MATCH (n0:Lab)
      WITH n0
      ORDER BY n0[$p0.v0], n0.id
      LIMIT toInteger($p0.v1)
      RETURN [k1 IN $p0.v2 | n0[k1]] AS c0, n0[$p0.v0] AS c1, n0.id AS c2
        $p0 = {"v0":"name","v1":2,"v2":["id","name"]}"
    `);
    const other = await statementsOf('{ labs(first: 9) { nodes { status batch institutions { totalCount } } } }', {
      isNew: true,
    });
    const textOf = (text: string) => text.slice(0, text.indexOf('$p0 ='));
    expect(textOf(other)).toBe(textOf(statement));
  });

  it('names what each kind adds in a parameter, too', async () => {
    expect(
      await statementsOf(
        '{ source(slug: "a") { citedBy(first: 1) { nodes { slug ... on Lab { batch } ... on Area { definition } } } } }',
        { isNew: true, answers: [[[['a']]]] },
      ),
    ).toMatchInlineSnapshot(`
      "UNWIND $p0.slugs AS s1 MATCH (n0:Source {id: s1}) RETURN [k2 IN $p0.v0 | n0[k2]] AS row
        $p0 = {"v0":["id"],"slugs":["a"]}

      UNWIND $p0.slugs AS s1
      MATCH (n0:Entity {id: s1}) CALL (n0) {
        MATCH (n0)<-[r2:CITES]-(n3) RETURN r2, n3 ORDER BY n3[$p0.v0], n3.id LIMIT toInteger($p0.v1)
      }
      RETURN n0.id AS c0,
      [
        k5 IN coalesce(head([l4 IN labels(n3) WHERE $p0.v2[l4] IS NOT NULL | $p0.v2[l4]]), $p0.v3) | CASE k5
        WHEN '' THEN labels(n3)
        ELSE n3[k5]
        END
      ] AS c1,
      [k6 IN $p0.v4 | r2[k6]] AS c2,
      n3[$p0.v0] AS c3,
      n3.id AS c4,
      r2.sources IS NOT NULL AS c5
        $p0 = {"v0":"name","v1":1,"v2":{"Country":["id",""],"CountryGroup":["id",""],"Lab":["id","","batch"],"Institution":["id",""],"Area":["id","","definition"],"Platform":["id",""],"Program":["id",""],"Park":["id",""],"Event":["id",""],"Indicator":["id",""],"Source":["id",""]},"v3":["id",""],"v4":[],"slugs":["a"]}"
    `);
  });

  it('names the properties of relations in a parameter', async () => {
    expect(
      await statementsOf(
        '{ lab(slug: "a") { institutions(first: 1) { edges { role cursor ownSources sources { name } node { name } } } } }',
        { isNew: true, answers: [[[['a']]]] },
      ),
    ).toMatchInlineSnapshot(`
      "UNWIND $p0.slugs AS s1 MATCH (n0:Lab {id: s1}) RETURN [k2 IN $p0.v0 | n0[k2]] AS row
        $p0 = {"v0":["id"],"slugs":["a"]}

      UNWIND $p0.slugs AS s1
      MATCH (n0:Entity {id: s1}) CALL (n0) {
        MATCH (n0)-[r2:$($p0.v0)]-(n3) RETURN r2, n3 ORDER BY n3[$p0.v1], n3.id LIMIT toInteger($p0.v2)
      }
      RETURN n0.id AS c0,
      [k4 IN $p0.v3 | n3[k4]] AS c1,
      [k5 IN $p0.v4 | r2[k5]] AS c2,
      n3[$p0.v1] AS c3,
      n3.id AS c4,
      CASE
      WHEN r2.sources IS NULL THEN COLLECT {
        MATCH (n0)-[:CITES]->(n7) RETURN [k8 IN $p0.v5 | n7[k8]] ORDER BY n7.name, n7.id
      }
      ELSE COLLECT {
        UNWIND r2.sources AS s6 MATCH (n7:Source {id: s6}) RETURN [k8 IN $p0.v5 | n7[k8]] ORDER BY n7.name, n7.id
      }
      END AS c5, r2.sources IS NOT NULL AS c6
        $p0 = {"v0":"HOSTED_BY","v1":"name","v2":1,"v3":["id","name"],"v4":["role"],"v5":["id","name"],"slugs":["a"]}"
    `);
  });

  it('has a row for each value of a facet, and for the one target of a relation', async () => {
    const facets = '{ labs { facets(by: [STATUS], first: 2) { buckets { value count } } } }';
    expect(await statementsOf(facets, { isNew: true })).toMatchInlineSnapshot(`
      "MATCH (n0:Lab)
      WHERE n0[$p0.v1] IS NOT NULL
      WITH n0[$p0.v1] AS v2, count(*) AS c1
      ORDER BY c1 DESC, v2
      LIMIT toInteger($p0.v0)
      RETURN toString(v2) AS c0, c1 AS c1
        $p0 = {"v0":2,"v1":"status"}"
    `);
    const below = '{ park(slug: "a") { country { name } areas { facets(by: [PROGRAMS]) { buckets { count } } } } }';
    expect(await statementsOf(below, { isNew: true, answers: [[[['a']]]] })).toMatchInlineSnapshot(`
      "UNWIND $p0.slugs AS s1 MATCH (n0:Park {id: s1}) RETURN [k2 IN $p0.v0 | n0[k2]] AS row
        $p0 = {"v0":["id"],"slugs":["a"]}

      UNWIND $p0.slugs AS s1
      MATCH (n0:Entity {id: s1})
      MATCH (n0)-[r2:$($p0.v0)]-(n3)
      RETURN n0.id AS c0, [k4 IN $p0.v1 | n3[k4]] AS c1, [k5 IN $p0.v2 | r2[k5]] AS c2, r2.sources IS NOT NULL AS c3
        $p0 = {"v0":"LOCATED_IN","v1":["id","name"],"v2":[],"slugs":["a"]}

      UNWIND $p0.slugs AS s1
      MATCH (n0:Entity {id: s1}) CALL (n0) {
        MATCH (n0)-[:$($p0.v1)]-(n2)
        MATCH (n2)-[:$($p0.v2)]-(n4)
        RETURN n4, count(*) AS c3
        ORDER BY c3 DESC, n4.name, n4.id
        LIMIT toInteger($p0.v0)
      }
      RETURN n0.id AS c0, [k5 IN $p0.v3 | n4[k5]] AS c1, c3 AS c2
        $p0 = {"v0":10,"v1":"SPECIALISES_IN","v2":"COVERS","v3":["id"],"slugs":["a"]}"
    `);
  });

  it('names relations and what it filters by in parameters, so that other relations have the same text', async () => {
    const [labs, parks] = await Promise.all(
      [
        '{ lab(slug: "a") { institutions(filter: { managedParks: { some: {} } }) { nodes { slug } } } }',
        '{ park(slug: "a") { areas(filter: { programs: { some: {} } }) { nodes { slug name } } } }',
      ].map(async (query) => {
        const [, below = ''] = (await statementsOf(query, { isNew: true, answers: [[[['a']]]] })).split('\n\n');
        return { text: below.slice(0, below.indexOf('$p0 =')), parameters: below.slice(below.indexOf('$p0 =')) };
      }),
    );
    expect(parks?.text).toBe(labs?.text);
    expect(labs?.text).not.toMatch(/HOSTED_BY|MANAGED_BY/);
    expect(labs?.parameters).toContain('"v0":"HOSTED_BY"');
  });

  it('names the relation in the text where it may have hubs, whose other relations are not looked at', async () => {
    const statement = await statementsOf('{ area(slug: "a") { labs(first: 5) { nodes { slug } } } }', {
      isNew: true,
      answers: [[[['a']]]],
      counts: { Area: 100, Lab: 100_000, RESEARCHES: 200_000 },
    });
    expect(statement).toContain('-[r2:RESEARCHES]-');
  });

  /** The statements below an entity, without their parameters. */
  async function textsBelow(query: string, counts: Readonly<Record<string, number>> = {}, below = 1) {
    const answers = [[[['a']]], ...Array.from({ length: below - 1 }, () => [])];
    const statements = await statementsOf(query, { isNew: true, answers, counts });
    return statements
      .split('\n\n')
      .slice(1)
      .map((statement) => statement.slice(0, statement.indexOf('$p0 =')).trim());
  }

  it('reads the page, the number of all and each facet by a statement of its own, which other lists have, too', async () => {
    const whole = await textsBelow(
      '{ area(slug: "a") { labs(first: 3, filter: { batch: { exists: true } }, orderBy: [{ status: DESC }]) { nodes { slug } totalCount facets(by: [DESIGNATION, STATUS], first: 5) { by buckets { value count } } } } }',
      {},
      4,
    );
    const parts = await Promise.all(
      [
        '{ lab(slug: "a") { programs(filter: { status: { exists: true } }, orderBy: [{ type: DESC }]) { nodes { name } } } }',
        '{ park(slug: "a") { areas(filter: { definition: { exists: true } }) { totalCount } } }',
        '{ lab(slug: "a") { events(filter: { status: { exists: true } }) { facets(by: [TYPE]) { buckets { value } } } } }',
      ].map(async (query) => (await textsBelow(query))[0]),
    );
    expect(whole).toEqual([parts[0], parts[1], parts[2], parts[2]]);
  });

  it('says the direction of a relation only where both ends are of one kind', async () => {
    const [labs, areas, broader, narrower] = await Promise.all(
      [
        '{ area(slug: "a") { labs { nodes { slug } } } }',
        '{ lab(slug: "a") { areas { nodes { slug } } } }',
        '{ area(slug: "a") { broader { nodes { slug } } } }',
        '{ area(slug: "a") { narrower { nodes { slug } } } }',
      ].map((query) => textsBelow(query)),
    );
    expect(areas).toEqual(labs);
    expect(broader?.[0]).toContain(']->(');
    expect(narrower?.[0]).toContain(')<-[');
  });

  it('names relations where it asks for those of its entities, which may have many', async () => {
    const query =
      '{ area(slug: "a") { labs(orderBy: [{ partnerCountries: { count: DESC } }]) { nodes { slug } totalCount } } }';
    const few = await textsBelow(query, {}, 2);
    expect(few[0]).not.toMatch(/RESEARCHES|PARTNERS_WITH/);
    const many = await textsBelow(query, { Lab: 100, HOSTED_BY: 60_000 }, 2);
    expect(many[0]).toContain('PARTNERS_WITH');
    // It counts the laboratories without looking at their relations.
    expect(many[1]).toBe(few[1]);
  });
});
