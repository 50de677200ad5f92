import type { GraphQLResolveInfo } from 'graphql';
import type { Change } from '../changes/change.ts';
import type { FeedEvent } from '../changes/change-feed.ts';
import { countChanges } from '../changes/count-changes.ts';
import { lastSequence, readChanges } from '../changes/read-changes.ts';
import { decodeCursor, InvalidCursor } from '../graph/cursor.ts';
import type { OrderKey } from '../graph/plan.ts';
import type { Kind } from '../ontology/kinds.ts';
import { builder } from './builder.ts';
import { CHANGES, ChangeEvent, ChangeInterface, changeCursor } from './change-types.ts';
import { PageInfo, type PageStanding } from './connections.ts';
import type { Context } from './context.ts';
import { EntityKind } from './enumerations.ts';
import { badUserInput, codedError, limitExceeded } from './errors.ts';
import { limits } from './limits.ts';
import { pageOf } from './paging.ts';
import { selectedAt } from './selected.ts';
import { NamedEntities } from './walk-arguments.ts';

const bySequence: readonly OrderKey[] = [
  { by: { property: 'sequence' }, type: 'number', nullable: false, descending: false },
];

const refusedCursor = (message: string) => codedError('INVALID_CURSOR', message);

/** The sequence in a cursor; `undefined` where there is none. @throws GraphQLError INVALID_CURSOR */
export function sequenceOf(cursor: string | null | undefined, signature: string): number | undefined {
  if (typeof cursor !== 'string') return undefined;
  try {
    const [sequence] = decodeCursor(cursor, signature, bySequence);
    if (Number.isSafeInteger(sequence) && Number(sequence) >= 0) return Number(sequence);
  } catch (error) {
    if (!(error instanceof InvalidCursor)) throw error;
  }
  throw refusedCursor('The cursor is broken, or of another list. Pass one exactly as an earlier answer gave it.');
}

/** One page of changes, in the order of its list. */
export interface ChangePage {
  readonly edges: readonly { readonly cursor: string; readonly node: Change }[];
  readonly pageInfo: Pick<PageStanding, 'hasNextPage' | 'hasPreviousPage'>;
  readonly count: () => Promise<number>;
}

/** What is on a page of which one change more was read than it has room for. */
export const pageOfChanges = (
  found: readonly Change[],
  size: number,
  hasPreviousPage: boolean,
  cursorOf: (change: Change) => string,
): Omit<ChangePage, 'count'> => ({
  edges: found.slice(0, size).map((node) => ({ node, cursor: cursorOf(node) })),
  pageInfo: { hasNextPage: found.length > size, hasPreviousPage },
});

/** The size of a page of changes. @throws GraphQLError BAD_USER_INPUT */
export const changePageSize = (first: number | null | undefined): number => pageOf({ first }, '', []).size;

const ChangeEdge = builder.objectRef<ChangePage['edges'][number]>('ChangeEdge').implement({
  description: 'An entry of a page of changes.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      nullable: false,
      description: 'Cursor of this entry in its list, for `after`.',
    }),
    node: t.expose('node', { type: ChangeInterface, nullable: false, description: 'The change.' }),
  }),
});

export const ChangeConnection = builder.objectRef<ChangePage>('ChangeConnection').implement({
  description: 'A page of changes to the graph.',
  fields: (t) => ({
    edges: t.expose('edges', {
      type: [ChangeEdge],
      nullable: { list: false, items: false },
      description: 'The entries of the page, each with its cursor.',
    }),
    nodes: t.field({
      type: [ChangeInterface],
      nullable: { list: false, items: false },
      description: 'The changes of the page, without the edges.',
      resolve: ({ edges }) => edges.map(({ node }) => node),
    }),
    pageInfo: t.field({
      type: PageInfo,
      nullable: false,
      description: 'Where the page stands in its list.',
      resolve: ({ edges, pageInfo }) => ({
        ...pageInfo,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      }),
    }),
    totalCount: t.int({
      nullable: false,
      description: 'How many changes the whole list has. Counted only where selected.',
      resolve: ({ count }) => count(),
    }),
    lastCursor: t.string({
      nullable: false,
      description:
        'Where the whole log ends, whatever its last change concerns: pass it as `after` to the subscription, to miss nothing from now on.',
      resolve: async (_, __, { graph }) => changeCursor(await lastSequence(graph)),
    }),
  }),
});

