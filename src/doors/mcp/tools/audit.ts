import { getNamedType, isLeafType, isObjectType } from 'graphql';
import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import { citedQuestion, rootQuestion } from '../../../graphql/internal-client/root-question.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { count, kinds, list, slugs } from './arguments.ts';

export const createListGaps = (ontology: Ontology): Tool => ({
  name: 'list_gaps',
  title: 'List what the graph does not know',
  description:
    'Counts gaps in the data by kind: entities without sources or with weak ones, disagreements, missing values and relations, and published totals against the entities in the graph. Check it before you say that something does not exist.',
  properties: { kinds: kinds(ontology, 'Only these kinds.') },
  answer: { gaps: { type: 'object', description: 'Gaps by sort, with counts.' } },
  async run(args, { find, schema, ontology: all }) {
    const gaps = schema.getType('Gaps');
    const known = isObjectType(gaps) ? Object.values(gaps.getFields()) : [];
    const selections = known.map(({ name, args: taken, type }) => {
      const passed = taken.some((each) => each.name === 'kinds') ? '(kinds: $kinds)' : '';
      const inner = getNamedType(type);
      const fields = isObjectType(inner) ? Object.values(inner.getFields()) : [];
      const counts = fields.filter((field) => isLeafType(getNamedType(field.type)));
      return `${name}${passed} { ${counts.map((field) => field.name).join(' ')} }`;
    });
    const within = { kinds: ['[EntityKind!]', args.kinds] } as const;
    const { value, sources = [] } = await find(
      citedQuestion({ schema, ontology: all }, 'gaps', {}, `{ ${selections.join(' ')} }`, within),
    );
    return { value: { gaps: value.gaps ?? {} }, sources };
  },
});

export const createListChanges = (ontology: Ontology): Tool => ({
  name: 'list_changes',
  title: 'List what changed',
  description:
    'Returns changes of the graph after a cursor, oldest first: who changed which entity or relation, when and why. Without `after` it begins with the first import.',
  properties: {
    after: { type: 'string', maxLength: 200, description: 'The `next` of an earlier answer.' },
    ids: slugs('Only changes to these entities.', 100),
    kinds: kinds(ontology, 'Only changes to entities of these kinds.'),
    first: count('Maximum number of changes; default 20.', 100),
  },
  answer: {
    total: { type: 'integer' },
    changes: list('Changes, oldest first.'),
    next: { type: 'string', description: 'Pass it as `after` to continue; absent at the end of the log.' },
    end: {
      type: 'string',
      description: 'At the end of the log: pass it as `after` later, for what has changed since.',
    },
  },
  async run(args, { find, ...asked }) {
    const selection = `{ totalCount lastCursor pageInfo { hasNextPage } changes: nodes { __typename cursor action at author reason ... on EntityChange { slug entityKind: kind revision } ... on RelationChange { relation from { slug } to { slug } } ... on ImportChange { created updated removed } ... on FormerChange { of slugs } } }`;
    const { value } = await find(rootQuestion(asked, 'changes', { first: 20, ...args }, selection));
    const {
      totalCount,
      lastCursor,
      pageInfo,
      changes: rows = [],
    } = value.changes as {
      totalCount: number;
      lastCursor: string;
      pageInfo?: { hasNextPage?: boolean };
      changes?: (JsonObject & { cursor: string })[];
    };
    const changes = rows.map(({ cursor: _, ...change }): JsonObject => change);
    return {
      value: { total: totalCount, changes },
      finish(kept) {
        const shown = (kept.changes as unknown[]).length;
        if (shown === rows.length && !pageInfo?.hasNextPage) return { ...kept, end: lastCursor };
        return { ...kept, next: rows[shown - 1]?.cursor };
      },
    };
  },
});
