import { isKind, type Kind, kindNames, kinds, sharedProperties } from './kinds.ts';
import { definitionOf, type RelationType, relationTypes } from './relations.ts';
import type { Properties, Property } from './vocabulary.ts';

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

const fieldsAtEnds = relationTypes.flatMap((relation) => {
  const definition = definitionOf(relation);
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

const citing = (kind: Kind) => kind !== 'Source';

const fieldsByKind = new Map<Kind | 'Entity', ReadonlyMap<string, RelationField>>(
  (['Entity', ...kindNames] as const).map((kind) => {
    const own = fieldsAtEnds.filter(({ owner }) => owner === kind || owner === 'Entity');
    return [kind, new Map(own.map(({ field }) => [field.name, field]))];
  }),
);

/** The relations of a kind as fields, by field name; of `Entity`, those that every kind has. */
export const relationFieldsOf = (kind: Kind | 'Entity'): ReadonlyMap<string, RelationField> =>
  fieldsByKind.get(kind) ?? new Map();

/** The properties of a kind by name; of `Entity`, those that every kind has. */
export const propertiesOf = (kind: Kind | 'Entity'): Properties =>
  kind === 'Entity' ? sharedProperties : kinds[kind].properties;

/** The relation that orders a kind from narrower to broader; `undefined` if there is none. */
export const hierarchyOf = (kind: Kind | 'Entity'): RelationType | undefined =>
  relationTypes.find((relation) => definitionOf(relation).hierarchical && definitionOf(relation).from === kind);

/** The properties of a relation by name. */
export const edgePropertiesOf = (relation: RelationType): Properties => definitionOf(relation).properties ?? {};

/** One property of a kind. @throws Error if the kind has none of that name. */
export const propertyOf = (kind: Kind, name: string): Property => {
  const property = propertiesOf(kind)[name];
  if (!property) throw new Error(`${kind} has no property ${name}.`);
  return property;
};

/** The kinds that may stand at an end of a relation. */
export const kindsAt = (relation: RelationType, end: 'from' | 'to'): readonly Kind[] => {
  const kind = definitionOf(relation)[end];
  return isKind(kind) ? [kind] : kindNames.filter(citing);
};
