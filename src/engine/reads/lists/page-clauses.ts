import { isEverything } from '../filter.ts';
import type { OrderKey } from '../plan.ts';
import type { MemberStart } from './closures.ts';
import {
  canReach,
  type IndexSegment,
  isProperty,
  keysetPredicate,
  leadingProperty,
  orderBy,
  orderKey,
  startsFromIndex,
} from './keyset.ts';
import type { Bound, Found, ListedEntities } from './listed-entities.ts';
import { nodesByValue } from './nodes-by-value.ts';

/** A page as clauses, which yield an entity in each row. */
export interface PageClauses {
  readonly found: string;
  /** The names of the nodes and relations found, and of what orders them. */
  readonly names: readonly string[];
  /** What orders and cuts the page; empty where it is found in order. */
  readonly cut: string;
  readonly edge: string;
  readonly far: string;
  /** The expressions of the sort keys. */
  readonly values: readonly string[];
}

/** The nodes of a page of a list, in the forms in which Neo4j finds them. */
class PageNodes {
  readonly #list: ListedEntities;
  readonly #bounds: readonly Bound[];

  constructor(list: ListedEntities) {
    const { after, before } = list.plan.page;
    this.#list = list;
    this.#bounds = [...(after ? [[after, 'after'] as const] : []), ...(before ? [[before, 'before'] as const] : [])];
  }

  readonly onPage = (values: readonly string[]): readonly string[] => {
    const { plan, parameter } = this.#list;
    return this.#bounds.map(([bound, side]) => keysetPredicate(plan.order, bound, side, values, parameter));
  };

  readonly fromIndex = (values: readonly string[]): readonly string[] => [
    ...startsFromIndex(this.#list.plan.order, values),
    ...this.onPage(values),
  ];

  /** How many are read: one more than the page has, where it is asked whether there are more. */
  readonly #most = (): string => {
    const { page, wants } = this.#list.plan;
    const peek = (page.backward ? wants.hasPreviousPage : wants.hasNextPage) ? 1 : 0;
    return `toInteger(${this.#list.scope.value(page.size + peek)})`;
  };

  /** The clauses that order and cut. */
  cut(values: readonly string[], order: readonly OrderKey[] = this.#list.plan.order): string {
    return `${orderBy(order, this.#list.plan.page.backward, values)} LIMIT ${this.#most()}`;
  }

