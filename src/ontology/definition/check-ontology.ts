import { constantCase, kebabCase, pascalCaseOfConstant, uncapitalized } from '../letter-case.ts';
import type { SupportedFacts } from '../provenance.ts';
import type { KindDefinition, OntologyDefinition, Properties, RelationDefinition } from '../vocabulary.ts';
import { faultsOfLabels } from './check-labels.ts';
import { faultsOfLinkedData } from './check-linked-data.ts';
import { faultsOfProperty } from './check-property.ts';
import { faultsOfSummaries } from './check-summaries.ts';
import { faultsOfTraits } from './check-traits.ts';
import { faultsOfWords } from './check-words.ts';
import { collisions } from './collisions.ts';
import { entries } from './entries.ts';
import { faultsOfOptions } from './faults-of-options.ts';
import { missingParts } from './missing-parts.ts';
import { faultOfName } from './name-shapes.ts';
import {
  objectNames,
  reservedEdgeProperties,
  reservedFiles,
  reservedPlurals,
  reservedProperties,
  reservedSingulars,
} from './reserved-names.ts';

function faultsOfEnumerations({ enumerations }: OntologyDefinition): string[] {
  return entries(enumerations).flatMap(([name, { values }]) => {
    const fault = faultOfName(name, 'pascalCase');
    const names = Object.keys(values);
    return [
      ...(fault ? [`The enumeration ${name} ${fault}.`] : []),
      ...(names.length === 0 ? [`The enumeration ${name} has no value.`] : []),
      ...names.flatMap((value) => {
        const wrong = faultOfName(value, 'constantCase');
        return wrong ? [`The value ${value} of ${name} ${wrong}.`] : [];
      }),
    ];
  });
}

/** Names that facets and keys of groups would not tell apart, because they write both in the same capitals. */
function sameInCapitals(owner: string, names: Iterable<string>): string[] {
  const known = new Map<string, string>();
  return [...names].flatMap((name) => {
    const other = known.get(constantCase(name));
    if (other !== undefined) return [`${other} and ${name} of ${owner} both make the value ${constantCase(name)}.`];
    known.set(constantCase(name), name);
    return [];
  });
}

/** The fields of a kind and of its filter that its relations are, each with the relation that it reads. */
function relationFieldsOf(kind: string, { relations, provenance }: OntologyDefinition) {
  return entries(relations).flatMap(([type, relation]) => {
    const { from, to, forward, backward, symmetric, toOne, acyclic, hierarchical, properties } = relation;
    const starts = from === kind || (from === 'Entity' && kind !== provenance?.kind);
    const ofAllSteps = (field: string) => (acyclic || hierarchical ? [`${field}Transitive`] : []);
    const edge = toOne && properties ? [`${forward}Edge`] : [];
    return [
      ...(starts ? [forward, ...edge, ...ofAllSteps(forward)] : []),
      ...(to === kind && !symmetric ? [backward, ...ofAllSteps(backward)] : []),
    ].map((name) => [name, type] as const);
  });
}

/** Whether a property cannot have a name. What an entity is created from has the sources that it cites under `sources`. */
const isReserved = (name: string, kind: string, { provenance }: OntologyDefinition) =>
  reservedProperties.has(name) || (name === 'sources' && provenance !== null && kind !== provenance.kind);

function faultsOfKind(kind: string, definition: OntologyDefinition): string[] {
  const { singular, plural, one, many, slugFrom, description, properties } = definition.kinds[kind] as KindDefinition;
  const all: Properties = { ...definition.sharedProperties, ...properties };
  const faults: string[] = faultsOfOptions(`The kind ${kind}`, definition.kinds[kind] as KindDefinition, 'kind');
  const fault = faultOfName(kind, 'pascalCase');
  if (fault) faults.push(`The kind ${kind} ${fault}.`);
  for (const [name, what, reserved] of [
    [singular, 'singular', reservedSingulars],
    [plural, 'plural', reservedPlurals],
  ] as const) {
    const wrong = faultOfName(name, 'camelCase');
    if (wrong) faults.push(`The ${what} ${name} of ${kind} ${wrong}.`);
    if (reserved.has(name)) faults.push(`The ${what} ${name} of ${kind} is a name that Silkgraph uses itself.`);
  }
  if (reservedFiles.has(kebabCase(plural))) {
    faults.push(`The plural ${plural} of ${kind} is the name of a data file that holds something else.`);
  }
  if (Object.hasOwn(definition.relations, kind)) faults.push(`The kind ${kind} is also the name of a relation.`);
  if (singular === plural) faults.push(`The singular and the plural of ${kind} are both ${singular}.`);
  for (const [text, what] of [
    [one, 'one'],
    [many, 'many'],
    [description, 'description'],
  ] as const) {
    if (text.trim() === '') faults.push(`The kind ${kind} has no \`${what}\`.`);
  }
  for (const name of Object.keys(properties)) {
    if (Object.hasOwn(definition.sharedProperties, name)) {
      faults.push(`The property ${name} of ${kind} is already one that every kind has.`);
    }
    if (isReserved(name, kind, definition))
      faults.push(`The property ${name} of ${kind} is a name that Silkgraph uses itself.`);
    faults.push(...faultsOfProperty(kind, name, all, definition));
  }
  const origin = slugFrom === undefined ? undefined : all[slugFrom];
  if (slugFrom !== undefined && !(origin?.type === 'text' && origin.required && !origin.list)) {
    faults.push(`The slugs of ${kind} come from ${slugFrom}, which is no required text of it.`);
  }
  const fields = new Map<string, string>(Object.keys(all).map((name) => [name, `the property ${name}`]));
  for (const [name, type] of relationFieldsOf(kind, definition)) {
    const other = fields.get(name) ?? (reservedProperties.has(name) ? 'a name that Silkgraph uses itself' : undefined);
    if (other) faults.push(`The field ${name} of ${kind} is both ${other} and the relation ${type}.`);
    else fields.set(name, `the relation ${type}`);
  }
  return [...faults, ...sameInCapitals(kind, fields.keys())];
}

