import { describe, expect, it } from 'vitest';
import { globalId } from '../../../../src/graphql/identifiers.ts';
import { statementsOf } from '../../../setup/statements.ts';

const ids = [globalId('Lab', 'a'), globalId('Country', 'b')].map((id) => JSON.stringify(id));

describe('entities by slug', () => {
  it('one is found by the index of its kind', async () => {
    expect(await statementsOf(`{ lab(slug: "a") { name batch } }`)).toMatchInlineSnapshot(`
      "RETURN COLLECT { UNWIND $p0.slugs AS s1 MATCH (n0:Lab {id: s1}) RETURN [n0.id, n0.name, n0.batch] } AS a0
        $p0 = {"slugs":["a"]}"
    `);
  });

  it('several of one request share a statement', async () => {
    expect(
      await statementsOf(`{ first: lab(slug: "a") { name } second: country(slug: "b") { code } }`),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT { UNWIND $p0.slugs AS s1 MATCH (n0:Lab {id: s1}) RETURN [n0.id, n0.name] } AS a0,
      COLLECT { UNWIND $p1.slugs AS s1 MATCH (n0:Country {id: s1}) RETURN [n0.id, n0.code] } AS a1
        $p0 = {"slugs":["a"]}
        $p1 = {"slugs":["b"]}"
    `);
  });

  it('those of any kind are found by the index of all entities, and each kind adds its columns', async () => {
    expect(
      await statementsOf(
        `{ nodes(ids: [${ids}]) { id ... on Entity { name } ... on Lab { batch } ... on Country { code region } } }`,
      ),
    ).toMatchInlineSnapshot(`
      "RETURN COLLECT {
        UNWIND $p0.slugs AS s1
        MATCH (n0:Entity {id: s1})
        RETURN [n0.id, n0.name, labels(n0)] + CASE
        WHEN n0:Country THEN [n0.code, n0.region]
        WHEN n0:Lab THEN [n0.batch]
        ELSE []
        END
      } AS a0
        $p0 = {"slugs":["a","b"]}"
    `);
  });
});
