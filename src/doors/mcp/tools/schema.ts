import type { GraphQLSchema } from 'graphql';
import { QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import { definitionAt } from '../schema-definitions.ts';
import { searchSchema } from '../schema-search.ts';
import type { Tool } from '../tool.ts';
import { count, list, text } from './arguments.ts';

/** Coordinates that one call may ask for. */
const MOST = 20;

/** The longest coordinate: a type, a field and an argument. */
const LONGEST = 200;

/** The tools of semantic introspection (https://github.com/graphql/ai-wg/blob/main/rfcs/semantic-introspection.md). */
export const createSearchSchema = (): Tool => ({
  name: 'search_schema',
  title: 'Search the GraphQL schema',
  withoutSources: true,
  description:
    'Finds types, fields and values of the GraphQL schema by what they mean, with the fields that lead to them, before you write a query for `graphql`. Pass the coordinates to `schema_definitions`.',
  properties: {
    query: text('What you look for, in English.', 300),
    first: count('Maximum number of results; default 10.', 50),
  },
  required: ['query'],
  answer: { results: list('Coordinates with a score from 0 to 1, and `pathsToRoot`.') },
  async run({ query, first = 10 }, { schema }) {
    return { value: { results: [...searchSchema(schema, String(query), Number(first))] } };
  },
});

/** @throws QuestionFailed */
function known(schema: GraphQLSchema, coordinate: string): string {
  const definition = definitionAt(schema, coordinate);
  if (definition !== undefined) return definition;
  throw new QuestionFailed(
    'BAD_USER_INPUT',
    `The schema has nothing at ${JSON.stringify(coordinate.slice(0, LONGEST))}. Coordinates are written Type, Type.field, Enum.VALUE, Type.field(argument:) or @directive; \`search_schema\` finds them.`,
  );
}

export const createSchemaDefinitions = (): Tool => ({
  name: 'schema_definitions',
  title: 'Read definitions of the GraphQL schema',
  withoutSources: true,
  description:
    'Returns the definitions at schema coordinates as SDL: a type as a whole, or one of its fields or values.',
  properties: {
    coordinates: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: LONGEST },
      minItems: 1,
      maxItems: MOST,
      description: 'Such as `Entity`, `Query.search` or `@asOf`.',
    },
  },
  required: ['coordinates'],
  answer: { definitions: list('In the order of the coordinates.') },
  async run({ coordinates }, { schema }) {
    const wanted = coordinates as readonly string[];
    return { value: { definitions: wanted.map((at) => ({ coordinate: at, sdl: known(schema, at) })) } };
  },
});
