import { getOrInsert } from './get-or-insert.ts';
import { capitalized, pascalCase, pascalCaseOfConstant } from './letter-case.ts';
import type { Properties, RelationDefinition, RelationType } from './vocabulary.ts';

/** The input of relations that have no properties. */
export const PLAIN_LINK = 'PlainLink';

const shapeOf = (properties: Properties) =>
  JSON.stringify(
    Object.entries(properties)
      .map(([name, { type, enumeration, list, required }]) => [
        name,
        enumeration ?? type,
        list ?? false,
        required ?? false,
      ])
      .sort(),
  );

/** `since`, `until` and an enumeration as `SinceUntilAndMemberOfStatus`. */
function wordsFor(properties: Properties): string {
  const words = Object.entries(properties).map(([name, { enumeration }]) => enumeration ?? pascalCase(name));
  const last = words.pop() ?? '';
  return words.length > 0 ? `${words.join('')}And${last}` : last;
}

/**
 * The name of the input type of each relation. Relations with the same properties share one, which is named after these; where
 * other properties have the same names, after the relation.
 */
export function linkInputNames(
  relations: Readonly<Record<RelationType, Pick<RelationDefinition, 'properties'>>>,
): ReadonlyMap<RelationType, string> {
  const byShape = new Map<string, string>();
  const taken = new Set<string>();
  return new Map(
    Object.entries(relations).map(([relation, { properties = {} }]) => {
      const isPlain = Object.keys(properties).length === 0;
      const wanted = isPlain ? PLAIN_LINK : `LinkWith${capitalized(wordsFor(properties))}`;
      const name = getOrInsert(byShape, shapeOf(properties), () =>
        taken.has(wanted) ? `Link${pascalCaseOfConstant(relation)}` : wanted,
      );
      taken.add(name);
      return [relation, name] as const;
    }),
  );
}
