import {
  closedSet,
  createSilkgraph,
  defineOntology,
  enumeration,
  indexed,
  int,
  required,
  searched,
  text,
  url,
} from '../../src/index.ts';

const ontology = defineOntology({
  enumerations: {
    BookForm: closedSet('Form of a book.', {
      NOVEL: 'A novel.',
      PLAY: 'A play.',
      POEMS: 'Poems.',
      SHORT_STORIES: 'Short stories.',
    }),
  },
  sharedProperties: { name: searched(indexed(required(text('Name or title.'))), 'name') },
  kinds: {
    Author: {
      singular: 'author',
      plural: 'authors',
      one: 'an author',
      many: 'authors',
      description: 'Somebody who writes books.',
      properties: { born: int('Year of birth.'), description: searched(text('Life, in a sentence.'), 'text') },
    },
    Book: {
      singular: 'book',
      plural: 'books',
      one: 'a book',
      many: 'books',
      description: 'A published work.',
      properties: {
        published: indexed(int('Year of publication.')),
        form: required(enumeration('BookForm', 'Form of the book.')),
        description: required(text('Contents, in a sentence.')),
        page: url('Web page of the book.'),
      },
    },
    PublishingHouse: {
      singular: 'publishingHouse',
      plural: 'publishingHouses',
      one: 'a publishing house',
      many: 'publishing houses',
      description: 'A company that publishes books.',
      properties: { city: searched(text('Seat.'), 'text') },
    },
  },
  relations: {
    WRITTEN_BY: {
      from: 'Book',
      to: 'Author',
      forward: 'authors',
      backward: 'books',
      description: 'The book is by the author.',
      forwardDescription: 'Authors of the book.',
      backwardDescription: 'Books by the author.',
    },
    PUBLISHED_BY: {
      from: 'Book',
      to: 'PublishingHouse',
      forward: 'publishingHouse',
      backward: 'books',
      toOne: true,
      description: 'The book was first published by the house.',
      forwardDescription: 'House that published the book first.',
      backwardDescription: 'Books that the house published first.',
      properties: { note: text('Remark.') },
    },
  },
  provenance: null,
});

/** A graph about something else than that of the product, and without sources. */
export const bookshop = createSilkgraph({ ontology });

/** Its data, as files. */
export const bookshopData = {
  'authors.jsonl': [
    { id: 'virginia-stephen', name: 'Virginia Stephen', born: 1882, description: 'English writer and publisher.' },
    { id: 'katherine-mansfield', name: 'Katherine Mansfield', born: 1888 },
    { id: 't-s-eliot', name: 'T. S. Eliot', born: 1888 },
  ],
  'publishing-houses.jsonl': [
    { id: 'hogarth-press', name: 'Hogarth Press', city: 'Richmond' },
    { id: 'faber', name: 'Faber & Faber', city: 'London' },
  ],
  'books.jsonl': [
    {
      id: 'the-waves',
      name: 'The Waves',
      published: 1931,
      form: 'NOVEL',
      description: 'Six lives, told by six voices.',
    },
    {
      id: 'orlando',
      name: 'Orlando',
      published: 1928,
      form: 'NOVEL',
      description: 'A life of four centuries.',
      page: 'https://example.org/orlando',
    },
    { id: 'prelude', name: 'Prelude', published: 1918, form: 'SHORT_STORIES', description: 'A family moves house.' },
    { id: 'the-rock', name: 'The Rock', published: 1934, form: 'PLAY', description: 'A pageant play.' },
    { id: 'poems', name: 'Poems', published: 1919, form: 'POEMS', description: 'Seven poems, printed by hand.' },
  ],
  'relations.jsonl': [
    { type: 'WRITTEN_BY', from: 'the-waves', to: 'virginia-stephen' },
    { type: 'WRITTEN_BY', from: 'orlando', to: 'virginia-stephen' },
    { type: 'WRITTEN_BY', from: 'prelude', to: 'katherine-mansfield' },
    { type: 'WRITTEN_BY', from: 'the-rock', to: 't-s-eliot' },
    { type: 'WRITTEN_BY', from: 'poems', to: 't-s-eliot' },
    { type: 'PUBLISHED_BY', from: 'the-waves', to: 'hogarth-press' },
    { type: 'PUBLISHED_BY', from: 'orlando', to: 'hogarth-press' },
    { type: 'PUBLISHED_BY', from: 'prelude', to: 'hogarth-press', properties: { note: 'Printed by hand.' } },
    { type: 'PUBLISHED_BY', from: 'poems', to: 'hogarth-press' },
    { type: 'PUBLISHED_BY', from: 'the-rock', to: 'faber' },
  ],
};
