import { filterCost, preparedFilter, searchCost } from '../../engine/costs/list-cost.ts';
import { leftBy } from '../../engine/costs/selectivity.ts';
import { type GroupPath, type GroupSource, isPath } from '../../engine/groups/group-keys.ts';
import type { Metric } from '../../engine/groups/group-metrics.ts';
import { averageFanOut, entityCount, expectedFollowed, type Statistics } from '../../engine/reads/statistics.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { planGroups } from '../groups/group-input.ts';
import { groupSelectionOf } from '../groups/group-selection.ts';
import { type CostRule, pageSize, sumOf } from './cost-rule.ts';

/** Climbing a hierarchy to one of its levels. */
const PER_LEVEL = 20;

/** Relations and entities that a key visits for one entity. */
function pathCost({ level, steps }: GroupPath, kind: Kind, statistics: Statistics): number {
  const { ontology } = statistics;
  let [at, reached, visits]: [Kind | 'Entity', number, number] = [kind, 1, level ? PER_LEVEL : 0];
  for (const { relation, filter, level: climbed } of steps) {
    reached *= averageFanOut(statistics, relation, at);
    at = ontology.kindsAt(relation.relation, relation.reading === 'BACKWARD' ? 'from' : 'to')[0] ?? at;
    visits += reached * (1 + filterCost(filter, at, statistics) + (climbed ? PER_LEVEL : 0));
  }
  return Math.max(visits, 1);
}

/** What an entity is met by for each value of a key, and what is read of it to find these. */
function keyCost(source: GroupSource, kind: Kind, statistics: Statistics) {
  if (isPath(source)) return { values: pathCost(source, kind, statistics), read: 0 };
  if (!('relation' in source)) return { values: 1, read: 0 };
  return {
    values: Math.max(averageFanOut(statistics, source.relation, kind), 1),
    read: expectedFollowed(statistics, source.relation, kind),
  };
}

/** Reads of a metric for one entity of a group. */
function metricCost(metric: Metric, kind: Kind, statistics: Statistics): number {
  if (metric.measure === 'count') return metric.filter ? filterCost(metric.filter, kind, statistics) : 0;
  if (metric.measure !== 'distinct') return metric.measure === 'running' ? 0 : 1;
  const { values, read } = keyCost(metric.of, kind, statistics);
  return values + read;
}

/** Groups of a kind: what it takes to put them together, with all that is computed of them. */
export const groupsOf =
  (kind: Kind): CostRule =>
  (args, statistics, asks, { reader, nodes }) => {
    const { ontology } = statistics;
    const { plan } = planGroups(ontology, kind, args, groupSelectionOf(ontology, kind, reader, nodes));
    const entities = entityCount(statistics, kind);
    const keys = plan.keys.map((source) => keyCost(source, kind, statistics));
    const grouped = keys.reduce(
      (product, { values }) => product * values,
      entities * leftBy(plan.filter, kind, statistics),
    );
    const metrics = Object.values(plan.metrics).map((metric) => metricCost(metric, kind, statistics));
    const { candidates, each, ahead } = searchCost(
      preparedFilter({ kind, filter: plan.filter }, statistics),
      kind,
      statistics,
    );
    const tried = each + sumOf(keys.map(({ read }) => read));
    // The groups are put together once for their page, and once to count them.
    const isPage = asks('nodes') + asks('edges') + asks('pageInfo') > 0;
    const times = Number(isPage) + Number(asks('totalCount') > 0);
    const size = pageSize(args.first);
    return {
      visits: ahead + times * (candidates * tried + grouped * (1 + sumOf(metrics))),
      sizes: { nodes: size, edges: size, keys: keys.length },
    };
  };