const changeArguments = builder.args((t) => ({
  after: t.string({
    description: 'Only changes behind this cursor: of a change, of an edge, or of a `Lagged`.',
  }),
  kinds: t.field({
    type: [EntityKind],
    description: 'Only changes to entities of these kinds and to their relations, and imports. Without it: to any.',
  }),
  ids: t.idList({
    description: `Only changes to these entities and to their relations, and imports: ids or slugs, also of entities that are gone, at most ${limits.pageSize}. Without it: to any.`,
  }),
}));

interface ChangeArguments {
  readonly after?: string | null | undefined;
  readonly kinds?: readonly Kind[] | null | undefined;
  readonly ids?: readonly string[] | null | undefined;
}

/** Which changes are asked for. @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED */
function wantedOf({ after, kinds, ids }: ChangeArguments) {
  for (const [name, list] of Object.entries({ kinds, ids })) {
    if (list?.length === 0) throw badUserInput(`\`${name}\` is empty. Leave it out for all.`);
  }
  if (ids && ids.length > limits.pageSize) {
    throw limitExceeded(`\`ids\` takes up to ${limits.pageSize} ids; got ${ids.length}.`);
  }
  return {
    after: sequenceOf(after, CHANGES),
    kinds: kinds ? [...new Set(kinds)] : undefined,
    ids: ids ? new NamedEntities().slugs(ids) : undefined,
  };
}

type Wanted = ReturnType<typeof wantedOf>;

/** Whether the list has changes before a page; looked up only where it is asked for. */
async function hasEarlier(
  { graph }: Context,
  info: GraphQLResolveInfo,
  { after, ...wanted }: Wanted,
): Promise<boolean> {
  if (!after || selectedAt(info, ['pageInfo', 'hasPreviousPage']).length === 0) return false;
  const { changes } = await readChanges(graph, { ...wanted, after: 0, first: 1 });
  return changes[0] !== undefined && changes[0].sequence <= after;
}

builder.queryField('changes', (t) =>
  t.field({
    type: ChangeConnection,
    nullable: true,
    args: {
      ...changeArguments,
      first: t.arg.int({
        description: `Size of the page: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}.`,
      }),
    },
    description:
      'What was changed, and by whom, oldest first: the change log. It begins where history begins, with the import of the first records. The subscription of the same name goes on with what comes.',
    resolve: async (_, { first, ...args }, context, info): Promise<ChangePage> => {
      const wanted = wantedOf(args);
      const size = changePageSize(first);
      const { after = 0, kinds, ids } = wanted;
      const [{ changes }, hasPreviousPage] = await Promise.all([
        size === 0 ? { changes: [] } : readChanges(context.graph, { after, kinds, ids, first: size + 1 }),
        hasEarlier(context, info, wanted),
      ]);
      return {
        ...pageOfChanges(changes, size, hasPreviousPage, ({ sequence }) => changeCursor(sequence)),
        count: () => (kinds || ids ? countChanges(context.graph, { kinds, ids }) : lastSequence(context.graph)),
      };
    },
  }),
);

builder.subscriptionType({ description: 'What happens to the graph, as it happens.' });

builder.subscriptionField('changes', (t) =>
  t.field({
    type: ChangeEvent,
    nullable: true,
    args: changeArguments,
    description:
      'Each change to the graph, once and in order: first all behind `after`, then what comes. Keep the `cursor` of the last one, and resume with it as `after`, also on another server: nothing is missed, and nothing comes twice. Without `after`: from now on.',
    subscribe: async (_, args, { feed, leavePlace }): Promise<AsyncIterable<FeedEvent>> => {
      try {
        return await feed.follow(wantedOf(args), leavePlace);
      } catch (error) {
        throw error instanceof InvalidCursor ? refusedCursor(error.message) : error;
      }
    },
    resolve: (event) => event,
  }),
);
