import type { Card } from '../drawing/answers.ts';
import { hopKey, merge, type Piece } from '../drawing/piece.ts';
import { pieceFromResult } from '../drawing/result/piece-from-result.ts';
import { isObject, type Values } from '../drawing/result/tables.ts';

/** A source of facts, which refer to it by its number. */
export interface Source {
  readonly n: number;
  readonly slug: string;
  readonly name: string;
  readonly publisher?: string;
  readonly date?: string;
  readonly url?: string;
}

/** A number of entities: of a kind, of a group, or of a list of which the answer has a part. */
export interface Group {
  /** The entity that the group has in common, if it is one. */
  readonly card?: Card;
  /** The value of each key; `null` where none is recorded. */
  readonly keys: readonly (string | null)[];
  readonly count: number;
}

/** What a word of a question was taken for. */
export interface ReadWord {
  readonly words: string;
  /** The name of the entity, if it was taken for one. */
  readonly entity?: string;
}

/** An answer of a tool as the page shows it. */
export interface Answer {
  /** Entities with their relations. */
  readonly piece: Piece;
  /** Numbers of the sources of each relation, by its key. */
  readonly sourcesOf: ReadonlyMap<string, readonly number[]>;
  /** The answer as a response of GraphQL, without relations that stand beside their entities. */
  readonly data: Values;
  readonly groups: readonly Group[];
  /** How many entities there are, where the answer says so. */
  readonly total: number | undefined;
  readonly sources: readonly Source[];
  readonly reading: readonly ReadWord[];
  /** What the server says of the answer, such as which words it left out. */
  readonly remark: string | undefined;
  /** What a budget cut from the answer: how many at which place. */
  readonly cut: readonly { readonly at: string; readonly count: number }[];
}

/** What the page has to know of an ontology to read an answer. */
export interface Naming {
  /** The type name of a kind: `CountryGroup` for `COUNTRY_GROUP`. */
  typeOf(kind: string): string;
  /** The type name of the kind that a root field lists. */
  typeOfField(field: string): string | undefined;
  /** The relation of a field of a kind. */
  relationOfField(
    typeName: string,
    field: string,
  ): { readonly relation: string; readonly target: string; readonly isForward: boolean } | undefined;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectsIn = (value: unknown): readonly Values[] => listOf(value).filter(isObject);
const numbersIn = (value: unknown) => listOf(value).filter((each) => typeof each === 'number');
const isEntity = (value: unknown): value is Values & { readonly slug: string; readonly name: string } =>
  isObject(value) && typeof value.slug === 'string' && typeof value.name === 'string';
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The same with what is shared, and what differs, beside each of the entities that were compared. */
function comparedEntities({ entities, shared, differing, properties, ...others }: Values): Values {
  const ownOf = ({ slug }: Values) => objectsIn(differing).find(({ of }) => of === slug)?.neighbors;
  const related = (entity: Values) => ({ ...entity, shared: [...listOf(shared), ...listOf(ownOf(entity))] });
  return { ...others, entities: objectsIn(entities).map(related), properties };
}

/**
 * An answer as a response of GraphQL: entities have a type, relations have entities at their ends, and related entities stand in
 * the field of their relation.
 */
function asResponse(content: Values, { typeOf }: Naming) {
  const sourcesOf = new Map<string, readonly number[]>();
  /** Relations that the answer has as properties of the related entity. */
  const relations: Values[] = [];
  const related: Values[] = [];

  function relate(relation: string, from: string, to: string, sources: unknown): Values {
    const hop = { relation, from: { slug: from }, to: { slug: to } };
    sourcesOf.set(hopKey(hop), numbersIn(sources));
    return hop;
  }

  function entityOf({ kind, sources: _, relations: inner, ...others }: Values): Values {
    const near = String(others.slug);
    const fields = { ...others, ...(isObject(inner) ? inner : {}) };
    const converted = Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
      const field = convert(value, near);
      return Array.isArray(field) && field.length === 0 ? [] : [[name, field]];
    });
    return { ...(typeof kind === 'string' && { __typename: typeOf(kind) }), ...Object.fromEntries(converted) };
  }

  function convert(value: unknown, near?: string): unknown {
    if (Array.isArray(value)) return value.map((item) => convert(item, near)).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const { relation, direction, from, to, sources } = value;
    if (isEntity(value)) {
      if (near === undefined || typeof relation !== 'string') return entityOf(value);
      const ends =
        direction === 'BACKWARD' ? ([String(value.slug), near] as const) : ([near, String(value.slug)] as const);
      relations.push(relate(relation, ...ends, sources));
      related.push(entityOf({ ...value, relation: undefined, direction: undefined }));
      return undefined;
    }
    if (typeof relation === 'string' && typeof from === 'string' && typeof to === 'string')
      return relate(relation, from, to, sources);
    const { total, items, ...others } = value;
    if (Array.isArray(items)) return { ...others, totalCount: total, nodes: convert(items, near) };
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, convert(inner, near)]));
  }

  return {
    data: convert(content) as Values,
    beside: { besideEntities: related, besideRelations: relations },
    sourcesOf,
  };
}

