import { describe, expect, it } from 'vitest';
import { encodeCursor } from '../../../../src/engine/reads/cursor.ts';
import type { Scalar } from '../../../../src/engine/reads/plan.ts';
import { signatureOf } from '../../../../src/graphql/arguments/order-input.ts';
import { statementsOf } from '../../../setup/statements.ts';

type Order = Readonly<Record<string, unknown>>;
type Bounds = Readonly<Record<string, unknown>>;

/** The statement of a page of laboratories between cursors, each given by the values of the order's keys. */
function page(orderBy: readonly Order[], { after, before, ...size }: Bounds, fields = 'nodes { slug }') {
  const cursor = (values: unknown) =>
    values ? encodeCursor(signatureOf('labs', orderBy), values as readonly Scalar[]) : undefined;
  return statementsOf(
    `query ($orderBy: [LabOrder!], $after: String, $before: String, $first: Int, $last: Int) {
      labs(orderBy: $orderBy, after: $after, before: $before, first: $first, last: $last) { ${fields} }
    }`,
    { variables: { orderBy, after: cursor(after), before: cursor(before), ...size } },
  );
}

describe('a page after a cursor', () => {
  it('starts at the value of the leading key, and takes equals by the keys that follow', async () => {
    expect(await page([{ name: 'ASC' }], { after: ['B', 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE (
          n0.name IS NOT NULL AND n0.name >= $p0.v0 AND CASE
          WHEN n0.name <> $p0.v0 THEN true
          ELSE n0.id > $p0.v1
          END
        )
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0.v2)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"B","v1":"b","v2":5}"
    `);
  });

  it('of a descending order goes down, and up again by the slug', async () => {
    expect(await page([{ name: 'DESC' }], { after: ['B', 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE (
          n0.name IS NOT NULL AND n0.name <= $p0.v0 AND CASE
          WHEN n0.name <> $p0.v0 THEN true
          ELSE n0.id > $p0.v1
          END
        )
        WITH n0
        ORDER BY n0.name DESC, n0.id
        LIMIT toInteger($p0.v2)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"B","v1":"b","v2":5}"
    `);
  });

  it('compares three keys, one of them descending', async () => {
    expect(
      await page([{ status: 'ASC' }, { name: 'DESC' }], { after: ['AGREED', 'B', 'b'], first: 5 }),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE (
          n0.status IS NOT NULL AND n0.status >= $p0.v0 AND CASE
          WHEN n0.status <> $p0.v0 THEN true
          ELSE (n0.name < $p0.v1 OR n0.name = $p0.v2 AND n0.id > $p0.v3)
          END
        )
        WITH n0
        ORDER BY n0.status, n0.name DESC, n0.id
        LIMIT toInteger($p0.v4)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"AGREED","v1":"B","v2":"B","v3":"b","v4":5}"
    `);
  });

  it('by a key that some lack goes on to those', async () => {
    expect(await page([{ batch: 'ASC' }], { after: [2, 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          MATCH (n1:Lab)
          WHERE n1.batch = $p0.v4 AND n1.id > $p0.v5
          RETURN n1
          ORDER BY n1.batch, n1.id
          LIMIT toInteger($p0.v6)
        } AS l5
        WITH CASE
        WHEN size(l5) < toInteger($p0.v8) THEN (
          l5 + COLLECT {
            UNWIND COLLECT { MATCH (n2:Lab) WHERE n2.batch > $p0.v0 WITH n2.batch AS v3 ORDER BY v3 LIMIT toInteger($p0.v1) RETURN DISTINCT v3 } AS v3 CALL (v3) {
              MATCH (n1:Lab)
              WHERE n1.batch = v3 AND n1.id IS NOT NULL
              RETURN n1
              ORDER BY n1.batch, n1.id
              LIMIT toInteger($p0.v2)
            }
            RETURN n1
            ORDER BY n1.batch, n1.id
            LIMIT toInteger($p0.v3)
          }
        )[..toInteger($p0.v9)]
        ELSE l5
        END AS l6
        UNWIND CASE
        WHEN size(l6) < toInteger($p0.v10) THEN (
          l6 + COLLECT {
            MATCH (n4:Lab)
            WHERE (n4.batch IS NULL AND n4.id IS NOT NULL)
            RETURN n4
            ORDER BY n4.id
            LIMIT toInteger($p0.v7)
          }
        )[..toInteger($p0.v11)]
        ELSE l6
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2,"v1":5,"v2":5,"v3":5,"v4":2,"v5":"b","v6":5,"v7":5,"v8":5,"v9":5,"v10":5,"v11":5}"
    `);
  });

  it('among those that lack the key goes by the slug alone', async () => {
    expect(await page([{ batch: 'ASC' }], { after: [null, 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND COLLECT {
          MATCH (n1:Lab)
          WHERE (n1.batch IS NULL AND n1.id IS NOT NULL AND n1.id > $p0.v0)
          RETURN n1
          ORDER BY n1.id
          LIMIT toInteger($p0.v1)
        } AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"b","v1":5}"
    `);
  });

  it('by an indexed key that some lack reads those apart', async () => {
    expect(await page([{ recognisedDate: 'ASC' }], { after: ['2019', 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          MATCH (n1:Lab)
          WHERE n1.recognisedDate = $p0.v4 AND n1.id > $p0.v5
          RETURN n1
          ORDER BY n1.recognisedDate, n1.id
          LIMIT toInteger($p0.v6)
        } AS l5
        WITH CASE
        WHEN size(l5) < toInteger($p0.v8) THEN (
          l5 + COLLECT {
            UNWIND COLLECT { MATCH (n2:Lab) WHERE n2.recognisedDate > $p0.v0 WITH n2.recognisedDate AS v3 ORDER BY v3 LIMIT toInteger($p0.v1) RETURN DISTINCT v3 } AS v3 CALL (v3) {
              MATCH (n1:Lab)
              WHERE n1.recognisedDate = v3 AND n1.id IS NOT NULL
              RETURN n1
              ORDER BY n1.recognisedDate, n1.id
              LIMIT toInteger($p0.v2)
            }
            RETURN n1
            ORDER BY n1.recognisedDate, n1.id
            LIMIT toInteger($p0.v3)
          }
        )[..toInteger($p0.v9)]
        ELSE l5
        END AS l6
        UNWIND CASE
        WHEN size(l6) < toInteger($p0.v10) THEN (
          l6 + COLLECT {
            MATCH (n4:Lab)
            WHERE (n4.recognisedDate IS NULL AND n4.id IS NOT NULL)
            RETURN n4
            ORDER BY n4.id
            LIMIT toInteger($p0.v7)
          }
        )[..toInteger($p0.v11)]
        ELSE l6
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"2019","v1":5,"v2":5,"v3":5,"v4":"2019","v5":"b","v6":5,"v7":5,"v8":5,"v9":5,"v10":5,"v11":5}"
    `);
  });

  it('among those that lack an indexed key reads no others', async () => {
    expect(await page([{ recognisedDate: 'ASC' }], { after: [null, 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND COLLECT {
          MATCH (n1:Lab)
          WHERE (n1.recognisedDate IS NULL AND n1.id IS NOT NULL AND n1.id > $p0.v0)
          RETURN n1
          ORDER BY n1.id
          LIMIT toInteger($p0.v1)
        } AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"b","v1":5}"
    `);
  });

  it('by a second key that some lack counts those as last among equals', async () => {
    const order = [{ status: 'ASC' }, { description: 'ASC' }];
    expect(await page(order, { after: ['AGREED', 'B', 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE (
          n0.status IS NOT NULL AND n0.status >= $p0.v0 AND CASE
          WHEN n0.status <> $p0.v0 THEN true
          ELSE ((n0.description > $p0.v1 OR n0.description IS NULL) OR n0.description = $p0.v2 AND n0.id > $p0.v3)
          END
        )
        WITH n0
        ORDER BY n0.status, n0.description, n0.id
        LIMIT toInteger($p0.v4)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"AGREED","v1":"B","v2":"B","v3":"b","v4":5}"
    `);
  });

  it('by a number of related entities compares it after it is counted', async () => {
    expect(await page([{ events: { count: 'DESC' } }], { after: [3, 'b'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WITH n0, COUNT { (n0)<-[:CONCERNS_LAB]-() } AS k1
        WHERE k1 <= $p0.v0 AND CASE
        WHEN k1 <> $p0.v0 THEN true
        ELSE n0.id > $p0.v1
        END
        WITH n0, k1
        ORDER BY k1 DESC, n0.id
        LIMIT toInteger($p0.v2)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":3,"v1":"b","v2":5}"
    `);
  });

  it('knows whether there are entities before it', async () => {
    expect(
      await page([{ name: 'ASC' }], { after: ['B', 'b'], first: 5 }, 'pageInfo { hasPreviousPage hasNextPage }'),
    ).toMatchInlineSnapshot(`
      "RETURN [
        COLLECT {
          MATCH (n0:Lab)
          WHERE (
            n0.name IS NOT NULL AND n0.name >= $p0.v0 AND CASE
            WHEN n0.name <> $p0.v0 THEN true
            ELSE n0.id > $p0.v1
            END
          )
          WITH n0
          ORDER BY n0.name, n0.id
          LIMIT toInteger($p0.v2)
          RETURN [n0.id]
        },
        null,
        EXISTS {
          MATCH (n1:Lab)
          WHERE (
            n1.name IS NOT NULL AND n1.name <= $p0.v3 AND CASE
            WHEN n1.name <> $p0.v3 THEN true
            ELSE n1.id <= $p0.v4
            END
          )
          RETURN n1
        },
        false
      ] AS a0
        $p0 = {"v0":"B","v1":"b","v2":6,"v3":"B","v4":"b"}"
    `);
  });
});

describe('a page before a cursor', () => {
  it('is read from the cursor backwards', async () => {
    expect(await page([{ name: 'ASC' }], { before: ['B', 'b'], last: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE (
          n0.name IS NOT NULL AND n0.name <= $p0.v0 AND CASE
          WHEN n0.name <> $p0.v0 THEN true
          ELSE n0.id < $p0.v1
          END
        )
        WITH n0
        ORDER BY n0.name DESC, n0.id DESC
        LIMIT toInteger($p0.v2)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"B","v1":"b","v2":5}"
    `);
  });

  it('by a key that some lack takes only those that have it', async () => {
    expect(await page([{ batch: 'ASC' }], { before: [2, 'b'], last: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          MATCH (n1:Lab)
          WHERE n1.batch = $p0.v4 AND n1.id < $p0.v5
          RETURN n1
          ORDER BY n1.batch DESC, n1.id DESC
          LIMIT toInteger($p0.v6)
        } AS l4
        UNWIND CASE
        WHEN size(l4) < toInteger($p0.v7) THEN (
          l4 + COLLECT {
            UNWIND COLLECT { MATCH (n2:Lab) WHERE n2.batch < $p0.v0 WITH n2.batch AS v3 ORDER BY v3 DESC LIMIT toInteger($p0.v1) RETURN DISTINCT v3 } AS v3 CALL (v3) {
              MATCH (n1:Lab)
              WHERE n1.batch = v3 AND n1.id IS NOT NULL
              RETURN n1
              ORDER BY n1.batch DESC, n1.id DESC
              LIMIT toInteger($p0.v2)
            }
            RETURN n1
            ORDER BY n1.batch DESC, n1.id DESC
            LIMIT toInteger($p0.v3)
          }
        )[..toInteger($p0.v8)]
        ELSE l4
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":2,"v1":5,"v2":5,"v3":5,"v4":2,"v5":"b","v6":5,"v7":5,"v8":5}"
    `);
  });

  it('among those that lack the key takes those that have it, too', async () => {
    expect(await page([{ batch: 'DESC' }], { before: [null, 'b'], last: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        WITH COLLECT {
          MATCH (n1:Lab)
          WHERE (n1.batch IS NULL AND n1.id IS NOT NULL AND n1.id < $p0.v0)
          RETURN n1
          ORDER BY n1.id DESC
          LIMIT toInteger($p0.v1)
        } AS l5
        UNWIND CASE
        WHEN size(l5) < toInteger($p0.v5) THEN (
          l5 + COLLECT {
            UNWIND COLLECT { MATCH (n3:Lab) WHERE n3.batch IS NOT NULL WITH n3.batch AS v4 ORDER BY v4 LIMIT toInteger($p0.v2) RETURN DISTINCT v4 } AS v4 CALL (v4) {
              MATCH (n2:Lab)
              WHERE n2.batch = v4 AND n2.id IS NOT NULL
              RETURN n2
              ORDER BY n2.batch DESC, n2.id DESC
              LIMIT toInteger($p0.v3)
            }
            RETURN n2
            ORDER BY n2.batch, n2.id DESC
            LIMIT toInteger($p0.v4)
          }
        )[..toInteger($p0.v6)]
        ELSE l5
        END AS n0
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"b","v1":5,"v2":5,"v3":5,"v4":5,"v5":5,"v6":5}"
    `);
  });

  it('knows whether there are entities after it', async () => {
    expect(
      await page([{ name: 'ASC' }], { before: ['B', 'b'], last: 5 }, 'pageInfo { hasPreviousPage hasNextPage }'),
    ).toMatchInlineSnapshot(`
      "RETURN [
        COLLECT {
          MATCH (n0:Lab)
          WHERE (
            n0.name IS NOT NULL AND n0.name <= $p0.v0 AND CASE
            WHEN n0.name <> $p0.v0 THEN true
            ELSE n0.id < $p0.v1
            END
          )
          WITH n0
          ORDER BY n0.name DESC, n0.id DESC
          LIMIT toInteger($p0.v2)
          RETURN [n0.id]
        },
        null,
        false,
        EXISTS {
          MATCH (n1:Lab)
          WHERE (
            n1.name IS NOT NULL AND n1.name >= $p0.v3 AND CASE
            WHEN n1.name <> $p0.v3 THEN true
            ELSE n1.id >= $p0.v4
            END
          )
          RETURN n1
        }
      ] AS a0
        $p0 = {"v0":"B","v1":"b","v2":6,"v3":"B","v4":"b"}"
    `);
  });

  it('and after another lies between the two', async () => {
    expect(await page([{ name: 'ASC' }], { after: ['A', 'a'], before: ['D', 'd'], first: 5 })).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        MATCH (n0:Lab)
        WHERE (
          n0.name IS NOT NULL AND n0.name >= $p0.v0 AND CASE
          WHEN n0.name <> $p0.v0 THEN true
          ELSE n0.id > $p0.v1
          END AND n0.name <= $p0.v2 AND CASE
          WHEN n0.name <> $p0.v2 THEN true
          ELSE n0.id < $p0.v3
          END
        )
        WITH n0
        ORDER BY n0.name, n0.id
        LIMIT toInteger($p0.v4)
        RETURN [n0.id]
      } AS a0
        $p0 = {"v0":"A","v1":"a","v2":"D","v3":"d","v4":5}"
    `);
  });
});