function faultsOfRelation(type: string, definition: OntologyDefinition): string[] {
  const { kinds, provenance } = definition;
  const relation = definition.relations[type] as RelationDefinition;
  const { from, to, forward, backward, symmetric, acyclic, hierarchical, toOne, properties = {} } = relation;
  const faults: string[] = faultsOfOptions(`The relation ${type}`, relation, 'relation');
  const fault = faultOfName(type, 'constantCase');
  if (fault) faults.push(`The relation ${type} ${fault}.`);
  if (objectNames.has(uncapitalized(pascalCaseOfConstant(type))))
    faults.push(`The relation ${type} is a name that Silkgraph uses itself.`);
  const isOfProvenance = provenance?.relation === type;
  for (const [end, kind] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (kind === 'Entity' && !(end === 'from' && isOfProvenance)) {
      faults.push(
        `The relation ${type} has \`${end}: 'Entity'\`; only the relation of provenance may start at any kind.`,
      );
    } else if (kind !== 'Entity' && !Object.hasOwn(kinds, kind)) {
      faults.push(`The relation ${type} has the unknown kind ${kind} in \`${end}\`.`);
    }
  }
  for (const name of new Set([forward, backward])) {
    const wrong = faultOfName(name, 'camelCase');
    if (wrong) faults.push(`The field ${name} of ${type} ${wrong}.`);
  }
  if (symmetric && (from !== to || forward !== backward)) {
    faults.push(`The relation ${type} is symmetric, so its ends must be one kind and its fields must have one name.`);
  }
  if (symmetric && (acyclic || hierarchical || toOne)) {
    faults.push(`The relation ${type} is symmetric, so it can be neither acyclic, hierarchical nor to-one.`);
  }
  if (!symmetric && relation.backwardDescription === undefined) {
    faults.push(`The relation ${type} has no \`backwardDescription\`.`);
  }
  if ((acyclic || hierarchical) && from !== to) {
    faults.push(`The relation ${type} is acyclic, so both ends must be one kind.`);
  }
  if (relation.searched !== undefined && relation.searched !== 'related' && relation.searched !== 'whole') {
    faults.push(`The relation ${type} is searched as ${relation.searched}; it can be related or whole.`);
  }
  if (relation.searched !== undefined && (isOfProvenance || symmetric)) {
    faults.push(`The relation ${type} is searched, which a symmetric relation and that of provenance cannot be.`);
  }
  for (const name of Object.keys(properties)) {
    if (reservedEdgeProperties.has(name) || name === provenance?.property) {
      faults.push(`The property ${name} of ${type} is a name that Silkgraph uses itself.`);
    }
    if (properties[name]?.type === 'milestones') faults.push(`The property ${name} of ${type} cannot be milestones.`);
    faults.push(...faultsOfProperty(type, name, properties, definition));
  }
  return [...faults, ...sameInCapitals(type, Object.keys(properties))];
}

/** What is wrong with the facts that sources are said to support. */
function faultsOfFacts(
  { property, supported }: SupportedFacts,
  relation: string,
  { enumerations, kinds, relations, sharedProperties }: OntologyDefinition,
): string[] {
  const enumeration = relations[relation]?.properties?.[property]?.enumeration;
  const values = enumeration === undefined ? undefined : enumerations[enumeration]?.values;
  if (!values) return [`The facts of the provenance need an enumeration of ${relation}, which ${property} is not.`];
  const known = [sharedProperties, ...Object.values(kinds).map(({ properties }) => properties)].flatMap(Object.keys);
  return Object.entries(supported).flatMap(([value, names]) => [
    ...(Object.hasOwn(values, value)
      ? []
      : [`The facts of the provenance name ${value}, which is no value of ${property}.`]),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => `The facts of the provenance name the property ${name}, which no kind has.`),
  ]);
}

