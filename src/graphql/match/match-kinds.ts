import { isSlug } from '../../engine/changes/check/check-properties.ts';
import type { PatternRelation } from '../../engine/match/match-pattern.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { parseGlobalId } from '../identifiers.ts';
import type { EntityInput } from './pattern-input.ts';

/** Client input, quoted for an error. */
export const quoted = (text: string): string => JSON.stringify(text.slice(0, 100));

const listed = ({ kindNames }: Ontology, names: readonly Kind[]) => {
  const all = kindNames.filter((kind) => !names.includes(kind));
  if (names.length > 3 && all.length > 0) return `any kind except ${all.map(constantCase).join(', ')}`;
  return names.map(constantCase).join(' or ');
};

/** Global ids determine the kind; slugs do not. */
const kindOfId = (ontology: Ontology, id: string): Kind | undefined =>
  isSlug(id) ? undefined : parseGlobalId(ontology, id).kind;

/** The kind declared for an entity, by its `kind`, its filter or its id; `undefined` if none is declared. */
function declaredKind(ontology: Ontology, { as, kind, id, filter }: EntityInput): Kind | undefined {
  const [filtered = ''] = Object.keys(filter ?? {});
  const byFilter = ontology.kindNames.find((name) => ontology.kind(name).singular === filtered);
  const byKind = kind && ontology.isKind(kind) ? kind : undefined;
  if (byKind && byFilter && byKind !== byFilter) {
    throw badUserInput(
      `${quoted(as)} is of kind ${constantCase(byKind)}, but its filter is for ${constantCase(byFilter)}. Put the filter under \`${ontology.kind(byKind).singular}\`, or change \`kind\`.`,
    );
  }
  return byKind ?? byFilter ?? (id ? kindOfId(ontology, id) : undefined);
}

const swapped = (
  { kindsAt }: Ontology,
  relation: RelationType,
  { from, to }: Record<'from' | 'to', readonly Kind[]>,
) =>
  from.some((kind) => kindsAt(relation, 'to').includes(kind)) &&
  to.some((kind) => kindsAt(relation, 'from').includes(kind))
    ? ' Swap `from` and `to`.'
    : '';

/** Narrows the kinds at both ends of a relation that may be of several types. */
function narrowByAny(
  { kindsAt }: Ontology,
  possible: (readonly Kind[])[],
  { types, reading, from, to }: Pick<PatternRelation, 'types' | 'reading' | 'from' | 'to'>,
  entities: readonly EntityInput[],
): void {
  const ways = types.flatMap((type) => {
    const way = { from: kindsAt(type, 'from'), to: kindsAt(type, 'to') };
    return reading === 'BOTH' ? [way, { from: way.to, to: way.from }] : [way];
  });
  const before = { from: possible[from] ?? [], to: possible[to] ?? [] };
  const fitting = ways.filter(
    (way) => way.from.some((kind) => before.from.includes(kind)) && way.to.some((kind) => before.to.includes(kind)),
  );
  if (fitting.length === 0) {
    throw badUserInput(
      `None of the relations leads from ${quoted(entities[from]?.as ?? '')} to ${quoted(entities[to]?.as ?? '')}, by their kinds. Change a kind, or add a relation type.`,
    );
  }
  possible[from] = before.from.filter((kind) => fitting.some((way) => way.from.includes(kind)));
  possible[to] = before.to.filter((kind) => fitting.some((way) => way.to.includes(kind)));
}

/**
 * The kind of every entity of a pattern: as declared, or as its relations imply; `Entity` if several kinds are
 * possible.
 * @throws GraphQLError BAD_USER_INPUT if a relation does not fit the kinds at its ends
 */
export function kindsOfEntities(
  ontology: Ontology,
  entities: readonly EntityInput[],
  relations: readonly PatternRelation[],
): readonly (Kind | 'Entity')[] {
  const { kindNames, kindsAt } = ontology;
  const possible: (readonly Kind[])[] = entities.map((entity) => {
    const declared = declaredKind(ontology, entity);
    return declared ? [declared] : kindNames;
  });
  for (const { types, reading, from, to } of relations) {
    const [relation] = types;
    if (types.length !== 1 || relation === undefined) {
      narrowByAny(ontology, possible, { types, reading, from, to }, entities);
      continue;
    }
    const before = { from: possible[from] ?? [], to: possible[to] ?? [] };
    for (const [end, position] of [['from', from] as const, ['to', to] as const]) {
      const allowed = kindsAt(relation, end);
      const left = before[end].filter((kind) => allowed.includes(kind));
      if (left.length === 0) {
        const name = quoted(entities[position]?.as ?? '');
        throw badUserInput(
          `${relation} leads from ${listed(ontology, kindsAt(relation, 'from'))} to ${listed(ontology, kindsAt(relation, 'to'))}; its \`${end}\`, ${name}, is ${listed(ontology, before[end])}.${swapped(ontology, relation, before)}`,
        );
      }
      possible[position] = left;
    }
  }
  return possible.map((left) => (left.length === 1 && left[0] ? left[0] : 'Entity'));
}
