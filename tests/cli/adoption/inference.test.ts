import { describe, expect, it } from 'vitest';
import { pluralOf, singularOf, wordsOf } from '../../../src/cli/adoption/english.ts';
import { chooseKinds } from '../../../src/cli/adoption/inference/choose-kinds.ts';
import { inferOntology } from '../../../src/cli/adoption/inference/infer-ontology.ts';
import { inferType } from '../../../src/cli/adoption/inference/infer-properties.ts';
import { printOntology } from '../../../src/cli/adoption/inference/print-ontology.ts';
import type { SeenGraph, SeenKind, SeenProperty, SeenRelation } from '../../../src/cli/adoption/inference/seen.ts';
import { seenProperties } from '../../../src/cli/adoption/inference/seen-properties.ts';
import { chooseName, nameCandidates } from '../../../src/cli/adoption/name-property.ts';
import { camelName, constantName, pascalName } from '../../../src/cli/adoption/names.ts';
import { graphOf } from './written-graph.ts';

const property = (name: string, more: Partial<SeenProperty> = {}): SeenProperty => ({
  name,
  holders: 10,
  empty: 0,
  lists: 0,
  types: { text: 10 },
  otherTypes: [],
  constants: 0,
  indexed: false,
  ...more,
});

const kind = (name: string, properties: readonly SeenProperty[] = [property('name')]): SeenKind => ({
  name,
  count: 10,
  lookedAt: 10,
  properties,
});

const relation = (type: string, from: string, to: string, more: Partial<SeenRelation> = {}): SeenRelation => ({
  type,
  count: 4,
  lookedAt: 4,
  pairs: [{ from, to, count: 4, toOne: false }],
  properties: [],
  ...more,
});

const seen = (kinds: readonly SeenKind[], relations: readonly SeenRelation[] = []): SeenGraph => ({
  about: ['A test.'],
  kinds,
  relations,
  leftOut: [],
  areTexts: false,
  naming: () => 'It is copied.',
});

const written = (graph: SeenGraph) => printOntology(inferOntology(graph));

describe('words', () => {
  it.each([
    ['movie', 'movies'],
    ['country', 'countries'],
    ['person', 'people'],
    ['constructor', 'constructors'],
    ['CountryGroup', 'CountryGroups'],
    ['box', 'boxes'],
    ['day', 'days'],
    ['branch', 'branches'],
    ['salesPerson', 'salesPeople'],
  ])('%s is one of %s', (one, many) => {
    expect(pluralOf(one)).toBe(many);
    expect(singularOf(many)).toBe(one);
  });

  it.each(['status', 'address', 'analysis', 'movie'])('%s is no plural', (word) => expect(singularOf(word)).toBe(word));

  it('makes prose of names', () => {
    expect([wordsOf('CountryGroup'), wordsOf('ACTED_IN'), wordsOf('bornYear')]).toEqual([
      'country group',
      'acted in',
      'born year',
    ]);
  });

  it('makes names of any text', () => {
    expect(['first_name', 'Born Year', 'IMDbURL', 'Café', '42nd', '梅'].map(camelName)).toEqual([
      'firstName',
      'bornYear',
      'imDbUrl',
      'cafe',
      undefined,
      undefined,
    ]);
    expect([pascalName('movie_genre'), constantName('actedIn'), constantName('acted in')]).toEqual([
      'MovieGenre',
      'ACTED_IN',
      'ACTED_IN',
    ]);
  });
});

describe('the type of a property', () => {
  it.each([
    [{ int: 10 }, 'int'],
    [{ date: 10 }, 'date'],
    [{ url: 10 }, 'url'],
    [{ boolean: 10 }, 'boolean'],
  ] as const)('is that of all its values: %o', (types, type) => {
    expect(inferType({ types, holders: 10 })).toEqual({ type, comments: [] });
  });

  it('is text where the values have several, and says which', () => {
    expect(inferType({ types: { int: 3, text: 7 }, holders: 10 })).toEqual({
      type: 'text',
      comments: ['decide: values of several types (3 int, 7 text); only texts are accepted.'],
    });
    expect(inferType({ types: { date: 3, text: 7 }, holders: 10 }).comments[0]).toContain(
      'some look like another type',
    );
  });

  it('is float for integers among other numbers, and leaves nothing to decide', () => {
    expect(inferType({ types: { int: 3, float: 7 }, holders: 10 })).toEqual({ type: 'float', comments: [] });
  });
});

