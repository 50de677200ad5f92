import { memoize } from '../../ontology/memoize.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';

/** The relations of a kind with itself that form no circle, so that following them comes to an end; both their ends. */
const transitiveFields = memoize(
  (ontology: Ontology): ReadonlyMap<string, ReadonlyMap<string, RelationField>> =>
    new Map(
      ontology.kindNames.map((kind) => {
        const own = [...ontology.relationFieldsOf(kind).values()];
        return [
          kind,
          new Map(
            own
              .filter(({ relation }) => ontology.isAcyclic(relation))
              .map((field) => [`${field.name}Transitive`, field]),
          ),
        ];
      }),
    ),
);

const none: ReadonlyMap<string, RelationField> = new Map();

/** The hierarchical relations of a kind, by the fields of its filter that follow them for several steps. */
export const transitiveFieldsOf = (ontology: Ontology, kind: Kind | 'Entity'): ReadonlyMap<string, RelationField> =>
  transitiveFields(ontology).get(kind) ?? none;

/** The relation of a kind that leads from narrower entities or parts to broader ones or wholes, if there is one. */
export const hierarchyOf = (ontology: Ontology, kind: Kind | 'Entity'): RelationType | undefined =>
  ontology.hierarchyOf(kind) ??
  [...transitiveFieldsOf(ontology, kind).values()].find(({ reading }) => reading === 'FORWARD')?.relation;

/**
 * How many times a hierarchical relation is followed; once or more often by default.
 * @throws GraphQLError BAD_USER_INPUT on numbers that are negative, too large, or contradict each other
 */
export function hopsOf(
  { minHops, maxHops }: { readonly minHops?: unknown; readonly maxHops?: unknown },
  of: string,
): { readonly min: number; readonly max: number | null } {
  const min = Number(minHops ?? 1);
  const max = typeof maxHops === 'number' ? maxHops : null;
  if (min < 0 || min > limits.hierarchyHops || (max !== null && (max < min || max > limits.hierarchyHops))) {
    throw badUserInput(
      `${of} follows ${min} to ${max ?? 'any number of'} steps. Pass numbers from 0 to ${limits.hierarchyHops}, the smaller one first.`,
    );
  }
  return { min, max };
}
