import { type GraphQLSchema, getNamedType, isEnumType } from 'graphql';
import { QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import { citedQuestion } from '../../../graphql/internal-client/root-question.ts';
import { briefSelection } from '../../../graphql/internal-client/selections.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { count, kind, kindNamed, list } from './arguments.ts';
import { filterArgument } from './find-entities.ts';

/** @throws QuestionFailed if the groups of a field have no such key, with those that there are */
function checkKeys(schema: GraphQLSchema, field: string, keys: unknown): void {
  const argument = schema
    .getQueryType()
    ?.getFields()
    [field]?.args.find(({ name }) => name === 'by');
  const type = argument && getNamedType(argument.type);
  if (!isEnumType(type) || !Array.isArray(keys)) return;
  const unknown = keys.filter((key) => !type.getValue(String(key)));
  if (unknown.length === 0) return;
  const known = type.getValues().map(({ name }) => name);
  throw new QuestionFailed(
    'BAD_USER_INPUT',
    `There is no key ${unknown.join(', ')}. The keys are ${known.join(', ')}.`,
  );
}

export const createCountEntities = (ontology: Ontology): Tool => ({
  name: 'count_entities',
  title: 'Count entities in groups',
  drawn: true,
  description:
    'Counts the entities of one kind by one to three keys: properties, years of dates, or related entities, largest groups first. An entity counts in each of its groups.',
  properties: {
    kind: kind(ontology, 'Kind of the entities.'),
    by: {
      type: 'array',
      items: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
      minItems: 1,
      maxItems: 3,
      description: 'Keys: fields of the kind in capitals, with _ between words; of a date its _YEAR or _MONTH.',
    },
    filter: filterArgument,
    first: count('Maximum number of groups; default 20.', 100),
  },
  required: ['kind', 'by'],
  answer: {
    totalGroups: { type: 'integer' },
    groups: list('Groups with their keys and counts; the key `null` stands for what is not recorded.'),
  },
  async run({ kind: name, ...args }, { find, ...asked }) {
    const field = `${ontology.kind(kindNamed(ontology, name)).plural}GroupBy`;
    checkKeys(asked.schema, field, args.by);
    const selection = `{ totalCount nodes { count keys { value entity { ${briefSelection(ontology)} } } } }`;
    const { value, sources = [] } = await find(citedQuestion(asked, field, { first: 20, ...args }, selection));
    const { total, items } = value[field] as { total: number; items: { count: number; keys: JsonObject[] }[] };
    const groups = items.map((group) => ({
      keys: group.keys.map(({ value: key, entity }) => entity ?? key ?? null),
      count: group.count,
    }));
    return { value: { totalGroups: total, groups }, sources };
  },
});
