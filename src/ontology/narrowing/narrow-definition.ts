import type { Labels, LabelsByLanguage } from '../language/labels.ts';
import { inWords } from '../letter-case.ts';
import type { LinkedData } from '../linked-data.ts';
import type {
  KindDefinition,
  OntologyDefinition,
  Properties,
  Property,
  Provenance,
  PublishedTotals,
  RelationDefinition,
} from '../vocabulary.ts';
import type { HiddenParts } from './hidden-parts.ts';
import { withoutMentions } from './without-mentions.ts';

type Named<Value> = Readonly<Record<string, Value>>;

const only = <Value>(all: Named<Value>, keeps: (name: string, value: Value) => boolean): Named<Value> =>
  Object.fromEntries(Object.entries(all).filter(([name, value]) => keeps(name, value)));

const mapped = <Value, Result>(all: Named<Value>, make: (value: Value, name: string) => Result): Named<Result> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, make(value, name)]));

/** An optional part, left out if it is missing. */
const part = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };

/** The part of a definition that is not hidden, in which nothing names what is. */
export function narrowDefinition(whole: OntologyDefinition, hidden: HiddenParts): OntologyDefinition {
  const names = hiddenNames(whole, hidden);
  const told = (text: string, otherwise: string) => withoutMentions(text, names) || `${otherwise}.`;

  const propertiesOf = (owner: string, properties: Properties): Properties => {
    const kept = only(properties, (name) => !hidden.hasProperty(owner, name));
    return mapped(kept, ({ notBefore, followsFrom, expectedWith, ...property }: Property, name) => ({
      ...property,
      description: told(property.description, inWords(name)),
      ...(notBefore !== undefined && Object.hasOwn(kept, notBefore) ? { notBefore } : {}),
      ...(followsFrom !== undefined && Object.hasOwn(kept, followsFrom) ? { followsFrom } : {}),
      ...(expectedWith !== undefined && Object.hasOwn(kept, expectedWith.property) ? { expectedWith } : {}),
    }));
  };
  const kinds = mapped(
    only(whole.kinds, (name) => !hidden.kinds.has(name)),
    (kind: KindDefinition, name): KindDefinition => ({
      ...kind,
      description: told(kind.description, kind.one),
      properties: propertiesOf(name, kind.properties),
    }),
  );
  const relations = mapped(
    only(whole.relations, (type) => !hidden.relations.has(type)),
    ({ properties, backwardDescription, ...relation }: RelationDefinition, type): RelationDefinition => {
      const own = properties && propertiesOf(type, properties);
      return {
        ...relation,
        description: told(relation.description, inWords(relation.forward)),
        forwardDescription: told(relation.forwardDescription, inWords(relation.forward)),
        ...part('backwardDescription', backwardDescription && told(backwardDescription, inWords(relation.backward))),
        ...(own && Object.keys(own).length > 0 ? { properties: own } : {}),
      };
    },
  );
  const narrowed: OntologyDefinition = {
    enumerations: whole.enumerations,
    sharedProperties: propertiesOf('Entity', whole.sharedProperties),
    kinds,
    relations,
    provenance: provenanceOf(whole, hidden),
    ...part('identifiers', hidden.hasProperty('Entity', 'identifiers') ? undefined : whole.identifiers),
    ...part('locations', hidden.hasProperty('Entity', 'locations') ? undefined : whole.locations),
  };
  const used = enumerationsIn(narrowed);
  const before = enumerationsIn(whole);
  const enumerations = mapped(
    only(whole.enumerations, (name) => used.has(name) || !before.has(name)),
    (one, name) => ({
      ...one,
      description: told(one.description, inWords(name)),
      values: mapped(one.values, (meaning, value) => told(meaning, value)),
    }),
  );
  return {
    ...narrowed,
    enumerations,
    ...part('linkedData', whole.linkedData && linkedDataOf(whole.linkedData, narrowed)),
    ...part('language', whole.language),
    ...part('labels', whole.labels && labelsOf(whole.labels, { ...narrowed, enumerations })),
    ...part('publishedTotals', whole.publishedTotals && totalsOf(whole.publishedTotals, narrowed, names)),
  };
}

/** The names by which descriptions refer to what is hidden, unless something that is left has the same name. */
function hiddenNames(
  { kinds, relations, sharedProperties }: OntologyDefinition,
  hidden: HiddenParts,
): ReadonlySet<string> {
  const [gone, left] = [new Set<string>(), new Set<string>()];
  const note = (isHidden: boolean, ...names: readonly string[]) => {
    for (const name of names) (isHidden ? gone : left).add(name);
  };
  for (const name of Object.keys(sharedProperties)) note(hidden.hasProperty('Entity', name), name);
  for (const [kind, { plural, singular, properties }] of Object.entries(kinds)) {
    const isHidden = hidden.kinds.has(kind);
    note(isHidden, kind, plural, singular);
    for (const name of Object.keys(properties)) note(isHidden || hidden.hasProperty(kind, name), name);
  }
  for (const [type, { forward, backward, properties = {} }] of Object.entries(relations)) {
    const isHidden = hidden.relations.has(type);
    note(isHidden, type, forward, backward);
    for (const name of Object.keys(properties)) note(isHidden || hidden.hasProperty(type, name), name);
  }
  for (const name of left) gone.delete(name);
  return gone;
}

