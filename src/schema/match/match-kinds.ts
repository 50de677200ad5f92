import type { PatternRelation } from '../../graph/match/match-pattern.ts';
import { kindsAt } from '../../ontology/fields.ts';
import { isKind, type Kind, kindNames, kinds } from '../../ontology/kinds.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { RelationType } from '../../ontology/relations.ts';
import { badUserInput } from '../errors.ts';
import { parseGlobalId } from '../identifiers.ts';
import type { EntityInput } from './pattern-input.ts';

/** Client input, quoted for an error. */
export const quoted = (text: string): string => JSON.stringify(text.slice(0, 100));

const listed = (names: readonly Kind[]) => {
  const all = kindNames.filter((kind) => !names.includes(kind));
  if (names.length > 3 && all.length > 0) return `any kind except ${all.map(constantCase).join(', ')}`;
  return names.map(constantCase).join(' or ');
};

/** Global ids determine the kind; slugs do not. */
const kindOfId = (id: string): Kind | undefined => (/^[a-z0-9-]+$/.test(id) ? undefined : parseGlobalId(id).kind);

/** The kind declared for an entity, by its `kind`, its filter or its id; `undefined` if none is declared. */
function declaredKind({ as, kind, id, filter }: EntityInput): Kind | undefined {
  const [filtered = ''] = Object.keys(filter ?? {});
  const byFilter = kindNames.find((name) => kinds[name].singular === filtered);
  const byKind = kind && isKind(kind) ? kind : undefined;
  if (byKind && byFilter && byKind !== byFilter) {
    throw badUserInput(
      `${quoted(as)} is of kind ${constantCase(byKind)}, but its filter is for ${constantCase(byFilter)}. Put the filter under \`${kinds[byKind].singular}\`, or change \`kind\`.`,
    );
  }
  return byKind ?? byFilter ?? (id ? kindOfId(id) : undefined);
}

const swapped = (relation: RelationType, { from, to }: Record<'from' | 'to', readonly Kind[]>) =>
  from.some((kind) => kindsAt(relation, 'to').includes(kind)) &&
  to.some((kind) => kindsAt(relation, 'from').includes(kind))
    ? ' Swap `from` and `to`.'
    : '';

/**
 * The kind of every entity of a pattern: as declared, or as its relations imply; `Entity` if several kinds are
 * possible.
 * @throws GraphQLError BAD_USER_INPUT if a relation does not fit the kinds at its ends
 */
export function kindsOfEntities(
  entities: readonly EntityInput[],
  relations: readonly PatternRelation[],
): readonly (Kind | 'Entity')[] {
  const possible: (readonly Kind[])[] = entities.map((entity) => {
    const declared = declaredKind(entity);
    return declared ? [declared] : kindNames;
  });
  for (const { relation, from, to } of relations) {
    const before = { from: possible[from] ?? [], to: possible[to] ?? [] };
    for (const [end, position] of [['from', from] as const, ['to', to] as const]) {
      const allowed = kindsAt(relation, end);
      const left = before[end].filter((kind) => allowed.includes(kind));
      if (left.length === 0) {
        const name = quoted(entities[position]?.as ?? '');
        throw badUserInput(
          `${relation} leads from ${listed(kindsAt(relation, 'from'))} to ${listed(kindsAt(relation, 'to'))}; its \`${end}\`, ${name}, is ${listed(before[end])}.${swapped(relation, before)}`,
        );
      }
      possible[position] = left;
    }
  }
  return possible.map((left) => (left.length === 1 && left[0] ? left[0] : 'Entity'));
}
