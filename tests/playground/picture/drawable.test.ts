import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { drawableOf } from '../../../src/playground/picture/drawable.ts';
import { pieceFromResult } from '../../../src/playground/picture/from-result.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

/** The entities in the graph of an answer that names alone identify, by their kind and name. */
const drawn = (query: string, data: unknown) =>
  pieceFromResult(drawableOf(data, { query }, schema), { isNamed: true }).nodes.map(
    ({ __typename, name }) => `${__typename} ${name}`,
  );

describe('what is drawn of an answer', () => {
  it('has a change as a reference to its entity, not as an entity, and nothing of its JSON values', () => {
    const query = `
      subscription { changes { __typename ... on Change { cursor } ...Of ... on RelationChange { from { slug } } } }
      fragment Of on EntityChange { slug before after }`;
    const change = { __typename: 'EntityChange', cursor: '1', slug: 'lab', before: null };
    const after = { name: 'The laboratory', identifiers: [{ name: 'ROR' }] };
    expect(drawn(query, { changes: { ...change, after } })).toEqual([' lab']);
    const relation = { __typename: 'RelationChange', cursor: '2', from: { slug: 'ke' } };
    expect(drawn(query, { changes: relation })).toEqual([' ke']);
  });

  it('has the entities that a mutation returns, by aliases too', () => {
    const query = `mutation ($input: TransactionInput!) {
      done: transaction(input: $input) { results { changed: entity { __typename slug name } changes { slug after } } }
    }`;
    const changed = { __typename: 'Lab', slug: 'lab', name: 'The laboratory' };
    const done = { results: [{ changed, changes: [{ slug: 'lab', after: { name: 'Other' } }] }] };
    expect(drawn(query, { done })).toEqual(['Lab The laboratory']);
  });

  it('keeps the properties of relations, lists and objects among them', () => {
    const query =
      '{ neighborhood(of: "x") { edges { relation from { slug } to { slug } properties { name value } } } }';
    const properties = [
      { name: 'years', value: [2019, 2020] },
      { name: 'more', value: { name: 'inner' } },
    ];
    const edge = { relation: 'PARTNERS_WITH', from: { slug: 'lab' }, to: { slug: 'ke' }, properties };
    const data = drawableOf({ neighborhood: { edges: [edge] } }, { query }, schema);
    const { nodes, edges } = pieceFromResult(data, { isNamed: true });
    expect(nodes.map(({ slug }) => slug)).toEqual(['lab', 'ke']);
    expect(edges[0]?.properties).toEqual([
      { name: 'years', value: [2019, 2020] },
      { name: 'more', value: '{"name":"inner"}' },
    ]);
  });
});
