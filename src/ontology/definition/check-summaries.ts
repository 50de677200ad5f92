import { scriptOf } from '../language/as-written.ts';
import { InvalidTemplate, type Place, parseTemplate, type Template } from '../summaries/template.ts';
import { propertiesOfTraits } from '../traits.ts';
import {
  isListed,
  type KindDefinition,
  type OntologyDefinition,
  type Properties,
  type Property,
} from '../vocabulary.ts';
import { entries } from './entries.ts';

/** What the templates of a kind may name. */
export interface Facts {
  readonly properties: Properties;
  /** Fields of relations, and whether each leads to one entity at most. */
  readonly relations: ReadonlyMap<string, boolean>;
  readonly enumerations: OntologyDefinition['enumerations'];
}

/** Cases of `plural`, as the languages of the world need them, beside exact numbers such as `=1`. */
const numbers: ReadonlySet<string> = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

export function factsOf(kind: string, { properties }: KindDefinition, definition: OntologyDefinition): Facts {
  const { relations, enumerations, sharedProperties, provenance } = definition;
  const fields = entries(relations).flatMap(([, { from, to, forward, backward, symmetric, toOne = false }]) => [
    ...(from === kind || (from === 'Entity' && kind !== provenance?.kind) ? [[forward, toOne] as const] : []),
    ...(to === kind && !symmetric ? [[backward, false] as const] : []),
  ]);
  return {
    properties: { ...sharedProperties, ...propertiesOfTraits(definition), ...properties },
    relations: new Map(fields),
    enumerations,
  };
}

/** The values that a `select` may have cases for; `undefined` if it cannot be one. */
function valuesOf({ type, enumeration = '' }: Property, { enumerations }: Facts): readonly string[] | undefined {
  if (type === 'boolean') return ['true', 'false'];
  return type === 'enumeration' ? Object.keys(enumerations[enumeration]?.values ?? {}) : undefined;
}

/** What is wrong with a place, as what follows its fact; `undefined` if nothing is. */
function faultOfPlace({ fact, choice, cases }: Place, facts: Facts): string | undefined {
  const { [fact]: property } = facts.properties;
  const toOne = facts.relations.get(fact);
  if (!property && toOne === undefined) return 'is neither a property nor a relation of the kind';
  const isList = property ? property.list : !toOne;
  const unknown = (isKnown: (name: string) => boolean) => Object.keys(cases).find((name) => !isKnown(name));
  switch (choice) {
    case 'select': {
      const values = property && !property.list ? valuesOf(property, facts) : undefined;
      if (!values) return 'has no closed set of values to select by';
      const wrong = unknown((name) => name === 'other' || values.includes(name));
      return wrong === undefined ? undefined : `has no value ${wrong}`;
    }
    case 'plural': {
      if (!isList && property?.type !== 'int')
        return 'is no number and leads to one entity at most, so it has no plural';
      const wrong = unknown((name) => numbers.has(name) || /^=\d+$/.test(name));
      if (wrong !== undefined) return `has the case ${wrong}, which is no number such as =1, one or other`;
      return Object.hasOwn(cases, 'other') ? undefined : 'needs the case other {…}';
    }
    case 'list': {
      if (!isList || (property && isListed(property))) return 'is no list of names or texts';
      return Object.keys(cases).join() === 'other' ? undefined : 'needs the case other {…} and no more';
    }
    default:
      if (property && (isListed(property) || property.type === 'boolean'))
        return 'has no value that can stand in a sentence';
      return isList ? 'has several values: name or count them, as {…, list, other {# more}}' : undefined;
  }
}

/** Whether every entity has it. */
function isAlways({ fact, choice, cases }: Place, { properties, relations, enumerations }: Facts): boolean {
  if (choice === 'plural' && Object.hasOwn(cases, '=0'))
    return properties[fact]?.type !== 'int' || properties[fact].required;
  const { [fact]: property } = properties;
  if (!property?.required) return false;
  if (choice !== 'select' || Object.hasOwn(cases, 'other')) return true;
  const values = valuesOf(property, { properties, relations, enumerations });
  return values?.every((value) => Object.hasOwn(cases, value)) ?? false;
}

function faultsOfTemplate(template: Template, facts: Facts, isOptional: boolean): readonly string[] {
  return template.flatMap((piece): readonly string[] => {
    if (typeof piece === 'string' || 'number' in piece) return [];
    if ('optional' in piece) return faultsOfTemplate(piece.optional, facts, true);
    const fault = faultOfPlace(piece, facts);
    if (fault !== undefined) return [`${piece.fact} ${fault}`];
    return [
      ...(isOptional || isAlways(piece, facts)
        ? []
        : [`${piece.fact} may be missing, which would leave no sentence: write [… {${piece.fact}} …]`]),
      ...Object.values(piece.cases).flatMap((each) => faultsOfTemplate(each, facts, isOptional)),
    ];
  });
}

function faultsOfText(text: unknown, facts: Facts): readonly string[] {
  if (typeof text !== 'string') return ['it must be a text'];
  try {
    return faultsOfTemplate(parseTemplate(text), facts, false);
  } catch (error) {
    if (error instanceof InvalidTemplate) return [error.message];
    throw error;
  }
}

/** The mistakes in the templates of an ontology: what is no language, no kind, no template, and facts that entities do not have. */
export const faultsOfSummaries = (definition: OntologyDefinition): string[] =>
  entries(definition.summaries ?? {}).flatMap(([language, byKind]) => {
    if (scriptOf(language) === undefined)
      return [
        `The summaries are in ${JSON.stringify(language)}, which is no tag of a language, such as "en" or "pt-BR".`,
      ];
    return entries(byKind).flatMap(([kind, text]) => {
      const known = definition.kinds[kind];
      if (!known) return [`The summaries in ${language} name the unknown kind ${kind}.`];
      return faultsOfText(text, factsOf(kind, known, definition)).map(
        (fault) => `The summary of ${kind} in ${language} is no template: ${fault}.`,
      );
    });
  });
