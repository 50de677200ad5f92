import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { Graph, Parameters, ReadOptions } from '../graph/graph.ts';
import { Scope } from '../graph/scope.ts';
import type { Statement } from '../graph/statement.ts';
import { byText } from '../graph/walk.ts';
import type { Filter } from '../reads/filter.ts';
import { conjunction, predicate } from '../reads/predicate.ts';

/** Which entities and links of the graph are looked at. */
export interface Projection {
  readonly kinds: readonly Kind[];
  /** Conditions on entities of one kind; those of other kinds are free of them. */
  readonly filters: readonly { readonly kind: Kind | 'Entity'; readonly filter: Filter }[];
  /** Relations between the entities; or ways from each to what two of them may share, by relations in either direction. */
  readonly links:
    | { readonly relations: readonly RelationType[] }
    | { readonly shared: readonly (readonly RelationType[])[] };
}

/** A projected graph, whose links have no direction: the ends of each are positions in `slugs`. */
export interface ProjectedGraph {
  readonly slugs: readonly string[];
  readonly kinds: readonly Kind[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Number of relations between two entities, or of what they share. */
  readonly weights: Float64Array;
}

export interface ProjectionBounds {
  readonly entities: number;
  readonly links: number;
  /** Pairs that share something, counted once for each thing that they share. */
  readonly pairs: number;
}

/** A projection that exceeds its bounds. */
export class ProjectionTooLarge extends Error {
  override readonly name = 'ProjectionTooLarge';
  readonly what: keyof ProjectionBounds;

  constructor(what: keyof ProjectionBounds) {
    super(`The projection has too many ${what}.`);
    this.what = what;
  }
}

const entityPredicate = ({ kinds, filters }: Projection, node: string, scope: Scope): string =>
  conjunction([
    `${node}:${kinds.join('|')}`,
    ...filters.map(({ kind, filter }) =>
      kind === 'Entity'
        ? predicate(filter, node, scope)
        : conjunction([`(NOT ${node}:${kind} OR ${predicate(filter, node, scope)})`]),
    ),
  ]);

type Limited = (scope: Scope) => string;

async function readRows<Columns extends readonly unknown[]>(
  graph: Graph,
  name: string,
  textOf: Limited,
  options: ReadOptions,
): Promise<readonly Columns[]> {
  const scope = new Scope('p');
  const statement: Statement<Parameters, Columns> = { name, text: textOf(scope) };
  return graph.read(statement, scope.parameters, options);
}

/** Collects links without direction, those between the same two as one. */
class Links {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #size: number;
  readonly #weights = new Map<number, number>();

  constructor(slugs: readonly string[]) {
    this.#positions = new Map(slugs.map((slug, position) => [slug, position]));
    this.#size = slugs.length;
  }

  position(slug: string): number | undefined {
    return this.#positions.get(slug);
  }

  get count(): number {
    return this.#weights.size;
  }

  add(one: number, other: number): void {
    if (one === other) return;
    const key = Math.min(one, other) * this.#size + Math.max(one, other);
    this.#weights.set(key, (this.#weights.get(key) ?? 0) + 1);
  }

  graph(slugs: readonly string[], kinds: readonly Kind[]): ProjectedGraph {
    const keys = [...this.#weights.keys()].sort((left, right) => left - right);
    return {
      slugs,
      kinds,
      starts: Int32Array.from(keys, (key) => Math.floor(key / this.#size)),
      ends: Int32Array.from(keys, (key) => key % this.#size),
      weights: Float64Array.from(keys, (key) => this.#weights.get(key) ?? 0),
    };
  }
}

async function addRelations(
  graph: Graph,
  projection: Projection,
  relations: readonly RelationType[],
  links: Links,
  bounds: ProjectionBounds,
  options: ReadOptions,
): Promise<void> {
  type Row = readonly [from: string, to: string];
  const rows = await readRows<Row>(
    graph,
    'structure-links',
    (scope) => {
      const where = conjunction([
        entityPredicate(projection, 'near', scope),
        entityPredicate(projection, 'far', scope),
      ]);
      return `MATCH (near:${projection.kinds.join('|')})-[:${relations.join('|')}]->(far:Entity) WHERE ${where} RETURN near.id AS nearSlug, far.id AS farSlug LIMIT toInteger(${scope.value(bounds.links + 1)})`;
    },
    options,
  );
  if (rows.length > bounds.links) throw new ProjectionTooLarge('links');
  for (const [from, to] of rows) {
    const [one, other] = [links.position(from), links.position(to)];
    if (one !== undefined && other !== undefined) links.add(one, other);
  }
}

/** Joins entities that reach the same one by the same way; each thing that two of them share counts once. */
async function addShared(
  graph: Graph,
  projection: Projection,
  way: readonly RelationType[],
  links: Links,
  bounds: ProjectionBounds,
  options: ReadOptions,
): Promise<void> {
  type Row = readonly [near: string, shared: string];
  const rows = await readRows<Row>(
    graph,
    'structure-shared',
    (scope) => {
      const hops = way
        .map((relation, at) => `-[:${relation}]-(${at === way.length - 1 ? 'shared' : ''}:Entity)`)
        .join('');
      const where = entityPredicate(projection, 'near', scope);
      return `MATCH (near:${projection.kinds.join('|')})${hops} WHERE ${where} AND shared <> near RETURN DISTINCT near.id AS nearSlug, shared.id AS sharedSlug LIMIT toInteger(${scope.value(bounds.links + 1)})`;
    },
    options,
  );
  if (rows.length > bounds.links) throw new ProjectionTooLarge('links');
  const members = new Map<string, number[]>();
  for (const [near, shared] of rows) {
    const position = links.position(near);
    if (position !== undefined) getOrInsert(members, shared, () => []).push(position);
  }
  let pairs = 0;
  for (const { length } of members.values()) pairs += (length * (length - 1)) / 2;
  if (pairs > bounds.pairs) throw new ProjectionTooLarge('pairs');
  for (const positions of members.values()) {
    for (const [at, one] of positions.entries()) for (const other of positions.slice(at + 1)) links.add(one, other);
  }
}

/**
 * Reads a projection of the graph, by slug. Nothing is computed before its size is known.
 * @throws ProjectionTooLarge, GraphError
 */
export async function readProjection(
  graph: Graph,
  projection: Projection,
  bounds: ProjectionBounds,
  options: ReadOptions,
): Promise<ProjectedGraph> {
  const rows = await readRows<readonly [slug: string, kind: Kind]>(
    graph,
    'structure-entities',
    (scope) => {
      const where = entityPredicate(projection, 'node', scope);
      return `MATCH (node:${projection.kinds.join('|')}) WHERE ${where} RETURN node.id AS slug, node._kind AS kind LIMIT toInteger(${scope.value(bounds.entities + 1)})`;
    },
    options,
  );
  if (rows.length > bounds.entities) throw new ProjectionTooLarge('entities');
  const sorted = rows.toSorted(([left], [right]) => byText(left, right));
  const slugs = sorted.map(([slug]) => slug);
  const links = new Links(slugs);
  const { links: wanted } = projection;
  if ('relations' in wanted) await addRelations(graph, projection, wanted.relations, links, bounds, options);
  else for (const way of wanted.shared) await addShared(graph, projection, way, links, bounds, options);
  return links.graph(
    slugs,
    sorted.map(([, kind]) => kind),
  );
}
