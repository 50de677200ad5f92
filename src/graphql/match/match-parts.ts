import type { PatternEntity, PatternPart, PatternRelation } from '../../engine/match/match-pattern.ts';
import { badUserInput } from '../errors.ts';
import { quoted } from './match-kinds.ts';

/** A part before its comparisons are read. */
export type Outline = Omit<PatternPart, 'comparisons'>;

export interface Marked {
  readonly relation: PatternRelation;
  readonly optional: boolean;
  readonly negated: boolean;
}

/** A shape beside the match, and the positions that its comparisons name. */
export interface ShapeOutline {
  readonly relations: readonly PatternRelation[];
  readonly named: readonly number[];
}

/** What of a pattern says which entities it has, and how they hang together. */
export interface PatternOutline {
  readonly relations: readonly Marked[];
  /** Positions that comparisons and values of the match name. */
  readonly named: readonly number[];
  /** Positions that have equal values. */
  readonly joined: readonly (readonly number[])[];
  readonly shapes: readonly ShapeOutline[];
}

export interface PatternParts {
  readonly required: Outline;
  readonly optional: readonly Outline[];
  readonly negated: readonly Outline[];
  readonly shapes: readonly Outline[];
}

const endsOf = (relations: readonly PatternRelation[]) => new Set(relations.flatMap(({ from, to }) => [from, to]));

/** Groups of relations that share an entity outside `known`. */
function groups(relations: readonly PatternRelation[], known: ReadonlySet<number>): readonly Outline[] {
  let parts: readonly Outline[] = [];
  for (const relation of relations) {
    const own = [relation.from, relation.to].filter((position) => !known.has(position));
    const joined = parts.filter(({ entities }) => own.some((position) => entities.includes(position)));
    const merged: Outline = {
      entities: [...new Set([...joined.flatMap(({ entities }) => entities), ...own])],
      relations: [...joined.flatMap(({ relations: others }) => others), relation],
    };
    parts = [...parts.filter((part) => !joined.includes(part)), merged];
  }
  return parts;
}

/** All positions that links lead to from the first. */
function reachedBy(links: readonly (readonly number[])[]): ReadonlySet<number> {
  const reached = new Set([0]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const link of links) if (link.some((at) => reached.has(at))) for (const at of link) reached.add(at);
  }
  return reached;
}

const unconnected = (entities: readonly PatternEntity[], positions: readonly number[]) => {
  const names = positions.map((position) => quoted(entities[position]?.name ?? '')).join(', ');
  return badUserInput(
    `The pattern is not connected: no relation joins ${names} to ${quoted(entities[0]?.name ?? '')}. Add one, compare a value of both with EQ in \`where\`, or use separate queries.`,
  );
};

/**
 * The parts of a pattern: required, optional and negated ones, and its shapes.
 * @throws GraphQLError BAD_USER_INPUT if they are not connected, or an optional one brings in nothing
 */
export function partsOf(
  entities: readonly PatternEntity[],
  { relations, named, joined, shapes }: PatternOutline,
): PatternParts {
  const those = (mark: (relation: Marked) => boolean) => relations.filter(mark).map(({ relation }) => relation);
  const plain = those(({ optional, negated }) => !optional && !negated);
  const required = new Set([0, ...endsOf(plain), ...named]);
  const connected = reachedBy([...plain.map(({ from, to }) => [from, to]), ...joined]);
  const apart = [...required].filter((position) => !connected.has(position)).sort((left, right) => left - right);
  if (apart.length > 0) throw unconnected(entities, connected.size === 1 && plain.length > 0 ? [0] : apart);

  const optional = groups(
    those((relation) => relation.optional),
    required,
  );
  const negated = groups(
    those((relation) => relation.negated),
    required,
  );
  const outlines = shapes.map((shape) => ({
    entities: [...new Set([...endsOf(shape.relations), ...shape.named])].filter((position) => !required.has(position)),
    relations: shape.relations,
  }));
  for (const part of [...optional, ...negated]) {
    if (![...endsOf(part.relations)].some((position) => required.has(position)))
      throw unconnected(entities, part.entities);
  }
  for (const [index, shape] of shapes.entries()) {
    const touched = [...endsOf(shape.relations), ...shape.named];
    if (!touched.some((position) => required.has(position)))
      throw unconnected(entities, outlines[index]?.entities ?? []);
  }
  const idle = optional.find((part) => part.entities.length === 0)?.relations[0];
  if (idle) {
    const [from, to] = [idle.from, idle.to].map((position) => quoted(entities[position]?.name ?? ''));
    throw badUserInput(
      `${idle.types.join(' or ')} is optional, but ${from} and ${to} are part of the match without it, so it has no effect. Remove it, or make it required.`,
    );
  }
  const beside = [...negated, ...outlines].flatMap((part) => part.entities);
  const met = new Set([...required, ...optional.flatMap((part) => part.entities), ...beside]);
  const unnamed = entities.flatMap((_, position) => (met.has(position) ? [] : [position]));
  if (unnamed.length > 0) throw unconnected(entities, unnamed);
  const both = beside.find((position) => optional.some((part) => part.entities.includes(position)));
  if (both !== undefined) {
    throw badUserInput(
      `${quoted(entities[both]?.name ?? '')} is named by both an optional relation and one that is negated or in a shape. Use a separate entity for each.`,
    );
  }
  return {
    required: { entities: [...required].sort((left, right) => left - right), relations: plain },
    optional,
    negated,
    shapes: outlines,
  };
}
