import { setTimeout } from 'node:timers/promises';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  Kind as NodeKind,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
} from 'graphql';
import { times } from '../../engine/budgets/time-budget.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import type { StatementTiers } from '../../engine/planning/statement-tiers.ts';
import type { Statistics } from '../../engine/reads/statistics.ts';
import { planSearch } from '../../engine/search/plan-search.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { createContext } from '../context.ts';
import { createReader } from '../loaders/reader.ts';
import { commonQuestions, commonTraversals } from './common-questions.ts';

/** What a warm-up needs of a server. */
export interface WarmUp {
  readonly schema: GraphQLSchema;
  readonly graph: Graph;
  readonly statistics: () => Promise<Statistics>;
  readonly tiers: StatementTiers;
  /** Documents that are likely to be asked. */
  readonly documents: readonly string[];
  /** Other reads that are likely. @default none */
  readonly reads?: readonly ((graph: Graph) => Promise<unknown>)[];
  /** Whether callers wait for the database, to which the warm-up gives way. @default never */
  readonly isBusy?: () => boolean;
  readonly signal: AbortSignal;
}

/** Some value of an input type; `undefined` where none is needed. */
function someValue(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return undefined;
  const { ofType } = type;
  if (isListType(ofType)) return [someValue(ofType.ofType) ?? 'x'];
  if (isEnumType(ofType)) return ofType.getValues()[0]?.name;
  if (!isInputObjectType(ofType))
    return ofType.name === 'Boolean' ? true : ['Int', 'Float'].includes(ofType.name) ? 1 : 'x';
  const required = Object.values(ofType.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, someValue(field.type)]));
}

function someVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, type, defaultValue }) => {
      const known = typeFromAST(schema, type) as GraphQLInputType | undefined;
      const value = known && defaultValue === undefined ? someValue(known) : undefined;
      return value === undefined ? [] : [[variable.name.value, value]];
    }),
  );
}

const queriesIn = ({ definitions }: DocumentNode): readonly OperationDefinitionNode[] =>
  definitions
    .filter((definition) => definition.kind === NodeKind.OPERATION_DEFINITION)
    .filter(({ operation }) => operation === 'query');

/** How long the database must have been idle in milliseconds, since a caller sends several statements in turn. */
const QUIET = 200;

/** Longest wait for that, so that a server that is always asked is warmed up as well. */
const LONGEST_WAIT = 2_000;

/** Resolves once callers no longer wait for the database, after the longest wait, or when the signal aborts. */
async function quiet(isBusy: () => boolean, signal: AbortSignal): Promise<void> {
  const begun = performance.now();
  let idleSince = isBusy() ? undefined : begun - QUIET;
  const isQuiet = () => idleSince !== undefined && performance.now() - idleSince >= QUIET;
  while (!signal.aborted && !isQuiet() && performance.now() - begun < LONGEST_WAIT) {
    await setTimeout(QUIET / 4);
    idleSince = isBusy() ? undefined : (idleSince ?? performance.now());
  }
}

/**
 * Has Neo4j plan, one after the other, what is likely to be asked: the given documents, which are asked once, and the
 * parts of which most questions consist. Resolves when all is planned, or soon after the signal aborts.
 */
export async function warmUp({
  schema,
  graph,
  statistics,
  tiers,
  documents,
  reads = [],
  isBusy = () => false,
  signal,
}: WarmUp): Promise<void> {
  const limits = { signal, timeout: times.warmUpPlan.ms };
  const limited: Graph = {
    ...graph,
    async read(statement, parameters, options) {
      await quiet(isBusy, signal);
      return graph.read(statement, parameters, { ...limits, ...options });
    },
  };
  const patient: StatementTiers = {
    ...tiers,
    async plan(...asked) {
      await quiet(isBusy, signal);
      return tiers.plan(...asked);
    },
  };

  /** Returns what the last query of a document answers. */
  async function planDocument(text: string, plansAhead: 'everything' | 'parts'): Promise<ExecutionResult['data']> {
    const document = parse(text, { noLocation: true });
    let data: ExecutionResult['data'];
    for (const operation of queriesIn(document)) {
      if (signal.aborted) return undefined;
      const contextValue = {
        ...createContext(limited, statistics, limits),
        readerOfToday: () =>
          createReader(limited, { signal, timeout: times.warmUpRead.ms }, { tiers: patient, plansAhead }),
      };
      const operationName = operation.name?.value ?? null;
      const variableValues = someVariables(schema, operation);
      ({ data } = await execute({ schema, document, operationName, variableValues, contextValue }));
    }
    return data;
  }

  /** The slugs of two entities of a kind, with many relations if it has hubs. */
  async function someSlugs(kind: Kind): Promise<readonly string[]> {
    const { plural } = graph.ontology.kind(kind);
    const relation = [...graph.ontology.relationFieldsOf(kind).values()].find(({ toOne }) => !toOne);
    const order = relation ? `, orderBy: [{ ${relation.name}: { count: DESC } }]` : '';
    const data = await planDocument(`{ ${plural}(first: 2${order}) { nodes { slug } } }`, 'everything');
    const list = data?.[plural] as { readonly nodes: readonly { readonly slug: string }[] } | null | undefined;
    return list?.nodes.map(({ slug }) => slug) ?? [];
  }

  for (const read of reads) if (!signal.aborted) await read(limited).catch(() => {});
  for (const document of documents) await planDocument(document, 'everything');
  // What a search reads only if its words name something, which invented words do not.
  if (!signal.aborted) await planSearch(limited, limits).catch(() => {});
  for (const document of commonQuestions(await statistics())) await planDocument(document, 'parts');
  const slugs: (readonly string[])[] = [];
  for (const kind of graph.ontology.kindNames) slugs.push(await someSlugs(kind));
  const gaps = schema.getType('Gaps');
  const gapNames = isObjectType(gaps) ? Object.keys(gaps.getFields()) : [];
  for (const document of [...commonTraversals(slugs), ...gapNames.map((name) => `{ gaps { ${name} { __typename } } }`)])
    await planDocument(document, 'everything');
}
