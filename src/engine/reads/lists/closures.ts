import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from '../../graph/pattern.ts';
import type { Scope } from '../../graph/scope.ts';
import { type Filter, type FoundAhead, isClosure, isOfEdge, isOfSlugs, leadsToNamed, requiredBy } from '../filter.ts';
import { mergedRows } from '../merged-rows.ts';
import { predicate, where } from '../predicate.ts';

/** The entities that meet some conditions of a filter. A statement finds them once, before it tests any entity. */
export class Closures {
  readonly #scope: Scope;
  /** The names of the lists by their conditions, as text: one that is required several times is followed once. */
  readonly #names = new Map<string, string>();
  readonly #lists: { readonly name: string; readonly list: string }[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The name of the list of the entities that meet a condition. */
  readonly membersOf = (condition: FoundAhead): string =>
    getOrInsert(this.#names, JSON.stringify(condition), () => {
      const list = this.#members(condition);
      const name = this.#scope.variable('h');
      this.#lists.push({ name, list });
      return name;
    });

  /** Whether no closure was asked for. */
  get areEmpty(): boolean {
    return this.#lists.length === 0;
  }

  /** The names of the lists so far. */
  get names(): readonly string[] {
    return this.#lists.map(({ name }) => name);
  }

  /** The clauses that find the lists; empty if there are none. */
  get clauses(): string {
    return this.#lists
      .map(({ name, list }, index) => `WITH ${[...this.names.slice(0, index), `${list} AS ${name}`].join(', ')} `)
      .join('');
  }

  /** An expression that names the lists, behind the clauses that find them. */
  around(expression: string): string {
    if (this.areEmpty) return expression;
    const answer = this.#scope.variable('a');
    // Facets aggregate, and Cypher allows an aggregation beside variables only if these are named grouping keys.
    return `head(COLLECT { ${this.clauses}WITH ${[...this.names, `${expression} AS ${answer}`].join(', ')} RETURN ${answer} })`;
  }

  /** Clauses that merge the rows that others find, which may use the lists. */
  merged(found: string, columns: string): string {
    return mergedRows(found, columns, this.names);
  }

  #members(condition: FoundAhead): string {
    const [node, far] = [this.#scope.variable('n'), this.#scope.variable('n')];
    if ('ahead' in condition) {
      const fits = predicate(condition.ahead, node, this.#scope, { membersOf: this.membersOf, isNested: true });
      return `COLLECT { MATCH (${node}:${condition.kind})${where([fits])} RETURN ${node} }`;
    }
    if ('property' in condition) {
      return `COLLECT { MATCH (${node}:Entity)${where([predicate(condition, node, this.#scope)])} RETURN ${node} }`;
    }
    if ('reaches' in condition) {
      const { reaches: relation, slug, depth = '' } = condition;
      const way = pattern({ relation, reading: 'FORWARD' }, node, '', far, `*0..${depth}`);
      return `COLLECT { MATCH (${far}:Entity {id: ${this.#scope.value(slug)}}) MATCH ${way} RETURN DISTINCT ${node} }`;
    }
    const { relation, filter, hops } = condition;
    const way = pattern(relation, node, '', far, hops ? `*${hops.min}..${hops.max ?? ''}` : '');
    const kind = hops?.kind ?? 'Entity';
    // Of a hierarchy, all entities of the kind are tested.
    const fits = predicate(filter, far, this.#scope, { membersOf: this.membersOf, isNested: hops !== undefined });
    return `COLLECT { MATCH (${far}:${kind})${where([fits])} MATCH ${way} RETURN DISTINCT ${node} }`;
  }
}

/** A condition at the far end of a relation: from the entities that meet it, its members, those of a list can be found. */
export interface MemberStart {
  readonly relation: RelationReading;
  readonly condition: FoundAhead;
  /** Further conditions on the members. */
  readonly ofMembers: Filter;
  /** Further conditions on the entities of the list. */
  readonly others: Filter;
}

const without = (parts: readonly Filter[], part: Filter): Filter => ({ all: parts.filter((other) => other !== part) });

/**
 * The first such condition among those that a filter requires: a closure, a relation to a named entity, or its name.
 *
 * @param isLong whether the list is so long that a start from its name pays, too
 */
export function memberStart(filter: Filter, isLong = false): MemberStart | null {
  const isFoundAhead = (part: Filter): part is FoundAhead =>
    isClosure(part) || leadsToNamed(part) || (isLong && isOfSlugs(part));
  const parts = requiredBy(filter);
  for (const part of parts) {
    if (!('some' in part) || part.hops || isOfEdge(part.filter)) continue;
    const ofFar = requiredBy(part.filter);
    const condition = ofFar.find(isFoundAhead);
    if (!condition) continue;
    return { relation: part.relation, condition, ofMembers: without(ofFar, condition), others: without(parts, part) };
  }
  return null;
}

/** Whether a relation is defined for one kind alone at the end that it is read from, so that no label has to be tested. */
export function leadsFromOnly(
  ontology: Ontology,
  { relation, reading }: RelationReading,
  kind: Kind | 'Entity',
): boolean {
  const { from, to } = ontology.relation(relation);
  if (reading === 'BOTH') return from === kind && to === kind;
  return (reading === 'FORWARD' ? from : to) === kind;
}

/** If more relations lead to the members, a page is found by scanning the index of its order instead of by sorting. */
const MOST_SORTED = 1_000;

/**
 * Clauses that find the entities which lead to the members of a condition, as often as they do, and a predicate: whether
 * they are few enough to be sorted.
 *
 * @param fits makes the predicate of the further conditions on a member
 */
export function nearEnds(
  { relation }: MemberStart,
  members: string,
  node: string,
  fits: (member: string) => string,
  scope: Scope,
): { readonly found: string; readonly areFew: string } {
  const [member, any] = [scope.variable('n'), scope.variable('n')];
  const matching = `MATCH ${pattern(relation, node, '', member)}${where([fits(member)])}`;
  const some = `UNWIND ${members} AS ${any} MATCH ${pattern(relation, '', '', any)} RETURN ${any} LIMIT ${MOST_SORTED + 1}`;
  return {
    found: `UNWIND ${members} AS ${member} ${matching}`,
    areFew: `COUNT { ${some} } <= ${MOST_SORTED}`,
  };
}
