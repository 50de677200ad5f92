import type { StoredRelation } from '../../engine/graph/walk.ts';
import type { MatchedRow, MatchKey, SelectedEntity } from '../../engine/match/match.ts';
import { answeredBy, type NamedValue, type Pattern, type PatternRelation } from '../../engine/match/match-pattern.ts';
import { encodeCursor } from '../../engine/reads/cursor.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { checkNumberOfKeys, type Direction, duplicateKey } from '../arguments/order-input.ts';
import type { Found } from '../entities/relation-step.ts';
import { badUserInput } from '../errors.ts';
import { quoted } from './match-kinds.ts';

export interface MatchOrderInput {
  readonly as?: string | null | undefined;
  readonly value?: string | null | undefined;
  readonly by: 'name' | 'id' | 'ways';
  readonly direction: Direction;
}

const positionIn = (pattern: Pattern, positions: readonly number[], name: string, where: string) => {
  const position = positions.find((at) => pattern.entities[at]?.name === name);
  if (position !== undefined) return position;
  const names = positions.map((at) => quoted(pattern.entities[at]?.name ?? '')).join(', ');
  throw badUserInput(`\`${where}\` names ${quoted(name)}, which is not in the result. Its entities are ${names}.`);
};

/**
 * Positions of the entities that the rows of a result contain: those named, otherwise all that can be matched.
 * @throws GraphQLError BAD_USER_INPUT
 */
export function shownOf(pattern: Pattern, show: readonly string[] | null | undefined): readonly number[] {
  const found = answeredBy(pattern).toSorted((left, right) => left - right);
  if (!show) return found;
  if (show.length === 0)
    throw badUserInput('`show` must not be empty. List the entities to return, or leave it out to return all.');
  return [...new Set(show.map((name) => positionIn(pattern, found, name, 'show')))].sort((left, right) => left - right);
}

/**
 * The values that rows show: those that are about entities in a row alone.
 */
export const valuesOf = ({ values }: Pattern, shown: readonly number[]): readonly NamedValue[] =>
  values.filter(({ entities }) => entities.every((position) => shown.includes(position)));

/** @throws GraphQLError BAD_USER_INPUT if the pattern does not define it, or it is about what is not shown */
export function valueNamed(pattern: Pattern, shown: readonly number[], name: string): NamedValue {
  const found = pattern.values.find((value) => value.name === name);
  if (!found) {
    const known = pattern.values.map((value) => quoted(value.name)).join(', ');
    throw badUserInput(
      `The pattern has no value ${quoted(name)}. ${known ? `It has ${known}.` : 'Define it in `values`.'}`,
    );
  }
  const hidden = found.entities.find((position) => !shown.includes(position));
  if (hidden === undefined) return found;
  throw badUserInput(
    `The value ${quoted(name)} is about ${quoted(pattern.entities[hidden]?.name ?? '')}, which \`show\` leaves out. Add that to \`show\`.`,
  );
}

/**
 * The order of the rows, made total by the slugs of all returned entities; by names if none is given.
 * @throws GraphQLError BAD_USER_INPUT
 */
export function matchOrder(
  pattern: Pattern,
  shown: readonly number[],
  orderBy: readonly MatchOrderInput[] | null | undefined,
): readonly MatchKey[] {
  const given = orderBy ?? [];
  checkNumberOfKeys(given);
  const byWays = (descending: boolean): MatchKey => {
    return { entity: null, property: 'ways', by: { property: 'ways' }, type: 'number', descending, nullable: false };
  };
  const key = (entity: number, property: 'name' | 'id', descending: boolean): MatchKey => ({
    entity,
    property,
    by: { property },
    type: 'string',
    descending,
    nullable: !pattern.required.entities.includes(entity),
  });
  const keys = given.map(({ as, by, value, direction }): MatchKey => {
    if (typeof value === 'string') {
      if (typeof as === 'string' || by !== 'name') {
        throw badUserInput('A sort key with `value` has neither `as` nor `by`. Leave them out.');
      }
      const found = valueNamed(pattern, shown, value);
      const property = `value ${value}`;
      const type = found.type === 'number' || found.type === 'boolean' ? found.type : 'string';
      return {
        entity: null,
        property,
        value: found,
        by: { property },
        type,
        descending: direction === 'DESC',
        nullable: true,
      };
    }
    if (by === 'ways') {
      if (typeof as !== 'string') return byWays(direction === 'DESC');
      throw badUserInput('A sort key with `by: WAYS` is about whole matches. Leave out `as`.');
    }
    if (typeof as === 'string') return key(positionIn(pattern, shown, as, 'orderBy'), by, direction === 'DESC');
    throw badUserInput('A sort key needs the name of an entity in `as`, unless it is `by: WAYS`.');
  });
  const isByEntity = keys.some(({ entity }) => entity !== null);
  const first = isByEntity ? keys : [...keys, ...shown.map((entity) => key(entity, 'name', false))];
  const all = [...first, ...shown.map((entity) => key(entity, 'id', false))];
  const isFirst = ({ entity, property }: MatchKey, index: number) =>
    all.findIndex((other) => other.entity === entity && other.property === property) === index;
  if (!keys.every(isFirst)) throw duplicateKey();
  return all.filter(isFirst);
}

