import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Parameters } from '../graph/graph.ts';
import { PlanScope } from '../graph/plan-scope.ts';
import { connection, list, relation, target } from './expressions.ts';
import { mergedRows } from './merged-rows.ts';
import {
  type AnswerOf,
  type ConnectionPlan,
  type EntityRow,
  type FanOutPlan,
  hasFacets,
  type LookupPlan,
  type ReadPlan,
  type RelationPlan,
  shapeOf,
  type TargetPlan,
} from './plan.ts';
import {
  fillInAnswer,
  fillInRow,
  type SharedRows,
  type SharedTargets,
  sharedInAnswer,
  sharedInRow,
} from './shared-targets.ts';

/** The Cypher expression of a plan, with its parameters. */
export interface Compiled {
  readonly expression: string;
  readonly parameters: Parameters;
  /** The result of the plan, from the value of the expression, which it may change. */
  readonly read: (value: unknown) => AnswerOf<ReadPlan>;
}

const rowsOf = memoize((_: TargetPlan) => new Map<string, string>());

/** The row of a plan that wants no relations, as an expression on a node of any statement. */
export const rowOfProperties = (ontology: Ontology, plan: TargetPlan, node: string): string =>
  getOrInsert(rowsOf(plan), node, () => target(plan, node, new PlanScope(ontology, '')));

/** The start of a read by slug: the kind's own index, or that of all entities. */
export const bySlug = (kind: string, node: string, parameter: string, scope: PlanScope) => {
  const slug = scope.variable('s');
  return `UNWIND $${parameter}.slugs AS ${slug} MATCH (${node}:${kind} {id: ${slug}})`;
};

function lookup({ target: wanted }: LookupPlan, parameter: string, scope: PlanScope): string {
  const node = scope.variable('n');
  return `COLLECT { ${bySlug(wanted.kind, node, parameter, scope)} RETURN ${target(wanted, node, scope)} }`;
}

function fanOut(plan: FanOutPlan, parameter: string, scope: PlanScope): string {
  const node = scope.variable('n');
  const start = bySlug(plan.kind, node, parameter, scope);
  const answer = relation(plan.relation, node, scope);
  const name = scope.variable('a');
  // Facets aggregate, and Cypher allows an aggregation beside a variable only if that is a named grouping key.
  return hasFacets(plan.relation)
    ? `COLLECT { ${start} WITH ${node}, ${answer} AS ${name} RETURN [${node}.id, ${name}] }`
    : `COLLECT { ${start} RETURN [${node}.id, ${answer}] }`;
}

/** The value of a plan as an expression. */
function expressionOf(plan: ReadPlan, parameter: string, scope: PlanScope): string {
  if (plan.shape === 'connection') return connection(plan, '', scope);
  return plan.shape === 'lookup' ? lookup(plan, parameter, scope) : fanOut(plan, parameter, scope);
}

/** The shared targets in the value of a plan. */
function sharedIn(plan: ReadPlan, value: string, scope: PlanScope): readonly SharedTargets[] {
  if (plan.shape === 'connection') return sharedInAnswer(plan, value, scope);
  const item = scope.variable('x');
  const each = `UNWIND ${value} AS ${item} `;
  return plan.shape === 'lookup'
    ? sharedInRow(plan.target, item, scope, each)
    : sharedInAnswer(plan.relation, `${item}[1]`, scope, each);
}

/** Replaces the slugs of shared targets in the result of a plan by their rows. */
function fillIn<Plan extends ReadPlan>(plan: Plan, answer: AnswerOf<Plan>, shared: SharedRows): void {
  if (plan.shape === 'connection') fillInAnswer(plan, answer as AnswerOf<ConnectionPlan>, shared);
  else if (plan.shape === 'lookup')
    for (const row of answer as AnswerOf<LookupPlan>) fillInRow(plan.target, row, shared);
  else for (const [, of] of answer as AnswerOf<FanOutPlan>) fillInAnswer(plan.relation, of, shared);
}

function compileAnew(ontology: Ontology, plan: ReadPlan, parameter: string): Compiled {
  const scope = new PlanScope(ontology, parameter);
  const expression = expressionOf(plan, parameter, scope);
  const first = scope.variable('b');
  const waiting = sharedIn(plan, first, scope).map((targets) => ({ ...targets, list: first }));
  if (waiting.length === 0)
    return { expression, parameters: scope.parameters, read: (value) => value as AnswerOf<ReadPlan> };

  const names = [first];
  const relations: RelationPlan[] = [];
  let blocks = `WITH ${expression} AS ${first}`;
  for (const { relation: of, clauses, slug, list: from } of waiting) {
    const name = scope.variable('b');
    const [each, node] = [scope.variable('s'), scope.variable('n')];
    const row = target(of.target, node, scope);
    blocks += ` WITH ${names.join(', ')}, COLLECT { ${mergedRows(clauses.trimEnd(), `DISTINCT ${slug} AS ${each}`, [from])} MATCH (${node}:${of.target.kind} {id: ${each}}) RETURN ${row} } AS ${name}`;
    names.push(name);
    relations.push(of);
    const item = scope.variable('x');
    const below = sharedInRow(of.target, item, scope, `UNWIND ${name} AS ${item} `);
    waiting.push(...below.map((targets) => ({ ...targets, list: name })));
  }

  return {
    expression: `head(COLLECT { ${blocks} RETURN ${list(names)} })`,
    parameters: scope.parameters,
    read(value) {
      const [answer, ...rows] = value as readonly [AnswerOf<ReadPlan>, ...(readonly EntityRow[])[]];
      const found = new Map(
        relations.map((of, index) => [of, new Map((rows[index] ?? []).map((row) => [row[0], row]))]),
      );
      for (const of of relations) for (const row of found.get(of)?.values() ?? []) fillInRow(of.target, row, found);
      fillIn(plan, answer, found);
      return answer;
    },
  };
}

/** Compiled forms of a plan, cached with the plan. They do not depend on the slugs of a read. */
const compiledOf = memoize((_: object) => new Map<string, Compiled>());

/**
 * Compiles a plan into one Cypher expression. Labels, types and property names come from the ontology through the plan,
 * every value is a parameter, and the text depends only on the shape of the plan.
 *
 * @param parameter name of the map with all values, so that several expressions can share a statement
 */
export function compile(ontology: Ontology, plan: ReadPlan, parameter = 'p'): Compiled {
  const shape = shapeOf(plan);
  const key = `${plan.shape} ${plan.shape === 'fanOut' ? plan.kind : ''} ${parameter}`;
  const compiled = getOrInsert(compiledOf(shape), key, () => compileAnew(ontology, plan, parameter));
  if (plan.shape === 'connection') return compiled;
  const values = compiled.parameters[parameter] as Parameters;
  return { ...compiled, parameters: { [parameter]: { ...values, slugs: plan.slugs } } };
}
