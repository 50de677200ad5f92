import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { withEntityFields } from '../../../../src/pages/playground/picture/entity-fields.ts';
import { loadExamples } from '../../../../src/server/documents/examples.ts';
import { examplesFolder } from '../../../setup/examples-folder.ts';

const schema = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));

const asked = (query: string) => withEntityFields(query, schema)?.replaceAll(/\s+/g, ' ');

describe('a question for a picture', () => {
  it.each(loadExamples(examplesFolder))('is one that the schema knows: $name', ({ query }) => {
    const whole = withEntityFields(query, schema) ?? query;
    expect(validate(schema, parse(whole))).toEqual([]);
    expect(withEntityFields(whole, schema)).toBeUndefined();
  });

  it('asks which entities these are, through fragments too', () => {
    expect(asked('{ lab(slug: "x") { ...F } } fragment F on Lab { areas { nodes { name } } }')).toBe(
      '{ lab(slug: "x") { ...F __typename slug name } } fragment F on Lab { areas { nodes { name __typename slug } } __typename slug name }',
    );
  });

  it('asks between which entities a relation is', () => {
    expect(
      asked('{ paths(from: "a", to: "b") { paths { nodes { slug name __typename } hops { relation } } } }'),
    ).toContain('hops { relation from { __typename slug name } to { __typename slug name } }');
    expect(asked('{ labs { edges { cursor } } }')).toContain('edges { cursor node { __typename slug name } }');
  });

  it('asks which entities were changed, and between which a changed relation is', () => {
    const reference = 'slug entity { __typename slug name }';
    expect(
      asked('{ changes { edges { node { ... on EntityChange { after } ... on RelationChange { to { slug } } } } } }'),
    ).toBe(
      `{ changes { edges { node { ... on EntityChange { after ${reference} } ... on RelationChange { to { ${reference} } relation from { ${reference} } } } } } }`,
    );
    const [changes, diff] = [
      '{ changes { edges { cursor } } }',
      '{ diff(from: { revision: 1 }) { nodes { action } } }',
    ];
    expect(asked(changes)).toBeUndefined();
    expect(validate(schema, parse(asked(diff) ?? ''))).toEqual([]);
  });

  it('asks nothing else where that is asked already, and leaves other names to whom they belong', () => {
    expect(asked('{ labs { nodes { __typename slug name } } }')).toBeUndefined();
    expect(asked('{ labs { nodes { __typename slug: name name } } }')).toBeUndefined();
    expect(asked('{ __schema { types { name } } }')).toBeUndefined();
  });
});