/** An entity of a row. */
export interface ShownEntity {
  readonly name: string;
  readonly kind: Kind | 'Entity';
  readonly slug: string | null;
  /** The entity, if its row was read with it. */
  readonly read: Entity | null;
  readonly answer: MatchAnswer;
}

/** The relations that every row can return: those of one hop, between entities that are returned. */
export const includedRelations = (
  { required, optional }: Pattern,
  shown: readonly number[],
): readonly PatternRelation[] =>
  [required, ...optional]
    .flatMap(({ relations }) => relations)
    .filter(
      ({ from, to, minHops, maxHops }) => minHops === 1 && maxHops === 1 && shown.includes(from) && shown.includes(to),
    );

/** The relations of one row, as they are stored; without missing optional ones. */
function storedRelations(
  shown: readonly number[],
  included: readonly PatternRelation[],
  { slugs, asStored }: MatchedRow,
) {
  return included.flatMap(({ types, from, to }, index): readonly StoredRelation[] => {
    const ends = [slugs[shown.indexOf(from)], slugs[shown.indexOf(to)]];
    const stored = asStored[index] ?? false;
    const all = typeof stored === 'boolean' ? [[String(types[0]), stored] as const] : stored;
    return all.flatMap(([relation, leads]) => {
      const [start, end] = leads ? ends : ends.toReversed();
      return start && end ? [{ relation, from: start, to: end }] : [];
    });
  });
}

/** The rows of one result. The selected fields of their entities are read for all rows at once. */
export class MatchAnswer {
  readonly rows: readonly MatchRow[];
  readonly #reads = new Map<string, Promise<ReadonlyMap<string, Entity>>>();
  readonly #hops = new Map<string, Promise<Found>>();

  constructor(
    pattern: Pattern,
    {
      shown,
      included,
      selected,
      signature,
      values,
    }: {
      shown: readonly number[];
      included: readonly PatternRelation[];
      selected: readonly SelectedEntity[];
      signature: string;
      values: readonly NamedValue[];
    },
    rows: readonly MatchedRow[],
  ) {
    this.rows = rows.map((row) => ({
      answer: this,
      relations: storedRelations(shown, included, row),
      cursor: encodeCursor(signature, row.keys),
      ways: row.ways,
      value: (name) => row.values[values.indexOf(valueNamed(pattern, shown, name))] ?? null,
      entities: shown.map((position, index) => ({
        name: pattern.entities[position]?.name ?? '',
        kind: pattern.entities[position]?.kind ?? 'Entity',
        slug: row.slugs[index] ?? null,
        read: row.entities[selected.findIndex(({ entity }) => entity === position)] ?? null,
        answer: this,
      })),
    }));
  }

  /**
   * The entity with a name in one row.
   *
   * @param place path in the response without row indexes
   * @param names names of the entities selected at that path
   * @param read reads entities by their slugs
   */
  async entity(
    { slug, kind }: { readonly slug: string; readonly kind: Kind | 'Entity' },
    place: string,
    names: readonly string[],
    read: (slugs: readonly string[]) => Promise<readonly (Entity | null)[]>,
  ): Promise<Entity | null> {
    const key = JSON.stringify([place, kind, names]);
    const entities = await getOrInsert(this.#reads, key, () => this.#all(kind, names, read));
    return entities.get(slug) ?? null;
  }

  /** The fields selected of relations at one place in the response, for all rows. */
  hops(place: string, read: (relations: readonly StoredRelation[]) => Promise<Found>): Promise<Found> {
    return getOrInsert(this.#hops, place, () => read(this.rows.flatMap(({ relations }) => relations)));
  }

  async #all(
    kind: Kind | 'Entity',
    names: readonly string[],
    read: (slugs: readonly string[]) => Promise<readonly (Entity | null)[]>,
  ): Promise<ReadonlyMap<string, Entity>> {
    const asked = this.rows
      .flatMap(({ entities }) => entities)
      .filter((entity) => entity.kind === kind && names.includes(entity.name));
    const slugs = new Set(asked.flatMap((entity) => entity.slug ?? []));
    const found = await read([...slugs]);
    return new Map(found.flatMap((entity) => (entity ? [[entity.slug, entity] as const] : [])));
  }
}

/** A match of the pattern. */
export interface MatchRow {
  readonly answer: MatchAnswer;
  readonly relations: readonly StoredRelation[];
  readonly cursor: string;
  readonly ways: number;
  /** @throws GraphQLError BAD_USER_INPUT on a value that rows do not have */
  readonly value: (name: string) => Scalar;
  readonly entities: readonly ShownEntity[];
}
