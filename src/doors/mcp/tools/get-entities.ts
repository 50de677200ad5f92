import { type Question, QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import { kindsOfEntities } from '../../../graphql/internal-client/entity-kinds.ts';
import { isObject, type JsonObject } from '../../../graphql/internal-client/json.ts';
import { citing } from '../../../graphql/internal-client/root-question.ts';
import { fullSelection, relationSelection, tellingRelations } from '../../../graphql/internal-client/selections.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { GENERATED_SUMMARY, languagesOfSummaries } from '../../../ontology/summaries/summary.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import { withNumbers } from '../source-table.ts';
import type { Found, Tool } from '../tool.ts';
import { count, list, slugs } from './arguments.ts';

const MOST_ENTITIES = 10;

function questionOf(
  ontology: Ontology,
  kind: Kind,
  variables: JsonObject,
  wanted: readonly string[] | undefined,
): Question {
  const { plural } = ontology.kind(kind);
  const fields = tellingRelations(ontology, kind).filter(({ name }) => wanted?.includes(name) ?? true);
  const relations = fields.map((field) => relationSelection(ontology, field)).join(' ');
  const eachArgument = relations.includes('$each') ? ', $each: Int' : '';
  const isSummarized = variables.language !== undefined;
  const languageArgument = isSummarized ? ', $language: String' : '';
  const summary = isSummarized ? `${GENERATED_SUMMARY}(language: $language)` : '';
  return {
    query: `query McpGet($slugs: [String!], $first: Int${eachArgument}${languageArgument})${citing(ontology)} { ${plural}(filter: { slug: { in: $slugs } }, first: $first) { nodes { ${fullSelection(ontology, kind)} ${summary} ${relations} } } }`,
    variables,
  };
}

/** Separates the relations of an entity from its properties, unless one of these is called `relations`. */
function arranged(ontology: Ontology, kind: Kind, entity: JsonObject): JsonObject {
  const names = new Set(tellingRelations(ontology, kind).map(({ name }) => name));
  const isRelation = ([name]: [string, unknown]) => names.has(name);
  const entries = Object.entries(entity);
  const found = entries.filter((entry) => isRelation(entry) && isObject(entry[1]) && entry[1].total !== 0);
  const relations = Object.fromEntries(found);
  const properties = Object.fromEntries(entries.filter((entry) => !isRelation(entry)));
  if (found.length === 0) return properties;
  return Object.hasOwn(properties, 'relations') ? { ...properties, ...relations } : { ...properties, relations };
}

/** Gives the sources of several questions numbers of their own. */
const renumbered = ({ value, sources = [] }: Found, from: number): Found => ({
  value: withNumbers(value, (numbers) => numbers.map((n) => n + from)) as JsonObject,
  sources: sources.map((source) => ({ ...source, n: source.n + from })),
});

export const createGetEntities = (ontology: Ontology): Tool => ({
  name: 'get_entities',
  title: 'Get entities with their relations',
  drawn: true,
  description:
    'Returns entities by slug with all properties and relations: each relation with its total, its first entities, and the properties of the relation. Numbers in `sources` refer to the list of sources; cite them.',
  properties: {
    slugs: slugs('Slugs, as other tools return them.', MOST_ENTITIES),
    relations: {
      type: 'array',
      items: { type: 'string', maxLength: 100 },
      maxItems: 100,
      description:
        'Only these relation fields, as the tool `ontology` lists them for a kind; empty for none. Default: all.',
    },
    each: count('Maximum number of entities of each relation; default 10.', 50),
    ...(languagesOfSummaries(ontology).length > 0 && {
      language: {
        type: 'string',
        enum: languagesOfSummaries(ontology),
        description: `Adds \`${GENERATED_SUMMARY}\`, one sentence made from the facts, in this language. It is no source.`,
      },
    }),
  },
  required: ['slugs'],
  answer: { entities: list('Entities in the order of the slugs.') },
  async run(args, call) {
    const wanted = [...new Set(args.slugs as string[])];
    const relations = args.relations as string[] | undefined;
    const found = await kindsOfEntities(wanted, call);
    const kinds = [...new Set(found.values())];
    const unknown = relations?.find(
      (name) => !kinds.some((kind) => tellingRelations(ontology, kind).some((field) => field.name === name)),
    );
    if (unknown !== undefined) {
      const names = kinds.flatMap((kind) => tellingRelations(ontology, kind).map(({ name }) => name));
      throw new QuestionFailed(
        'BAD_USER_INPUT',
        `There is no relation field ${unknown}. The fields are ${[...new Set(names)].join(', ')}.`,
      );
    }
    const entities = new Map<string, JsonObject>();
    let sources: NonNullable<Found['sources']> = [];
    for (const kind of kinds) {
      const slugs = wanted.filter((slug) => found.get(slug) === kind);
      const variables = { slugs, first: slugs.length, each: args.each ?? 10, language: args.language };
      const question = questionOf(ontology, kind, variables, relations);
      const answer = renumbered(await call.find(question), sources.length);
      sources = [...sources, ...(answer.sources ?? [])];
      const { items = [] } = answer.value[ontology.kind(kind).plural] as { items?: JsonObject[] };
      for (const entity of items) entities.set(String(entity.slug), arranged(ontology, kind, entity));
    }
    return { value: { entities: wanted.flatMap((slug) => entities.get(slug) ?? []) }, sources };
  },
});
