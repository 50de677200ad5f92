import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Properties, Property } from '../../ontology/vocabulary.ts';
import { filteredItems, itemsOf } from '../indexes/items.ts';

/** The form in which records of a kind or relation are stored, by property. */
export type StoredProperties = Readonly<Record<string, StoredProperty>>;

export interface StoredProperty {
  readonly type: string;
  readonly list: boolean;
  readonly required: boolean;
  /** Present for an enumeration. */
  readonly values?: readonly string[];
  /** The values of enumerations in the items of a list, by the property that stores them. */
  readonly items?: Readonly<Record<string, readonly string[]>>;
  /** The ontology has it no longer, but its values may still be there. */
  readonly isFormer?: true;
}

export interface StoredKind {
  readonly properties: StoredProperties;
  /** The property that slugs come from; absent if they are chosen freely. */
  readonly slugFrom?: string;
}

/** Which relations of a type there may be. */
export interface StoredRules {
  /** The kinds at its start and its end. */
  readonly from: readonly Kind[];
  readonly to: readonly Kind[];
  readonly toOne: boolean;
  readonly symmetric: boolean;
  readonly acyclic: boolean;
}

export interface StoredRelationType extends StoredRules {
  readonly properties: StoredProperties;
}

/** What the records of a database were written by. */
export interface StoredOntology {
  readonly kinds: Readonly<Record<string, StoredKind>>;
  readonly relations: Readonly<Record<string, StoredRelationType>>;
  /** The property of relations with their sources; `null` if the graph has none. */
  readonly sources: string | null;
}

function storedProperties({ enumeration }: Ontology, properties: Properties): StoredProperties {
  const valuesOf = ({ enumeration: name }: Property) =>
    name === undefined ? undefined : Object.keys(enumeration(name).values);
  const kept = (name: string, property: Property): StoredProperty => {
    const { type, list, required } = property;
    const values = valuesOf(property);
    const items = filteredItems(property).flatMap(([field, item]) => {
      const among = valuesOf(item);
      return among ? [[itemsOf(name, field), among] as const] : [];
    });
    return {
      ...{ type, list, required },
      ...(values ? { values } : {}),
      ...(items.length > 0 ? { items: Object.fromEntries(items) } : {}),
    };
  };
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, kept(name, property)]));
}

const withFormer = <Part extends { readonly properties: StoredProperties }>(
  before: Readonly<Record<string, Part>>,
  now: Readonly<Record<string, Part>>,
): Readonly<Record<string, Part>> =>
  Object.fromEntries(
    Object.entries(now).map(([name, part]) => {
      const former = Object.entries(before[name]?.properties ?? {}).filter(([property]) => !part.properties[property]);
      const kept = former.map(([property, { isFormer: _, ...form }]) => [property, { ...form, isFormer: true }]);
      return [name, { ...part, properties: { ...part.properties, ...Object.fromEntries(kept) } }];
    }),
  );

/** An ontology in the place of another one, with the properties of that one whose values may still be there. */
export const inPlaceOf = (before: StoredOntology | null, now: StoredOntology): StoredOntology =>
  before === null
    ? now
    : { ...now, kinds: withFormer(before.kinds, now.kinds), relations: withFormer(before.relations, now.relations) };

/** The part of an ontology that records depend on. */
export function storedOntology(ontology: Ontology): StoredOntology {
  const { kindNames, relationTypes, provenance } = ontology;
  const storedKind = (kind: Kind): StoredKind => {
    const slugFrom = ontology.slugPropertyOf(kind);
    return {
      properties: storedProperties(ontology, ontology.propertiesOf(kind)),
      ...(slugFrom === undefined ? {} : { slugFrom }),
    };
  };
  const storedRelation = (type: string): StoredRelationType => {
    const { toOne = false, symmetric = false } = ontology.relation(type);
    return {
      ...{ from: ontology.kindsAt(type, 'from'), to: ontology.kindsAt(type, 'to') },
      ...{ toOne, symmetric, acyclic: ontology.isAcyclic(type) },
      properties: storedProperties(ontology, ontology.edgePropertiesOf(type)),
    };
  };
  return {
    kinds: Object.fromEntries(kindNames.map((kind) => [kind, storedKind(kind)])),
    relations: Object.fromEntries(relationTypes.map((type) => [type, storedRelation(type)])),
    sources: provenance?.property ?? null,
  };
}
