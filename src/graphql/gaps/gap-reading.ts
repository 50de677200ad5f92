import type { GraphQLResolveInfo } from 'graphql';
import { everything } from '../../engine/reads/filter.ts';
import type { Gap, GapCount } from '../../engine/reads/gaps.ts';
import { type ConnectionPlan, type EntityPlan, nothingOfTheEdge } from '../../engine/reads/plan.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import type { PublishedTotals } from '../../ontology/vocabulary.ts';
import { parseOrder } from '../arguments/order-input.ts';
import { pageOf } from '../arguments/paging.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import type { Context } from '../context.ts';
import { createGapCounter, type GapCounter } from '../loaders/gap-counter.ts';
import type { Planner } from '../planning/planner.ts';
import { plannerFor } from '../planning/read-selection.ts';
import { type OfficialTotal, officialTotals } from './gap-definitions.ts';

/** Shared by the gaps of one response: one reading of all counts, and one limit on the entities. */
export interface Gaps {
  readonly counter: GapCounter;
  planner(info: GraphQLResolveInfo): Promise<Planner>;
}

/** Gaps of one response. */
export function createGaps(context: Context): Gaps {
  let planner: Promise<Planner> | undefined;
  return {
    counter: createGapCounter(async (gaps) => (await readsOf(context)).gaps(gaps)),
    planner: (info) => {
      planner ??= context.statistics().then((statistics) => plannerFor(context, info, statistics));
      return planner;
    },
  };
}

/** A gap with its counts. */
export type Counted<G extends Gap> = G & GapCount & { readonly gaps: Gaps };

/** Gaps with their counts, without empty ones and those of other kinds. */
export async function counted<G extends Gap>(gaps: Gaps, all: readonly G[], kinds?: readonly string[] | null) {
  const wanted = all.filter(({ kind }) => !kinds || kinds.includes(kind));
  const counts = await gaps.counter.count(wanted);
  const found = wanted.map((gap, index): Counted<G> => ({ ...gap, ...(counts[index] ?? { count: 0, of: 0 }), gaps }));
  return found.filter(({ count }) => count > 0);
}

/**
 * The first entities of a gap by name, with the fields selected of them.
 * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export async function entitiesWith(
  { gaps, kind, filter, among = everything }: Counted<Gap>,
  first: number | null | undefined,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<readonly Entity[]> {
  const order = parseOrder(context.ontology, kind, null);
  const page = pageOf({ first }, '', order);
  const plan: ConnectionPlan = {
    shape: 'connection',
    relation: null,
    shared: false,
    target: (await gaps.planner(info)).entities(kind, page.size, info.fieldNodes),
    filter: { all: [among, filter] },
    order,
    page,
    edge: nothingOfTheEdge,
    wants: { rows: true, totalCount: false, hasNextPage: false, hasPreviousPage: false },
    facets: {},
    indexScanAbove: null,
    isScanCheap: false,
    areTargetsScanCheap: false,
    signature: '',
  };
  return (await (await readsOf(context)).reader.page(plan)).nodes;
}

/** An official total, compared with the number recorded. */
export interface RecordedTotal extends Counted<OfficialTotal> {
  readonly expected: number;
  readonly qualifier: string;
}

/** Reads the fields of a figure that the comparison needs. */
const planOf = ({ kind, value, qualifier }: PublishedTotals['figures']): EntityPlan => ({
  ...{ kind, columns: { [value]: 1, [qualifier]: 2 }, relations: {}, prefetched: {} },
});

/** The official totals whose figures are in the graph. */
export async function readTotals(gaps: Gaps, context: Context): Promise<readonly RecordedTotal[]> {
  const { figures: named } = context.ontology.publishedTotals ?? {};
  if (!named) return [];
  const totals = officialTotals(context.ontology);
  const slugs = totals.map(({ figure }) => figure);
  const { reader } = await readsOf(context);
  const [figures, counts] = await Promise.all([reader.entities(planOf(named), slugs), gaps.counter.count(totals)]);
  return totals.flatMap((total, index) => {
    const [found, count] = [figures[index], counts[index]];
    if (!found || !count) return [];
    return [
      {
        ...total,
        ...count,
        gaps,
        expected: Number(found.value(named.value)),
        qualifier: String(found.value(named.qualifier)),
      },
    ];
  });
}
