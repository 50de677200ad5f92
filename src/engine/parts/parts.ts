import { memoize } from '../../ontology/memoize.ts';
import { isOfRelated } from '../reads/filter.ts';
import { isProperty } from '../reads/lists/keyset.ts';
import {
  type AnswerOf,
  type AnyEntityPlan,
  type ConnectionAnswer,
  type ConnectionPlan,
  type EdgePlan,
  type EntityPlan,
  type FacetPlan,
  type FanOutPlan,
  numbered,
  plansIn,
  propertiesFrom,
  type ReadPlan,
  type RelationPlan,
  shapeOf,
  type TargetPlan,
  wantsRowsAlone,
  wholeAnswer,
} from '../reads/plan.ts';

/**
 * A plan can be read by parts: for each of its relations a statement for the page, one for the number of all, and one for
 * each facet. Their texts name no property, and no relation where there are few to look at, so that many plans share
 * them. Neo4j has planned such texts before; that of the whole plan is new wherever the selection is.
 */
const parts = new WeakSet<object>();

const marked = <Plan extends object>(plan: Plan): Plan => {
  parts.add(plan);
  return plan;
};

/** Whether a plan is read as a part. */
export const isPart = (plan: ReadPlan): boolean => parts.has(shapeOf(plan));

/** Whether it follows relations of the entities of its list, too. */
const asksOfTargets = ({ filter, order, facets }: ConnectionPlan): boolean =>
  isOfRelated(filter) ||
  !order.every(({ by }) => 'ofEdge' in by || isProperty({ by })) ||
  Object.values(facets).some((each) => each.some(({ source }) => 'relation' in source));

/** Whether the types of relations are values of the part, too. */
export function isGeneric(plan: ReadPlan): boolean {
  if (plan.shape === 'lookup' || !isPart(plan)) return false;
  const of = plan.shape === 'connection' ? plan : plan.relation;
  return of.isScanCheap && (of.shape === 'toOne' || of.areTargetsScanCheap || !asksOfTargets(of));
}

type Selection = Omit<EntityPlan, 'kind'>;

const partsOfRelations = ({ relations }: Selection) =>
  Object.fromEntries(Object.entries(relations).map(([key, relation]) => [key, relationPart(relation)]));

const selectionPart = (plan: Selection): Selection => ({
  columns: numbered(propertiesFrom(1, plan), 1),
  relations: partsOfRelations(plan),
  prefetched: {},
});

const entityPart = (plan: EntityPlan): EntityPlan => ({ kind: plan.kind, ...selectionPart(plan) });

function anyEntityPart({ shared, kinds }: AnyEntityPlan): AnyEntityPlan {
  const common = selectionPart(shared);
  const afterLabels = Object.keys(common.columns).length + 2;
  const ofKind = (plan: EntityPlan): EntityPlan => {
    const added = propertiesFrom(1, plan).filter((name) => !Object.hasOwn(common.columns, name));
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

const targetPart = memoize(
  (plan: TargetPlan): TargetPlan => marked('kinds' in plan ? anyEntityPart(plan) : entityPart(plan)),
);

/** A row with whatever can be selected of an edge without reading anything else. */
function edgePart(plan: EdgePlan, keys: number): EdgePlan {
  const properties = propertiesFrom(1, plan);
  const afterProperties = 1 + keys + properties.length;
  const parts = Object.entries(plan.sources).map(([key, { plan }], index) => {
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

const relationPart = memoize((plan: RelationPlan): RelationPlan => {
  const target = targetPart(plan.target);
  if (plan.shape === 'toOne') return marked({ ...plan, shared: false, target, edge: edgePart(plan.edge, 0) });
  const facets = Object.entries(plan.facets).map(([key, each]) => [key, each.map(facetPart)] as const);
  return marked({
    ...plan,
    shared: false,
    target,
    edge: edgePart(plan.edge, plan.order.length),
    facets: Object.fromEntries(facets),
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

/** The page, the number of all, and each facet of a list, as lists of their own. */
const listPieces = memoize((plan: ConnectionPlan): readonly ConnectionPlan[] => {
  const { wants, facets } = plan;
  const only = (wanted: Partial<ConnectionPlan['wants']>, of: ConnectionPlan['facets'] = {}) => {
    const nothing = { rows: false, totalCount: false, hasNextPage: false, hasPreviousPage: false };
    const order = wanted.rows ? plan.order : [];
    const piece = marked({ ...plan, wants: { ...nothing, ...wanted }, facets: of, order });
    // What looks at all relations needs no index to find the first of them.
    const needsNoIndex = isGeneric(piece);
    // A list of a kind takes one form, which Neo4j plans sooner than two.
    return needsNoIndex || !plan.relation ? marked({ ...piece, indexScanAbove: null }) : piece;
  };
  return [
    ...(wants.rows ? [only({ ...wants, totalCount: false })] : []),
    ...(wants.totalCount ? [only({ totalCount: true })] : []),
    ...Object.values(facets)
      .flat()
      .map((facet) => only({}, { [facet.name]: [facet] })),
  ];
});

function joinedList(plan: ConnectionPlan, answers: readonly ConnectionAnswer[]): ConnectionAnswer {
  const pieces = listPieces(plan);
  const found = answers.map((answer, index) => wholeAnswer(pieces[index] as ConnectionPlan, answer));
  const [rows, , before, after] = (plan.wants.rows ? found[0] : undefined) ?? [[], null, false, false];
  if (wantsRowsAlone(plan)) return rows;
  const total = found[pieces.findIndex(({ wants }) => wants.totalCount)]?.[1] ?? null;
  return [rows, total, before, after, ...found.flatMap(([, , , , ...facets]) => facets)];
}

/** The plans by whose statements a part is read. */
export function piecesOf(plan: ReadPlan): readonly ReadPlan[] {
  if (plan.shape === 'connection') return listPieces(plan);
  if (plan.shape === 'lookup' || plan.relation.shape === 'toOne') return [plan];
  return listPieces(plan.relation).map((relation) => ({ ...plan, relation }));
}

/** The result of a part, from those of its pieces. */
export function joined(plan: ReadPlan, answers: readonly AnswerOf<ReadPlan>[]): AnswerOf<ReadPlan> {
  if (plan.shape === 'connection') return joinedList(plan, answers as readonly ConnectionAnswer[]);
  if (plan.shape === 'lookup' || plan.relation.shape === 'toOne') return answers[0] ?? [];
  const { relation } = plan;
  const bySlug = (answers as readonly AnswerOf<FanOutPlan>[]).map((answer) => new Map(answer));
  // An entity that was deleted meanwhile has no answer.
  return plan.slugs.flatMap((slug) => {
    const own = bySlug.map((answer) => answer.get(slug));
    return own.includes(undefined) ? [] : [[slug, joinedList(relation, own as readonly ConnectionAnswer[])] as const];
  });
}

/** All statements of the parts of a plan, as they are read for one entity. */
export function partsOf(plan: ReadPlan): readonly ReadPlan[] {
  const part = partOf(plan);
  return [...piecesOf(part), ...partsBelow(part.shape === 'fanOut' ? part.relation.target : part.target)];
}

function partsBelow(target: TargetPlan): readonly ReadPlan[] {
  const owned = plansIn(target).flatMap((plan) =>
    Object.values(plan.relations).map(
      (relation) => [('kind' in plan ? plan.kind : target.kind) as string, relation] as const,
    ),
  );
  return owned.flatMap(([kind, relation]) => [
    ...piecesOf({ shape: 'fanOut', kind, relation, slugs: [''] }),
    ...partsBelow(relation.target),
  ]);
}
