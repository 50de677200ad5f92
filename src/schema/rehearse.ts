import {
  type DocumentNode,
  execute,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind as NodeKind,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
} from 'graphql';
import { GraphError } from '../graph/errors.ts';
import type { Graph } from '../graph/graph.ts';
import type { Statistics } from '../graph/reads/statistics.ts';
import type { StatementTiers } from '../graph/statement-tiers.ts';
import { createReader } from '../loaders/reader.ts';
import type { Ontology } from '../ontology/ontology.ts';
import { createContext } from './context.ts';

/** What rehearsals need of a server. */
export interface Rehearsal {
  readonly schema: GraphQLSchema;
  readonly graph: Graph;
  readonly statistics: () => Promise<Statistics>;
  readonly tiers: StatementTiers;
  /** Documents that are likely to be asked. */
  readonly documents: readonly string[];
  readonly signal: AbortSignal;
}

/** One query for each kind, with all of its relations. */
const documentsOf = ({ kindNames, kind, relationFieldsOf }: Ontology): readonly string[] =>
  ['nodes { slug }', 'totalCount nodes { slug }'].flatMap((page) =>
    kindNames.map((name) => {
      const relations = [...relationFieldsOf(name).values()].map(({ name: field, toOne }) =>
        toOne ? `${field} { slug }` : `${field}(first: 1) { ${page} }`,
      );
      return `{ ${kind(name).plural}(first: 1) { ${page.replace('slug', `slug ${relations.join(' ')}`)} } }`;
    }),
  );

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
      const known = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
      const value = known && defaultValue === undefined ? someValue(known) : undefined;
      return value === undefined ? [] : [[variable.name.value, value]];
    }),
  );
}

const queriesIn = ({ definitions }: DocumentNode): readonly OperationDefinitionNode[] =>
  definitions.filter(
    (definition) => definition.kind === NodeKind.OPERATION_DEFINITION && definition.operation === 'query',
  ) as OperationDefinitionNode[];

/**
 * Has Neo4j plan, one after the other, what is likely to be asked: the parts of which questions consist, then the given
 * documents as a whole. Nothing is read. Resolves when all is planned, or soon after the signal aborts.
 */
export async function rehearse({ schema, graph, statistics, tiers, documents, signal }: Rehearsal): Promise<void> {
  const planned: Graph = {
    ...graph,
    async read(statement, parameters) {
      await tiers.plan(statement as never, parameters as never);
      throw new GraphError('CANCELLED', 'A rehearsal reads nothing.');
    },
  };

  async function rehearseDocument(text: string, rehearses: 'everything' | 'parts'): Promise<void> {
    const document = parse(text, { noLocation: true });
    for (const operation of queriesIn(document)) {
      if (signal.aborted) return;
      const contextValue = {
        ...createContext(planned, statistics),
        reader: createReader(planned, {}, { tiers, rehearses }),
      };
      const operationName = operation.name?.value;
      const variableValues = someVariables(schema, operation);
      await execute({ schema, document, operationName: operationName ?? null, variableValues, contextValue });
    }
  }

  for (const document of documentsOf(graph.ontology)) await rehearseDocument(document, 'parts');
  for (const document of documents) await rehearseDocument(document, 'everything');
}
