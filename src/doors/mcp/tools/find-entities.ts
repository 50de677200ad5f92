import { isObjectType } from 'graphql';
import { QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import { isObject, type JsonObject } from '../../../graphql/internal-client/json.ts';
import { citedQuestion } from '../../../graphql/internal-client/root-question.ts';
import { briefSelection, propertySelection } from '../../../graphql/internal-client/selections.ts';
import { constantCase } from '../../../ontology/letter-case.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Tool } from '../tool.ts';
import { count, kind, kindNamed, list } from './arguments.ts';

const filterDescription =
  'Conditions by field of the kind (see the tool `ontology`): {"<property>": {"eq": "…"}} with eq, ne, in, gt, gte, lt, lte, contains, startsWith or, for any value at all, {"exists": true}; relations {"<relation>": {"some": {"slug": {"eq": "…"}}}} with some, none, every or count; and, or, not.';

export const filterArgument = { type: 'object', description: filterDescription };

/** The relations whose numbers are sort keys, each with the condition of what is counted. */
const countsOf = (orderBy: unknown): ReadonlyMap<string, unknown> =>
  new Map(
    [orderBy ?? []].flat().flatMap((key) => {
      const [[name, by] = ['', null]] = Object.entries(key as JsonObject);
      return isObject(by) && 'count' in by ? [[name, by.filter]] : [];
    }),
  );

/** What a list returns of a field: the value of a property, the target of a relation, or the number of its targets. */
function fieldSelection(ontology: Ontology, kind: Kind, name: string, counts: ReadonlyMap<string, unknown>): string {
  const properties = ontology.propertiesOf(kind);
  const property = Object.hasOwn(properties, name) && properties[name];
  if (property) return propertySelection(name, property);
  const relations = ontology.relationFieldsOf(kind);
  const relation = relations.get(name);
  if (relation?.toOne) return `${name} { ${briefSelection(ontology)} }`;
  if (relation) return `${name}${isObject(counts.get(name)) ? `(filter: $counted_${name})` : ''} { totalCount }`;
  throw new QuestionFailed(
    'BAD_USER_INPUT',
    `${constantCase(kind)} has no property ${name}. It has the properties ${Object.keys(properties).join(', ')} and the relations ${[...relations.keys()].join(', ')}.`,
  );
}

export const createFindEntities = (ontology: Ontology): Tool => ({
  name: 'find_entities',
  title: 'Find entities by conditions',
  drawn: true,
  description:
    'Lists the entities of one kind that meet conditions, with their total. Use it for questions such as "which …" and "how many …"; for words in names use `search`.',
  properties: {
    kind: kind(ontology, 'Kind of the entities.'),
    filter: filterArgument,
    orderBy: {
      type: 'array',
      items: { type: 'object' },
      maxItems: 5,
      description: 'Sort keys, such as [{"name": "ASC"}] or, for a relation, [{"<relation>": {"count": "DESC"}}].',
    },
    properties: {
      type: 'array',
      items: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
      maxItems: 30,
      description:
        'Properties to return beside the name, and relations, of which the number is returned. Numbers in `orderBy` are returned too. Default: names only.',
    },
    first: count('Page size; default 20.', 100),
    after: { type: 'string', maxLength: 2_000, description: 'The `next` of the page before.' },
  },
  required: ['kind'],
  answer: {
    total: { type: 'integer' },
    results: list('Entities.'),
    next: { type: 'string', description: 'Pass it as `after` for the next page.' },
  },
  async run({ kind: name, properties = [], ...args }, { find, ...asked }) {
    const wanted = kindNamed(ontology, name);
    const counted = countsOf(args.orderBy);
    const chosen = [...new Set([...(properties as string[]), ...counted.keys()])];
    const more = chosen.map((field) => fieldSelection(ontology, wanted, field, counted));
    const type = asked.schema.getType(wanted);
    const fields = isObjectType(type) ? type.getFields() : {};
    const conditions = [...counted].filter(([, filter]) => isObject(filter));
    const within = Object.fromEntries(
      conditions.map(([field, filter]) => [
        `counted_${field}`,
        [String(fields[field]?.args.find(({ name }) => name === 'filter')?.type), filter] as const,
      ]),
    );
    const { plural } = ontology.kind(wanted);
    const selection = `{ totalCount pageInfo { hasNextPage } results: edges { cursor entity: node { ${briefSelection(ontology)} ${more.join(' ')} } } }`;
    const { value, sources = [] } = await find(citedQuestion(asked, plural, { first: 20, ...args }, selection, within));
    const {
      totalCount,
      results: rows = [],
      pageInfo,
    } = value[plural] as {
      totalCount: number;
      results?: { cursor: string; entity: JsonObject }[];
      pageInfo: { hasNextPage: boolean };
    };
    const results = rows.map(({ entity }) => entity);
    return {
      value: { total: totalCount, results },
      sources,
      // The next page begins after what was shown, not after what was read.
      finish: (kept) => {
        const shown = (kept.results as unknown[]).length;
        const isWhole = shown === results.length && !pageInfo.hasNextPage;
        return isWhole || shown === 0 ? kept : { ...kept, next: rows[shown - 1]?.cursor };
      },
    };
  },
});
