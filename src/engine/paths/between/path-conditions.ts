import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { Scope } from '../../graph/scope.ts';
import { isOfKind } from '../../graph/walk.ts';
import { type Filter, isEverything } from '../../reads/filter.ts';
import { conjunction, predicate } from '../../reads/predicate.ts';

/** What every hop of a path must satisfy. */
export interface PathConditions {
  readonly relations: readonly RelationType[];
  /** Only through entities of these kinds; `null` for all. */
  readonly kinds: readonly Kind[] | null;
  /** Conditions on relations of one type; those of other types are free of them. */
  readonly edges: readonly { readonly relation: RelationType; readonly filter: Filter }[];
  /** Conditions on intermediate entities of one kind, or of any. */
  readonly entities: readonly { readonly kind: Kind | 'Entity'; readonly filter: Filter }[];
  /** What some source of each relation fits: one of its own or, if it has none, of its start entity. */
  readonly source: Filter;
  readonly avoid: readonly string[];
}

/** Conditions on a relation, as a predicate about the variables of its start and of itself. */
function edgePredicate(
  { provenance }: Ontology,
  { edges, source }: PathConditions,
  { relation, start }: { readonly relation: string; readonly start: string },
  scope: Scope,
): string {
  const ofTypes = edges.map(
    ({ relation: type, filter }) => `(NOT ${relation}:${type} OR ${predicate(filter, relation, scope)})`,
  );
  if (!provenance || isEverything(source)) return conjunction(ofTypes);
  const own = `coalesce(${relation}.${provenance.property}, [])`;
  const cited = scope.variable('s');
  const fits = predicate(source, cited, scope);
  const bySources = [
    `(size(${own}) > 0 AND EXISTS { MATCH (${cited}:${provenance.kind}) WHERE ${cited}.id IN ${own} AND ${fits} })`,
    `(size(${own}) = 0 AND EXISTS { MATCH (${start})-[:${provenance.relation}]->(${cited}:${provenance.kind}) WHERE ${fits} })`,
  ];
  return conjunction([...ofTypes, `(${bySources.join(' OR ')})`]);
}

const entityPredicate = ({ kinds, entities, avoid }: PathConditions, node: string, scope: Scope): string =>
  conjunction([
    isOfKind(node, kinds),
    ...entities.map(({ kind, filter }) =>
      kind === 'Entity'
        ? predicate(filter, node, scope)
        : conjunction([`(NOT ${node}:${kind} OR ${predicate(filter, node, scope)})`]),
    ),
    ...(avoid.length > 0 ? [`NOT ${node}.id IN ${scope.value(avoid)}`] : []),
  ]);

/**
 * Reads the relations of entities that satisfy the conditions, and lead to an entity that does or to an end; with whether paths
 * may lead through it.
 * Columns: near: String, far: String, type: String, leads: Boolean, through: Boolean
 */
export function conditionedStep(
  ontology: Ontology,
  conditions: PathConditions,
  scope: Scope,
  {
    slugs,
    ends,
    limit,
  }: { readonly slugs: readonly string[]; readonly ends: readonly string[]; readonly limit: number },
): string {
  const isThrough = entityPredicate(conditions, 'far', scope);
  const isEnd = `far.id IN ${scope.value(ends)}`;
  const where = conjunction([
    'far <> near',
    edgePredicate(ontology, conditions, { relation: 'relation', start: 'start' }, scope),
    isThrough === 'true' ? 'true' : `(${isEnd} OR ${isThrough})`,
  ]);
  return [
    `UNWIND ${scope.value(slugs)} AS slug MATCH (near:Entity {id: slug})`,
    `MATCH (near)-[relation:${conditions.relations.join('|')}]-(far:Entity)`,
    `WITH near, relation, far, startNode(relation) AS start WHERE ${where}`,
    `RETURN near.id AS nearSlug, far.id AS farSlug, type(relation) AS type, start = near AS leads, ${isThrough} AS through`,
    `LIMIT toInteger(${scope.value(limit)})`,
  ].join(' ');
}
