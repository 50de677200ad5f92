import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from '../pattern.ts';
import type { Scope } from '../scope.ts';
import {
  type Closure,
  type Filter,
  isClosure,
  isOfEdge,
  isOfSlugs,
  leadsToNamed,
  type Named,
  predicate,
  requiredBy,
  where,
} from './filter.ts';

/** The entities that meet some conditions of a filter. A statement finds them once, before it tests any entity. */
export class Closures {
  readonly #scope: Scope;
  readonly #names = new Map<Closure | Named, string>();
  readonly #lists: { readonly name: string; readonly list: string }[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The name of the list of the entities that meet a condition. */
  readonly membersOf = (condition: Closure | Named): string => {
    const known = this.#names.get(condition);
    if (known !== undefined) return known;
    const list = this.#members(condition);
    const name = this.#scope.variable('h');
    this.#names.set(condition, name);
    this.#lists.push({ name, list });
    return name;
  };

  /** Whether no closure was asked for. */
  get areEmpty(): boolean {
    return this.#lists.length === 0;
  }

  /** An expression that names the lists, behind the clauses that find them. */
  around(expression: string): string {
    if (this.#lists.length === 0) return expression;
    const names: string[] = [];
    const clauses = this.#lists.map(({ name, list }) => {
      const clause = `WITH ${[...names, `${list} AS ${name}`].join(', ')}`;
      names.push(name);
      return clause;
    });
    const answer = this.#scope.variable('a');
    // Facets aggregate, and Cypher allows an aggregation beside variables only if these are named grouping keys.
    return `head(COLLECT { ${clauses.join(' ')} WITH ${[...names, `${expression} AS ${answer}`].join(', ')} RETURN ${answer} })`;
  }

  #members(condition: Closure | Named): string {
    const [node, far] = [this.#scope.variable('n'), this.#scope.variable('n')];
    const fitting = (filter: Filter, of: string) =>
      where([predicate(filter, of, this.#scope, { membersOf: this.membersOf })]);
    if ('property' in condition) {
      return `COLLECT { MATCH (${node}:Entity)${fitting(condition, node)} RETURN ${node} }`;
    }
    if ('reaches' in condition) {
      const { reaches: relation, slug, depth = '' } = condition;
      const way = pattern({ relation, reading: 'FORWARD' }, node, '', far, `*0..${depth}`);
      return `COLLECT { MATCH (${far}:Entity {id: ${this.#scope.value(slug)}}) MATCH ${way} RETURN DISTINCT ${node} }`;
    }
    const { relation, filter, hops } = condition;
    const way = pattern(relation, node, '', far, hops ? `*${hops.min}..${hops.max ?? ''}` : '');
    const kind = hops?.kind ?? 'Entity';
    return `COLLECT { MATCH (${far}:${kind})${fitting(filter, far)} MATCH ${way} RETURN DISTINCT ${node} }`;
  }
}

/** A condition at the far end of a relation: from the entities that meet it, its members, those of a list can be found. */
export interface ClosureStart {
  readonly relation: RelationReading;
  readonly closure: Closure | Named;
  /** Further conditions on the members. */
  readonly ofMembers: Filter;
  /** Further conditions on the entities of the list. */
  readonly others: Filter;
}

const without = (parts: readonly Filter[], part: Filter): Filter => ({ all: parts.filter((other) => other !== part) });

/**
 * The first such condition among those that a filter requires: a closure, a relation to an entity that is named, or a name.
 *
 * @param isLong whether the list is long, so that even what a name tells pays
 */
export function closureStart(filter: Filter, isLong = false): ClosureStart | null {
  const parts = requiredBy(filter);
  for (const part of parts) {
    if (!('some' in part) || part.hops || isOfEdge(part.filter)) continue;
    const ofFar = requiredBy(part.filter);
    const closure = ofFar.find((each) => isClosure(each) || leadsToNamed(each) || (isLong && isOfSlugs(each)));
    if (!closure) continue;
    const [ofMembers, others] = [without(ofFar, closure), without(parts, part)];
    return { relation: part.relation, closure: closure as Closure | Named, ofMembers, others };
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
 * Clauses that find the entities which lead to the members of a closure, as often as they do, and a predicate: whether
 * they are few enough to be sorted.
 *
 * @param fits makes the predicate of the further conditions on a member
 */
export function nearEnds(
  { relation }: ClosureStart,
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