/** Groups with their keys, wherever a response has them: as the tool has them, or as the schema has them. */
function groupsIn(value: unknown): readonly Group[] {
  const items = objectsIn(isObject(value) ? (value.nodes ?? value.edges) : value);
  if (items.length > 0 && items.every(({ keys, count }) => Array.isArray(keys) && typeof count === 'number')) {
    return items.map(({ keys, count }): Group => {
      const known = listOf(keys).map((key) => (isObject(key) && 'entity' in key ? (key.entity ?? key.value) : key));
      const [first] = known;
      const card = known.length === 1 && isEntity(first) ? { __typename: '', ...first } : undefined;
      const texts = known.map((key) => (isEntity(key) ? String(key.name) : key === null ? null : String(key)));
      return { ...(card && { card }), keys: texts, count: Number(count) };
    });
  }
  return isObject(value) ? Object.values(value).flatMap(groupsIn) : [];
}

/** The total of the only list, or the only number, of a response. */
function totalIn(data: Values): number | undefined {
  const totals = Object.values(data).flatMap((value) => (isObject(value) ? [value.totalCount] : []));
  return totals.length === 1 && typeof totals[0] === 'number' ? totals[0] : undefined;
}

/** A response with the type of each entity, which follows from the field that it stands in. */
function typed(value: unknown, type: string | undefined, naming: Naming): unknown {
  if (Array.isArray(value)) return value.map((item) => typed(item, type, naming));
  if (!isObject(value)) return value;
  const own = textOf(value.__typename) ?? (isEntity(value) ? type : undefined);
  const fields = Object.entries(value).map(([field, inner]) => {
    const isSame = ['nodes', 'edges', 'node'].includes(field);
    const far = own === undefined ? naming.typeOfField(field) : naming.relationOfField(own, field)?.target;
    return [field, typed(inner, isSame ? type : far, naming)] as const;
  });
  return { ...(own !== undefined && { __typename: own }), ...Object.fromEntries(fields) };
}

/** Relations as they are stored, where a response has the field that leads along them. */
function storedEdges({ nodes, edges }: Piece, { relationOfField }: Naming): Piece['edges'] {
  const typeBySlug = new Map(nodes.map(({ slug, __typename }) => [slug, __typename]));
  return edges.map((edge) => {
    const known = relationOfField(typeBySlug.get(edge.from.slug) ?? '', edge.relation);
    if (!known) return edge;
    const { relation, isForward } = known;
    return { ...edge, relation, ...(isForward ? {} : { from: edge.to, to: edge.from }) };
  });
}

/** Members of a result that are not the answer itself. */
const around = [
  'notice',
  'sources',
  'leftOut',
  'reading',
  'remark',
  'document',
  'variables',
  'next',
  'end',
  'truncated',
];

/** Reads the structured content of a result (MCP 2026-07-28, "Structured Content"). Whatever it is, nothing is thrown. */
export function answerOf(content: Values, naming: Naming): Answer {
  const { sources, leftOut, reading, remark } = content;
  const told = Object.fromEntries(Object.entries(content).filter(([name]) => !around.includes(name)));
  // `ask` and `graphql` return what GraphQL answered.
  const response = Array.isArray(reading) ? told.answer : told.data;
  const whole = told.differing === undefined ? told : comparedEntities(told);
  const { data, beside, sourcesOf } = isObject(response)
    ? {
        data: typed(response, undefined, naming) as Values,
        beside: {},
        sourcesOf: new Map<string, readonly number[]>(),
      }
    : asResponse(whole, naming);
  const piece = pieceFromResult({ ...data, ...beside });
  return {
    piece: { ...piece, edges: storedEdges(piece, naming) },
    ...{ sourcesOf, data },
    groups: groupsIn(data),
    total: typeof told.total === 'number' ? told.total : totalIn(data),
    sources: objectsIn(sources).map((source) => ({
      ...source,
      ...{ n: Number(source.n), slug: String(source.slug), name: String(source.name) },
    })),
    reading: objectsIn(reading).map(({ words, role, means }) => ({
      words: String(words),
      ...(role === 'ENTITY' && { entity: String(means) }),
    })),
    remark: textOf(remark),
    cut: objectsIn(leftOut).map(({ at, count }) => ({ at: String(at), count: Number(count) })),
  };
}

/** An answer with the entities and relations of another one, whose sources get numbers of this one. */
export function grownBy(answer: Answer, more: Answer): Answer {
  const sources = [...answer.sources];
  const numbers = new Map<number, number>();
  for (const source of more.sources) {
    const known = sources.find(({ slug }) => slug === source.slug);
    const n = known?.n ?? Math.max(0, ...sources.map((each) => each.n)) + 1;
    numbers.set(source.n, n);
    if (!known) sources.push({ ...source, n });
  }
  const renumbered = [...more.sourcesOf].map(
    ([key, all]) => [key, all.flatMap((n) => numbers.get(n) ?? []).toSorted((a, b) => a - b)] as const,
  );
  return {
    ...answer,
    piece: merge(answer.piece, more.piece),
    sourcesOf: new Map([...renumbered, ...answer.sourcesOf]),
    sources,
  };
}