  /**
   * The clauses that sort the entities of a list that is not too long for it, and return the page. Neo4j sorts by all keys but the
   * last first, and then reads the last one, the slug, only for the page; reading it for all takes a fifth longer.
   */
  #sortedPage(node: string, values: readonly string[]): string {
    const { order, page } = this.#list.plan;
    const others = orderBy(order.slice(0, -1), page.backward, values.slice(0, -1));
    return `${order.length > 1 ? `WITH ${node} ${others} ` : ''}RETURN ${node} ${this.cut(values)}`;
  }

  isByValue({ byValue }: IndexSegment): boolean {
    // What a page that begins at the other end stops at would have to be looked for.
    const startsAtBound = this.#bounds.every(([, side]) => (side === 'before') === this.#list.plan.page.backward);
    return byValue && startsAtBound && isEverything(this.#list.plan.filter);
  }

  /** Those of a segment, as lists that follow one another. */
  #ofSegment(segment: IndexSegment): readonly string[] {
    const { plan, scope } = this.#list;
    const { backward } = plan.page;
    const [bound] = this.#bounds.map(([values]) => values);
    if (this.isByValue(segment) && this.#bounds.every(([values, side]) => canReach(segment, values, side))) {
      const start = (bound?.[0] ?? null) === null ? null : (bound ?? null);
      return nodesByValue({ kind: plan.target.kind, segment, start, backward, most: this.#most }, scope);
    }
    return this.#list
      .findBySegment(this.#bounds, [segment])
      .map(({ text, node, values, order }) => `COLLECT { ${text} RETURN ${node} ${this.cut(values, order)} }`);
  }

  /** Segment by segment: those of a further one only as far as the earlier ones do not fill the page. */
  bySegment(): string {
    const { plan, segments, scope } = this.#list;
    const ordered = plan.page.backward ? segments.toReversed() : segments;
    const [first = '[]', ...others] = ordered.flatMap((segment) => this.#ofSegment(segment));
    let [before, nodes] = ['', first];
    for (const other of others) {
      const some = scope.variable('l');
      before += `WITH ${nodes} AS ${some} `;
      nodes = `CASE WHEN size(${some}) < ${this.#most()} THEN (${some} + ${other})[..${this.#most()}] ELSE ${some} END`;
    }
    return `${before}UNWIND ${nodes}`;
  }

  /** Two forms for orders by properties alone, of which Neo4j runs one. */
  #either(isWalked: string, [walked, sorted]: readonly [Found, Found], node: string): string {
    return `UNWIND CASE WHEN ${isWalked} THEN COLLECT { ${walked.text} RETURN ${node} ${this.cut(walked.values)} } ELSE COLLECT { ${sorted.text} ${this.#sortedPage(node, sorted.values)} } END`;
  }

  /** For a hub by scanning the index of the sort order, otherwise by sorting all. */
  byDegree(above: number): string {
    const list = this.#list;
    const node = list.scope.variable('n');
    const related = (values: readonly string[]) => [...this.fromIndex(values), `EXISTS { ${list.from('', node)} }`];
    const walked = list.find(`(${node}:${list.plan.target.kind})`, '', node, related);
    const isHub = `COUNT { ${list.from('', '')} } > ${list.scope.value(above)}`;
    return this.#either(isHub, [walked, list.find(list.from('', node), '', node, this.onPage)], node);
  }

  /** The same for what contains a text, which an index finds in no order. No more is counted than tells whether it is frequent. */
  byFrequency(above: number): string {
    const list = this.#list;
    const { order, target } = list.plan;
    const node = list.scope.variable('n');
    const index = `USING INDEX ${node}:${target.kind}(${leadingProperty(order)})`;
    const walked = list.find(`${list.from('', node)} ${index}`, '', node, this.fromIndex);
    const most = list.scope.value(above);
    const isFrequent = `COUNT { MATCH ${list.from('', node)} WHERE ${list.fits('', node)} RETURN ${node} LIMIT toInteger(${most} + 1) } > ${most}`;
    return this.#either(isFrequent, [walked, list.find(list.from('', node), '', node, this.fromIndex)], node);
  }

  /** From the members of a condition: sorted if they are few, otherwise by scanning an index. */
  ofMembers(start: MemberStart): string {
    const list = this.#list;
    const node = list.scope.variable('n');
    const { found, areFew } = list.fromMembers(start, node);
    const few = list.find(`(${node}:${list.plan.target.kind})`, '', node, this.onPage, { filter: start.others });
    const each = list.closures.merged(found, `DISTINCT ${node}`);
    return `UNWIND CASE WHEN ${areFew} THEN COLLECT { ${each} ${few.text} RETURN ${node} ${this.cut(few.values)} } ELSE COLLECT { ${this.bySegment()} AS ${node} RETURN ${node} } END`;
  }
}

/** The clauses that find the nodes of a page in its order; `null` where they are found in none. */
function nodesInOrder(list: ListedEntities, nodes: PageNodes): string | null {
  const { plan, membersAhead, segments } = list;
  if (membersAhead && plan.order.every(isProperty)) return nodes.ofMembers(membersAhead);
  if (plan.indexScanAbove !== null)
    return plan.relation ? nodes.byDegree(plan.indexScanAbove) : nodes.byFrequency(plan.indexScanAbove);
  return segments.length > 1 || segments.some((segment) => nodes.isByValue(segment)) ? nodes.bySegment() : null;
}

/** A page of a list as clauses. What has to be found ahead of them is among the closures of the list. */
export function pageClauses(list: ListedEntities): PageClauses {
  const { plan, scope } = list;
  const nodes = new PageNodes(list);
  const edge = list.edgeName(!plan.edge.bare || list.dependsOnEdge);
  const far = scope.variable('n');
  const inOrder = nodesInOrder(list, nodes);
  if (inOrder === null) {
    const condition = list.startsFromIndex ? nodes.fromIndex : nodes.onPage;
    const { text, names, values } = list.find(list.from(edge, far), edge, far, condition);
    return { found: text, names, cut: nodes.cut(values), edge, far, values };
  }
  const again = edge === '' ? '' : ` MATCH ${list.from(edge, far)}`;
  const values = plan.order.map((key) => orderKey(key, far, edge, scope).name);
  const names = [edge, far].filter((name) => name !== '');
  return { found: `${inOrder} AS ${far}${again}`, names, cut: '', edge, far, values };
}
