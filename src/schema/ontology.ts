import { type Counts, readCounts } from '../graph/statistics.ts';
import { enumerations } from '../ontology/enumerations.ts';
import { edgePropertiesOf, kindsAt, propertiesOf } from '../ontology/fields.ts';
import { type Kind, kindNames, kinds } from '../ontology/kinds.ts';
import { type RelationType, relations, relationTypes } from '../ontology/relations.ts';
import type { Properties, RelationDefinition } from '../ontology/vocabulary.ts';
import { builder } from './builder.ts';
import { EntityKind, RelationTypeEnum } from './enumerations.ts';

interface NamedProperty {
  readonly name: string;
  readonly property: Properties[string];
}

const named = (properties: Properties): readonly NamedProperty[] =>
  Object.entries(properties).map(([name, property]) => ({ name, property }));

const OntologyProperty = builder.objectRef<NamedProperty>('OntologyProperty').implement({
  description: 'A property of a kind or of a relation.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'Its name, as a field of its kind.' }),
    description: t.string({
      nullable: false,
      description: 'What it means.',
      resolve: ({ property }) => property.description,
    }),
    type: t.string({
      nullable: false,
      description: 'How it is stored: text, int, float, boolean, date, url, milestones or enumeration.',
      resolve: ({ property }) => property.type,
    }),
    list: t.boolean({
      nullable: false,
      description: 'Whether it is a list.',
      resolve: ({ property }) => property.list,
    }),
    required: t.boolean({
      nullable: false,
      description: 'Whether every record has it.',
      resolve: ({ property }) => property.required,
    }),
    values: t.stringList({
      nullable: { list: false, items: false },
      description: 'The values that it can have, where they are a closed set; else empty.',
      resolve: ({ property }) => (property.enumeration ? Object.keys(enumerations[property.enumeration].values) : []),
    }),
  }),
});

interface Counted<Name> {
  readonly name: Name;
  readonly count: number;
}

const OntologyKind = builder.objectRef<Counted<Kind>>('OntologyKind').implement({
  description: 'A kind of entity.',
  fields: (t) => ({
    kind: t.field({ type: EntityKind, nullable: false, description: 'The kind.', resolve: ({ name }) => name }),
    typeName: t.string({
      nullable: false,
      description: 'Its type in this schema, and its label in Neo4j.',
      resolve: ({ name }) => name,
    }),
    description: t.string({
      nullable: false,
      description: 'What it is.',
      resolve: ({ name }) => kinds[name].description,
    }),
    properties: t.field({
      type: [OntologyProperty],
      nullable: { list: false, items: false },
      description: 'Its properties.',
      resolve: ({ name }) => named(propertiesOf(name)),
    }),
    count: t.exposeInt('count', { nullable: false, description: 'How many entities of the kind the graph holds.' }),
  }),
});

const definitionOf = (name: RelationType): RelationDefinition<Kind> => relations[name];

const OntologyRelation = builder.objectRef<Counted<RelationType>>('OntologyRelation').implement({
  description: 'A relation between two kinds. It is stored once and read from both ends.',
  fields: (t) => ({
    relation: t.field({
      type: RelationTypeEnum,
      nullable: false,
      description: 'The relation.',
      resolve: ({ name }) => name,
    }),
    description: t.string({
      nullable: false,
      description: 'What it says.',
      resolve: ({ name }) => relations[name].description,
    }),
    from: t.field({
      type: [EntityKind],
      nullable: { list: false, items: false },
      description: 'The kinds that it starts from.',
      resolve: ({ name }) => kindsAt(name, 'from'),
    }),
    to: t.field({
      type: [EntityKind],
      nullable: { list: false, items: false },
      description: 'The kinds that it leads to.',
      resolve: ({ name }) => kindsAt(name, 'to'),
    }),
    forwardField: t.string({
      nullable: false,
      description: 'Field that reads it from its start.',
      resolve: ({ name }) => relations[name].forward,
    }),
    backwardField: t.string({
      nullable: false,
      description: 'Field that reads it from its end.',
      resolve: ({ name }) => relations[name].backward,
    }),
    toOne: t.boolean({
      nullable: false,
      description: 'Whether it leads to at most one entity.',
      resolve: ({ name }) => definitionOf(name).toOne ?? false,
    }),
    symmetric: t.boolean({
      nullable: false,
      description: 'Whether it says the same in both directions.',
      resolve: ({ name }) => definitionOf(name).symmetric ?? false,
    }),
    properties: t.field({
      type: [OntologyProperty],
      nullable: { list: false, items: false },
      description: 'Its properties.',
      resolve: ({ name }) => named(edgePropertiesOf(name)),
    }),
    count: t.exposeInt('count', { nullable: false, description: 'How many of the relation the graph holds.' }),
  }),
});

const Ontology = builder.objectRef<Counts>('Ontology').implement({
  description: 'What the graph holds: its kinds and relations, with counts.',
  fields: (t) => ({
    kinds: t.field({
      type: [OntologyKind],
      nullable: { list: false, items: false },
      description: 'Every kind of entity.',
      resolve: ({ entities }) => kindNames.map((name) => ({ name, count: entities[name] })),
    }),
    relations: t.field({
      type: [OntologyRelation],
      nullable: { list: false, items: false },
      description: 'Every relation.',
      resolve: ({ relations: counts }) => relationTypes.map((name) => ({ name, count: counts[name] })),
    }),
  }),
});

builder.queryField('ontology', (t) =>
  t.field({
    type: Ontology,
    nullable: true,
    description: 'Which kinds, properties and relations exist, with counts.',
    resolve: (_, __, { graph }) => readCounts(graph),
  }),
);
