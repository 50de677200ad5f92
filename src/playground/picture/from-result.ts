import type { Card, EdgeProperty, Hop, SourceCard } from '../../drawing/answers.ts';
import { hopKey, type Piece } from '../../drawing/piece.ts';
import { isObject } from '../answers/is-object.ts';

type Values = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Prefix of keys for entities without a slug in the response; slugs never start with it. */
const MADE_UP = '~';

/** Whether the slug of an entity is known, so that it can be queried further. */
export const hasSlug = ({ slug }: Pick<Card, 'slug'>): boolean => !slug.startsWith(MADE_UP);

/**
 * The key of an object if it is an entity.
 *
 * @param isNamed whether a name is enough, for responses without slugs
 */
function keyOf(value: Values, isNamed: boolean): string | undefined {
  const slug = textOf(value.slug);
  if (slug !== undefined || !isNamed) return slug;
  const [type = '', id, name] = [textOf(value.__typename), textOf(value.id), textOf(value.name)];
  if (id !== undefined) return `${MADE_UP}${id}`;
  // A property of a relation has a name too, and a value.
  return name === undefined || 'value' in value ? undefined : `${MADE_UP}${type}${MADE_UP}${name}`;
}

/** What is said of the entity of an object: a reference, such as a change, says it in its `entity`. */
function saidOf(value: Values): Values {
  if (!('entity' in value)) return value;
  return isObject(value.entity) ? value.entity : {};
}

const structural = new Set(['node', 'entity', 'cursor', 'sources', 'ownSources', '__typename']);

/** Properties of an edge of a connection. */
const propertiesOf = (edge: Values): readonly EdgeProperty[] =>
  Object.entries(edge)
    .filter(([name, value]) => !structural.has(name) && value !== null && typeof value !== 'object')
    .map(([name, value]) => ({ name, value }));

const listOf = (value: unknown): readonly Values[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Context of a value in a response. */
interface Place {
  /** The nearest entity above. */
  readonly near?: Card | undefined;
  /** The field of that entity. */
  readonly field?: string | undefined;
  /** The edge that leads to it. */
  readonly edge?: Values | undefined;
}

/**
 * Entities and relations of a response: hops by their relation, nested entities by the field that contains them, and
 * sibling entities of a row.
 */
export function pieceFromResult(data: unknown, { isNamed }: { readonly isNamed: boolean }): Piece {
  const nodes = new Map<string, Card>();
  const edges = new Map<string, Hop>();

  function cardOf(value: unknown): Card | undefined {
    if (!isObject(value)) return undefined;
    const slug = keyOf(value, isNamed);
    if (slug === undefined) return undefined;
    const known = nodes.get(slug);
    const said = saidOf(value);
    const card: Card = {
      ...known,
      __typename: textOf(said.__typename) ?? known?.__typename ?? '',
      slug,
      name: textOf(said.name) ?? known?.name ?? slug,
      nameZh: textOf(said.nameZh) ?? known?.nameZh ?? null,
    };
    nodes.set(slug, card);
    return card;
  }

  function relate(relation: string, from: Card, to: Card, said: Partial<Hop> = {}): void {
    const hop: Hop = { relation, from, to, properties: [], ownSources: false, sources: [], ...said };
    edges.set(hopKey(hop), { ...hop, from: { slug: from.slug }, to: { slug: to.slug } });
  }

  /** A relation with its ends, or a hop between two neighbouring entities of a path. */
  function hop(value: Values, from: Card, to: Card): void {
    const properties = listOf(value.properties).map(({ name, value: said }) => ({ name: String(name), value: said }));
    const sources = listOf(value.sources) as unknown as readonly SourceCard[];
    relate(String(value.relation), from, to, { properties, sources });
  }

  /** The hops of a path without selected ends: they connect its entities in order. */
  function walk(path: Values): void {
    const along = listOf(path.nodes).map(cardOf);
    for (const [index, step] of listOf(path.hops).entries()) {
      const [here, there] = [along[index], along[index + 1]];
      if (!here || !there || textOf(step.relation) === undefined || isObject(step.from)) continue;
      if (step.direction === 'BACKWARD') hop(step, there, here);
      else hop(step, here, there);
    }
  }

  function visitAll(values: Values, place: (field: string) => Place, skipped?: string): void {
    for (const [field, value] of Object.entries(values)) if (field !== skipped) visit(value, place(field));
  }

  function visit(value: unknown, place: Place): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, place);
      return;
    }
    if (!isObject(value)) return;
    const [from, to] = [cardOf(value.from), cardOf(value.to)];
    if (textOf(value.relation) !== undefined && from && to) {
      hop(value, from, to);
      for (const end of [value.from, value.to]) visit(end, {});
      return;
    }
    const card = cardOf(value);
    if (card) {
      // No entity is related to itself: a reference leads to its own entity.
      if (place.near && place.field !== undefined && place.near.slug !== card.slug) {
        const properties = place.edge ? propertiesOf(place.edge) : [];
        relate(place.field.replace(/(?<=.)Edge$/, ''), place.near, card, { properties });
      }
      visitAll(value, (field) => ({ near: card, field }));
      return;
    }
    walk(value);
    const main = ['node', 'entity'].find((field) => cardOf(value[field]) !== undefined);
    if (main !== undefined) {
      visit(value[main], { ...place, edge: value });
      visitAll(value, (field) => ({ near: cardOf(value[main]), field }), main);
      return;
    }
    if (!place.near) relateRow(value);
    visitAll(value, (field) => ({ ...place, field: place.near ? place.field : field }));
  }

  /** Entities in one row of a response are related, whatever the query. */
  function relateRow(row: Values): void {
    const [first, ...others] = Object.entries(row).flatMap(([field, value]) => {
      const card = cardOf(value);
      return card ? [{ field, card }] : [];
    });
    for (const { field, card } of others) if (first && card.slug !== first.card.slug) relate(field, first.card, card);
  }

  // Root fields are independent.
  if (isObject(data)) for (const value of Object.values(data)) visit(value, {});
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