describe('what was counted in Neo4j', () => {
  it('is put together by property', () => {
    const properties = seenProperties(
      [
        ['born', 'INTEGER NOT NULL', 5, 0, 0, 0, 1, 0, 0],
        ['ids', 'LIST<INTEGER NOT NULL> NOT NULL', 5, 0, 0, 0, 2, 0, 0],
        ['number', 'INTEGER NOT NULL', 5, 0, 0, 0, 2, 1, 0],
        ['roles', 'LIST<STRING NOT NULL> NOT NULL', 4, 0, 0, 0, 0, 0, 0],
        ['roles', 'LIST<NOTHING> NOT NULL', 2, 2, 0, 0, 0, 0, 0],
        ['site', 'STRING NOT NULL', 6, 1, 0, 5, 0, 0, 0],
        ['at', 'POINT NOT NULL', 1, 0, 0, 0, 0, 0, 0],
      ],
      new Set(['born']),
    );
    expect(properties).toEqual([
      property('at', { holders: 1, types: { other: 1 }, otherTypes: ['POINT'] }),
      property('born', { holders: 5, types: { int: 4, float: 1 }, indexed: true }),
      property('ids', { holders: 5, lists: 5, types: { int: 3, float: 2 } }),
      property('number', { holders: 5, types: { other: 5 }, otherTypes: ['INTEGER of more than 53 bits'] }),
      property('roles', { holders: 4, empty: 2, lists: 4, types: { text: 4 } }),
      property('site', { holders: 5, empty: 1, types: { url: 5 } }),
    ]);
  });
});

describe('the labels that are kinds', () => {
  const label = (name: string, count: number, others: Readonly<Record<string, number>> = {}) => ({
    name,
    count,
    lookedAt: count,
    others: new Map(Object.entries(others)),
  });
  const chosen = (...labels: Parameters<typeof chooseKinds>[0]) => chooseKinds(labels).kinds.map(({ name }) => name);

  it('are the more frequent ones of those that occur together', () => {
    const labels = [label('Actor', 60, { Person: 60 }), label('Person', 100, { Actor: 60 }), label('Movie', 10)];
    expect(chosen(...labels)).toEqual(['Movie', 'Person']);
    expect(chooseKinds(labels).leftOut).toEqual([
      'left out: Actor (60 nodes): its nodes are Person (60) as well, and an entity has one kind.',
    ]);
  });

  it('are the special ones below a general one', () => {
    const agents = label('Agent', 150, { Person: 100, Company: 50 });
    expect(chosen(agents, label('Person', 100, { Agent: 100 }), label('Company', 50, { Agent: 50 }))).toEqual([
      'Company',
      'Person',
    ]);
  });

  it('are both where only some nodes have both, which people decide', () => {
    const { kinds } = chooseKinds([label('Customer', 10, { Supplier: 1 }), label('Supplier', 5, { Customer: 1 })]);
    expect(kinds.map(({ remarks }) => remarks)).toEqual([
      [],
      ['decide: some nodes are Customer (1) as well, but an entity has one kind.'],
    ]);
  });
});

describe('the property that serves as the name', () => {
  it('is the most usual one that every record has', () => {
    expect(nameCandidates('Product', ['unit', 'title', 'productName', 'firstName'])).toEqual([
      'productName',
      'title',
      'firstName',
    ]);
    const coverage = (name: string, holders: number) => ({ name, holders });
    expect(chooseName('Movie', 10, [coverage('label', 10), coverage('title', 4)])?.name).toBe('label');
    expect(chooseName('Movie', 10, [coverage('label', 2), coverage('title', 4)])?.name).toBe('title');
    expect(chooseName('Movie', 10, [coverage('released', 10)])).toBeUndefined();
  });
});

