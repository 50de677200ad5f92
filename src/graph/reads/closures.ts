import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from '../pattern.ts';
import type { Scope } from '../scope.ts';
import { type Closure, type Filter, isClosure, isOfEdge, predicate, where } from './filter.ts';

/** The entities that meet each closure of a filter. A statement finds them once, before it tests any entity. */
export class Closures {
  readonly #scope: Scope;
  readonly #names = new Map<Closure, string>();
  readonly #lists: { readonly name: string; readonly list: string }[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The name of the list of the entities that meet a closure. */
  readonly membersOf = (closure: Closure): string => {
    const known = this.#names.get(closure);
    if (known !== undefined) return known;
    const list = this.#members(closure);
    const name = this.#scope.variable('h');
    this.#names.set(closure, name);
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
    return `head(COLLECT { ${clauses.join(' ')} RETURN ${expression} })`;
  }

  #members(closure: Closure): string {
    const [node, far] = [this.#scope.variable('n'), this.#scope.variable('n')];
    if ('reaches' in closure) {
      const { reaches: relation, slug, depth = '' } = closure;
      const way = pattern({ relation, reading: 'FORWARD' }, node, '', far, `*0..${depth}`);
      return `COLLECT { MATCH (${far}:Entity {id: ${this.#scope.value(slug)}}) MATCH ${way} RETURN DISTINCT ${node} }`;
    }
    const { relation, filter, hops } = closure;
    const fits = where([predicate(filter, far, this.#scope, { membersOf: this.membersOf })]);
    const way = pattern(relation, node, '', far, `*${hops.min}..${hops.max ?? ''}`);
    return `COLLECT { MATCH (${far}:${hops.kind})${fits} MATCH ${way} RETURN DISTINCT ${node} }`;
  }
}

/** A closure at the far end of a relation: from its members, the entities of a list can be found. */
export interface ClosureStart {
  readonly relation: RelationReading;
  readonly closure: Closure;
  /** Further conditions on the members. */
  readonly ofMembers: Filter;
  /** Further conditions on the entities of the list. */
  readonly others: Filter;
}

const partsOf = (filter: Filter): readonly Filter[] => ('all' in filter ? filter.all.flatMap(partsOf) : [filter]);

const without = (parts: readonly Filter[], part: Filter): Filter => ({ all: parts.filter((other) => other !== part) });

/** The first such closure among the conditions that a filter requires. */
export function closureStart(filter: Filter): ClosureStart | null {
  const parts = partsOf(filter);
  for (const part of parts) {
    if (!('some' in part) || part.hops || isOfEdge(part.filter)) continue;
    const ofFar = partsOf(part.filter);
    const closure = ofFar.find(isClosure);
    if (!closure) continue;
    return { relation: part.relation, closure, ofMembers: without(ofFar, closure), others: without(parts, part) };
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
