import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from '../pattern.ts';
import type { Scope } from '../scope.ts';
import { type Closure, type Filter, isClosure, isOfEdge, predicate } from './filter.ts';

/** Who meets the closures of a list: found once, before each entity is tested on being among them. */
export class Closures {
  readonly #scope: Scope;
  readonly #names = new Map<Closure, string>();
  readonly #lists: { readonly name: string; readonly list: string }[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The name of the list of those who meet a closure. */
  readonly membersOf = (closure: Closure): string => {
    const known = this.#names.get(closure);
    if (known !== undefined) return known;
    const list = this.#members(closure);
    const name = this.#scope.variable('h');
    this.#names.set(closure, name);
    this.#lists.push({ name, list });
    return name;
  };

  /** An expression that names the lists, after they are found. */
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
    const fits = predicate(filter, far, this.#scope, { membersOf: this.membersOf });
    const way = pattern(relation, node, '', far, `*${hops.min}..${hops.max ?? ''}`);
    return `COLLECT { MATCH (${far}:${hops.kind})${fits === 'true' ? '' : ` WHERE ${fits}`} MATCH ${way} RETURN DISTINCT ${node} }`;
  }
}

/** A closure that stands at the far end of a relation, so that who is looked for can be found from its members. */
export interface ClosureStart {
  readonly relation: RelationReading;
  readonly closure: Closure;
  /** What else is asked of its members. */
  readonly ofMembers: Filter;
  /** What else is asked of who is looked for. */
  readonly others: Filter;
}

const partsOf = (filter: Filter): readonly Filter[] => ('all' in filter ? filter.all.flatMap(partsOf) : [filter]);

const without = (parts: readonly Filter[], part: Filter): Filter => ({ all: parts.filter((other) => other !== part) });

/** The first such closure among the conditions of a filter that must all hold. */
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

/** Whether a relation, as it is read, starts from entities of one kind alone: their kind need not be looked at. */
export function leadsFromOnly(
  ontology: Ontology,
  { relation, reading }: RelationReading,
  kind: Kind | 'Entity',
): boolean {
  const { from, to } = ontology.relation(relation);
  if (reading === 'BOTH') return from === kind && to === kind;
  return (reading === 'FORWARD' ? from : to) === kind;
}

/** With more relations to the members of a closure, a page is found by scanning an index rather than by sorting near ends. */
const MOST_SORTED = 1_000;

/**
 * Who leads to the members of a closure, each once, and whether they are so few that they are better sorted.
 *
 * @param fits makes the predicate of what else is asked of a member
 */
export function nearEnds(
  { relation }: ClosureStart,
  members: string,
  node: string,
  fits: (member: string) => string,
  scope: Scope,
): { readonly found: string; readonly areFew: string } {
  const [member, any] = [scope.variable('n'), scope.variable('n')];
  const condition = fits(member);
  const matching = `MATCH ${pattern(relation, node, '', member)}${condition === 'true' ? '' : ` WHERE ${condition}`}`;
  const some = `UNWIND ${members} AS ${any} MATCH ${pattern(relation, '', '', any)} RETURN ${any} LIMIT ${MOST_SORTED + 1}`;
  return {
    found: `UNWIND ${members} AS ${member} ${matching} WITH DISTINCT ${node}`,
    areFew: `COUNT { ${some} } <= ${MOST_SORTED}`,
  };
}
