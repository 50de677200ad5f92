import { oncePer } from '../../ontology/once-per.ts';
import { isEverything } from './filter.ts';
import {
  type AnyEntityPlan,
  columnsFrom,
  type EdgePlan,
  type EntityPlan,
  type FacetPlan,
  numbered,
  plansIn,
  type ReadPlan,
  type RelationPlan,
  type TargetPlan,
} from './plan.ts';

/**
 * A plan can be read by parts: one statement for each of its relations, whose text names no property, so that many plans
 * share it. Neo4j has planned such texts before; that of the whole plan is new wherever the selection is.
 */
const parts = new WeakSet<object>();

const marked = <Plan extends object>(plan: Plan): Plan => {
  parts.add(plan);
  return plan;
};

/** Whether a plan is read as a part. */
export function isPart(plan: ReadPlan): boolean {
  if (plan.shape === 'connection') return parts.has(plan);
  return parts.has(plan.shape === 'lookup' ? plan.target : plan.relation);
}

/**
 * Whether the types of relations are values of the part, too. Neo4j then looks at all relations of an entity, so this is
 * not for those of hubs.
 */
export const isGeneric = (plan: ReadPlan): boolean =>
  plan.shape === 'fanOut' &&
  isPart(plan) &&
  !('indexScanAbove' in plan.relation && plan.relation.indexScanAbove !== null);

const inOrder = (columns: Readonly<Record<string, number>>): readonly string[] =>
  columnsFrom(1, columns).map(([name]) => name);

type Selection = Omit<EntityPlan, 'kind'>;

const partsOfRelations = ({ relations }: Selection) =>
  Object.fromEntries(Object.entries(relations).map(([key, relation]) => [key, relationPart(relation)]));

const selectionPart = (plan: Selection): Selection => ({
  columns: numbered(inOrder(plan.columns), 1),
  relations: partsOfRelations(plan),
  prefetched: {},
});

const entityPart = (plan: EntityPlan): EntityPlan => ({ kind: plan.kind, ...selectionPart(plan) });

function anyEntityPart({ shared, kinds }: AnyEntityPlan): AnyEntityPlan {
  const common = selectionPart(shared);
  const afterLabels = Object.keys(common.columns).length + 2;
  const ofKind = (plan: EntityPlan): EntityPlan => {
    const added = inOrder(plan.columns).filter((name) => !Object.hasOwn(common.columns, name));
    return {
      kind: plan.kind,
      columns: { ...common.columns, ...numbered(added, afterLabels) },
      relations: partsOfRelations(plan),
      prefetched: {},
    };
  };
  return {
    kind: 'Entity',
    shared: common,
    kinds: Object.fromEntries(Object.entries(kinds).map(([kind, plan]) => [kind, ofKind(plan)])),
  };
}

const targetPart = oncePer(
  (plan: TargetPlan): TargetPlan => marked('kinds' in plan ? anyEntityPart(plan) : entityPart(plan)),
);

/** A row with whatever can be selected of an edge without reading anything else. */
function edgePart({ columns, sources }: EdgePlan, keys: number): EdgePlan {
  const properties = inOrder(columns);
  const afterProperties = 1 + keys + properties.length;
  const parts = Object.entries(sources).map(([key, { plan }], index) => {
    return [key, { plan: entityPart(plan), column: afterProperties + index }] as const;
  });
  return {
    bare: false,
    keys,
    columns: numbered(properties, 1 + keys),
    sources: Object.fromEntries(parts),
    ownSources: afterProperties + parts.length,
  };
}

const facetPart = (facet: FacetPlan): FacetPlan =>
  'relation' in facet.source
    ? { ...facet, source: { ...facet.source, target: targetPart(facet.source.target) } }
    : facet;

const relationPart = oncePer((plan: RelationPlan): RelationPlan => {
  const target = targetPart(plan.target);
  if (plan.shape === 'toOne') return marked({ ...plan, shared: false, target, edge: edgePart(plan.edge, 0) });
  const facets = Object.entries(plan.facets).map(([key, each]) => [key, each.map(facetPart)] as const);
  return marked({
    ...plan,
    shared: false,
    target,
    edge: edgePart(plan.edge, plan.order.length),
    facets: Object.fromEntries(facets),
    // Neo4j knows how long an unfiltered list is, so counting it costs less than planning a text without the count.
    wants: { ...plan.wants, rows: true, totalCount: plan.wants.totalCount || isEverything(plan.filter) },
  });
});

/** The part of a plan that is read first; the relations below it are parts, too. */
export function partOf(plan: ReadPlan): ReadPlan {
  if (plan.shape === 'lookup') return { ...plan, target: targetPart(plan.target) };
  if (plan.shape === 'fanOut') return { ...plan, relation: relationPart(plan.relation) };
  const part = relationPart(plan);
  if (part.shape !== 'connection') throw new Error('The part of a connection is a connection.');
  return part;
}

/** All parts of a plan, as they are read for one entity. */
export function partsOf(plan: ReadPlan): readonly ReadPlan[] {
  const part = partOf(plan);
  return [part, ...partsBelow(part.shape === 'fanOut' ? part.relation.target : part.target)];
}

function partsBelow(target: TargetPlan): readonly ReadPlan[] {
  const owned = plansIn(target).flatMap((plan) =>
    Object.values(plan.relations).map(
      (relation) => [('kind' in plan ? plan.kind : target.kind) as string, relation] as const,
    ),
  );
  return owned.flatMap(([kind, relation]) => [
    { shape: 'fanOut', kind, relation, slugs: [''] } as const,
    ...partsBelow(relation.target),
  ]);
}
