import { relationKey, type StoredRelation, type Walk } from '../../engine/graph/walk.ts';
import { identifierKeys } from '../../engine/indexes/items.ts';
import type { Citations, CitedSource } from '../../engine/reads/citations.ts';
import type { StatedRelation } from '../../engine/reads/stated-relations.ts';
import { type Identified, type IdentifierKey, identifiedBy, keysAsked } from '../../engine/search/identified.ts';
import { type Adjacency, branchesOf, type Step } from '../../engine/traversal/adjacency.ts';
import { inOrder, type NeighborhoodReads } from '../../engine/traversal/neighborhood.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import { byCodePoints } from './code-points.ts';
import { valueIn } from './followed.ts';
import type { GraphSnapshot, SnapshotEntity, SnapshotRelation } from './graph-snapshot.ts';
import { byNameAndSlug, hasOwnSources, sourcesOf } from './snapshot-sources.ts';

const isOf = (kinds: Walk['kinds'], entity: SnapshotEntity | undefined): boolean =>
  entity !== undefined && (kinds === null || kinds.includes(entity.kind));

function stepsOf(graph: GraphSnapshot, { relations, kinds }: Walk, slug: string): readonly Step[] {
  const steps: Step[] = [];
  for (const relation of relations) {
    for (const { to } of graph.relationsAt(slug, relation, 'from')) {
      if (isOf(kinds, graph.entity(to))) steps.push([to, relation, true]);
    }
    for (const { from } of graph.relationsAt(slug, relation, 'to')) {
      if (from !== slug && isOf(kinds, graph.entity(from))) steps.push([from, relation, false]);
    }
  }
  return steps;
}

/** Reads a neighbourhood in a state of the graph: every relation, so that nothing is read twice. */
export const memoryNeighborhood = (graph: GraphSnapshot): NeighborhoodReads => ({
  async adjacencies(walk, { slugs, known }) {
    const branchings = slugs.flatMap((slug): readonly Adjacency[] => {
      const entity = graph.entity(slug);
      return entity ? [{ slug, kind: entity.kind, branches: branchesOf(walk, stepsOf(graph, walk, slug), known) }] : [];
    });
    return { branchings, ahead: new Map() };
  },
  async edges({ relations }, slugs) {
    const known = new Set(slugs);
    return inOrder(
      relations.flatMap((relation) =>
        slugs.flatMap((from) =>
          graph
            .relationsAt(from, relation, 'from')
            .filter(({ to }) => known.has(to))
            .map(({ to }) => ({ relation, from, to })),
        ),
      ),
    );
  },
});

const find = (graph: GraphSnapshot, type: RelationType, from: string, to: string): SnapshotRelation | undefined =>
  graph.relationsAt(from, type, 'from').find((relation) => relation.to === to);

/** Properties and sources of relations in a state of the graph; those that it lacks are left out. */
export function statedRelations(
  graph: GraphSnapshot,
  relations: readonly StoredRelation[],
  wants: { readonly sources: boolean },
): readonly StatedRelation[] {
  return relations.flatMap((stored) => {
    const found = find(graph, stored.relation, stored.from, stored.to);
    if (!found) return [];
    const names = Object.keys(graph.ontology.edgePropertiesOf(stored.relation));
    const properties = names
      .map((name) => ({ name, value: valueIn(found, name) }))
      .filter(({ value }) => value !== null);
    const sources = wants.sources ? sourcesOf(graph, found).map(({ slug }) => slug) : [];
    return [{ ...stored, properties, ownSources: hasOwnSources(graph, found), sources }];
  });
}

/** The entities of identifiers in a state of the graph, in the order of their slugs. */
export function memoryIdentified(
  graph: GraphSnapshot,
  asked: readonly IdentifierKey[],
): readonly (readonly Identified[])[] {
  const keys = new Set(keysAsked(graph.ontology, asked));
  const found: (readonly [slug: string, identifiers: string])[] = [];
  for (const entity of graph.entities('Entity')) {
    const own = valueIn(entity, identifierKeys);
    const text = valueIn(entity, 'identifiers');
    if (Array.isArray(own) && typeof text === 'string' && own.some((key) => keys.has(String(key))))
      found.push([entity.slug, text]);
  }
  return identifiedBy(
    graph.ontology,
    asked,
    found.sort(([left], [right]) => byCodePoints(left, right)),
  );
}

