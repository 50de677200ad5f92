import type { NoParameters, Statement } from '../../src/engine/graph/statement.ts';
import {
  boolean,
  closedSet,
  createSilkgraph,
  date,
  defineOntology,
  disputed,
  doubtful,
  enumeration,
  expectedWith,
  float,
  indexed,
  int,
  listOf,
  milestones,
  notBefore,
  required,
  searched,
  text,
  url,
} from '../../src/index.ts';

/** A small ontology with each thing that an ontology can say, to try the engine with. */
export const library = defineOntology({
  enumerations: {
    Binding: closedSet('How a book is bound.', { HARD: 'Hard.', SOFT: 'Soft.', LOOSE: 'Not at all.' }),
    AuthorRole: closedSet('What an author did.', { WRITER: 'Wrote.', ILLUSTRATOR: 'Drew.', TRANSLATOR: 'Translated.' }),
    Registry: closedSet('Registries of authors and books.', { ORCID: 'Authors.', SHELF_MARK: 'Books.' }),
    Exactness: closedSet('What a place is the middle of.', { HOUSE: 'A house.', STREET: 'A street.' }),
    Trust: closedSet('How far a reference is trusted.', { FULL: 'Fully.', LITTLE: 'Little.' }),
  },
  sharedProperties: {
    name: searched(indexed(required(text('Name.'))), 'name'),
    otherNames: searched(listOf(text('Other names.')), 'otherName'),
    doubts: disputed(listOf(text('Doubts.'))),
  },
  kinds: {
    Author: {
      ...{ singular: 'author', plural: 'authors', one: 'an author', many: 'authors', description: 'Writes books.' },
      properties: {
        born: indexed(date('Date of birth.')),
        died: expectedWith(notBefore(date('Date of death.'), 'born'), 'living', false),
        living: indexed(required(boolean('Whether the author is alive.'))),
        portrait: url('Picture of the author.'),
        life: milestones('Steps of a life.'),
      },
    },
    Book: {
      ...{ singular: 'book', plural: 'books', one: 'a book', many: 'books', description: 'Written by authors.' },
      slugFrom: 'isbn',
      properties: {
        isbn: searched(indexed(required(text('Number of the book.'))), 'otherName'),
        pages: indexed(int('Number of pages.')),
        price: indexed(float('Price.')),
        binding: indexed(doubtful(enumeration('Binding', 'Binding.'), 'LOOSE')),
        summary: searched(text('What it is about.'), 'text'),
      },
    },
    Publisher: {
      ...{ singular: 'publisher', plural: 'publishers', one: 'a publisher', many: 'publishers' },
      description: 'Publishes books.',
      properties: { city: indexed(text('City.')) },
    },
    Genre: {
      ...{ singular: 'genre', plural: 'genres', one: 'a genre', many: 'genres', description: 'A kind of book.' },
      properties: {},
    },
    Reference: {
      ...{ singular: 'reference', plural: 'references', one: 'a reference', many: 'references' },
      description: 'Where facts come from.',
      properties: { shelf: text('Shelf.'), trust: indexed(required(enumeration('Trust', 'How far it is trusted.'))) },
    },
  },
  relations: {
    WROTE: {
      ...{
        from: 'Author',
        to: 'Book',
        forward: 'books',
        backward: 'authors',
        description: 'The author wrote the book.',
      },
      ...{ forwardDescription: 'Books of the author.', backwardDescription: 'Authors of the book.' },
      properties: {
        role: required(enumeration('AuthorRole', 'What the author did.')),
        pages: int('Pages of the author.'),
      },
    },
    PUBLISHED_BY: {
      ...{ from: 'Book', to: 'Publisher', forward: 'publisher', backward: 'books', toOne: true, expected: true },
      description: 'The publisher published the book.',
      ...{ forwardDescription: 'Publisher of the book.', backwardDescription: 'Books of the publisher.' },
      properties: { year: int('Year.') },
    },
    IN_GENRE: {
      ...{ from: 'Book', to: 'Genre', forward: 'genres', backward: 'books', description: 'The book is of the genre.' },
      ...{ forwardDescription: 'Genres of the book.', backwardDescription: 'Books of the genre.' },
    },
    NARROWER_THAN: {
      ...{ from: 'Genre', to: 'Genre', forward: 'broader', backward: 'narrower', hierarchical: true },
      description: 'The second genre is broader.',
      ...{ forwardDescription: 'Broader genres.', backwardDescription: 'Narrower genres.' },
    },
    SEQUEL_OF: {
      ...{ from: 'Book', to: 'Book', forward: 'sequelOf', backward: 'sequels', toOne: true, acyclic: true },
      description: 'The book continues another one.',
      ...{
        forwardDescription: 'The book that this one continues.',
        backwardDescription: 'Books that continue this one.',
      },
    },
    KNEW: {
      ...{ from: 'Author', to: 'Author', forward: 'knew', backward: 'knew', symmetric: true },
      ...{ description: 'The authors knew each other.', forwardDescription: 'Authors that the author knew.' },
      properties: { since: date('Since when.') },
    },
    BASED_ON: {
      ...{ from: 'Entity', to: 'Reference', forward: 'references', backward: 'supported', walked: false },
      description: 'The entity is based on the reference.',
      ...{ forwardDescription: 'References of the entity.', backwardDescription: 'What is based on the reference.' },
    },
  },
  identifiers: {
    scheme: 'Registry',
    schemes: { ORCID: { checksum: 'MOD_11_2', address: 'https://orcid.org/{value}' } },
  },
  locations: { precision: 'Exactness' },
  provenance: {
    ...{ relation: 'BASED_ON', kind: 'Reference', property: 'references' },
    reliability: { property: 'trust', weak: 'LITTLE' },
    citation: { publisher: 'shelf' },
  },
});

const longestBook: Statement<NoParameters, readonly [slug: string]> = {
  name: 'longest-book',
  text: 'MATCH (book:Book) WHERE book.pages IS NOT NULL RETURN book.id ORDER BY book.pages DESC, book.id LIMIT 1',
};

export default createSilkgraph({
  ontology: library,
  fields({ builder, refs, computed, read }) {
    builder.queryField('longestBook', (t) =>
      t.field({
        earlierStates: false,
        type: refs.Book,
        nullable: true,
        description: 'The book with the most pages; null if the number is known of none.',
        resolve: async (_, __, context, info) => {
          const [[slug] = []] = await context.graph.read(longestBook, {});
          return slug === undefined ? null : read(context, info, 'Book', slug);
        },
      }),
    );
    builder.objectField(refs.Author, 'ageAtDeath', (t) =>
      t.int({
        nullable: true,
        description: 'Years from birth to death; null unless both are known.',
        ...computed('Author', ['born', 'died'], (author) => {
          const [born, died] = [author.get('born'), author.get('died')];
          return born === null || died === null ? null : Number(died.slice(0, 4)) - Number(born.slice(0, 4));
        }),
      }),
    );
  },
});
