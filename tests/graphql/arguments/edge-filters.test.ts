import type { GraphQLInputObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { createSchema } from '../../../src/graphql/index.ts';
import { defineOntology } from '../../../src/ontology/definition/define-ontology.ts';
import { float, indexed, int, type Property, required, searched, text } from '../../../src/ontology/vocabulary.ts';
import { schema } from '../../setup/served.ts';

const fieldsOf = (name: string, of = schema) => (of.getType(name) as GraphQLInputObjectType).getFields();

const kind = (singular: string) => ({
  ...{ singular, plural: `${singular}s`, one: `a ${singular}`, many: `${singular}s`, description: 'A kind.' },
  properties: {},
});

const relation = (to: string, forward: string, rating: Property) => ({
  ...{ from: 'Reader', to, forward, backward: 'readers' },
  ...{ description: 'x', forwardDescription: 'x', backwardDescription: 'x' },
  properties: { rating },
});

const withRatings = (ofBook: Property, ofFilm: Property) =>
  createSchema(
    defineOntology({
      enumerations: {},
      sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
      kinds: { Reader: kind('reader'), Book: kind('book'), Film: kind('film') },
      relations: { READS: relation('Book', 'books', ofBook), WATCHES: relation('Film', 'films', ofFilm) },
      provenance: null,
    }),
  );

it('conditions on any relation are of one type', () => {
  for (const kindName of ['Lab', 'Country', 'Source', 'Entity']) {
    expect(String(fieldsOf(`${kindName}Filter`).edge?.type)).toBe('EdgeFilter');
  }
  const alike = withRatings(int('Stars.'), int('Stars.'));
  expect(String(fieldsOf('BookFilter', alike).edge?.type)).toBe('EdgeFilter');
  expect(String(fieldsOf('EdgeFilter', alike).rating?.type)).toBe('IntFilter');
});

it('a kind has a type of its own where numbers of one name are of different types, so that they can be compared', () => {
  const apart = withRatings(int('Stars.'), float('Points.'));
  expect(String(fieldsOf('BookFilter', apart).edge?.type)).toBe('BookEdgeFilter');
  expect(String(fieldsOf('BookEdgeFilter', apart).rating?.type)).toBe('IntFilter');
  expect(String(fieldsOf('FilmEdgeFilter', apart).rating?.type)).toBe('FloatFilter');
});
