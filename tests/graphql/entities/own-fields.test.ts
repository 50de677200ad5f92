import { parse, validate } from 'graphql';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createSilkgraph } from '../../../src/service/silkgraph.ts';
import { library } from '../../graphs/library.ts';

describe('fields written by hand', () => {
  it('have the types that the ontology gives to what they need', () => {
    createSilkgraph({
      ontology: library,
      fields({ refs, computed }) {
        computed('Book', ['pages', 'binding', 'otherNames', 'name'], (book) => {
          expectTypeOf(book.get('pages')).toEqualTypeOf<number | null>();
          expectTypeOf(book.get('binding')).toEqualTypeOf<'HARD' | 'SOFT' | 'LOOSE' | null>();
          expectTypeOf(book.get('otherNames')).toEqualTypeOf<readonly string[]>();
          expectTypeOf(book.get('name')).toEqualTypeOf<string>();
          expectTypeOf(book.slug).toEqualTypeOf<string>();
        });
        expectTypeOf(refs).toHaveProperty('Author');
      },
    });
  });

  it('do not compile with a kind, a property or a need that is not there', () => {
    const unused = () =>
      createSilkgraph({
        ontology: library,
        fields({ builder, refs, computed, read }) {
          // @ts-expect-error: the ontology has no such kind.
          void refs.Poem;
          // @ts-expect-error: the ontology has no such kind.
          computed('Poem', [], () => 1);
          // @ts-expect-error: books have no such property.
          computed('Book', ['born'], () => 1);
          // @ts-expect-error: the field does not need it.
          computed('Book', ['pages'], (book) => book.get('price'));
          // @ts-expect-error: it is computed from another kind than that of its type.
          builder.objectField(refs.Author, 'isLong', (t) => t.boolean(computed('Book', ['pages'], () => true)));
          builder.queryField('any', (t) =>
            // @ts-expect-error: an author is no book.
            t.field({ type: refs.Book, resolve: (_, __, context, info) => read(context, info, 'Author', 'a') }),
          );
          // @ts-expect-error: it may be null.
          computed('Book', ['pages'], (book) => book.get('pages') + 1);
        },
      });
    expect(unused).toThrow('The ontology has no kind Poem.');
  });

  it('are refused with the graph if they are computed from another kind than that of their type', () => {
    const made = () =>
      createSilkgraph({
        ontology: library,
        fields({ builder, refs, computed }) {
          const pages = computed('Book', ['pages'], (book) => book.get('pages'));
          // As JavaScript has it, which does not look at types.
          const options = { nullable: true, ...pages, resolve: pages.resolve as () => number | null };
          builder.objectField(refs.Author, 'pages', (t) => t.int(options));
          builder.objectField(refs.Book, 'length', (t) => t.int(options));
        },
      });
    expect(made).toThrow(
      'Author.pages is computed from properties of Book: add it to Book, or give `computed` the kind of its type.',
    );
    expect(made).not.toThrow('Book.length');
  });

  it('are refused with the graph if they need a property that is not there', () => {
    const made = () =>
      createSilkgraph({
        ontology: library,
        fields: ({ computed }) => void computed('Book', ['born' as 'name'], () => 1),
      });
    expect(made).toThrow('Book has no property born.');
  });

  it('are fields of the schema that say what they need', () => {
    const { schema } = createSilkgraph({
      ontology: library,
      fields({ builder, refs, computed }) {
        builder.objectField(refs.Book, 'isLong', (t) =>
          t.boolean({
            nullable: false,
            description: 'Whether the book has more than 500 pages.',
            ...computed('Book', ['pages'], (book) => (book.get('pages') ?? 0) > 500),
          }),
        );
      },
    });
    const type = schema.getType('Book');
    const field = type && 'getFields' in type ? type.getFields().isLong : undefined;
    expect(field?.extensions).toMatchObject({ needs: ['pages'] });
  });

  it('are among the details of the explorer if they are computed, plain, and need no arguments', () => {
    const { schema, explorer } = createSilkgraph({
      ontology: library,
      fields({ builder, refs, computed }) {
        builder.objectField(refs.Book, 'isLong', (t) =>
          t.boolean({ nullable: false, description: 'Long.', ...computed('Book', ['pages'], () => true) }),
        );
        builder.objectField(refs.Book, 'notes', (t) =>
          t.stringList({ nullable: true, description: 'Notes.', ...computed('Book', ['name'], () => []) }),
        );
        builder.objectField(refs.Book, 'times', (t) =>
          t.int({
            nullable: true,
            args: { by: t.arg.int({ required: true }) },
            ...computed('Book', ['pages'], () => 1),
          }),
        );
        builder.objectField(refs.Book, 'unmarked', (t) => t.int({ nullable: true, resolve: () => 1 }));
      },
    });
    expect(explorer.settings.kinds.Book?.computed).toEqual([
      { name: 'isLong', description: 'Long.', type: 'boolean', list: false, values: [] },
      { name: 'notes', description: 'Notes.', type: 'text', list: true, values: [] },
    ]);
    expect(explorer.settings.kinds.Author?.computed).toEqual([]);
    expect(explorer.settings.queries.details).toContain('Book_isLong: isLong');
    for (const document of explorer.documents) expect(validate(schema, parse(document))).toEqual([]);
  });
});

it('a field that takes the place of one that every entity has is refused with the graph', () => {
  const made = () =>
    createSilkgraph({
      ontology: library,
      fields: ({ builder, refs }) =>
        builder.objectField(refs.Book, 'name', (t) => t.string({ nullable: true, resolve: () => null })),
    });
  expect(made).toThrow('The fields make an invalid schema: Interface field Entity.name expects type String!');
});

it('a graph is made of what defineOntology returns, and of nothing else', () => {
  expect(() => createSilkgraph({ ontology: library.definition as never })).toThrow(
    'The `ontology` of createSilkgraph is what defineOntology returns.',
  );
});
