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

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;
const INSTANT = String.raw`^${DAY}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$`;

/** A day begins at midnight UTC. */
const instantOf = (since: unknown) =>
  typeof since === 'string' && new RegExp(`^${DAY}$`).test(since) ? `${since}T00:00:00Z` : since;

export const createListChanges = (ontology: Ontology): Tool => ({
  name: 'list_changes',
  title: 'List what changed',
  withoutSources: true,
  description:
    'Returns changes of the graph, newest first: who changed which entity or relation, when and why. `since` says from when on.',
  properties: {
    since: {
      type: 'string',
      pattern: INSTANT,
      description: 'Only changes after this day or instant, such as 2026-01-31 or 2026-01-31T12:00:00Z.',
    },
    before: { type: 'string', maxLength: 200, description: 'The `next` of an answer: continue with older changes.' },
    after: { type: 'string', maxLength: 200, description: 'The `end` of an earlier answer: only changes since then.' },
    ids: slugs('Only changes to these entities.', 100),
    kinds: kinds(ontology, 'Only changes to entities of these kinds.'),
    first: count('Maximum number of changes; default 20.', 100),
  },
  answer: {
    total: { type: 'integer' },
    changes: list('Changes, newest first.'),
    next: { type: 'string', description: 'Pass it as `before` for older ones; absent if there are none.' },
    end: { type: 'string', description: 'Pass it as `after` later, for what has changed since.' },
  },
  async run({ first = 20, since, ...args }, { find, ...asked }) {
    const selection = `{ totalCount lastCursor pageInfo { hasPreviousPage } changes: nodes { __typename cursor action at author reason ... on EntityChange { slug entityKind: kind revision } ... on RelationChange { relation from { slug } to { slug } } ... on ImportChange { created updated removed } ... on FormerChange { of slugs } } }`;
    const { value } = await find(
      rootQuestion(asked, 'changes', { last: first, since: instantOf(since), ...args }, selection),
    );
    const {
      totalCount,
      lastCursor,
      pageInfo,
      changes: inOrder = [],
    } = value.changes as {
      totalCount: number;
      lastCursor: string;
      pageInfo?: { hasPreviousPage?: boolean };
      changes?: (JsonObject & { cursor: string })[];
    };
    const rows = inOrder.toReversed();
    const changes = rows.map(({ cursor: _, ...change }): JsonObject => change);
    return {
      value: { total: totalCount, changes },
      finish(kept) {
        const shown = (kept.changes as unknown[]).length;
        const isWhole = shown === rows.length && !pageInfo?.hasPreviousPage;
        return { ...kept, ...(isWhole || shown === 0 ? {} : { next: rows[shown - 1]?.cursor }), end: lastCursor };
      },
    };
  },
});
