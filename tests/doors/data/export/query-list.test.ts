import { buildSchema, type DocumentNode, getOperationAST, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { columnsOf, findList, fragmentsOf } from '../../../../src/doors/data/export/query-list.ts';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    things(first: Int, after: String): ThingConnection!
    thing: Thing
  }
  type ThingConnection {
    nodes: [Thing!]!
    total: Int!
  }
  type Thing {
    name: String!
    other: Thing
  }
`);

const LEVELS = 12;

/** A document with fragments each of which spreads the next one twice; it counts how often what they select is looked at. */
function doubled(selection: string, type: string, inside: string) {
  const fragments = Array.from({ length: LEVELS }, (_, at) => {
    const next = `...f${at + 1}`;
    return `fragment f${at} on ${type} { ${at + 1 < LEVELS ? `${next} ${next}` : inside} }`;
  });
  const plain = parse(`{ ${selection} } ${fragments.join(' ')}`);
  const counted = { looks: 0 };
  const definitions = plain.definitions.map((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION
      ? new Proxy(definition, {
          get(target, name) {
            if (name === 'selectionSet') counted.looks += 1;
            return Reflect.get(target, name);
          },
        })
      : definition,
  );
  const document: DocumentNode = { ...plain, definitions };
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  return { document, operation, counted };
}

const lists = (query: string) => {
  const document = parse(query);
  const operation = getOperationAST(document);
  return operation && findList(schema, document, operation);
};

describe('several lists', () => {
  it.each([
    '{ a: things { nodes { name } } b: things { nodes { name } } }',
    '{ thing { name } a: things { nodes { name } } ...more } fragment more on Query { b: things { nodes { name } } }',
    '{ ...both } fragment both on Query { a: things { nodes { name } } ... { b: things { nodes { name } } } }',
  ])('are refused, as a table has one: %s', (query) => {
    expect(() => lists(query)).toThrow('The query has several lists, a.nodes and b.nodes; a table');
  });

  it('are one where their results merge', () => {
    const query = '{ things { nodes { name } } ...same } fragment same on Query { things { nodes { name } } }';
    expect(lists(query)?.path).toEqual(['things', 'nodes']);
  });
});

describe('fragments that spread each other very often', () => {
  it.each([
    ['in the items of a list', 'things { nodes { ...f0 } }', 'Thing', 'name', [['name']]],
    ['before the items of a list', 'things { ...f0 nodes { name } }', 'ThingConnection', 'total', [['name']]],
    ['around the items of a list', 'things { ...f0 }', 'ThingConnection', 'nodes { name }', [['name']]],
    ['without a list', 'thing { ...f0 }', 'Thing', 'name', undefined],
    ['with a list in them', '...f0', 'Query', 'things { nodes { name } }', [['name']]],
    ['before a list', 'thing { ...f0 } things { nodes { name } }', 'Thing', 'name', [['name']]],
  ])('are looked through once %s', (_, selection, type, inside, columns) => {
    const { document, operation, counted } = doubled(selection, type, inside);
    expect(findList(schema, document, operation)?.columns).toEqual(columns);
    expect(counted.looks).toBeLessThan(LEVELS * 12);
  });

  it('are looked through once where the answer is one object', () => {
    const { document, operation, counted } = doubled('thing { ...f0 other { ...f0 } }', 'Thing', 'name');
    const query = schema.getQueryType();
    if (!query) throw new Error('There is no query.');
    expect(columnsOf(schema, fragmentsOf(document), operation.selectionSet, query)).toEqual([
      ['thing', 'name'],
      ['thing', 'other', 'name'],
    ]);
    expect(counted.looks).toBeLessThan(LEVELS * 12);
  });
});
