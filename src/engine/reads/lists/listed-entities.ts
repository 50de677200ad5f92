import type { PlanScope } from '../../graph/plan-scope.ts';
import { type Filter, isOfEdge } from '../filter.ts';
import type { ConnectionPlan, OrderKey, Scalar } from '../plan.ts';
import { predicate, where } from '../predicate.ts';
import { Closures, type MemberStart, memberStart, nearEnds } from './closures.ts';
import {
  canReach,
  type IndexSegment,
  type MakeParameter,
  orderKey,
  type Side,
  segmentPredicate,
  segmentsOf,
  startsFromIndex,
} from './keyset.ts';

/** The values of the order at one end of a page. */
export type Bound = readonly [values: readonly Scalar[], side: Side];

/** Matching entities as clauses, with the names of what they yield and the expressions of the sort keys. */
export interface Found {
  readonly text: string;
  readonly names: readonly string[];
  readonly values: readonly string[];
}

interface Wanted {
  /** @default the order of the list */
  readonly order?: readonly OrderKey[];
  /** @default the filter of the list */
  readonly filter?: Filter;
}

/** The entities of a list as Cypher: where they are found, what they have to meet, and how they are ordered. */
export class ListedEntities {
  readonly plan: ConnectionPlan;
  /** The node that a relation starts from. */
  readonly near: string;
  readonly scope: PlanScope;
  /** Where many entities are tested, each closure is followed once for all of them. */
  readonly closures: Closures;
  /** The condition that the entities of a kind may be found from. */
  readonly membersAhead: MemberStart | null;
  readonly filtersEdge: boolean;
  /** Whether the relation decides which entities are listed, and in which order. */
  readonly dependsOnEdge: boolean;
  readonly segments: readonly IndexSegment[];
  /** Whether an index may start the list: none does at the far end of a relation, nor where the statement names no property. */
  readonly startsFromIndex: boolean;

  constructor(plan: ConnectionPlan, near: string, scope: PlanScope) {
    const { order, filter } = plan;
    this.plan = plan;
    this.near = near;
    this.scope = scope;
    this.closures = new Closures(scope);
    this.membersAhead = plan.relation ? null : memberStart(filter, !plan.isScanCheap);
    this.filtersEdge = isOfEdge(filter);
    this.dependsOnEdge = this.filtersEdge || order.some(({ by }) => 'ofEdge' in by);
    this.startsFromIndex = plan.relation === null && !scope.isGeneric;
    this.segments = this.startsFromIndex
      ? segmentsOf(scope.ontology, order, plan.target.kind)
      : [{ order, leading: null, byValue: false }];
  }

  readonly parameter: MakeParameter = (value) => this.scope.value(value);

  /** The pattern of the entities; an empty name is not needed. */
  from(edge: string, node: string): string {
    const { relation, target } = this.plan;
    return relation ? this.scope.pattern(relation, this.near, edge, node) : `(${node}:${target.kind})`;
  }

  /** The predicate of a condition on an entity and the relation to it. */
  fits(edge: string, node: string, condition: Filter = this.plan.filter): string {
    const within = this.plan.relation ? {} : { membersOf: this.closures.membersOf };
    return predicate(condition, node, this.scope, { edge, ...within });
  }

  /** A name for the relation, where anything depends on it. */
  edgeName(isNeeded: boolean): string {
    return this.plan.relation && isNeeded ? this.scope.variable('r') : '';
  }

  /** Finds the matching entities. `start` is a pattern of the node, `condition` a predicate on it and its sort keys. */
  find(
    start: string,
    edge: string,
    node: string,
    condition: (values: readonly string[]) => readonly string[],
    { order = this.plan.order, filter = this.plan.filter }: Wanted = {},
  ): Found {
    const keys = order.map((key) => orderKey(key, node, edge, this.scope));
    const values = keys.map(({ name }) => name);
    const computed = keys.filter(({ is }) => is !== null);
    const names = [edge, node].filter((name) => name !== '');
    const fits = this.fits(edge, node, filter);
    const text =
      computed.length === 0
        ? `MATCH ${start}${where([...condition(values), fits])}`
        : `MATCH ${start}${where([fits])} WITH ${[...names, ...computed.map(({ name, is }) => `${is} AS ${name}`)].join(', ')}${where(condition(values))}`;
    return { text, values, names: [...names, ...computed.map(({ name }) => name)] };
  }

  /** The entities of each segment between bounds; segments beyond a bound are skipped. */
  findBySegment(
    between: readonly Bound[],
    among: readonly IndexSegment[] = this.segments,
  ): readonly (Found & { readonly node: string; readonly order: readonly OrderKey[] })[] {
    return among
      .filter((segment) => between.every(([bound, side]) => canReach(segment, bound, side)))
      .map((segment) => {
        const { order, leading } = segment;
        const node = this.scope.variable('n');
        const edge = this.edgeName(this.dependsOnEdge);
        const lacks = leading?.has === false ? [`${node}.${leading.property} IS NULL`] : [];
        const condition = (values: readonly string[]) => [
          ...lacks,
          ...(this.startsFromIndex ? startsFromIndex(order, values) : []),
          ...between.map(([bound, side]) => segmentPredicate(segment, bound, side, values, this.parameter)),
        ];
        return { node, order, ...this.find(this.from(edge, node), edge, node, condition, { order }) };
      });
  }

  /** The entities that lead to the members of a condition. */
  fromMembers(start: MemberStart, node: string): ReturnType<typeof nearEnds> {
    const members = this.closures.membersOf(start.condition);
    return nearEnds(start, members, node, (member) => this.fits('', member, start.ofMembers), this.scope);
  }
}
