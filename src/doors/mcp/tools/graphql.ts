import { GraphQLError, type GraphQLSchema, Kind, parse, print, validate } from 'graphql';
import { dataOf, QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { attachSources } from '../source-table.ts';
import type { Tool } from '../tool.ts';

/** Longest document of the tool: one that an agent writes by hand is shorter. */
const LONGEST = 20_000;

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

/**
 * A query of an agent, with its sources requested if it does not do so itself.
 * @throws QuestionFailed if the document is no valid query; the message names the fields and arguments that there are
 */
function readQuery(schema: GraphQLSchema, { provenance }: Ontology, query: string): string {
  let document: ReturnType<typeof parse>;
  try {
    document = parse(query, { maxTokens: 5_000 });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new QuestionFailed('GRAPHQL_PARSE_FAILED', error.message);
  }
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1 || operations[0]?.operation !== 'query') {
    throw new QuestionFailed('BAD_USER_INPUT', 'Send exactly one operation, and let it be a query.');
  }
  const errors = validate(schema, document, undefined, { maxErrors: 5 });
  if (errors.length > 0) {
    const sentences = errors.map(({ message }) => message).join(' ');
    throw new QuestionFailed(
      'GRAPHQL_VALIDATION_FAILED',
      `${sentences} The tool \`ontology\` lists the fields of a kind.`,
    );
  }
  if (!provenance || operations[0].directives?.some((directive) => directive.name.value === 'cite')) return query;
  const cite = {
    kind: Kind.DIRECTIVE,
    name: name('cite'),
    arguments: [{ kind: Kind.ARGUMENT, name: name('styles'), value: { kind: Kind.LIST, values: [] } }],
  } as const;
  const definitions = document.definitions.map((each) =>
    each === operations[0] ? { ...operations[0], directives: [...(operations[0].directives ?? []), cite] } : each,
  );
  return print({ ...document, definitions });
}

export const createGraphql = (): Tool => ({
  name: 'graphql',
  title: 'Run a GraphQL query',
  drawn: true,
  description:
    'Runs one GraphQL query, for questions that no other tool answers. Lists take `first`, `filter` and `orderBy`, and return `totalCount` and `nodes { … }`. Invalid queries are answered with the names that exist.',
  properties: {
    query: { type: 'string', minLength: 1, maxLength: LONGEST, description: 'A GraphQL document with one query.' },
    variables: { type: 'object', description: 'Values of its variables.' },
  },
  required: ['query'],
  answer: { data: { type: 'object', description: 'The data; `_sources` in an entity or edge refers to the sources.' } },
  async run({ query, variables = {} }, { ask, ontology, schema }) {
    const text = readQuery(schema, ontology, String(query));
    const result = await ask({ query: text, variables: variables as JsonObject });
    const data = dataOf(result);
    return { value: { data }, sources: attachSources(data, result.extensions) };
  },
});
