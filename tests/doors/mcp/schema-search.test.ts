import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { definitionAt } from '../../../src/doors/mcp/schema-definitions.ts';
import { searchSchema } from '../../../src/doors/mcp/schema-search.ts';

const { schema } = cooperationGraph;
const found = (query: string, first = 5) => searchSchema(schema, query, first).map(({ coordinate }) => coordinate);

describe('a search of the schema', () => {
  it.each([
    ['shortest paths between two entities', 'Query.paths'],
    ['compare entities', 'Query.compare'],
    ['what changed', 'Query.changes'],
    ['history of an entity', 'Entity.history'],
    ['planned laboratories status', 'LabStatus.PLANNED'],
    ['partner countries of a laboratory', 'Lab.partnerCountries'],
  ])('for %j finds %s', (query, coordinate) => {
    expect(found(query)).toContain(coordinate);
  });

  it('forgives a typing error', () => {
    expect(found('neighbourhod')).toContain('Query.neighborhood');
  });

  it('says how a query comes to what it finds', () => {
    const [first] = searchSchema(schema, 'paths', 1);
    expect(first).toEqual({ coordinate: 'Query.paths', score: 1, pathsToRoot: [['Query.paths']] });
    const within = searchSchema(schema, 'yearRecognised', 20).find(
      ({ coordinate }) => coordinate === 'Lab.yearRecognised',
    );
    expect(within?.pathsToRoot[0]?.at(0)).toMatch(/^Query\./);
    expect(within?.pathsToRoot[0]?.at(-1)).toBe('Lab.yearRecognised');
  });

  it('orders by a score from 0 to 1, and gives no more than are wanted', () => {
    const scores = searchSchema(schema, 'laboratory country', 8).map(({ score }) => score);
    expect(scores).toHaveLength(8);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(Math.max(...scores)).toBe(1);
    expect(Math.min(...scores)).toBeGreaterThan(0);
  });

  it.each(['', '   ', '§§§', 'qqqqqqqq', 'a'.repeat(300)])('finds nothing for %j', (query) => {
    expect(found(query)).toEqual([]);
  });

  it('finds what a schema has, and nothing of another one', () => {
    const other = buildSchema('type Query { "Where the boats lie." harbour: String }');
    expect(searchSchema(other, 'boats', 3)).toMatchObject([{ coordinate: 'Query.harbour' }]);
    expect(found('harbour')).toEqual([]);
  });
});

describe('a definition of the schema', () => {
  const small = buildSchema(/* GraphQL */ `
    directive @fast(for: Int) on FIELD
    type Query {
      "One of them."
      one(at: Place = HERE): Query
      other: Int
    }
    enum Place {
      HERE
      THERE
    }
    input Wanted {
      a: Int = 1
      b: Int
    }
  `);

  it.each([
    ['Place', 'enum Place {\n  HERE\n  THERE\n}'],
    ['Query.one', 'type Query {\n  """One of them."""\n  one(at: Place = HERE): Query\n}'],
    ['Query.one(at:)', 'type Query {\n  """One of them."""\n  one(at: Place = HERE): Query\n}'],
    ['Place.THERE', 'enum Place {\n  THERE\n}'],
    ['Wanted.a', 'input Wanted {\n  a: Int = 1\n}'],
    ['@fast', 'directive @fast(for: Int) on FIELD'],
  ])('stands at %s', (coordinate, sdl) => {
    expect(definitionAt(small, coordinate)).toBe(sdl);
  });

  it.each(['Nothing', 'Query.nothing', 'Nothing.at', 'Query.', '', '@nothing', '{ one }', 'Query.one(nothing:)'])(
    'is not at %j',
    (coordinate) => {
      expect(definitionAt(small, coordinate)).toBeUndefined();
    },
  );
});
