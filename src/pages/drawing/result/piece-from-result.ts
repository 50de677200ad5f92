import type { Card } from '../answers.ts';
import type { Piece } from '../piece.ts';
import { hopKey } from '../piece.ts';
import { isObject, type Values } from './tables.ts';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const slugOf = (value: unknown) => (isObject(value) ? textOf(value.slug) : undefined);

/** The entity that an object is, if it has a slug and a name. */
function entityOf(value: unknown): Card | undefined {
  const slug = slugOf(value);
  if (!isObject(value) || slug === undefined || textOf(value.name) === undefined) return undefined;
  return {
    __typename: textOf(value.__typename) ?? '',
    slug,
    name: textOf(value.name) ?? slug,
    nameZh: textOf(value.nameZh) ?? null,
  };
}

/** Context of a value in a response: the nearest entity above, and the field of that entity which contains it. */
interface Place {
  readonly near?: Card | undefined;
  readonly field?: string;
}

/**
 * Entities and relations of a response: hops by their relation, nested entities by the field that contains them, and
 * sibling entities of a row.
 */
export function pieceFromResult(data: unknown): Piece {
  const nodes = new Map<string, Card>();
  const edges = new Map<string, Piece['edges'][number]>();

  function add(card: Card): void {
    const known = nodes.get(card.slug);
    nodes.set(card.slug, { ...card, __typename: card.__typename || (known?.__typename ?? '') });
  }

  function relate(relation: string, from: string, to: string): void {
    if (from === to) return;
    const hop = { relation, from: { slug: from }, to: { slug: to }, properties: [] };
    edges.set(hopKey(hop), hop);
  }

  /** Entities in one row of a response are related, whatever the query. */
  function relateRow(row: Values): void {
    const [first, ...others] = Object.entries(row).flatMap(([field, value]) => {
      const card = entityOf(value);
      return card ? [{ field, card }] : [];
    });
    for (const { field, card } of others) if (first) relate(field, first.card.slug, card.slug);
  }

  function visitEach(values: Values, place: (field: string) => Place): void {
    for (const [field, value] of Object.entries(values)) visit(value, place(field));
  }

  function visit(value: unknown, place: Place): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, place);
      return;
    }
    if (!isObject(value)) return;
    const [relation, from, to] = [textOf(value.relation), slugOf(value.from), slugOf(value.to)];
    if (relation !== undefined && from !== undefined && to !== undefined) {
      relate(relation, from, to);
      for (const end of [value.from, value.to]) visit(end, {});
      return;
    }
    const card = entityOf(value);
    if (card) {
      add(card);
      if (place.near) relate((place.field ?? '').replace(/(?<=.)Edge$/, ''), place.near.slug, card.slug);
      visitEach(value, (field) => ({ near: card, field }));
      return;
    }
    // An edge of a connection, a reference, or what is said of an entity.
    const main = ['node', 'entity'].find((field) => entityOf(value[field]) !== undefined);
    if (main !== undefined) {
      const { [main]: inner, ...others } = value;
      visit(inner, place);
      visitEach(others, (field) => ({ near: entityOf(inner), field }));
      return;
    }
    if (!place.near) relateRow(value);
    visitEach(value, (field) => (place.near ? place : { field }));
  }

  // Root fields are independent.
  if (isObject(data)) for (const value of Object.values(data)) visit(value, {});
  const known = [...edges.values()].filter(({ from, to }) => nodes.has(from.slug) && nodes.has(to.slug));
  return { nodes: [...nodes.values()], edges: known };
}