function provenanceOf({ provenance }: OntologyDefinition, hidden: HiddenParts): Provenance | null {
  if (!provenance || hidden.relations.has(provenance.relation)) return null;
  const { reliability, citation, ...always } = provenance;
  const isLeft = (property: string) =>
    !hidden.hasProperty(provenance.kind, property) && !hidden.hasProperty('Entity', property);
  const { cslTypes, ...properties } = citation ?? {};
  const cited = only(properties, (_, property) => isLeft(property));
  return {
    ...always,
    ...part('reliability', reliability && isLeft(reliability.property) ? reliability : undefined),
    ...part('citation', citation && { ...cited, ...part('cslTypes', 'type' in cited ? cslTypes : undefined) }),
  };
}

/** The enumerations that properties and traits use. */
function enumerationsIn({
  kinds,
  relations,
  sharedProperties,
  identifiers,
  locations,
}: OntologyDefinition): ReadonlySet<string> {
  const owners = [{ properties: sharedProperties }, ...Object.values(kinds), ...Object.values(relations)];
  const named = owners.flatMap(({ properties = {} }) =>
    Object.values(properties).map(({ enumeration }) => enumeration),
  );
  const ofTraits = [identifiers?.scheme, identifiers?.certainty, locations?.precision, locations?.side];
  return new Set([...named, ...ofTraits].flatMap((name) => name ?? []));
}

/** Whether a property is left, by its name or as `Owner.name`. */
function propertyNamesOf({ kinds, relations, sharedProperties }: OntologyDefinition): (name: string) => boolean {
  const known = new Set(Object.keys(sharedProperties));
  for (const [owner, { properties = {} }] of [...Object.entries(kinds), ...Object.entries(relations)]) {
    for (const name of Object.keys(properties)) known.add(name).add(`${owner}.${name}`);
  }
  for (const kind of Object.keys(kinds)) for (const name of Object.keys(sharedProperties)) known.add(`${kind}.${name}`);
  return (name) => known.has(name);
}

function linkedDataOf(whole: LinkedData, definition: OntologyDefinition): LinkedData {
  const { kinds, relations } = definition;
  const isProperty = propertyNamesOf(definition);
  return {
    ...whole,
    ...part('kinds', whole.kinds && only(whole.kinds, (name) => Object.hasOwn(kinds, name))),
    ...part('properties', whole.properties && only(whole.properties, isProperty)),
    ...part('relations', whole.relations && only(whole.relations, (name) => Object.hasOwn(relations, name))),
  };
}

function labelsOf(whole: LabelsByLanguage, definition: OntologyDefinition): LabelsByLanguage {
  const { kinds, relations, enumerations } = definition;
  const isProperty = propertyNamesOf(definition);
  const values = new Set(
    Object.entries(enumerations).flatMap(([name, one]) =>
      Object.keys(one.values).flatMap((value) => [value, `${name}.${value}`]),
    ),
  );
  return mapped(whole as Named<Labels>, (labels) => ({
    ...part('kinds', labels.kinds && only(labels.kinds, (name) => Object.hasOwn(kinds, name))),
    ...part('relations', labels.relations && only(labels.relations, (name) => Object.hasOwn(relations, name))),
    ...part('properties', labels.properties && only(labels.properties, isProperty)),
    ...part('propertyDescriptions', labels.propertyDescriptions && only(labels.propertyDescriptions, isProperty)),
    ...part('values', labels.values && only(labels.values, (name) => values.has(name))),
  }));
}

/** The published totals whose figures and filters are left; `undefined` if none is. */
function totalsOf(
  { figures, totals }: PublishedTotals,
  { kinds }: OntologyDefinition,
  names: ReadonlySet<string>,
): PublishedTotals | undefined {
  const ofFigures = kinds[figures.kind]?.properties ?? {};
  if (!Object.hasOwn(ofFigures, figures.value) || !Object.hasOwn(ofFigures, figures.qualifier)) return undefined;
  const words = (filter: unknown) => JSON.stringify(filter).split(/[^\w]+/);
  const left = totals.filter(
    ({ kind, filter }) => Object.hasOwn(kinds, kind) && !words(filter).some((word) => names.has(word)),
  );
  return left.length === 0 ? undefined : { figures, totals: left };
}
