import type { FieldNode } from 'graphql';
import type { ConnectionPlan, FacetPlan, TargetPlan } from '../../engine/reads/plan.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { areFacets, type FacetArguments, facetArguments, facetKey, facetSource } from '../arguments/facet-input.ts';
import { type Fields, named, type Selection, type SelectionReader, selects } from './selection.ts';

/** The list whose entities are counted. */
interface FacetedConnection {
  readonly target: Kind | 'Entity';
  /** The relation that leads to its entities, if any. */
  readonly via: RelationField | null;
  readonly typeName: string;
}

/** Plans the selection of the entities that a facet counts by, given how many there are. */
type PlanTarget = (target: Kind | 'Entity', count: number, selection: Selection) => TargetPlan;

/**
 * The facets selected of a connection. Those with invalid arguments are left to their resolvers, which report the error.
 * @throws GraphQLError BAD_USER_INPUT on a property of a relation that does not lead here
 */
export function planFacets(
  ontology: Ontology,
  selected: SelectionReader,
  { target, via, typeName }: FacetedConnection,
  fields: Fields,
  planTarget: PlanTarget,
): ConnectionPlan['facets'] {
  const argumentsOf = (node: FieldNode): FacetArguments =>
    facetArguments(
      selected.arguments(typeName, [node]) as { by: readonly string[]; first?: number | null | undefined },
    );
  const byArguments = new Map<string, { readonly args: FacetArguments; readonly nodes: FieldNode[] }>();
  for (const node of named(fields, 'facets')) {
    const args = argumentsOf(node);
    getOrInsert(byArguments, facetKey(args), () => ({ args, nodes: [] })).nodes.push(node);
  }

  const planFacet = (name: string, size: number, selection: Selection): FacetPlan => {
    const below = selected.fields('Facet', selection);
    const entities = named(selected.fields('FacetBucket', named(below, 'buckets')), 'entity');
    const source = facetSource(ontology, target, name, via);
    return {
      name,
      size,
      source:
        'relation' in source
          ? { relation: source.relation, target: planTarget(source.relation.target, size, entities) }
          : source,
      others: selects(below, 'others'),
      without: selects(below, 'without'),
    };
  };
  return Object.fromEntries(
    [...byArguments].flatMap(([key, { args, nodes }]) =>
      areFacets(args) ? [[key, args.by.map((name) => planFacet(name, args.first, nodes))]] : [],
    ),
  );
}