describe('a drafted ontology', () => {
  it('leaves out names that Silkgraph refuses, with the reason', () => {
    const text = written(
      seen(
        [
          kind('movie_genre'),
          kind('entity'),
          kind('Path'),
          kind('电影节'),
          kind('Movie', [
            property('name'),
            property('first_name'),
            property('id'),
            property('createdAt'),
            property('年'),
          ]),
        ],
        [
          relation('出演', 'Movie', 'Movie'),
          relation('actedIn', 'Movie', 'Movie'),
          relation('OF', 'Movie', 'Path'),
          relation('FOLLOWS', 'Movie', 'Movie'),
        ],
      ),
    );
    expect(graphOf(text).ontology.kindNames).toEqual(['Movie']);
    const prose = text.replaceAll(/\s*\n\s*\/\/ /g, ' ');
    for (const reason of [
      'left out: movie_genre (10 records): a kind is written like MovieGenre.',
      'left out: entity (10 records): a kind is written like EntityRecord.',
      'left out: Path (10 records): The kind Path and what every graph has both make the type Path.',
      'left out: the property first_name: a property is written like firstName.',
      'left out: the property id: Silkgraph uses it for the slug',
      'left out: the property createdAt: a name that Silkgraph uses itself.',
      'left out: 电影节 (10 records): a kind is written like PowerPlant, in the letters A to Z and digits. Give it such a name.',
      'left out: the property 年: a property is written like wordCount, in the letters A to Z and digits.',
      'left out: 出演 (4 relations): a relation is written like GROWS_IN, in the letters A to Z and digits.',
      'left out: actedIn (4 relations): a relation is written like ACTED_IN.',
      'left out: OF (4 relations): it joins no two kinds, but Movie → Path.',
    ]) {
      expect(prose).toContain(reason);
    }
  });

  it('leaves out one of two properties that differ in capitals alone, and renames none to the other', () => {
    const text = written(
      seen(
        [
          kind('Movie', [
            property('name'),
            property('userID'),
            property('userId'),
            property('user_id'),
            property('created_at'),
          ]),
        ],
        [relation('FOLLOWS', 'Movie', 'Movie')],
      ),
    );
    const prose = text.replaceAll(/\s*\n\s*\/\/ /g, ' ');
    expect(Object.keys(graphOf(text).ontology.kind('Movie').properties)).toEqual(['userID']);
    expect(prose).toContain(
      'the property userId: in capitals, it is the same as userID. Rename it: MATCH (item:`Movie`) SET item.userIdValue = item.`userId`',
    );
    expect(prose).toContain('SET item.createdAtValue = item.`created_at` REMOVE');
    expect(prose).toContain('SET item.userIdValueValue = item.`user_id` REMOVE');
  });

  it('says how other pairs of labels get a type of their own, and leaves the main pair as it is', () => {
    const text = written(
      seen(
        [kind('Movie'), kind('Person'), kind('Game Show')],
        [
          relation('ACTED_IN', 'Person', 'Movie', {
            pairs: [
              { from: 'Person', to: 'Movie', count: 9, toOne: false },
              { from: 'Person', to: 'Game Show', count: 3, toOne: false },
              { from: undefined, to: 'Movie', count: 1, toOne: false },
            ],
          }),
        ],
      ),
    ).replaceAll(/\s*\n\s*\/\/ /g, ' ');
    expect(text).toContain(
      'MATCH (from)-[old:ACTED_IN]->(to) WHERE from:`Person` AND to:`Game Show` CREATE (from)-[new:ACTED_IN_GAME_SHOW]->(to)',
    );
    expect(text).toContain(
      'WHERE NOT from:`Movie`|`Person`|`Game Show` AND to:`Movie` CREATE (from)-[new:ACTED_IN_OTHER]->(to)',
    );
  });

  it('gives fields other names where the short ones are taken', () => {
    const { ontology } = graphOf(
      written(
        seen(
          [kind('Compare'), kind('Movie', [property('name'), property('follows')])],
          [relation('FOLLOWS', 'Movie', 'Movie')],
        ),
      ),
    );
    expect(ontology.kind('Compare')).toMatchObject({ singular: 'compareRecord', plural: 'compareRecords' });
    expect(ontology.relation('FOLLOWS')).toMatchObject({ forward: 'followsMovies', backward: 'moviesFollows' });
  });

  it('keeps whatever names contain out of the code', () => {
    const name = "x'\n}); throw new Error('injected'); //";
    const text = written(
      seen(
        [kind(name), kind('Movie', [property('name'), property(name)])],
        [relation(name, 'Movie', 'Movie'), relation('FOLLOWS', 'Movie', 'Movie')],
      ),
    );
    expect(graphOf(text).ontology.kindNames).toEqual(['Movie']);
  });

  it('says which properties every record has, and which are lists', () => {
    const text = written(
      seen([
        kind('Movie', [
          property('title', { indexed: true }),
          property('genres', { lists: 10 }),
          property('year', { holders: 4, types: { int: 4 } }),
          property('status', { constants: 2 }),
        ]),
      ]),
    );
    expect(text).toContain("title: indexed(required(text('Title.'))),");
    expect(text).toContain("genres: listOf(text('Genres.')),");
    expect(text).toContain("year: int('Year.'),");
    expect(text).toContain('// decide: 2 values in all; an enumeration?');
  });
});
