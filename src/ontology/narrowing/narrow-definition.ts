import { propertyNames, relationEnds, valueNames } from '../definition/check-labels.ts';
import { factsOf } from '../definition/check-summaries.ts';
import type { Labels, LabelsByLanguage } from '../language/labels.ts';
import type { WordsByLanguage } from '../language/words.ts';
import { inWords } from '../letter-case.ts';
import type { LinkedData } from '../linked-data.ts';
import type { Provenance, SupportedFacts } from '../provenance.ts';
import type { Qualification } from '../qualification.ts';
import { parseTemplate, printTemplate, withoutFacts } from '../summaries/template.ts';
import type {
  OntologyDefinition,
  Properties,
  PublishedTotals,
  RelationType,
  SummariesByLanguage,
} from '../vocabulary.ts';
import type { HiddenParts } from './hidden-parts.ts';
import { missingNames, type NamedParts } from './missing-names.ts';
import { withoutMentions } from './without-mentions.ts';

type Named<Value> = Readonly<Record<string, Value>>;

const only = <Value>(all: Named<Value>, keeps: (name: string, value: Value) => boolean): Named<Value> =>
  Object.fromEntries(Object.entries(all).filter(([name, value]) => keeps(name, value)));

const mapped = <Value, Result>(all: Named<Value>, make: (value: Value, name: string) => Result): Named<Result> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, make(value, name)]));

/** An optional part, left out if it is missing. */
const part = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };

/** What is not hidden, as it is. */
function shownParts(whole: OntologyDefinition, hidden: HiddenParts): NamedParts {
  const shown = (owner: string, properties: Properties) => only(properties, (name) => !hidden.hasProperty(owner, name));
  return {
    sharedProperties: shown('Entity', whole.sharedProperties),
    kinds: mapped(
      only(whole.kinds, (name) => !hidden.kinds.has(name)),
      (kind, name) => ({ ...kind, properties: shown(name, kind.properties) }),
    ),
    relations: mapped(
      only(whole.relations, (type) => !hidden.relations.has(type)),
      ({ properties = {}, ...relation }, type) => {
        const left = shown(type, properties);
        return { ...relation, ...part('properties', Object.keys(left).length > 0 ? left : undefined) };
      },
    ),
  };
}

/** The part of a definition that is not hidden, in which nothing names what is. */
export function narrowDefinition(whole: OntologyDefinition, hidden: HiddenParts): OntologyDefinition {
  const shown = shownParts(whole, hidden);
  const names = missingNames(whole, shown);
  const told = (text: string, otherwise: string) => withoutMentions(text, names) || `${otherwise}.`;

  const toldOf = (properties: Properties): Properties =>
    mapped(properties, ({ notBefore, followsFrom, followsFromType, expectedWith, qualified, ...property }, name) => ({
      ...property,
      description: told(property.description, inWords(name)),
      ...(notBefore !== undefined && Object.hasOwn(properties, notBefore) ? { notBefore } : {}),
      ...(followsFrom !== undefined && Object.hasOwn(properties, followsFrom)
        ? { followsFrom, ...part('followsFromType', followsFromType) }
        : {}),
      ...(expectedWith !== undefined && Object.hasOwn(properties, expectedWith.property) ? { expectedWith } : {}),
      ...part('qualified', qualified && qualificationOf(qualified, properties)),
    }));
  const kinds = mapped(shown.kinds, (kind) => ({
    ...kind,
    description: told(kind.description, kind.one),
    properties: toldOf(kind.properties),
  }));
  const relations = mapped(shown.relations, ({ properties, backwardDescription, ...relation }) => ({
    ...relation,
    description: told(relation.description, inWords(relation.forward)),
    forwardDescription: told(relation.forwardDescription, inWords(relation.forward)),
    ...part('backwardDescription', backwardDescription && told(backwardDescription, inWords(relation.backward))),
    ...part('properties', properties && toldOf(properties)),
  }));
  const narrowed: OntologyDefinition = {
    enumerations: whole.enumerations,
    sharedProperties: toldOf(shown.sharedProperties),
    kinds,
    relations,
    provenance: provenanceOf(whole, hidden, shown),
    ...part('identifiers', hidden.hasProperty('Entity', 'identifiers') ? undefined : whole.identifiers),
    ...part('milestones', whole.milestones),
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
    ...part('words', whole.words && wordsOf(whole.words, { ...narrowed, enumerations })),
    ...part('summaries', whole.summaries && summariesOf(whole.summaries, narrowed)),
    ...part('publishedTotals', whole.publishedTotals && totalsOf(whole.publishedTotals, narrowed, names)),
  };
}

/** `undefined` where it is hidden what says how precise a number is, which filters would tell. */
function qualificationOf(whole: Qualification, properties: Properties): Qualification | undefined {
  const { by, measured } = whole;
  const read = measured ? [by, measured.property] : [by];
  return read.every((name) => Object.hasOwn(properties, name)) ? whole : undefined;
}

