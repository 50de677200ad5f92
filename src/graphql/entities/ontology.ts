import { type Counts, entityCount, readCounts, relationCount } from '../../engine/reads/statistics.ts';
import type { Kind, Properties, RelationType } from '../../ontology/vocabulary.ts';
import { lazyType } from '../builder.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';

interface NamedProperty {
  readonly name: string;
  readonly property: Properties[string];
}

const named = (properties: Properties): readonly NamedProperty[] =>
  Object.entries(properties).map(([name, property]) => ({ name, property }));

const OntologyProperty = lazyType((base) =>
  base.builder.objectRef<NamedProperty>('OntologyProperty').implement({
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
        description:
          'Type of the value: text, int, float, boolean, date, url, milestones, identifiers, locations or enumeration.',
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
        resolve: ({ property }) =>
          property.enumeration ? Object.keys(base.ontology.enumeration(property.enumeration).values) : [],
      }),
    }),
  }),
);

interface Counted<Name> {
  readonly name: Name;
  readonly count: number;
}

const OntologyKind = lazyType((base) =>
  base.builder.objectRef<Counted<Kind>>('OntologyKind').implement({
    description: 'A kind of entity.',
    fields: (t) => ({
      kind: t.field({ type: EntityKind(base), nullable: false, description: 'The kind.', resolve: ({ name }) => name }),
      typeName: t.string({
        nullable: false,
        description: 'Name of its type in this schema and of its label in Neo4j.',
        resolve: ({ name }) => name,
      }),
      description: t.string({
        nullable: false,
        description: 'Meaning of the kind.',
        resolve: ({ name }) => base.ontology.kind(name).description,
      }),
      properties: t.field({
        type: [OntologyProperty(base)],
        nullable: { list: false, items: false },
        description: 'Properties.',
        resolve: ({ name }) => named(base.ontology.propertiesOf(name)),
      }),
      count: t.exposeInt('count', { nullable: false, description: 'Number of entities of the kind.' }),
    }),
  }),
);

const OntologyRelation = lazyType((base) =>
  base.builder.objectRef<Counted<RelationType>>('OntologyRelation').implement({
    description: 'A type of relation between two kinds. A relation is stored once and can be read from both ends.',
    fields: (t) => ({
      relation: t.field({
        type: RelationTypeEnum(base),
        nullable: false,
        description: 'Type of the relation.',
        resolve: ({ name }) => name,
      }),
      description: t.string({
        nullable: false,
        description: 'Meaning of the relation.',
        resolve: ({ name }) => base.ontology.relation(name).description,
      }),
      from: t.field({
        type: [EntityKind(base)],
        nullable: { list: false, items: false },
        description: 'Kinds of its start entities.',
        resolve: ({ name }) => base.ontology.kindsAt(name, 'from'),
      }),
      to: t.field({
        type: [EntityKind(base)],
        nullable: { list: false, items: false },
        description: 'Kinds of its end entities.',
        resolve: ({ name }) => base.ontology.kindsAt(name, 'to'),
      }),
      forwardField: t.string({
        nullable: false,
        description: 'Field of the start entity that reads the relation.',
        resolve: ({ name }) => base.ontology.relation(name).forward,
      }),
      backwardField: t.string({
        nullable: false,
        description: 'Field of the end entity that reads the relation.',
        resolve: ({ name }) => base.ontology.relation(name).backward,
      }),
      toOne: t.boolean({
        nullable: false,
        description: 'Whether a start entity has at most one of these relations.',
        resolve: ({ name }) => base.ontology.relation(name).toOne ?? false,
      }),
      symmetric: t.boolean({
        nullable: false,
        description: 'Whether the relation means the same in both directions.',
        resolve: ({ name }) => base.ontology.relation(name).symmetric ?? false,
      }),
      properties: t.field({
        type: [OntologyProperty(base)],
        nullable: { list: false, items: false },
        description: 'Properties.',
        resolve: ({ name }) => named(base.ontology.edgePropertiesOf(name)),
      }),
      count: t.exposeInt('count', { nullable: false, description: 'Number of relations of the type.' }),
    }),
  }),
);

const OntologyRef = lazyType((base) =>
  base.builder.objectRef<Counts>('Ontology').implement({
    description: 'The kinds and relations of the graph, with counts.',
    fields: (t) => ({
      kinds: t.field({
        type: [OntologyKind(base)],
        nullable: { list: false, items: false },
        description: 'All kinds of entity.',
        resolve: (counts) => base.ontology.kindNames.map((name) => ({ name, count: entityCount(counts, name) })),
      }),
      relations: t.field({
        type: [OntologyRelation(base)],
        nullable: { list: false, items: false },
        description: 'All types of relation.',
        resolve: (counts) => base.ontology.relationTypes.map((name) => ({ name, count: relationCount(counts, name) })),
      }),
    }),
  }),
);

/** Adds what the graph consists of. */
export const addOntology = lazyType((base) => {
  base.builder.queryField('ontology', (t) =>
    t.field({
      earlierStates: false,
      type: OntologyRef(base),
      nullable: true,
      description: 'Kinds, properties and relations of the graph, with counts.',
      resolve: (_, __, { graph }) => readCounts(graph),
    }),
  );
});
