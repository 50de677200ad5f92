import type { LabelsByLanguage } from './language/labels.ts';
import type { WordsByLanguage } from './language/words.ts';
import type { LinkedData } from './linked-data.ts';
import type { Provenance } from './provenance.ts';
import { enumerationsWithTraits, fieldsOfItems, propertiesOfTraits, withMilestones } from './traits.ts';
import type {
  Enumeration,
  EnumerationName,
  Identification,
  Kind,
  KindDefinition,
  ListedType,
  OntologyDefinition,
  Positioning,
  Properties,
  Property,
  PublishedTotals,
  RelationDefinition,
  RelationType,
  SummariesByLanguage,
} from './vocabulary.ts';

/** From which end a relation is read: `BOTH` for a symmetric one. */
export type Reading = 'FORWARD' | 'BACKWARD' | 'BOTH';

/** One end of a relation as a field of a kind. */
export interface RelationField {
  readonly name: string;
  readonly relation: RelationType;
  readonly reading: Reading;
  /** The kind at the far end; `Entity` if it may be any. */
  readonly target: Kind | 'Entity';
  /** At most one target. */
  readonly toOne: boolean;
  readonly properties: Properties;
  readonly description: string;
}

/** An ontology that was checked, with what follows from it. Nothing of it changes. */
export interface Ontology {
  /** What it was made from. */
  readonly definition: OntologyDefinition;
  /** The ontology of the data, of which a role sees this part; `null` if this is the whole. */
  readonly partOf: Ontology | null;
  /** Whether its entities may have relations in the database that it does not know: those of the whole, or left alone by an adoption. */
  readonly leavesOutRelations: boolean;
  readonly kindNames: readonly Kind[];
  readonly relationTypes: readonly RelationType[];
  readonly enumerationNames: readonly EnumerationName[];
  /** How the graph says where its facts come from; `null` if it does not. */
  readonly provenance: Provenance | null;
  /** How entities are identified elsewhere; `null` if they are not. */
  readonly identification: Identification | null;
  /** Where entities are; `null` if that is not recorded. */
  readonly positioning: Positioning | null;
  /** What its parts are called in published vocabularies. */
  readonly linkedData: LinkedData | undefined;
  /** Language of its descriptions, and of names and texts in its script (BCP 47). */
  readonly language: string;
  /** What its parts are called on pages, by language. */
  readonly labels: LabelsByLanguage;
  /** What people call its parts in questions, by language. */
  readonly words: WordsByLanguage;
  readonly publishedTotals: PublishedTotals | undefined;
  /** Templates of sentences on entities, by language and kind. */
  readonly summaries: SummariesByLanguage;
  /** The properties that every kind has. */
  readonly sharedProperties: Properties;
  /** Relations that traversals leave out unless they are named. */
  readonly skippedRelations: readonly RelationType[];
  /** Relations that are stored once and read the same from both ends. */
  readonly symmetricRelations: readonly RelationType[];
  /** Relations of which an entity starts at most one. */
  readonly toOneRelations: readonly RelationType[];

  readonly isKind: (name: string) => boolean;
  readonly isRelationType: (name: string) => boolean;
  /** @throws Error if there is no such kind */
  readonly kind: (name: Kind) => KindDefinition;
  /** @throws Error if there is no such relation */
  readonly relation: (type: RelationType) => RelationDefinition;
  /** @throws Error if there is no such enumeration */
  readonly enumeration: (name: EnumerationName) => Enumeration;
  /** The properties of a kind by name; of `Entity`, those that every kind has. */
  readonly propertiesOf: (kind: Kind | 'Entity') => Properties;
  /** One property of a kind. @throws Error if the kind has none of that name */
  readonly propertyOf: (kind: Kind, name: string) => Property;
  /** The fields of an item of a list of this type; none if the graph has no such lists. */
  readonly fieldsOfItems: (type: ListedType) => Properties;
  /** The properties of a relation by name. */
  readonly edgePropertiesOf: (relation: RelationType) => Properties;
  /** The relations of a kind as fields, by field name; of `Entity`, those that every kind has. */
  readonly relationFieldsOf: (kind: Kind | 'Entity') => ReadonlyMap<string, RelationField>;
  /** The kinds that may stand at an end of a relation. */
  readonly kindsAt: (relation: RelationType, end: 'from' | 'to') => readonly Kind[];
  /** The relation that orders a kind from narrower to broader; `undefined` if there is none. */
  readonly hierarchyOf: (kind: Kind | 'Entity') => RelationType | undefined;
  /** Whether entities in a circle of the relation are a mistake. */
  readonly isAcyclic: (relation: RelationType) => boolean;
  /** The property that the slugs of a kind come from, in lower case; `undefined` if they are chosen freely. */
  readonly slugPropertyOf: (kind: Kind) => string | undefined;
  /** The kind of these labels of a node; `undefined` if it has none of the ontology. */
  readonly kindOf: (labels: readonly string[]) => Kind | undefined;
}

/** An ontology that remembers the types of its definition. */
export interface OntologyOf<Definition extends OntologyDefinition> extends Ontology {
  readonly definition: Definition;
}

