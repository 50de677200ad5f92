import { scriptOf } from '../language/as-written.ts';
import type { Words } from '../language/words.ts';
import type { OntologyDefinition } from '../vocabulary.ts';
import { propertyNames, relationEnds, valueNames } from './check-labels.ts';
import { entries } from './entries.ts';

const isList = (words: unknown): boolean =>
  Array.isArray(words) && words.every((word) => typeof word === 'string' && word.trim() !== '');

function faultsIn(language: string, words: Words, definition: OntologyDefinition): string[] {
  const known: Readonly<Record<keyof Words, ReadonlySet<string>>> = {
    kinds: new Set(Object.keys(definition.kinds)),
    relations: relationEnds(definition),
    properties: propertyNames(definition),
    values: valueNames(definition),
    texts: new Set([...propertyNames(definition)].filter((name) => name.includes('.'))),
  };
  return entries(words as Readonly<Record<string, object>>).flatMap(([part, named]) => {
    if (!Object.hasOwn(known, part)) {
      return [`The words in ${language} have the unknown part ${part}. They take ${Object.keys(known).join(', ')}.`];
    }
    const names = known[part as keyof Words];
    return entries(named as Readonly<Record<string, unknown>>).flatMap(([name, given]) => {
      if (!names.has(name)) {
        return [`The words in ${language} name ${name} among the ${part}, which the ontology does not have.`];
      }
      const lists = part === 'texts' ? Object.values(given as object) : [given];
      return lists.every(isList) ? [] : [`The words in ${language} for ${name} must be a list of texts.`];
    });
  });
}

/** The mistakes in the words of an ontology: what is no language, names that it does not have, and what is no list of words. */
export const faultsOfWords = (definition: OntologyDefinition): string[] =>
  entries(definition.words ?? {}).flatMap(([language, words]) =>
    scriptOf(language) === undefined
      ? [`The words are in ${JSON.stringify(language)}, which is no tag of a language, such as "en" or "pt-BR".`]
      : faultsIn(language, words, definition),
  );
