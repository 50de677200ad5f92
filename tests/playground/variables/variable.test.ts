import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readTyped, textOfValue, textWith, valuesIn, variablesOf } from '../../../src/playground/variables/variable.ts';

const schema = buildSchema(`
  enum Genre { NOVEL POEM }
  input Filter { year: Int }
  type Query { books(genre: Genre, first: Int, filter: Filter, name: String, isNew: Boolean, tags: [String!]): Int }
`);

const document = parse(`
  query Other { books }
  query Books($genre: Genre!, $first: Int = 5, $filter: Filter, $name: String, $isNew: Boolean, $tags: [String!], $gone: Gone) {
    books(genre: $genre, first: $first, filter: $filter, name: $name, isNew: $isNew, tags: $tags)
  }
`);

describe('the form for variables', () => {
  it('has a field for each variable of the chosen operation, by its type', () => {
    const variables = variablesOf(document, schema, 'Books');
    expect(variables.map(({ name, control }) => [name, control])).toEqual([
      ['genre', 'choice'],
      ['first', 'integer'],
      ['filter', 'json'],
      ['name', 'text'],
      ['isNew', 'boolean'],
      ['tags', 'json'],
    ]);
    expect(variables[0]).toMatchObject({ isRequired: true, choices: ['NOVEL', 'POEM'], type: 'Genre!' });
    expect(variables[1]).toMatchObject({ isRequired: false, usual: 5 });
    expect(variablesOf(document, schema, 'Other')).toEqual([]);
  });

  it('writes what was typed as JSON, and leaves out what is empty', () => {
    expect(textWith({ first: 5 }, 'genre', 'POEM')).toBe('{\n  "first": 5,\n  "genre": "POEM"\n}');
    expect(textWith({ first: 5 }, 'first', undefined)).toBe('');
    expect(['7', ' '].map((text) => readTyped('integer', text))).toEqual([{ value: 7 }, { value: undefined }]);
    expect(readTyped('boolean', 'false')).toEqual({ value: false });
    expect(readTyped('json', '["a"]')).toEqual({ value: ['a'] });
    expect(readTyped('json', '["a"')).toBeUndefined();
  });

  it('shows the values of the editor, and none that cannot be read', () => {
    expect(valuesIn('{ "first": 5 }')).toEqual({ first: 5 });
    expect(valuesIn('')).toEqual({});
    expect([valuesIn('{'), valuesIn('[1]')]).toEqual([undefined, undefined]);
    expect([textOfValue('a'), textOfValue({ year: 1 }), textOfValue(null)]).toEqual(['a', '{"year":1}', '']);
  });
});
