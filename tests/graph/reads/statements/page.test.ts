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

  it('of what has a text walks the index of the order if the text is frequent, and asks no more than whether it is', async () => {
    expect(
      await statementsOf(`{ labs(first: 5, filter: { name: { contains: "joint" } }) { totalCount nodes { name } } }`, {
        counts: { Lab: 20_000 },
      }),
    ).toMatchInlineSnapshot(`
      "RETURN [
        COLLECT {
          UNWIND CASE
          WHEN COUNT { MATCH (n1:Lab) WHERE n1._nameFolded CONTAINS $p0.v3 RETURN n1 LIMIT toInteger($p0.v2 + 1) } > $p0.v2 THEN COLLECT {
            MATCH (n1:Lab) USING INDEX n1:Lab(name)
            WHERE (n1.name IS NOT NULL AND n1._nameFolded CONTAINS $p0.v0)
            RETURN n1
            ORDER BY n1.name, n1.id
            LIMIT toInteger($p0.v4)
          }
          ELSE COLLECT {
            MATCH (n1:Lab)
            WHERE (n1.name IS NOT NULL AND n1._nameFolded CONTAINS $p0.v1)
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
        $p0 = {"v0":"joint","v1":"joint","v2":317,"v3":"joint","v4":5,"v5":5,"v6":"joint"}"
    `);
  });

  it('of what has a text is sorted in a kind of few, and where the order has no index', async () => {
    const few = '{ labs(first: 5, filter: { name: { contains: "joint" } }) { nodes { name } } }';
    expect(await statementsOf(few, { counts: { Lab: 2_000 } })).not.toContain('USING INDEX');
    const ordered =
      '{ labs(first: 5, filter: { name: { contains: "joint" } }, orderBy: [{ areas: { count: DESC } }]) { nodes { name } } }';
    expect(await statementsOf(ordered, { counts: { Lab: 20_000 } })).not.toContain('USING INDEX');
  });
});
