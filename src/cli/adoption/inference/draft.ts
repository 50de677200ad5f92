import type {
  KindDefinition,
  OntologyDefinition,
  Property,
  RelationDefinition,
  ScalarType,
  SearchedAs,
} from '../../../ontology/vocabulary.ts';

/** A property of the ontology that is being drafted, with comments for its reader. */
export interface DraftProperty {
  readonly name: string;
  readonly type: Exclude<ScalarType, 'enumeration'>;
  readonly list: boolean;
  readonly required: boolean;
  readonly indexed: boolean;
  readonly searched?: SearchedAs;
  readonly description: string;
  readonly comments: readonly string[];
}

export interface DraftKind extends Omit<KindDefinition, 'properties'> {
  readonly name: string;
  readonly properties: readonly DraftProperty[];
  readonly comments: readonly string[];
}

export interface DraftRelation extends Omit<RelationDefinition, 'properties'> {
  readonly type: string;
  readonly properties: readonly DraftProperty[];
  readonly comments: readonly string[];
}

/** An ontology that is being drafted. */
export interface Draft {
  readonly about: readonly string[];
  readonly kinds: readonly DraftKind[];
  readonly relations: readonly DraftRelation[];
  /** What is not part of it, each with the reason. */
  readonly leftOut: readonly string[];
}

/** The one property that every kind has. */
export const sharedName: DraftProperty = {
  name: 'name',
  type: 'text',
  list: false,
  required: true,
  indexed: true,
  searched: 'name',
  description: 'Name.',
  comments: [],
};

function propertyOf({ name: _, comments: __, searched, ...rest }: DraftProperty): Property {
  return { ...rest, ...(searched ? { searched } : {}) };
}

const propertiesOf = (properties: readonly DraftProperty[]) =>
  Object.fromEntries(properties.map((property) => [property.name, propertyOf(property)]));

/** The definition that the printed draft has. */
export const definitionOf = ({ kinds, relations }: Pick<Draft, 'kinds' | 'relations'>): OntologyDefinition => ({
  enumerations: {},
  sharedProperties: propertiesOf([sharedName]),
  kinds: Object.fromEntries(
    kinds.map(({ name, comments: _, ...kind }) => [name, { ...kind, properties: propertiesOf(kind.properties) }]),
  ),
  relations: Object.fromEntries(
    relations.map(({ type, comments: _, properties, ...relation }) => [
      type,
      { ...relation, ...(properties.length === 0 ? {} : { properties: propertiesOf(properties) }) },
    ]),
  ),
  provenance: null,
});