/** A look-up by name that fails loudly, since a name that is not of the ontology cannot come from a client. */
const lookUp =
  <Value>(what: string, values: Readonly<Record<string, Value>>) =>
  (name: string): Value => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`The ontology has no ${what} ${name}.`);
    return value;
  };

/** Both ends of each relation as fields, with the kind that has them. */
function fieldsAtEnds(relations: Readonly<Record<RelationType, RelationDefinition>>) {
  return Object.entries(relations).flatMap(([relation, definition]) => {
    const shared = { relation, properties: definition.properties ?? {} };
    const forward: RelationField = {
      ...shared,
      name: definition.forward,
      reading: definition.symmetric ? 'BOTH' : 'FORWARD',
      target: definition.to,
      toOne: definition.toOne ?? false,
      description: definition.forwardDescription,
    };
    const backward: RelationField = {
      ...shared,
      name: definition.backward,
      reading: 'BACKWARD',
      target: definition.from,
      toOne: false,
      description: definition.backwardDescription ?? definition.forwardDescription,
    };
    return [
      { owner: definition.from, field: forward },
      ...(definition.symmetric ? [] : [{ owner: definition.to, field: backward }]),
    ];
  });
}

/** What follows from the definition of an ontology, which must be free of mistakes. */
export function deriveOntology<Definition extends OntologyDefinition>(
  definition: Definition,
  partOf: Ontology | null = null,
): OntologyOf<Definition> {
  const { relations, provenance } = definition;
  const enumerations = enumerationsWithTraits(definition);
  const sharedProperties: Properties = {
    ...withMilestones(definition, definition.sharedProperties),
    ...propertiesOfTraits(definition),
  };
  const kinds: Readonly<Record<Kind, KindDefinition>> = Object.fromEntries(
    Object.entries<KindDefinition>(definition.kinds).map(([name, each]) => [
      name,
      Object.freeze({ ...each, properties: Object.freeze(withMilestones(definition, each.properties)) }),
    ]),
  );
  const kindNames = Object.keys(kinds);
  const relationTypes = Object.keys(relations);
  const kind = lookUp('kind', kinds);
  const relation = lookUp('relation', relations);
  const ends = fieldsAtEnds(relations);
  const fieldsByKind = new Map(
    ['Entity', ...kindNames].map((name) => {
      const own = ends.filter(({ owner }) => owner === name || owner === 'Entity');
      return [name, new Map(own.map(({ field }) => [field.name, field]))];
    }),
  );
  const propertiesByKind = new Map<Kind | 'Entity', Properties>([
    ['Entity', sharedProperties],
    ...Object.entries(kinds).map(([name, { properties }]): [Kind, Properties] => [
      name,
      { ...sharedProperties, ...properties },
    ]),
  ]);
  const isKind = (name: string) => Object.hasOwn(kinds, name);
  const propertiesOf = (name: Kind | 'Entity') => propertiesByKind.get(name) ?? kind(name).properties;
  const typesWith = (has: (definition: RelationDefinition) => boolean) =>
    relationTypes.filter((type) => has(relation(type)));
  return Object.freeze({
    definition,
    partOf,
    leavesOutRelations: partOf !== null,
    kindNames,
    relationTypes,
    enumerationNames: Object.keys(enumerations),
    provenance,
    identification: definition.identifiers ?? null,
    positioning: definition.locations ?? null,
    linkedData: definition.linkedData,
    language: definition.language ?? 'en',
    labels: definition.labels ?? {},
    words: definition.words ?? {},
    publishedTotals: definition.publishedTotals,
    summaries: definition.summaries ?? {},
    sharedProperties,
    skippedRelations: relationTypes.filter((type) => !(relation(type).walked ?? type !== provenance?.relation)),
    symmetricRelations: typesWith(({ symmetric }) => symmetric === true),
    toOneRelations: typesWith(({ toOne }) => toOne === true),
    isKind,
    isRelationType: (name: string) => Object.hasOwn(relations, name),
    kind,
    relation,
    enumeration: lookUp('enumeration', enumerations),
    propertiesOf,
    propertyOf: (name: Kind, property: string) => {
      const properties = propertiesOf(name);
      const found = Object.hasOwn(properties, property) ? properties[property] : undefined;
      if (!found) throw new Error(`${name} has no property ${property}.`);
      return found;
    },
    fieldsOfItems: (type: ListedType) => fieldsOfItems(definition, type),
    edgePropertiesOf: (type: RelationType) => relation(type).properties ?? {},
    relationFieldsOf: (name: Kind | 'Entity') => fieldsByKind.get(name) ?? new Map<string, RelationField>(),
    kindsAt: (type: RelationType, end: 'from' | 'to') => {
      const name = relation(type)[end];
      return name === 'Entity' ? kindNames.filter((each) => each !== provenance?.kind) : [name];
    },
    hierarchyOf: (name: Kind | 'Entity') =>
      typesWith(({ hierarchical, from }) => hierarchical === true && from === name)[0],
    isAcyclic: (type: RelationType) => relation(type).acyclic === true || relation(type).hierarchical === true,
    slugPropertyOf: (name: Kind) => kind(name).slugFrom,
    kindOf: (labels: readonly string[]) => kindNames.find((name) => labels.includes(name)),
  });
}
