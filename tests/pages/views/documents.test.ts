import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { questions } from '../../../src/cooperation/questions.ts';
import { createSilkgraph } from '../../../src/service/silkgraph.ts';
import libraryGraph, { library } from '../../graphs/library.ts';
import { bookshop } from '../../setup/bookshop.ts';

/** What a graph may say of itself, but for what the graph of the product says. */
const shown = createSilkgraph({
  ontology: library,
  explorer: {
    introduction: { text: '{books} books.', counts: { books: { kind: 'Book' } } },
    highlighted: { Book: { property: 'binding', value: 'HARD', word: 'bound', others: 'unbound' } },
    dates: { Author: ['born'] },
    timeline: { dots: { kind: 'Author', date: 'born' } },
    map: { kind: 'Publisher', code: 'city', counts: [{ field: 'books' }] },
  },
});

const graphs = { cooperation: cooperationGraph, bookshop, library: libraryGraph, shown };

describe.each(Object.entries(graphs))('the queries of the explorer of the graph %s', (_, { explorer, schema }) => {
  const queries = Object.entries(explorer.settings.queries);

  it.each(queries)('%s fits the schema', (_name, text) => {
    expect(validate(schema, parse(text))).toEqual([]);
  });

  it.each(queries)('%s says what it asks', (_name, text) => {
    expect(text).toMatch(/^# \w.*[.?]\n/);
  });

  it.each(queries)('%s has no required variable with a default, which an editor would call missing', (_name, text) => {
    const variables = parse(text).definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? (each.variableDefinitions ?? []) : [],
    );
    const required = variables.filter(({ type, defaultValue }) => defaultValue && type.kind === Kind.NON_NULL_TYPE);
    expect(required.map(({ variable }) => variable.name.value)).toEqual([]);
  });

  it('are all among those that a server with trusted documents accepts', () => {
    expect([...explorer.documents].sort()).toEqual(queries.map(([, text]) => text).sort());
  });
});

const propertiesIn = (document: DocumentNode): FragmentDefinitionNode['selectionSet']['selections'] => {
  const found = document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === 'Properties',
  );
  return found?.kind === Kind.FRAGMENT_DEFINITION ? found.selectionSet.selections : [];
};

describe('the details of an entity', () => {
  const selections = propertiesIn(parse(cooperationGraph.explorer.settings.queries.details ?? ''));
  const names = (of: typeof selections) =>
    of.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));

  it.each(cooperation.kindNames)('have every property of the kind %s', (kind) => {
    const shared = [...names(selections), 'name', 'nameZh'];
    const own = selections.flatMap((selection) =>
      selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition?.name.value === kind
        ? names(selection.selectionSet.selections)
        : [],
    );
    expect([...shared, ...own].sort()).toEqual(Object.keys(cooperation.propertiesOf(kind)).sort());
  });

  it('put a kind before the names that kinds give different types', () => {
    for (const selection of selections) {
      if (selection.kind !== Kind.INLINE_FRAGMENT) continue;
      for (const field of selection.selectionSet.selections) {
        if (field.kind !== Kind.FIELD || field.alias === undefined) continue;
        expect(field.alias.value).toBe(`${selection.typeCondition?.name.value}_${field.name.value}`);
      }
    }
  });
});

describe('the questions of the start page', () => {
  it('keep the names of relation fields, since these tell the relation', () => {
    for (const question of questions) {
      if (!('query' in question)) continue;
      expect(question.query, question.name).toContain('...Card');
      expect(question.query, question.name).not.toMatch(/^\s+\w+: \w+(\(|\s*\{)/m);
    }
  });

  it('are made of the ontology where a graph has none of its own', () => {
    expect(bookshop.explorer.settings.questions).toEqual([
      { title: 'Which books are there, with their authors and publishing houses?', name: 'books' },
    ]);
  });
});

describe('what the explorer is told of a graph', () => {
  it('has no map, timeline or sources where the graph has none', () => {
    const { map, timeline, provenance, hasNotice, hasChinese, about } = bookshop.explorer.settings;
    expect({ map, timeline, provenance, hasNotice, hasChinese, about }).toEqual({
      ...{ map: null, timeline: null, provenance: null, hasNotice: false, hasChinese: false, about: [] },
    });
    for (const text of bookshop.explorer.documents) expect(text).not.toMatch(/sources|nameZh/i);
  });

  it('has titles for what a map and a timeline count, though the graph names only fields', () => {
    const { map, timeline } = shown.explorer.settings;
    expect(map?.counts).toEqual([
      {
        ...{ name: 'books', title: 'Books', column: 'Books', one: 'book', years: null },
        ...{ said: 'with at least one book.', isChoice: true },
      },
    ]);
    expect(map?.lists).toEqual([{ name: 'list0', title: 'Books', one: 'book' }]);
    expect(timeline?.dots).toMatchObject({ kind: 'Author', field: 'authors', date: 'born' });
    expect(timeline?.bars).toEqual([]);
  });

  it('has the names of its kinds', () => {
    const { title, search, kinds } = bookshop.explorer.settings;
    expect(title).toBe('Authors, books and publishing houses');
    expect(search).toBe('an author, a book or a publishing house');
    expect(kinds.PublishingHouse).toMatchObject({ one: 'publishing house', many: 'publishing houses' });
  });
});

describe('an option that names what the ontology does not have', () => {
  it('is refused when the graph is made', () => {
    const map = { kind: 'Publisher', code: 'city', counts: [{ field: 'novels' }] };
    expect(() => createSilkgraph({ ontology: library, explorer: { map } })).toThrow('novels');
    expect(() => createSilkgraph({ ontology: library, explorer: { dates: { Author: ['birthday'] } } })).toThrow(
      'birthday',
    );
    expect(() => createSilkgraph({ ontology: library, explorer: { dates: { Poet: ['born'] } } })).toThrow('Poet');
  });
});