function provenanceOf({ provenance }: OntologyDefinition, hidden: HiddenParts, shown: NamedParts): Provenance | null {
  if (!provenance || hidden.relations.has(provenance.relation)) return null;
  const { reliability, citation, facts, ...always } = provenance;
  const isLeft = (property: string) =>
    !hidden.hasProperty(provenance.kind, property) && !hidden.hasProperty('Entity', property);
  const { cslTypes, ...properties } = citation ?? {};
  const cited = only(properties, (_, property) => isLeft(property));
  return {
    ...always,
    ...part('reliability', reliability && isLeft(reliability.property) ? reliability : undefined),
    ...part('citation', citation && { ...cited, ...part('cslTypes', 'type' in cited ? cslTypes : undefined) }),
    ...part('facts', facts && supportedFactsOf(facts, provenance.relation, shown)),
  };
}

/** What sources are said to support of the properties that are left. */
function supportedFactsOf({ property, supported }: SupportedFacts, relation: RelationType, shown: NamedParts) {
  if (!Object.hasOwn(shown.relations[relation]?.properties ?? {}, property)) return undefined;
  const left = new Set(
    [shown.sharedProperties, ...Object.values(shown.kinds).map(({ properties }) => properties)].flatMap(Object.keys),
  );
  return { property, supported: mapped(supported, (names) => names.filter((name) => left.has(name))) };
}

/** The enumerations that properties and traits use. */
function enumerationsIn({
  kinds,
  relations,
  sharedProperties,
  identifiers,
  locations,
  milestones,
}: OntologyDefinition): ReadonlySet<string> {
  const owners = [{ properties: sharedProperties }, ...Object.values(kinds), ...Object.values(relations)];
  const named = owners.flatMap(({ properties = {} }) =>
    Object.values(properties).map(({ enumeration }) => enumeration),
  );
  const ofTraits = [
    identifiers?.scheme,
    identifiers?.certainty,
    locations?.precision,
    locations?.side,
    milestones?.type,
  ];
  return new Set([...named, ...ofTraits].flatMap((name) => name ?? []));
}

function linkedDataOf(whole: LinkedData, definition: OntologyDefinition): LinkedData {
  const { kinds, relations } = definition;
  const properties = propertyNames(definition);
  return {
    ...whole,
    ...part('kinds', whole.kinds && only(whole.kinds, (name) => Object.hasOwn(kinds, name))),
    ...part('properties', whole.properties && only(whole.properties, (name) => properties.has(name))),
    ...part('relations', whole.relations && only(whole.relations, (name) => Object.hasOwn(relations, name))),
  };
}

function labelsOf(whole: LabelsByLanguage, definition: OntologyDefinition): LabelsByLanguage {
  const { kinds, relations } = definition;
  const [properties, values] = [propertyNames(definition), valueNames(definition)];
  const isProperty = (name: string) => properties.has(name);
  return mapped(whole as Named<Labels>, (labels) => ({
    ...part('kinds', labels.kinds && only(labels.kinds, (name) => Object.hasOwn(kinds, name))),
    ...part('relations', labels.relations && only(labels.relations, (name) => Object.hasOwn(relations, name))),
    ...part('properties', labels.properties && only(labels.properties, isProperty)),
    ...part('propertyDescriptions', labels.propertyDescriptions && only(labels.propertyDescriptions, isProperty)),
    ...part('values', labels.values && only(labels.values, (name) => values.has(name))),
  }));
}

function wordsOf(whole: WordsByLanguage, definition: OntologyDefinition): WordsByLanguage {
  const [properties, values] = [propertyNames(definition), valueNames(definition)];
  const relations = relationEnds(definition);
  return mapped(whole, (words) => ({
    ...part('kinds', words.kinds && only(words.kinds, (name) => Object.hasOwn(definition.kinds, name))),
    ...part('relations', words.relations && only(words.relations, (name) => relations.has(name))),
    ...part('properties', words.properties && only(words.properties, (name) => properties.has(name))),
    ...part('values', words.values && only(words.values, (name) => values.has(name))),
    ...part('texts', words.texts && only(words.texts, (name) => properties.has(name))),
  }));
}

/** The templates without the facts that are hidden. */
const summariesOf = (whole: SummariesByLanguage, definition: OntologyDefinition): SummariesByLanguage =>
  mapped(whole, (byKind) => {
    const left = Object.entries(byKind).flatMap(([kind, text]) => {
      const known = definition.kinds[kind];
      if (!known) return [];
      const { properties, relations } = factsOf(kind, known, definition);
      const isLeft = (fact: string) => relations.has(fact) || Object.hasOwn(properties, fact);
      const template = withoutFacts(parseTemplate(text), isLeft);
      return template ? [[kind, printTemplate(template)] as const] : [];
    });
    return Object.fromEntries(left);
  });

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