function citedSource({ ontology: { provenance } }: GraphSnapshot, source: SnapshotEntity, supports: readonly string[]) {
  const text = (property: string | undefined) =>
    property === undefined ? null : (valueIn(source, property) as string | null);
  const { citation = {}, reliability } = provenance ?? {};
  const isUnlinked = citation.unlinked !== undefined && valueIn(source, citation.unlinked) === true;
  return {
    slug: source.slug,
    name: String(valueIn(source, 'name')),
    publisher: text(citation.publisher),
    date: text(citation.date),
    url: isUnlinked ? null : text(citation.url),
    language: text(citation.language),
    type: text(citation.type),
    reliability: text(reliability?.property),
    supports,
  } satisfies CitedSource;
}

/** What entities and relations rest on in a state of the graph, as `engine/reads/citations` reads it. */
export function memoryCitations(
  graph: GraphSnapshot,
  slugs: readonly string[],
  relations: readonly StoredRelation[],
  bound: number,
): Citations {
  const { provenance } = graph.ontology;
  if (!provenance) return { sources: [], total: 0, uncited: slugs };
  const supported = new Map<SnapshotEntity, string[]>();
  const support = (source: SnapshotEntity | undefined, by: string) => {
    if (source?.kind === provenance.kind) getOrInsert(supported, source, () => []).push(by);
  };
  const uncited: string[] = [];
  for (const slug of slugs) {
    const entity = graph.entity(slug);
    if (!entity) continue;
    const cited = graph.relationsAt(slug, provenance.relation, 'from');
    if (entity.kind === provenance.kind) support(entity, slug);
    else if (cited.length === 0) uncited.push(slug);
    else for (const { to } of cited) support(graph.entity(to), slug);
  }
  for (const stored of relations) {
    const { relation, from, to } = stored;
    const found = find(graph, relation, from, to) ?? find(graph, relation, to, from);
    const own = found && valueIn(found, provenance.property);
    if (Array.isArray(own)) for (const slug of own) support(graph.entity(String(slug)), relationKey(stored));
  }
  const sorted = [...supported].sort(
    ([left, by], [right, others]) => others.length - by.length || byNameAndSlug(left, right),
  );
  return {
    sources: sorted.slice(0, bound).map(([source, by]) => citedSource(graph, source, by)),
    total: sorted.length,
    uncited,
  };
}

/** What a record rests on in a state of the graph: the sources that it cites, or nothing where it is not there. */
export function restsOn(
  graph: GraphSnapshot,
  record: { readonly slug: string } | Pick<SnapshotRelation, 'type' | 'from' | 'to'>,
): readonly SnapshotEntity[] {
  if ('type' in record) {
    const found = find(graph, record.type, record.from, record.to);
    return found ? sourcesOf(graph, found) : [];
  }
  const { provenance } = graph.ontology;
  if (!provenance || !graph.entity(record.slug)) return [];
  return graph
    .relationsAt(record.slug, provenance.relation, 'from')
    .flatMap(({ to }) => graph.entity(to) ?? [])
    .sort((left, right) => byCodePoints(left.slug, right.slug));
}

/** The entities within some hops of others in a state of the graph, these included, up to a maximum. */
export function reachedFrom(
  graph: GraphSnapshot,
  relations: readonly RelationType[],
  slugs: readonly string[],
  depth: number,
  most: number,
): ReadonlySet<string> {
  const walk: Walk = { ontology: graph.ontology, relations, kinds: null };
  const reached = new Set(slugs);
  let frontier: readonly string[] = slugs;
  for (let hop = 1; hop <= depth; hop += 1) {
    const next: string[] = [];
    for (const slug of frontier) {
      for (const [far] of stepsOf(graph, walk, slug)) {
        if (reached.has(far) || reached.size >= most) continue;
        reached.add(far);
        next.push(far);
      }
    }
    frontier = next;
  }
  return reached;
}
