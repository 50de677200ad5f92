import { isSlug } from '../../engine/changes/check/check-properties.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { findMissing } from '../../engine/reads/missing.ts';
import type { Statistics } from '../../engine/reads/statistics.ts';
import { findNeighborhood } from '../../engine/traversal/neighborhood.ts';
import { parseGlobalId, parseReference } from '../../graphql/identifiers.ts';
import { limits } from '../../graphql/limits.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { badRequest } from '../../server/bad-request.ts';
import { MOST_ENTITIES } from '../graph-files/graph-contents.ts';

/** Entities that a neighbourhood may begin at. */
const MOST_CENTRES = 20;

/** Hops from them. */
const DEEPEST = 3;

/** The entities that the parameters of an export name, as slugs; `null` if none are named. @throws GraphQLError */
export function namedEntities(ontology: Ontology, parameters: URLSearchParams): readonly string[] | null {
  const given = parameters.getAll('of').flatMap((value) => value.split(','));
  if (given.length === 0) return null;
  const slugs = [...new Set(given.map((one) => parseReference(ontology, one.trim(), 'Entity')))];
  if (slugs.length > MOST_CENTRES)
    throw badRequest(`\`of\` names at most ${MOST_CENTRES} entities; got ${slugs.length}.`);
  return slugs;
}

const noEntity = (slug: string) => badRequest(`There is no entity ${JSON.stringify(slug)}.`);

/** @throws GraphQLError for an entity that does not exist; GraphError */
export async function checkPresent(graph: Graph, of: readonly string[]): Promise<void> {
  const [missing] = await findMissing(graph, of);
  if (missing !== undefined) throw noEntity(missing);
}

/** @throws GraphQLError for a parameter of a neighbourhood where none is exported, which would go unnoticed */
export function refuseWalk(parameters: URLSearchParams): void {
  const name = ['depth', 'limit'].find((each) => parameters.has(each));
  if (name !== undefined)
    throw badRequest(`\`${name}\` is for the neighbourhood of entities, a graph file with \`of\`. Leave it out.`);
}

function numberOf(parameters: URLSearchParams, name: string, otherwise: number, most: number): number {
  const text = parameters.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw badRequest(`\`${name}\` must be a whole number from 1 to ${most}; got ${JSON.stringify(text.slice(0, 50))}.`);
}

/** The neighbourhood of some entities, as slugs. @throws GraphQLError for an entity that does not exist; GraphError */
export async function neighborhoodOf(
  graph: Graph,
  of: readonly string[],
  parameters: URLSearchParams,
  statistics: Statistics,
): Promise<readonly string[]> {
  const { ontology } = graph;
  const depth = numberOf(parameters, 'depth', 1, DEEPEST);
  const limit = numberOf(parameters, 'limit', limits.pageSize, MOST_ENTITIES);
  const relations = ontology.relationTypes.filter((type) => !ontology.skippedRelations.includes(type));
  const found = await findNeighborhood(graph, { ontology, relations, kinds: null, of, depth, limit }, { statistics });
  const [missing] = found.missing;
  if (missing !== undefined) throw noEntity(missing);
  return found.nodes.map(({ slug }) => slug);
}

/** The entities of a GraphQL answer: what has a `slug` or an `id` of an entity, in their order. */
export function entitiesInAnswer(ontology: Ontology, answer: unknown): readonly string[] {
  const slugs = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) look(item);
    else {
      const { slug, id } = value as { readonly slug?: unknown; readonly id?: unknown };
      if (isSlug(slug)) slugs.add(slug);
      else if (typeof id === 'string') {
        const named = slugOf(ontology, id);
        if (named !== undefined) slugs.add(named);
      }
      for (const inside of Object.values(value)) look(inside);
    }
  };
  look(answer);
  if (slugs.size === 0) throw badRequest('The result contains no entity. Select the `slug` or the `id` of entities.');
  if (slugs.size > MOST_ENTITIES) {
    throw badRequest(`The result contains ${slugs.size} entities; a file of an answer has at most ${MOST_ENTITIES}.`);
  }
  return [...slugs];
}

function slugOf(ontology: Ontology, id: string): string | undefined {
  try {
    return parseGlobalId(ontology, id).slug;
  } catch {
    // The ID of something that is no entity.
    return undefined;
  }
}
