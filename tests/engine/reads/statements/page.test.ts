import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

describe('a page of all entities of a kind', () => {
  it('starts from the index of the order and reads the selected properties alone', async () => {
    expect(await statementsOf(`{ labs(first: 5) { nodes { slug batch } } }`)).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [n0.id, n0.batch]
      } AS a0
        $p0 = {"v0":5}"
    `);
  });

  it('reads one entity more than its size to know whether others follow', async () => {
    expect(await statementsOf(`{ labs(first: 5) { nodes { slug } pageInfo { hasNextPage } } }`)).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0.v0)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":6}"
    `);
  });

  it('reads the keys of the order for a cursor', async () => {
    expect(
      await statementsOf(`{ labs(first: 5, orderBy: [{ status: ASC }]) { edges { cursor } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND COLLECT {
          UNWIND COLLECT {
            MATCH (n2:Lab)
            WHERE n2.status IS NOT NULL
            WITH n2.status AS v3
            ORDER BY v3
            LIMIT toInteger($p0.v0)
            RETURN DISTINCT v3
          } AS v3 CALL (v3) {
            MATCH (n1:Lab)
            WHERE n1.status = v3 AND n1.id IS NOT NULL
            RETURN n1
            ORDER BY n1.status, n1.id
            LIMIT toInteger($p0.v1)
          }
          RETURN n1
          ORDER BY n1.status, n1.id
          LIMIT toInteger($p0.v2)
        } AS n0
        RETURN [[n0.id], n0.status, n0.id]
      } AS a0
        $p0 = {"v0":5,"v1":5,"v2":5}"
    `);
  });

  it('counts all from the count store', async () => {
    expect(await statementsOf(`{ labs { totalCount } }`)).toMatchInlineSnapshot(
      `
      "RETURN [[], COUNT { MATCH (n0:Lab) }, false, false] AS a0
        $p0 = {}"
    `,
    );
  });

  it('counts those that a filter leaves', async () => {
    expect(await statementsOf(`{ labs(filter: { batch: { gte: 2 } }) { totalCount } }`)).toMatchInlineSnapshot(`
      "RETURN [[], COUNT { MATCH (n0:Lab) WHERE n0.batch >= $p0.v0 }, false, false] AS a0
        $p0 = {"v0":2}"
    `);
  });

  it('of size zero reads no rows', async () => {
    expect(await statementsOf(`{ labs(first: 0) { totalCount } }`)).toMatchInlineSnapshot(
      `
      "RETURN [[], COUNT { MATCH (n0:Lab) }, false, false] AS a0
        $p0 = {}"
    `,
    );
  });

  it('is taken from the end of the list', async () => {
    expect(
      await statementsOf(`{ labs(last: 5) { nodes { slug } pageInfo { hasPreviousPage } } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE n0.name IS NOT NULL
        WITH n0
        ORDER BY n0.name DESC, n0.id DESC
        LIMIT toInteger($p0.v0)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":6}"
    `);
  });

  it('walks the index of the order if a text is frequent, and counts only until that is known', async () => {
    expect(
      await statementsOf(`{ labs(first: 5, filter: { name: { contains: "joint" } }) { totalCount nodes { name } } }`, {
        counts: { Lab: 20_000 },
      }),
    ).toMatchInlineSnapshot(`
      "RETURN [
        COLLECT {
          UNWIND CASE
          WHEN COUNT { MATCH (n1:Lab) WHERE n1._nameFolded CONTAINS $p0.v2 RETURN n1 LIMIT toInteger($p0.v1 + 1) } > $p0.v1 THEN COLLECT {
            MATCH (n1:Lab) USING INDEX n1:Lab(name)
            WHERE (n1.name IS NOT NULL AND n1._nameFolded CONTAINS $p0.v0)
            RETURN n1
            ORDER BY n1.name, n1.id
            LIMIT toInteger($p0.v4)
          }
          ELSE COLLECT {
            MATCH (n1:Lab)
            WHERE (n1.name IS NOT NULL AND n1._nameFolded CONTAINS $p0.v3)
            WITH n1
            ORDER BY n1.name
            RETURN n1
            ORDER BY n1.name, n1.id
            LIMIT toInteger($p0.v5)
          }
          END AS n0
          RETURN [n0.id, n0.name]
        },
        COUNT { MATCH (n2:Lab) WHERE n2._nameFolded CONTAINS $p0.v6 },
        false,
        false
      ] AS a0
        $p0 = {"v0":"joint","v1":317,"v2":"joint","v3":"joint","v4":5,"v5":5,"v6":"joint"}"
    `);
  });

  it.each([
    ['the kind is small', 'labs(first: 5, filter: { name: { contains: "joint" } })', 2_000],
    ['there is another condition', 'labs(first: 5, filter: { name: { contains: "joint" }, inScope: { eq: true } })'],
    [
      'either of two texts will do',
      'labs(first: 5, filter: { or: [{ name: { contains: "a" } }, { name: { contains: "b" } }] })',
    ],
    ['it is excluded', 'labs(first: 5, filter: { not: { name: { contains: "joint" } } })'],
    ['names that begin alike are side by side', 'labs(first: 5, filter: { name: { startsWith: "joint" } })'],
    ['no index finds the text', 'labs(first: 5, filter: { slug: { contains: "joint" } })'],
    ['many share a value', 'labs(first: 5, filter: { name: { contains: "a" } }, orderBy: [{ status: ASC }])'],
    ['some lack a value', 'labs(first: 5, filter: { name: { contains: "a" } }, orderBy: [{ yearRecognised: ASC }])'],
    ['the order has no index', 'events(first: 5, filter: { name: { contains: "a" } }, orderBy: [{ online: ASC }])'],
    [
      'the order is computed',
      'labs(first: 5, filter: { name: { contains: "a" } }, orderBy: [{ areas: { count: DESC } }])',
    ],
  ])('sorts what has a text, if %s', async (_, list, count = 20_000) => {
    const statement = await statementsOf(`{ ${list} { nodes { name } } }`, { counts: { Lab: count, Event: count } });
    expect(statement).toMatch(/CONTAINS|STARTS WITH/);
    expect(statement).not.toContain('USING INDEX');
  });
});
