import { scriptOf } from '../language/as-written.ts';
import { isLanguage, type Labels, languages } from '../language/labels.ts';
import { propertiesOfTraits } from '../traits.ts';
import type { OntologyDefinition } from '../vocabulary.ts';
import { entries } from './entries.ts';

/** The names of all properties, alone and as `Owner.name`. */
export function propertyNames(definition: OntologyDefinition): ReadonlySet<string> {
  const { kinds, relations, sharedProperties } = definition;
  const owned = [...entries(kinds), ...entries(relations)].flatMap(([owner, { properties = {} }]) =>
    Object.keys(properties).flatMap((name) => [name, `${owner}.${name}`]),
  );
  const shared = Object.keys({ ...sharedProperties, ...propertiesOfTraits(definition) });
  const ofEachKind = Object.keys(kinds).flatMap((kind) => shared.map((name) => `${kind}.${name}`));
  return new Set([...owned, ...shared, ...ofEachKind]);
}

/** The names of all values of enumerations, alone and as `Enumeration.VALUE`. */
export const valueNames = ({ enumerations }: OntologyDefinition): ReadonlySet<string> =>
  new Set(
    entries(enumerations).flatMap(([name, { values }]) =>
      Object.keys(values).flatMap((value) => [value, `${name}.${value}`]),
    ),
  );

/** The relations, alone and with each of their ends. */
export const relationEnds = ({ relations }: OntologyDefinition): ReadonlySet<string> =>
  new Set(Object.keys(relations).flatMap((type) => [type, `${type}.forward`, `${type}.backward`]));

function faultsIn(language: string, labels: Labels, definition: OntologyDefinition): string[] {
  const known: Readonly<Record<keyof Labels, ReadonlySet<string>>> = {
    kinds: new Set(Object.keys(definition.kinds)),
    relations: new Set(Object.keys(definition.relations)),
    properties: propertyNames(definition),
    propertyDescriptions: propertyNames(definition),
    values: valueNames(definition),
  };
  return entries(labels as Readonly<Record<string, object>>).flatMap(([part, named]) => {
    if (!Object.hasOwn(known, part)) {
      return [`The labels in ${language} have the unknown part ${part}. They take ${Object.keys(known).join(', ')}.`];
    }
    const names = known[part as keyof Labels];
    return Object.keys(named)
      .filter((name) => !names.has(name))
      .map((name) => `The labels in ${language} name ${name} among the ${part}, which the ontology does not have.`);
  });
}

/** The mistakes in the language of an ontology and in its labels: languages and names that it does not have. */
export const faultsOfLabels = (definition: OntologyDefinition): string[] => [
  ...(scriptOf(definition.language ?? 'en') === undefined
    ? [`The language ${JSON.stringify(definition.language)} is no tag of a language, such as "en" or "pt-BR".`]
    : []),
  ...entries(definition.labels ?? {}).flatMap(([language, labels]) =>
    isLanguage(language)
      ? faultsIn(language, labels ?? {}, definition)
      : [`There are no pages in the language ${language}. The languages are ${languages.join(', ')}.`],
  ),
];
