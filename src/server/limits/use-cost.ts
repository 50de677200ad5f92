import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import type { Row } from '../../engine/graph/statement.ts';
import type { Statistics } from '../../engine/reads/statistics.ts';
import { namedTypeOf, readVariables } from '../../graphql/arguments/variables.ts';
import { type Cost, costOf } from '../../graphql/cost/cost.ts';
import { INTROSPECTION_ALLOWANCE, isIntrospection, wholeIntrospection } from '../../graphql/cost/introspection.ts';
import { limitExceeded } from '../../graphql/errors.ts';
import { isObject } from '../../graphql/internal-client/json.ts';
import { limits } from '../../graphql/limits.ts';
import { memoize } from '../../ontology/memoize.ts';
import { refusal } from '../bad-request.ts';
import type { RequestPlugin } from '../phases.ts';
import { type EstimatedCost, stateOf } from '../request-state.ts';

/** `extensions.cost` of a response. */
interface ReportedCost extends EstimatedCost {
  /** Number of rows read for this answer; absent if the operation was refused. */
  readonly actual?: number;
}

/** Whether a request asks for its cost, by `extensions` of its body or by a header. */
export function asksForCost(request: Request | undefined, extensions: unknown): boolean {
  return (isObject(extensions) && extensions.cost === true) || request?.headers.get('silkgraph-cost') === '1';
}

/** Counts the rows that the database returns: each entity and each relation is one, inside the row of its parent. */
export function createTally() {
  let rows = 0;
  const count = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === 'string') rows += 1;
    for (const part of value) count(part);
  };
  return {
    get rows() {
      return rows;
    },
    report: (answered: readonly Row[]) => count(answered),
    /** Counts anew, for an answer that takes the place of the one before. */
    restart(): void {
      rows = 0;
    },
  };
}

export type Tally = ReturnType<typeof createTally>;

/** The part of the context that the cost of an operation depends on. */
interface Costed {
  readonly statistics?: () => Promise<Statistics>;
  readonly request?: Request;
  readonly tally?: Tally;
}

interface KeptCost {
  readonly statistics: Statistics;
  readonly cost: Cost;
}

interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Types of texts whose content does not affect the estimate. */
const texts: ReadonlySet<string> = new Set(['ID', 'PartialDate', 'URL']);

/** Characters of a text in which it is looked for: queries that are longer are refused. */
const LOOKED_FOR = limits.queryLength;

/** Variables as far as the estimate depends on them: of most texts, their presence, and of a list of them, its length. */
function variablesOf(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): string {
  const parts = (operation.variableDefinitions ?? []).map(({ variable, type }) => {
    const value = variables[variable.name.value];
    if (namedTypeOf(type) === 'String' && typeof value === 'string') return value.slice(0, LOOKED_FOR);
    if (namedTypeOf(type) !== 'String' && !texts.has(namedTypeOf(type))) return value;
    return typeof value === 'string' ? 0 : Array.isArray(value) ? [value.length] : value;
  });
  // An omitted variable takes its default, and one that is null does not.
  return parts.map((part) => JSON.stringify(part) ?? '').join();
}

/** Estimates the cost of operations, once for the same document, variables and statistics. */
export function createEstimator() {
  const kept = createCache<KeptCost>('costs', { sizeOf: ({ cost }, key) => textBytes(key, cost.heaviest.path) });
  let documents = 0;
  const numberOf = memoize((_: DocumentNode) => ++documents);

  /**
   * @returns `undefined` if the operation cannot be executed anyway
   * @throws GraphQLError LIMIT_EXCEEDED if there are too many fields to count
   */
  return ({ schema, document, operationName, variableValues }: Operation, statistics: Statistics): Cost | undefined => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const key = `${numberOf(document)} ${operationName ?? ''} ${variablesOf(operation, variableValues ?? {})}`;
    const found = kept.get(key);
    if (found?.statistics === statistics) return found.cost;
    const { coerced } = readVariables(schema, operation, variableValues);
    if (!coerced) return undefined;
    const fragments = Object.fromEntries(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
    const cost = costOf(operation, { schema, fragments, variableValues: coerced }, statistics);
    // With another text in its place the same operation may be valid, and cost more.
    if (!cost.faulty) kept.set(key, { statistics, cost });
    return cost;
  };
}

/**
 * Refuses an operation whose estimated cost exceeds the maximum before execution, on every transport. Each HTTP response
 * has the cost in a header; `extensions.cost` contains it on request, and for a refused operation. An introspection has a
 * maximum of its own.
 *
 * @param charge counts the costs of a caller, and says why an operation is refused
 */
export function useCost(
  limit: number,
  charge?: (request: Request, cost: number) => Promise<GraphQLError | undefined>,
): RequestPlugin {
  const estimate = createEstimator();

  function budgetOf({ schema, document, operationName }: Operation, statistics: Statistics): number {
    const operation = getOperationAST(document, operationName);
    if (!operation || !isIntrospection(operation)) return limit;
    const whole = estimate({ schema, document: wholeIntrospection }, statistics);
    return INTROSPECTION_ALLOWANCE * (whole?.estimated ?? 0);
  }

  interface Execution {
    readonly args: Operation & { readonly contextValue: unknown };
    setResultAndStopExecution(result: ExecutionResult): void;
  }

  async function onExecution({ args, setResultAndStopExecution }: Execution) {
    const { statistics, request, tally } = args.contextValue as Costed;
    const known = await statistics?.();
    let cost: Cost | undefined;
    let budget = limit;
    try {
      cost = known && estimate(args, known);
      if (known && cost) budget = budgetOf(args, known);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return setResultAndStopExecution({ errors: [refusal(error)] });
    }
    if (!cost) return;
    const { estimated, heaviest } = cost;
    if (request) stateOf(request).cost = { estimated, budget };
    if (estimated > budget) {
      const extensions = { cost: { estimated, budget } satisfies ReportedCost };
      const message = `The estimated cost is ${estimated}; the maximum is ${budget}. The most expensive part, ${heaviest.cost}, is \`${heaviest.path}\`: request smaller pages or fewer fields there, or add a filter.`;
      return setResultAndStopExecution({ errors: [refusal(limitExceeded(message))], extensions });
    }
    const refused = request && (await charge?.(request, estimated));
    if (refused) return setResultAndStopExecution({ errors: [refused] });
    if (!tally) return;
    return {
      onExecuteDone({ result, setResult }: { result: unknown; setResult(result: ExecutionResult): void }) {
        if (isAsyncIterable(result)) return;
        const answer = result as ExecutionResult;
        const cost: ReportedCost = { estimated, actual: tally.rows, budget };
        setResult({ ...answer, extensions: { ...answer.extensions, cost } });
      },
    };
  }

  return {
    phase: 'plan',
    onExecute: onExecution,
    async onSubscribe(execution) {
      await onExecution(execution);
    },
    onResponse({ request, response: { headers } }) {
      const { cost } = stateOf(request);
      if (cost) headers.set('silkgraph-cost', `estimated=${cost.estimated}, budget=${cost.budget}`);
    },
  };
}
