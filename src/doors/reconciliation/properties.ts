import { isObject, type JsonObject } from '../../graphql/internal-client/json.ts';
import { briefSelection } from '../../graphql/internal-client/selections.ts';
import { capitalized, constantCase, inWords } from '../../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import { isListed, type Kind, type Property } from '../../ontology/vocabulary.ts';

/** A property or a relation of a kind, as clients of the Reconciliation API choose it. */
export interface ListedProperty {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

const SLUG = 'slug';

/** A property of a kind that a client may have chosen; `undefined` for a relation. */
export const propertyOf = (ontology: Ontology, kind: Kind, id: string): Property | undefined => {
  const properties = ontology.propertiesOf(kind);
  return Object.hasOwn(properties, id) ? properties[id] : undefined;
};

const hasIdentifiers = (property: Property | undefined) => property?.type === 'identifiers';

const relationOf = (ontology: Ontology, kind: Kind, id: string): RelationField | undefined =>
  ontology.relationFieldsOf(kind).get(id);

/** The name of a property for people. */
export const nameOf = (id: string) => capitalized(inWords(id));

/** What may be chosen of some kinds, without duplicates. */
export function listedProperties(ontology: Ontology, kinds: readonly Kind[]): readonly ListedProperty[] {
  const all = new Map<string, ListedProperty>();
  const add = (id: string, description: string) => {
    if (!all.has(id)) all.set(id, { id, name: nameOf(id), description });
  };
  for (const kind of kinds) {
    for (const [id, property] of Object.entries(ontology.propertiesOf(kind))) {
      if (!isListed(property) || hasIdentifiers(property)) add(id, property.description);
    }
    for (const { name, description } of ontology.relationFieldsOf(kind).values()) add(name, description);
  }
  return [...all.values()];
}

/** The kind that a property leads to; `undefined` if its values are no entities of one kind. */
export function targetOf(ontology: Ontology, id: string): Kind | undefined {
  const targets = new Set(ontology.kindNames.flatMap((kind) => relationOf(ontology, kind, id)?.target ?? []));
  const [target, ...others] = targets;
  return others.length > 0 || target === 'Entity' ? undefined : target;
}

/** Selects some properties of a kind; relations under an alias per kind, as their arguments and types differ. */
export function valuesSelection(ontology: Ontology, kind: Kind, ids: readonly string[], each: number): string {
  return ids
    .flatMap((id) => {
      const property = propertyOf(ontology, kind, id);
      const alias = aliasOf(ontology, kind, id);
      if (hasIdentifiers(property)) return [`${alias}: ${id} { scheme value url }`];
      if (property) return isListed(property) ? [] : [`${alias}: ${id}`];
      const field = relationOf(ontology, kind, id);
      if (!field) return [];
      const node = `{ ${briefSelection(ontology)} }`;
      return [field.toOne ? `${alias}: ${id} ${node}` : `${alias}: ${id}(first: ${each}) { nodes ${node} }`];
    })
    .join(' ');
}

/** Fields of the same name and different types must not meet in one selection, so each has an alias of its kind. */
export const aliasOf = (ontology: Ontology, kind: Kind, id: string) => `v${ontology.kindNames.indexOf(kind)}_${id}`;

/** The value of a chosen property of an entity; an entity has `slug` and `name`. */
export type ChosenValue = string | number | boolean | { readonly slug: string; readonly name: string };

/** The values that `valuesSelection` selected. */
export function chosenValues(ontology: Ontology, kind: Kind, entity: JsonObject, id: string): readonly ChosenValue[] {
  if (id === SLUG) return [String(entity.slug)];
  const value = entity[aliasOf(ontology, kind, id)];
  if (value === null || value === undefined) return [];
  if (hasIdentifiers(propertyOf(ontology, kind, id)) && Array.isArray(value)) {
    return value.filter(isObject).map(({ scheme, value: own, url }) => String(url ?? `${scheme} ${own}`));
  }
  if (isObject(value)) return (Array.isArray(value.nodes) ? value.nodes : [value]) as ChosenValue[];
  return (Array.isArray(value) ? value : [value]) as ChosenValue[];
}

/** A kind as the Reconciliation API names types. */
export const typeNamed = (ontology: Ontology, kind: Kind) => ({
  id: constantCase(kind),
  name: capitalized(ontology.kind(kind).one.replace(/^an? /, '')),
});

/** An entity whose properties stand under their own names too, instead of under those of `aliasOf` alone. */
export const withOwnNames = (entity: JsonObject): JsonObject => ({
  ...Object.fromEntries(Object.entries(entity).map(([name, value]) => [name.replace(/^v\d+_/, ''), value])),
  ...entity,
});
