import type { Pattern, PatternEntity, PatternPart, PatternRelation } from '../../graph/match/match-pattern.ts';
import { badUserInput } from '../errors.ts';
import { quoted } from './match-kinds.ts';

interface Marked {
  readonly relation: PatternRelation;
  readonly optional: boolean;
  readonly negated: boolean;
  /** The shape of `anyOf` that the relation belongs to; `null` if it belongs to none. */
  readonly alternative?: number | null;
}

const endsOf = (relations: readonly PatternRelation[]) => new Set(relations.flatMap(({ from, to }) => [from, to]));

/** Groups of relations that share an entity outside `known`. */
function groups(relations: readonly PatternRelation[], known: ReadonlySet<number>): readonly PatternPart[] {
  let parts: readonly PatternPart[] = [];
  for (const relation of relations) {
    const own = [relation.from, relation.to].filter((position) => !known.has(position));
    const joined = parts.filter(({ entities }) => own.some((position) => entities.includes(position)));
    const merged: PatternPart = {
      entities: [...new Set([...joined.flatMap(({ entities }) => entities), ...own])],
      relations: [...joined.flatMap(({ relations: others }) => others), relation],
    };
    parts = [...parts.filter((part) => !joined.includes(part)), merged];
  }
  return parts;
}

const unconnected = (entities: readonly PatternEntity[], positions: readonly number[]) => {
  const names = positions.map((position) => quoted(entities[position]?.name ?? '')).join(', ');
  return badUserInput(
    `The pattern is not connected: no relation joins ${names} to ${quoted(entities[0]?.name ?? '')}. Add one, or use separate queries.`,
  );
};

/**
 * The parts of a pattern: required, optional and negated.
 * @throws GraphQLError BAD_USER_INPUT if they are not connected, or an optional one brings in nothing
 */
export function partsOf(
  entities: readonly PatternEntity[],
  relations: readonly Marked[],
): Pick<Pattern, 'required' | 'optional' | 'negated' | 'alternatives'> {
  const those = (mark: (relation: Marked) => boolean) => relations.filter(mark).map(({ relation }) => relation);
  const isOf = ({ alternative = null }: Marked) => alternative !== null;
  const plain = those((relation) => !relation.optional && !relation.negated && !isOf(relation));
  const required = new Set([0, ...endsOf(plain)]);
  const [main, ...others] = groups([...plain].length > 0 ? plain : [], new Set());
  const connected = new Set(main ? main.entities : [0]);
  const apart = others.flatMap((part) => part.entities);
  if (apart.length > 0 || !connected.has(0)) {
    throw unconnected(entities, connected.has(0) ? apart : [...connected]);
  }

  const optional = groups(
    those((relation) => relation.optional),
    required,
  );
  const negated = groups(
    those((relation) => relation.negated),
    required,
  );
  const shapes = [...new Set(relations.filter(isOf).map(({ alternative }) => alternative))].map((shape) =>
    groups(
      those(({ alternative }) => alternative === shape),
      required,
    ),
  );
  const apartShape = shapes.find((parts) => parts.length > 1);
  if (apartShape) {
    throw badUserInput(
      `The relations of a shape in \`anyOf\` must be connected by entities of their own; ${apartShape.length} parts are not. Put relations that do not depend on one another into \`relations\`.`,
    );
  }
  const alternatives = shapes.flat();
  for (const part of [...optional, ...negated, ...alternatives]) {
    if (![...endsOf(part.relations)].some((position) => required.has(position)))
      throw unconnected(entities, part.entities);
  }
  const idle = optional.find((part) => part.entities.length === 0)?.relations[0];
  if (idle) {
    const [from, to] = [idle.from, idle.to].map((position) => quoted(entities[position]?.name ?? ''));
    throw badUserInput(
      `${idle.types.join(' or ')} is optional, but ${from} and ${to} are part of the match without it, so it has no effect. Remove it, or make it required.`,
    );
  }
  const named = new Set([...required, ...[...optional, ...negated, ...alternatives].flatMap((part) => part.entities)]);
  const unnamed = entities.flatMap((_, position) => (named.has(position) ? [] : [position]));
  if (unnamed.length > 0) throw unconnected(entities, unnamed);
  const both = [...negated, ...alternatives]
    .flatMap((part) => part.entities)
    .find((position) => optional.some((part) => part.entities.includes(position)));
  if (both !== undefined) {
    throw badUserInput(
      `${quoted(entities[both]?.name ?? '')} is named by both an optional relation and one that is negated or in \`anyOf\`. Use a separate entity for each.`,
    );
  }
  return {
    required: { entities: [...required].sort((left, right) => left - right), relations: plain },
    optional,
    negated,
    alternatives: alternatives.length > 0 ? [alternatives] : [],
  };
}