function faultsOfProvenance(definition: OntologyDefinition): string[] {
  const { enumerations, provenance, kinds, relations, sharedProperties } = definition;
  if (!provenance) return [];
  const { kind, relation, property, reliability, citation = {}, facts } = provenance;
  const sources = kinds[kind];
  const citing = relations[relation];
  const faults: string[] = [
    ...faultsOfOptions('The provenance', provenance, 'provenance'),
    ...faultsOfOptions('The reliability of sources', reliability ?? {}, 'reliability'),
    ...faultsOfOptions('The citation of sources', citation, 'citation'),
    ...faultsOfOptions('The facts that sources support', facts ?? {}, 'facts'),
  ];
  if (citing && facts) faults.push(...faultsOfFacts(facts, relation, definition));
  if (!sources) faults.push(`The provenance names the unknown kind ${kind}.`);
  if (!citing) faults.push(`The provenance names the unknown relation ${relation}.`);
  else if (citing.from !== 'Entity' || citing.to !== kind) {
    faults.push(`The relation of provenance, ${relation}, must lead from 'Entity' to ${kind}.`);
  }
  const wrong = faultOfName(property, 'camelCase');
  if (wrong) faults.push(`The property ${property} of the provenance ${wrong}.`);
  const { cslTypes: _, ...cited } = citation;
  const ofSources = { ...sharedProperties, ...sources?.properties };
  for (const [what, name] of Object.entries(cited)) {
    if (sources && !ofSources[name])
      faults.push(`The ${what} of citations is ${name}, which is no property of ${kind}.`);
  }
  if (sources && reliability && !ofSources[reliability.property]) {
    faults.push(`The reliability of sources is ${reliability.property}, which is no property of ${kind}.`);
  }
  const judged = reliability && ofSources[reliability.property]?.enumeration;
  const values = judged === undefined ? undefined : enumerations[judged]?.values;
  if (
    reliability &&
    !(values && Object.hasOwn(values, String(reliability.weak)) && typeof reliability.weak === 'string')
  ) {
    faults.push(`The weak value of reliability, ${reliability.weak}, is no value of an enumeration of ${kind}.`);
  }
  return faults;
}

function faultsOfTotals({ publishedTotals, kinds, sharedProperties }: OntologyDefinition): string[] {
  if (!publishedTotals) return [];
  const { figures, totals } = publishedTotals;
  const figure = kinds[figures.kind];
  if (!figure) return [`The published totals name the unknown kind ${figures.kind}.`];
  const properties: Properties = { ...sharedProperties, ...figure.properties };
  return [
    ...(properties[figures.value]?.type === 'float' || properties[figures.value]?.type === 'int'
      ? []
      : [`The value of published figures, ${figures.value}, is no number of ${figures.kind}.`]),
    ...(properties[figures.qualifier]?.enumeration
      ? []
      : [`The qualifier of published figures, ${figures.qualifier}, is no enumeration of ${figures.kind}.`]),
    ...totals.flatMap(({ kind }) => (kinds[kind] ? [] : [`The published totals name the unknown kind ${kind}.`])),
  ];
}

/** Search compares a property of all kinds at once, so it is a list of each of them or of none. */
function faultsOfSearch({ kinds, sharedProperties }: OntologyDefinition): string[] {
  const lists = new Map<string, Set<boolean>>();
  for (const { properties } of Object.values(kinds)) {
    for (const [name, { searched, list }] of entries({ ...sharedProperties, ...properties })) {
      if (searched !== undefined) lists.set(name, (lists.get(name) ?? new Set()).add(list));
    }
  }
  return [...lists].flatMap(([name, forms]) =>
    forms.size > 1 ? [`The searched property ${name} is a list of some kinds and a single value of others.`] : [],
  );
}

/** All mistakes in the definition of an ontology, each as one sentence; empty if there are none. */
export function faultsOfOntology(definition: OntologyDefinition): readonly string[] {
  const missing = missingParts(definition);
  if (missing.length > 0) return missing;
  const { kinds, relations, sharedProperties } = definition;
  const { name } = sharedProperties;
  const shared = Object.keys(sharedProperties).flatMap((each) => [
    ...(isReserved(each, 'Entity', definition)
      ? [`The property ${each} of every kind is a name that Silkgraph uses itself.`]
      : []),
    ...faultsOfProperty('every kind', each, sharedProperties, definition),
  ]);
  return [
    ...faultsOfOptions('The ontology', definition, 'definition'),
    ...(Object.keys(kinds).length === 0 ? ['The ontology has no kind.'] : []),
    ...(name?.type === 'text' && name.required && name.indexed && name.searched === 'name'
      ? []
      : ["Every kind needs a name: `name: searched(indexed(required(text('…'))), 'name')` in `sharedProperties`."]),
    ...shared,
    ...faultsOfEnumerations(definition),
    ...Object.keys(kinds).flatMap((kind) => faultsOfKind(kind, definition)),
    ...Object.keys(relations).flatMap((type) => faultsOfRelation(type, definition)),
    ...faultsOfProvenance(definition),
    ...faultsOfLinkedData(definition),
    ...faultsOfLabels(definition),
    ...faultsOfWords(definition),
    ...faultsOfSummaries(definition),
    ...faultsOfTraits(definition, (kind) => relationFieldsOf(kind, definition)),
    ...faultsOfTotals(definition),
    ...faultsOfSearch(definition),
    ...collisions(definition),
  ];
}
