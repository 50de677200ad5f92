import type { OntologyDefinition } from '../vocabulary.ts';

/** What of a definition has names in queries. */
export type NamedParts = Pick<OntologyDefinition, 'kinds' | 'relations' | 'sharedProperties'>;

/** Names of kinds, relations, their fields and properties, as queries have them. */
const namesIn = ({ kinds, relations, sharedProperties }: NamedParts): ReadonlySet<string> =>
  new Set([
    ...Object.keys(sharedProperties),
    ...Object.entries(kinds).flatMap(([kind, { singular, plural, properties }]) => [
      ...[kind, singular, plural],
      ...Object.keys(properties),
    ]),
    ...Object.entries(relations).flatMap(([type, { forward, backward, properties = {} }]) => [
      ...[type, forward, backward],
      ...Object.keys(properties),
    ]),
  ]);

/** Names of an ontology that a smaller one has nowhere. */
export function missingNames(whole: NamedParts, narrowed: NamedParts): ReadonlySet<string> {
  const left = namesIn(narrowed);
  return new Set([...namesIn(whole)].filter((name) => !left.has(name)));
}
