import { type Counts, readCounts } from '../../graph/reads/statistics.ts';
import { enumerations } from '../../ontology/enumerations.ts';
import { edgePropertiesOf, kindsAt, propertiesOf } from '../../ontology/fields.ts';
import { type Kind, kindNames, kinds } from '../../ontology/kinds.ts';
import { definitionOf, type RelationType, relations, relationTypes } from '../../ontology/relations.ts';
import type { Properties } from '../../ontology/vocabulary.ts';
import { builder } from '../builder.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';

interface NamedProperty {
  readonly name: string;
  readonly property: Properties[string];
}

const named = (properties: Properties): readonly NamedProperty[] =>
  Object.entries(properties).map(([name, property]) => ({ name, property }));

const OntologyProperty = builder.objectRef<NamedProperty>('OntologyProperty').implement({
  description: 'A property of a kind or of a relation.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'Name of the property, as a field of its kind.' }),
    description: t.string({
      nullable: false,
      description: 'Meaning of the property.',
      resolve: ({ property }) => property.description,
    }),
    type: t.string({
      nullable: false,
      description: 'Type of the value: text, int, float, boolean, date, url, milestones or enumeration.',
      resolve: ({ property }) => property.type,
    }),
    list: t.boolean({
      nullable: false,
      description: 'Whether the value is a list.',
      resolve: ({ property }) => property.list,
    }),
    required: t.boolean({
      nullable: false,
      description: 'Whether every record has a value.',
      resolve: ({ property }) => property.required,
    }),
    values: t.stringList({
      nullable: { list: false, items: false },
      description: 'Possible values of an enumeration; otherwise empty.',
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
      description: 'Name of its type in this schema and of its label in Neo4j.',
      resolve: ({ name }) => name,
    }),
    description: t.string({
      nullable: false,
      description: 'Meaning of the kind.',
      resolve: ({ name }) => kinds[name].description,
    }),
    properties: t.field({
      type: [OntologyProperty],
      nullable: { list: false, items: false },
      description: 'Properties.',
      resolve: ({ name }) => named(propertiesOf(name)),
    }),
    count: t.exposeInt('count', { nullable: false, description: 'Number of entities of the kind.' }),
  }),
});

const OntologyRelation = builder.objectRef<Counted<RelationType>>('OntologyRelation').implement({
  description: 'A type of relation between two kinds. A relation is stored once and can be read from both ends.',
  fields: (t) => ({
    relation: t.field({
      type: RelationTypeEnum,
      nullable: false,
      description: 'Type of the relation.',
      resolve: ({ name }) => name,
    }),
    description: t.string({
      nullable: false,
      description: 'Meaning of the relation.',
      resolve: ({ name }) => relations[name].description,
    }),
    from: t.field({
      type: [EntityKind],
      nullable: { list: false, items: false },
      description: 'Kinds of its start entities.',
      resolve: ({ name }) => kindsAt(name, 'from'),
    }),
    to: t.field({
      type: [EntityKind],
      nullable: { list: false, items: false },
      description: 'Kinds of its end entities.',
      resolve: ({ name }) => kindsAt(name, 'to'),
    }),
    forwardField: t.string({
      nullable: false,
      description: 'Field of the start entity that reads the relation.',
      resolve: ({ name }) => relations[name].forward,
    }),
    backwardField: t.string({
      nullable: false,
      description: 'Field of the end entity that reads the relation.',
      resolve: ({ name }) => relations[name].backward,
    }),
    toOne: t.boolean({
      nullable: false,
      description: 'Whether a start entity has at most one of these relations.',
      resolve: ({ name }) => definitionOf(name).toOne ?? false,
    }),
    symmetric: t.boolean({
      nullable: false,
      description: 'Whether the relation means the same in both directions.',
      resolve: ({ name }) => definitionOf(name).symmetric ?? false,
    }),
    properties: t.field({
      type: [OntologyProperty],
      nullable: { list: false, items: false },
      description: 'Properties.',
      resolve: ({ name }) => named(edgePropertiesOf(name)),
    }),
    count: t.exposeInt('count', { nullable: false, description: 'Number of relations of the type.' }),
  }),
});

const Ontology = builder.objectRef<Counts>('Ontology').implement({
  description: 'The kinds and relations of the graph, with counts.',
  fields: (t) => ({
    kinds: t.field({
      type: [OntologyKind],
      nullable: { list: false, items: false },
      description: 'All kinds of entity.',
      resolve: ({ entities }) => kindNames.map((name) => ({ name, count: entities[name] })),
    }),
    relations: t.field({
      type: [OntologyRelation],
      nullable: { list: false, items: false },
      description: 'All types of relation.',
      resolve: ({ relations: counts }) => relationTypes.map((name) => ({ name, count: counts[name] })),
    }),
  }),
});

builder.queryField('ontology', (t) =>
  t.field({
    type: Ontology,
    nullable: true,
    description: 'Kinds, properties and relations of the graph, with counts.',
    resolve: (_, __, { graph }) => readCounts(graph),
  }),
);
