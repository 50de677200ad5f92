import { usualPrefixes } from '../linked-data.ts';
import type { OntologyDefinition } from '../vocabulary.ts';
import { entries } from './entries.ts';

/** Mistakes in the terms that an ontology names for linked data, each as one sentence. */
export function faultsOfLinkedData(definition: OntologyDefinition): string[] {
  const { linkedData, kinds, relations, sharedProperties } = definition;
  if (!linkedData) return [];
  const prefixes: Readonly<Record<string, string>> = { ...usualPrefixes, ...linkedData.prefixes };
  const isTerm = (term: unknown) =>
    typeof term === 'string' &&
    /^[a-z][\w-]*:\w[\w.-]*$/.test(term) &&
    Object.hasOwn(prefixes, term.split(':')[0] ?? '');
  const unknownTerms = (terms: unknown, place: string, form = "['schema:Person']") =>
    Array.isArray(terms)
      ? terms
          .filter((term) => !isTerm(term))
          .map((term) => `The term ${term} of ${place} must be written like schema:Person, with a known prefix.`)
      : [`The terms of ${place} must be written like ${form}.`];
  const isProperty = (name: string) => {
    const [kind = '', property] = name.split('.');
    if (property !== undefined) return Object.hasOwn(kinds[kind]?.properties ?? {}, property);
    return [sharedProperties, ...Object.values(kinds).map(({ properties }) => properties)].some((properties) =>
      Object.hasOwn(properties, name),
    );
  };
  return [
    ...entries(linkedData.kinds ?? {}).flatMap(([kind, terms]) => [
      ...(Object.hasOwn(kinds, kind) ? [] : [`The linked data names the unknown kind ${kind}.`]),
      ...unknownTerms(terms, kind),
    ]),
    ...entries(linkedData.properties ?? {}).flatMap(([name, { terms }]) => [
      ...(isProperty(name) ? [] : [`The linked data names the unknown property ${name}.`]),
      ...unknownTerms(terms, name, "{ terms: ['schema:name'] }"),
    ]),
    ...entries(linkedData.relations ?? {}).flatMap(([type, term]) => [
      ...(Object.hasOwn(relations, type) ? [] : [`The linked data names the unknown relation ${type}.`]),
      ...unknownTerms([term], type),
    ]),
  ];
}
