import type { RelationType } from '../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from '../graph/pattern.ts';
import type { Scope } from '../graph/scope.ts';
import { type Filter, isOfEdge } from '../reads/filter.ts';
import { predicate, where } from '../reads/predicate.ts';

/** A property, or a date truncated to a number of characters. */
export interface PropertySource {
  readonly property: string;
  readonly length?: number;
}

/** A grouping key: a property, each entity that a relation leads to, or the values at the end of several relations. */
export type GroupSource = PropertySource | { readonly relation: RelationReading; readonly toOne: boolean } | GroupPath;

/** Relations that are followed one after the other. An entity counts once for each value that they lead to. */
export interface GroupPath {
  /** What the entity itself is replaced by. */
  readonly level: Level | null;
  readonly steps: readonly GroupStep[];
  /** What is read at the end, of the entity or of the last relation; `null` for the entity itself. */
  readonly end: (PropertySource & { readonly ofEdge?: true }) | null;
  /** Whether an entity has at most one value. */
  readonly toOne: boolean;
}

export interface GroupStep {
  readonly relation: RelationReading;
  /** Which entities count, and by which relations. */
  readonly filter: Filter;
  readonly level: Level | null;
}

/** Entities above an entity, itself included, that are a number of steps below the top of their hierarchy. */
export interface Level {
  readonly relation: RelationType;
  readonly below: number;
}

/** Whether an entity may have several values of a key. */
export const isToMany = (source: GroupSource): boolean => 'toOne' in source && !source.toOne;

/** A date that is not known so exactly has no such value. */
export function keyValue(source: PropertySource, node: string): string {
  const property = `${node}.${source.property}`;
  if (source.length === undefined) return property;
  return `CASE WHEN size(${property}) >= ${source.length} THEN left(${property}, ${source.length}) END`;
}

/** The clauses that lead to the values of a path, and the value at their end. */
function follow({ level, steps, end }: GroupPath, node: string, scope: Scope) {
  let [at, by] = [node, ''];
  const clauses: string[] = [];
  const climb = (to: Level | null) => {
    if (!to) return;
    const above = scope.variable('f');
    clauses.push(`MATCH (${at})-[:${to.relation}*0..]->(${above}) WHERE ${isAt(to, above, scope)}`);
    at = above;
  };
  climb(level);
  for (const [index, step] of steps.entries()) {
    const far = scope.variable('f');
    const isRead = index === steps.length - 1 && end?.ofEdge === true;
    by = isRead || isOfEdge(step.filter) ? scope.variable('r') : '';
    const fits = where([predicate(step.filter, far, scope, { edge: by })]);
    clauses.push(`MATCH ${pattern(step.relation, at, by, far)}${fits}`);
    at = far;
    climb(step.level);
  }
  return { clauses: clauses.join(' '), value: end ? keyValue(end, end.ofEdge ? by : at) : `${at}.id` };
}

/** Whether the shortest way from an entity to the top of its hierarchy has this number of steps. */
function isAt({ relation, below }: Level, node: string, scope: Scope): string {
  const isTop = (at: string) => `NOT EXISTS { (${at})-[:${relation}]->() }`;
  if (below === 0) return isTop(node);
  const leadsToTop = (hops: string) => {
    const top = scope.variable('n');
    return `EXISTS { MATCH (${node})-[:${relation}*${hops}]->(${top}) WHERE ${isTop(top)} }`;
  };
  return `${leadsToTop(`${below}`)} AND NOT ${leadsToTop(`0..${below - 1}`)}`;
}

/** The different values of a path, as the inside of `COLLECT { … }` or `COUNT { … }`. */
function valuesOf(path: GroupPath, node: string, scope: Scope): string {
  const { clauses, value } = follow(path, node, scope);
  const found = scope.variable('v');
  return `${clauses} WITH ${value} AS ${found} WHERE ${found} IS NOT NULL RETURN DISTINCT ${found}`;
}

/** Whether the values of a key are found by following relations one after the other. */
export const isPath = (source: GroupSource): source is GroupPath => 'steps' in source;

/** The number of different values that a list of entities has of a key that leads away from them. */
export function distinctValues(source: Exclude<GroupSource, PropertySource>, members: string, scope: Scope): string {
  const member = scope.variable('n');
  if (isPath(source)) return `COUNT { UNWIND ${members} AS ${member} ${valuesOf(source, member, scope)} }`;
  const far = scope.variable('f');
  return `COUNT { UNWIND ${members} AS ${member} MATCH ${pattern(source.relation, member, '', far)} RETURN DISTINCT ${far} }`;
}

/** A key in a statement. */
export interface GroupKeyExpression {
  readonly column: string;
  /** What groups are made by, and what is read of it afterwards. */
  readonly is: string;
  readonly value: string;
  /** What distinguishes the values of equal keys. */
  readonly compared: string;
  /** The variable that the clause binds; both are empty for a property. */
  readonly far: string;
  readonly match: string;
  /** A list that the clause needs, made once for each entity; empty if it needs none. */
  readonly list: string;
}

/** Every entity has a value of each key: null if there is nothing else. */
export function groupKey(source: GroupSource, column: string, node: string, scope: Scope): GroupKeyExpression {
  if (isPath(source)) {
    const [far, found] = [scope.variable('f'), scope.variable('l')];
    const list = `COLLECT { ${valuesOf(source, node, scope)} } AS ${found}`;
    const match = ` UNWIND CASE ${found} WHEN [] THEN [null] ELSE ${found} END AS ${far}`;
    return { column, is: far, value: column, compared: far, far, match, list };
  }
  if (!('relation' in source)) {
    const is = keyValue(source, node);
    return { column, is, value: column, compared: is, far: '', match: '', list: '' };
  }
  const far = scope.variable('f');
  const match = ` OPTIONAL MATCH ${pattern(source.relation, node, '', far)}`;
  return { column, is: far, value: `${column}.id`, compared: `${far}.id`, far, match, list: '' };
}
