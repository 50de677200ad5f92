import { type GraphQLInputObjectType, type GraphQLObjectType, validateSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { federatedSchema } from '../../../src/graphql/federation/federated-schema.ts';
import { createSchema } from '../../../src/graphql/index.ts';
import { faultsOfOntology } from '../../../src/ontology/definition/check-ontology.ts';
import { defineOntology, InvalidOntology } from '../../../src/ontology/definition/define-ontology.ts';
import {
  reservedProperties,
  reservedRootFields,
  reservedSingulars,
} from '../../../src/ontology/definition/reserved-names.ts';
import {
  closedSet,
  date,
  doubtful,
  enumeration,
  expectedWith,
  followsFrom,
  indexed,
  int,
  type KindDefinition,
  listOf,
  milestones,
  notBefore,
  type OntologyDefinition,
  occasional,
  qualified,
  type RelationDefinition,
  required,
  searched,
  text,
  timeOf,
} from '../../../src/ontology/vocabulary.ts';

const name = searched(indexed(required(text('Name.'))), 'name');

const kind = (singular: string, more: Partial<KindDefinition> = {}): KindDefinition => ({
  singular,
  plural: `${singular}s`,
  one: `a ${singular}`,
  many: `${singular}s`,
  description: `A ${singular}.`,
  properties: {},
  ...more,
});

const relation = (more: Partial<RelationDefinition>): RelationDefinition => ({
  from: 'Author',
  to: 'Book',
  forward: 'writings',
  backward: 'writers',
  description: 'The author wrote the book.',
  forwardDescription: 'Books of the author.',
  backwardDescription: 'Authors of the book.',
  ...more,
});

const library: OntologyDefinition = {
  enumerations: { Binding: closedSet('How a book is bound.', { HARD: 'Hard.', SOFT: 'Soft.' }) },
  sharedProperties: { name },
  kinds: {
    Author: kind('author', { properties: { born: date('Date of birth.') } }),
    Book: kind('book', { properties: { binding: enumeration('Binding', 'Binding.'), pages: int('Pages.') } }),
  },
  relations: { WROTE: relation({}) },
  provenance: null,
};

const faultsOf = (definition: OntologyDefinition): readonly string[] => {
  try {
    defineOntology(definition);
    return [];
  } catch (error) {
    if (error instanceof InvalidOntology) return error.faults;
    throw error;
  }
};

const withBook = (more: Partial<KindDefinition>): OntologyDefinition => ({
  ...library,
  kinds: { ...library.kinds, Book: kind('book', more) },
});
const withProperty = (property: string, definition: KindDefinition['properties'][string]) =>
  withBook({ properties: { [property]: definition } });
const withBinding = (more: KindDefinition['properties']) =>
  withBook({ properties: { binding: enumeration('Binding', 'Binding.'), ...more } });
const withRelation = (more: Partial<RelationDefinition>, type = 'OTHER'): OntologyDefinition => ({
  ...library,
  relations: { ...library.relations, [type]: relation({ forward: 'others', backward: 'otherAuthors', ...more }) },
});

const { backwardDescription: _, ...withoutBackward } = relation({});

describe('an ontology', () => {
  it('is frozen, with what follows from its definition', () => {
    const ontology = defineOntology(library);
    expect(ontology.kindNames).toEqual(['Author', 'Book']);
    expect(Object.keys(ontology.propertiesOf('Author'))).toEqual(['name', 'born']);
    expect(ontology.relationFieldsOf('Book').get('writers')).toMatchObject({ target: 'Author', reading: 'BACKWARD' });
    expect(Object.isFrozen(ontology.kind('Book').properties)).toBe(true);
    expect(() => Object.assign(ontology.kind('Book'), { plural: 'tomes' })).toThrow(TypeError);
  });

  it('reports all mistakes at once, in words', () => {
    const definition = { ...withRelation({ to: 'Poem' }), sharedProperties: {} };
    const message = () => defineOntology(definition);
    expect(message).toThrow(InvalidOntology);
    expect(message).toThrow(/^There are 2 mistakes in the ontology:\n {2}Every kind needs a name: .*\n {2}.*Poem/);
  });

  it.each<[string, OntologyDefinition, string]>([
    [
      'a searched property that is a list of one kind only',
      {
        ...library,
        kinds: {
          Author: kind('author', { properties: { motto: searched(text('Motto.'), 'text') } }),
          Book: kind('book', { properties: { motto: searched(listOf(text('Mottos.')), 'text') } }),
        },
      },
      'The searched property motto is a list of some kinds and a single value of others.',
    ],
    ['no kind', { ...library, kinds: {}, relations: {} }, 'The ontology has no kind.'],
    [
      'a name that GraphQL refuses',
      { ...library, kinds: { ...library.kinds, 'E-Book': kind('eBook') } },
      'The kind E-Book must be written like',
    ],
    ['a name beyond a length', withProperty('x'.repeat(61), text('Long.')), 'has more than 60 characters.'],
    ['an empty description', withProperty('pages', int(' ')), 'The property pages of Book has no description.'],
    ['a kind without prose', withBook({ many: '' }), 'The kind Book has no `many`.'],
    ['one name for one and many', withBook({ plural: 'book' }), 'The singular and the plural of Book are both book.'],
    ['a root field twice', withBook({ singular: 'author', plural: 'tomes' }), 'both make the root field author.'],
    [
      'a root field for groups twice',
      withBook({ singular: 'authorsGroupBy' }),
      'both make the root field authorsGroupBy.',
    ],
    [
      'a data file twice',
      { ...library, kinds: { Author: kind('author', { plural: 'penIDs' }), Book: kind('book', { plural: 'penIds' }) } },
      'The kind Book and the kind Author both make the data file pen-ids.',
    ],
    ['no relation', { ...library, relations: {} }, 'The ontology has no relation.'],
    [
      'slugs that come from a list',
      withBook({ slugFrom: 'codes', properties: { codes: required(listOf(text('Codes.'))) } }),
      'The slugs of Book come from codes, which is no required text of it.',
    ],
    [
      'a property that is named like what an entity cites',
      {
        ...library,
        kinds: {
          ...library.kinds,
          Book: kind('book', { properties: { sources: text('Sources.') } }),
          Work: kind('work'),
        },
        relations: {
          ...library.relations,
          CITES: relation({ from: 'Entity', to: 'Work', forward: 'references', backward: 'citedBy' }),
        },
        provenance: { kind: 'Work', relation: 'CITES', property: 'ownSources' },
      },
      'The property sources of Book is a name that Silkgraph uses itself.',
    ],
    [
      'a condition on all steps of a relation that is a property',
      {
        ...withBook({ properties: { partsTransitive: int('Parts.') } }),
        relations: {
          ...library.relations,
          PART: relation({ from: 'Book', forward: 'wholes', backward: 'parts', acyclic: true }),
        },
      },
      'The field partsTransitive of Book is both the property partsTransitive and the relation PART.',
    ],
    [
      'a root field of every graph',
      withBook({ plural: 'nodes' }),
      'The plural nodes of Book is a name that Silkgraph uses itself.',
    ],
    [
      'a file of another content',
      withBook({ plural: 'relations' }),
      'The plural relations of Book is the name of a data file',
    ],
    [
      'a type of every graph',
      { ...library, kinds: { ...library.kinds, Change: kind('change') } },
      'The kind Change and what every graph has both make the type Change.',
    ],
    [
      'a type twice',
      { ...library, kinds: { ...library.kinds, Binding: kind('binding') } },
      'The enumeration Binding and the kind Binding both make the type Binding.',
    ],
    [
      'a property that every kind has',
      withProperty('name', text('Title.')),
      'The property name of Book is already one that every kind has.',
    ],
    [
      'a property with a meaning of its own',
      withProperty('slug', text('Slug.')),
      'The property slug of Book is a name that Silkgraph uses itself.',
    ],
    [
      'a property that mutations have themselves',
      withProperty('reason', text('Reason.')),
      'The property reason of Book is a name that Silkgraph uses itself.',
    ],
    [
      'a property that every entity has itself',
      withProperty('createdAt', text('Created.')),
      'The property createdAt of Book is a name that Silkgraph uses itself.',
    ],
    [
      'a property that every object of JavaScript has',
      withProperty('constructor', text('Constructor.')),
      'The property constructor of Book is a name that Silkgraph uses itself.',
    ],
    [
      'a relation field that makes an answer look like a promise',
      withRelation({ forward: 'then' }),
      'The field then of Author is both a name that Silkgraph uses itself and the relation OTHER.',
    ],
    [
      'a relation whose field in `link` every object of JavaScript has',
      withRelation({}, 'VALUE_OF'),
      'The relation VALUE_OF is a name that Silkgraph uses itself.',
    ],
    [
      'a kind named like a field of the payload of a mutation',
      withBook({ singular: 'query' }),
      'The singular query of Book is a name that Silkgraph uses itself.',
    ],
    [
      'two properties that are one facet',
      withBook({ properties: { webUrl: text('Address.'), webURL: text('Address.') } }),
      'webUrl and webURL of Book both make the value WEB_URL.',
    ],
    [
      'two properties of a relation that are one facet',
      withRelation({ properties: { webUrl: text('Address.'), webURL: text('Address.') } }),
      'webUrl and webURL of OTHER both make the value WEB_URL.',
    ],
    [
      'an unknown enumeration',
      withProperty('cover', enumeration('Cover', 'Cover.')),
      'The property cover of Book has the unknown enumeration Cover.',
    ],
    [
      'a search for numbers',
      withProperty('pages', searched(int('Pages.'), 'text')),
      'The property pages of Book is searched, but no text.',
    ],
    [
      'the time of a text',
      withProperty('printed', timeOf(text('Printed.'), 'printed')),
      'The property printed of Book is the time of something; it must be a single date or a year.',
    ],
    ['lists of lists', withProperty('steps', listOf(milestones('Steps.'))), 'which are a list already.'],
    [
      'a date that is not before nothing',
      withProperty('sold', notBefore(date('Sold.'), 'printed')),
      'The property sold of Book is not before printed; both must be single dates of Book.',
    ],
    [
      'dates that are not before another',
      withBook({ properties: { printed: date('Printed.'), sold: listOf(notBefore(date('Sold.'), 'printed')) } }),
      'The property sold of Book is not before printed; both must be single dates of Book.',
    ],
    [
      'a number that follows from no date',
      withProperty('year', followsFrom(int('Year.'), 'name')),
      'The property year of Book follows from name; a whole number can follow from a date of Book that follows from nothing itself, and a date from milestones.',
    ],
    [
      'a number that is required although it follows',
      withProperty('year', required(followsFrom(int('Year.'), 'sold'))),
      'The property year of Book is required and follows from sold; only that one can be required.',
    ],
    [
      'a text that is qualified',
      withProperty('blurb', qualified(text('Blurb.'), { by: 'form', over: ['POEM'] })),
      'The property blurb of Book is qualified, but no single number.',
    ],
    [
      'a number that is qualified by no enumeration',
      withProperty('pages', qualified(int('Pages.'), { by: 'sold', over: ['POEM'] })),
      'The property pages of Book is qualified by sold, which is no single enumeration of Book.',
    ],
    [
      'an option of a qualification that there is none of',
      withProperty('pages', qualified(int('Pages.'), { by: 'sold', above: ['POEM'] } as object as { by: string })),
      'The qualification of Book has the unknown option above. It takes by, over, under, about, measured.',
    ],
    [
      'a date that follows from milestones of a type that they do not have',
      withBook({ properties: { steps: milestones('Steps.'), sold: followsFrom(date('Sold.'), 'steps', 'SOLD') } }),
      'The property sold of Book follows from milestones of the type SOLD, which they do not have.',
    ],
    [
      'milestones of an unknown enumeration',
      { ...library, milestones: { type: 'Step' } },
      'The `type` of milestones is the unknown enumeration Step.',
    ],
    [
      'a way of search that there is none of',
      withProperty('blurb', searched(text('Blurb.'), 'title' as 'text')),
      'The property blurb of Book is searched as title; it can be name, otherName, category, text.',
    ],
    [
      'a type that there is none of',
      withProperty('blurb', { ...text('Blurb.'), type: 'string' as 'text' }),
      'The property blurb of Book has the unknown type string. It can be text, int, float,',
    ],
    [
      'an enumeration without its name',
      withProperty('cover', { ...text('Cover.'), type: 'enumeration' }),
      'The property cover of Book needs both the type `enumeration` and the name of one in `enumeration`, or neither.',
    ],
    [
      'a doubtful text',
      withProperty('blurb', doubtful(text('Blurb.'), 'LOW')),
      'The property blurb of Book is doubtful at LOW, which is no value of an enumeration.',
    ],
    [
      'an unknown doubtful value',
      withProperty('binding', doubtful(enumeration('Binding', 'Binding.'), 'NONE')),
      'The property binding of Book is doubtful at NONE, which is no value of Binding.',
    ],
    [
      'an occasional property that every record has',
      withProperty('binding', occasional(required(enumeration('Binding', 'Binding.')))),
      'The property binding of Book is both required and occasional.',
    ],
    [
      'a property that is expected with one that there is not',
      withProperty('blurb', expectedWith(text('Blurb.'), 'editor')),
      'The property blurb of Book is expected with editor, which is no single value of Book.',
    ],
    [
      'a property that is expected with an unknown value',
      withBinding({ blurb: expectedWith(text('Blurb.'), 'binding', 'HARD', 'NONE') }),
      'The property blurb of Book is expected with NONE, which is no value of binding.',
    ],
    [
      'an expected property that every record has',
      withBinding({ blurb: expectedWith(required(text('Blurb.')), 'binding') }),
      'The property blurb of Book is expected with binding, so it can be neither required, occasional nor a list.',
    ],
    [
      'slugs out of nothing',
      withBook({ slugFrom: 'isbn' }),
      'The slugs of Book come from isbn, which is no required text of it.',
    ],
    [
      'a value that GraphQL refuses',
      { ...library, enumerations: { Binding: closedSet('Binding.', { hard: 'Hard.' }) } },
      'The value hard of Binding must be written like',
    ],
    [
      'an enumeration without a value',
      { ...library, enumerations: { Binding: closedSet('Binding.', {}) } },
      'The enumeration Binding has no value.',
    ],
    ['an unknown kind', withRelation({ from: 'Editor' }), 'The relation OTHER has the unknown kind Editor in `from`.'],
    [
      'a relation from anything',
      withRelation({ from: 'Entity' }),
      'only the relation of provenance may start at any kind.',
    ],
    [
      'a field twice at one end',
      withRelation({ backward: 'writers' }),
      'The field writers of Book is both the relation WROTE and the relation OTHER.',
    ],
    [
      'a field that is a property',
      withRelation({ backward: 'pages' }),
      'The field pages of Book is both the property pages and the relation OTHER.',
    ],
    [
      'a symmetric relation between two kinds',
      withRelation({ symmetric: true, forward: 'others', backward: 'others' }),
      'The relation OTHER is symmetric, so its ends must be one kind',
    ],
    [
      'a cycle between two kinds',
      withRelation({ acyclic: true }),
      'The relation OTHER is acyclic, so both ends must be one kind.',
    ],
    [
      'a relation that is read from one end only',
      { ...library, relations: { WROTE: { ...withoutBackward } } },
      'The relation WROTE has no `backwardDescription`.',
    ],
    [
      'an edge property with a meaning of its own',
      withRelation({ properties: { cursor: text('Cursor.') } }),
      'The property cursor of OTHER is a name that Silkgraph uses itself.',
    ],
    ['a relation named like a kind', withRelation({}, 'Book'), 'The kind Book is also the name of a relation.'],
    [
      'unknown sources',
      { ...library, provenance: { kind: 'Source', relation: 'CITES', property: 'sources' } },
      'The provenance names the unknown kind Source.',
    ],
    [
      'citing by some kinds only',
      { ...library, provenance: { kind: 'Book', relation: 'WROTE', property: 'sources' } },
      "The relation of provenance, WROTE, must lead from 'Entity' to Book.",
    ],
    [
      'facts that nothing has',
      {
        ...library,
        kinds: { ...library.kinds, Work: kind('work') },
        relations: {
          ...library.relations,
          CITES: relation({
            ...{ from: 'Entity', to: 'Work', forward: 'references', backward: 'citedBy' },
            properties: { supports: enumeration('Binding', 'What it supports.') },
          }),
        },
        provenance: {
          ...{ kind: 'Work', relation: 'CITES', property: 'ownSources' },
          facts: { property: 'supports', supported: { HARD: ['weight'] } },
        },
      },
      'The facts of the provenance name the property weight, which no kind has.',
    ],
    [
      'totals of nothing',
      { ...library, publishedTotals: { figures: { kind: 'Figure', value: 'value', qualifier: 'how' }, totals: [] } },
      'The published totals name the unknown kind Figure.',
    ],
  ])('has not %s', (_, definition, words) => {
    expect(faultsOf(definition).filter((fault) => fault.includes(words))).toHaveLength(1);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['nothing', undefined, ['The ontology must be an object.']],
    [
      'no parts',
      { kinds: library.kinds },
      ['enumerations', 'sharedProperties', 'relations'].map((part) => `The ontology needs the object \`${part}\`.`),
    ],
    [
      'parts without options',
      {
        ...library,
        enumerations: { Binding: {} },
        sharedProperties: { name, title: text(undefined as never) },
        kinds: { ...library.kinds, Poem: { ...kind('poem'), singular: undefined, properties: undefined } },
        relations: { WROTE: relation({ from: undefined as never, properties: { since: null as never } }) },
      },
      [
        'The enumeration Binding needs the object `values`.',
        'The property title of every kind needs the text `description`.',
        'The kind Poem needs the text `singular`.',
        'The kind Poem needs the object `properties`.',
        'The relation WROTE needs the text `from`.',
        'The property since of WROTE must be an object.',
      ],
    ],
    [
      'optional parts without what they need',
      {
        ...library,
        enumerations: { Binding: closedSet('Bindings.', { HARD: null as never }) },
        provenance: { kind: 'Book' },
        publishedTotals: {},
        labels: { 'zh-Hans': { kinds: { Book: '书', Author: { one: '作者' } }, values: null } },
      },
      [
        'The enumeration Binding needs the text `HARD`.',
        'The provenance needs the text `relation`.',
        'The provenance needs the text `property`.',
        'The option `publishedTotals` needs the object `figures`.',
        'The option `publishedTotals` needs the object `totals`.',
        'The part `labels` of zh-Hans needs the object `values`.',
        'The label of Book in zh-Hans must be an object.',
        'The label of Author in zh-Hans needs the text `many`.',
      ],
    ],
  ])('that has %s is told all that it lacks', (_, definition, faults) => {
    expect(faultsOf(definition as OntologyDefinition)).toEqual(faults);
  });

  it.each<[string, object, string]>([
    ['a text for a pattern', { pattern: '^\\d+$' }, 'The pattern of the scheme ISBN must be a regular expression'],
    ['a pattern that remembers', { pattern: /^\d+$/g }, 'The pattern of the scheme ISBN must be a regular expression'],
    ['an unknown checksum', { checksum: 'LUHN' }, 'The checksum of the scheme ISBN must be MOD_11_2 or'],
  ])('has no scheme of identifiers with %s', (_, scheme, words) => {
    const enumerations = { ...library.enumerations, Scheme: closedSet('Schemes.', { ISBN: 'Of books.' }) };
    const identifiers = { scheme: 'Scheme', schemes: { ISBN: scheme } };
    const faults = faultsOf({ ...library, enumerations, identifiers });
    expect(faults.filter((fault) => fault.includes(words))).toHaveLength(1);
  });

  it('has terms of linked data in lists only', () => {
    const linkedData = { kinds: { Book: 'schema:Book' }, properties: { name: 'schema:name' } };
    expect(faultsOf({ ...library, linkedData } as unknown as OntologyDefinition)).toEqual([
      "The terms of Book must be written like ['schema:Person'].",
      "The terms of name must be written like { terms: ['schema:name'] }.",
    ]);
  });

  it('has no trait without the enumeration that it needs', () => {
    expect(faultsOf({ ...library, identifiers: {}, locations: {} } as unknown as OntologyDefinition)).toEqual([
      'The trait `identifiers` needs `scheme`, the name of an enumeration.',
      'The trait `locations` needs `precision`, the name of an enumeration.',
    ]);
  });

  it('makes filters of a single value and of a list of the same enumeration', () => {
    const bindings = { bindings: listOf(enumeration('Binding', 'Bindings.')) };
    const schema = createSchema(
      defineOntology({ ...library, kinds: { ...library.kinds, Poem: kind('poem', { properties: bindings }) } }),
    );
    const typeOf = (filter: string, field: string) =>
      String((schema.getType(filter) as GraphQLInputObjectType).getFields()[field]?.type);
    expect(typeOf('BookFilter', 'binding')).toBe('BindingFilter');
    expect(typeOf('PoemFilter', 'bindings')).toBe('BindingListFilter');
  });

  it('makes a valid schema with a kind that has no facet', () => {
    const definition = { ...library, kinds: { ...library.kinds, Poem: kind('poem') } };
    const schema = createSchema(defineOntology(definition));
    expect(validateSchema(schema)).toEqual([]);
    expect(schema.getType('PoemFacet')).toBeUndefined();
    expect(schema.getType('BookFacet')).toBeDefined();
  });

  it.each<[string, unknown, string]>([
    ['of the whole', { ...library, kind: {} }, 'The ontology has the unknown option kind. It takes enumerations,'],
    ['of a kind', withBook({ slugForm: 'name' } as object), 'The kind Book has the unknown option slugForm.'],
    ['of a relation', withRelation({ toOn: true } as object), 'The relation OTHER has the unknown option toOn.'],
    [
      'of a property',
      withProperty('pages', { ...int('Pages.'), index: true } as never),
      'The property pages of Book has the unknown option index.',
    ],
  ])('refuses an option %s that it does not know', (_, definition, words) => {
    expect(faultsOf(definition as OntologyDefinition).filter((fault) => fault.includes(words))).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    [
      'of a kind',
      withBook({ alsoCalled: 'volume' } as object),
      'The option `alsoCalled` of the kind Book must be a list of texts.',
    ],
    [
      'of a relation',
      withRelation({ walked: 'no' } as object),
      'The option `walked` of the relation OTHER must be true or false.',
    ],
    [
      'of a property',
      withProperty('pages', { ...int('Pages.'), notBefore: 7 } as never),
      'The option `notBefore` of the property pages of Book must be a text.',
    ],
  ])('refuses a value of another form for an option %s', (_, definition, words) => {
    expect(faultsOf(definition as OntologyDefinition)).toContain(words);
  });

  it('reserves exactly the names of types and root fields that do not come from it', () => {
    const schema = createSchema(defineOntology(library));
    const fields = Object.keys(schema.getQueryType()?.getFields() ?? {}).filter(
      (field) => !/^(author|book)/.test(field),
    );
    expect(fields.toSorted()).toEqual([...reservedRootFields].toSorted());
  });

  it.each([
    ['a small one', defineOntology(library)],
    ['one with every trait', cooperation],
  ])('refuses a name that a type of the schema has: of %s', (_, ontology) => {
    const { enumerations } = ontology.definition;
    const schema = federatedSchema(createSchema(ontology), ontology);
    const types = Object.keys(schema.getTypeMap()).filter((type) => /^[A-Z]/.test(type) && !(type in enumerations));
    const sameNames = Object.fromEntries(types.map((type) => [type, closedSet('Letters.', { A: 'The first.' })]));
    const definition = { ...ontology.definition, enumerations: { ...enumerations, ...sameNames } };
    const faults = new Set(faultsOfOntology(definition).map((fault) => fault.split(' both make the type ')[1]));
    expect(types.filter((type) => !faults.has(`${type}.`))).toEqual([]);
  });

  it.each(['AuthorsGroup', 'LinkWroteInput', 'AuthorPropertyOrder', 'AuthorEdgeOrder', 'AuthorEdgeKey'])(
    'accepts %s, which no type of the schema is called',
    (name) => {
      const kinds = { ...library.kinds, [name]: kind('other') };
      expect(defineOntology({ ...library, kinds }).kindNames).toContain(name);
    },
  );

  it('reserves the fields that every entity and every payload of a mutation has', () => {
    const schema = createSchema(defineOntology(library));
    const fieldsOf = (type: string) => Object.keys((schema.getType(type) as GraphQLObjectType).getFields());
    const ofOntology = ['name', 'author', 'book'];
    const unreserved = (type: string, reserved: ReadonlySet<string>) =>
      fieldsOf(type).filter((field) => !reserved.has(field) && !ofOntology.includes(field));
    expect(unreserved('Entity', reservedProperties)).toEqual([]);
    expect(unreserved('EntityPayload', reservedSingulars)).toEqual([]);
  });
});
