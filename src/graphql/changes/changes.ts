import type { GraphQLResolveInfo } from 'graphql';
import type { Change } from '../../engine/changes/change.ts';
import { countChanges } from '../../engine/changes/log/count-changes.ts';
import { lastSequence, readChanges } from '../../engine/changes/log/read-changes.ts';
import { readLast } from '../../engine/changes/log/read-latest.ts';
import { decodeCursor, InvalidCursor } from '../../engine/reads/cursor.ts';
import type { OrderKey } from '../../engine/reads/plan.ts';
import { sequenceAt } from '../../history/revisions/revision.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { pageOf } from '../arguments/paging.ts';
import { NamedEntities, refuseEmpty } from '../arguments/walk-arguments.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { PageInfo, type PageInfoValues, pageInfoOf } from '../entities/connections.ts';
import { EntityKind } from '../enumerations.ts';
import { codedError, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { selectedAt } from '../planning/selected.ts';
import { CHANGES, ChangeInterface, changeCursor } from './change-types.ts';

const bySequence: readonly OrderKey[] = [
  { by: { property: 'sequence' }, type: 'number', nullable: false, descending: false },
];

export const refusedCursor = (message: string) => codedError('INVALID_CURSOR', message);

/** The sequence in a cursor; `undefined` without a cursor. @throws GraphQLError INVALID_CURSOR */
export function sequenceOf(cursor: string | null | undefined, signature: string): number | undefined {
  if (typeof cursor !== 'string') return undefined;
  try {
    const [sequence] = decodeCursor(cursor, signature, bySequence);
    if (Number.isSafeInteger(sequence) && Number(sequence) >= 0) return Number(sequence);
  } catch (error) {
    if (!(error instanceof InvalidCursor)) throw error;
  }
  throw refusedCursor(
    'The cursor is malformed or belongs to another list. Pass a cursor exactly as this list returned it.',
  );
}

/** One page of changes, in the order of its list. */
export interface ChangePage {
  readonly edges: readonly { readonly cursor: string; readonly node: Change }[];
  readonly pageInfo: PageInfoValues;
  readonly count: () => Promise<number>;
}

/** The page, given one change more than fits on it. */
export const pageOfChanges = (
  found: readonly Change[],
  size: number,
  standing: Parameters<typeof pageInfoOf>[0],
  cursorOf: (change: Change) => string,
): Omit<ChangePage, 'count'> => {
  const edges = found.slice(0, size).map((node) => ({ node, cursor: cursorOf(node) }));
  return { edges, pageInfo: pageInfoOf(standing, edges) };
};

/** The size of a page of changes. @throws GraphQLError BAD_USER_INPUT */
export const changePageSize = (first: number | null | undefined): number => pageOf({ first }, '', []).size;

const ChangeEdge = lazyType((base) =>
  base.builder.objectRef<ChangePage['edges'][number]>('ChangeEdge').implement({
    description: 'An edge of a page of changes.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        nullable: false,
        description: 'Cursor of this edge, for `after`.',
      }),
      node: t.expose('node', { type: ChangeInterface(base), nullable: false, description: 'The change.' }),
    }),
  }),
);

export const ChangeConnection = lazyType((base) =>
  base.builder.objectRef<ChangePage>('ChangeConnection').implement({
    description: 'A page of changes to the graph.',
    fields: (t) => ({
      edges: t.expose('edges', {
        type: [ChangeEdge(base)],
        nullable: { list: false, items: false },
        description: 'Edges of the page, each with its cursor.',
      }),
      nodes: t.field({
        type: [ChangeInterface(base)],
        nullable: { list: false, items: false },
        description: 'Changes on the page.',
        resolve: ({ edges }) => edges.map(({ node }) => node),
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page in its list.',
      }),
      totalCount: t.int({
        nullable: false,
        description: 'Number of changes in the list, regardless of cursors. Counted only if selected.',
        resolve: ({ count }) => count(),
      }),
      lastCursor: t.string({
        nullable: false,
        description:
          'Cursor of the end of the whole log, regardless of filters. Pass it as `after` to the subscription to receive every change from now on.',
        resolve: async (_, __, { logged }) => changeCursor(await lastSequence(logged)),
      }),
    }),
  }),
);

export const changeArguments = lazyType((base) =>
  base.builder.args((t) => ({
    after: t.string({
      description: 'Only changes after this cursor, which a change, an edge or a `Lagged` returned.',
    }),
    kinds: t.field({
      type: [EntityKind(base)],
      description: 'Only changes to entities of these kinds and to their relations, and imports. Default: all.',
    }),
    ids: t.idList({
      description: `Only changes to these entities and to their relations, and imports. IDs or slugs, including those of deleted entities, at most ${limits.pageSize}. Default: all.`,
    }),
  })),
);

export interface ChangeArguments {
  readonly after?: string | null | undefined;
  readonly kinds?: readonly Kind[] | null | undefined;
  readonly ids?: readonly string[] | null | undefined;
}

/** The changes that the arguments select. @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED */
export function wantedOf(ontology: Ontology, { after, kinds, ids }: ChangeArguments) {
  refuseEmpty({ kinds, ids });
  if (ids && ids.length > limits.pageSize) {
    throw limitExceeded(`\`ids\` takes at most ${limits.pageSize} ids; got ${ids.length}.`);
  }
  return {
    after: sequenceOf(after, CHANGES),
    kinds: kinds ? [...new Set(kinds)] : undefined,
    ids: ids ? new NamedEntities(ontology).slugs(ids) : undefined,
  };
}

type Wanted = ReturnType<typeof wantedOf>;

/** The changes of a list, between a first and a last one where it has such bounds. */
interface Stretch extends Omit<Wanted, 'after'> {
  /** Only changes after this sequence are in the list. */
  readonly since: number;
  /** Only those after this sequence are on the page. */
  readonly after: number;
  readonly before: number | undefined;
  readonly size: number;
}

/** Whether the list has changes before a page; looked up only if selected. */
async function hasEarlier({ graph }: Context, info: GraphQLResolveInfo, { since, after, kinds, ids }: Stretch) {
  if (after <= since || selectedAt(info, ['pageInfo', 'hasPreviousPage']).length === 0) return false;
  const { changes } = await readChanges(graph, { after: since, kinds, ids, first: 1 });
  return changes[0] !== undefined && changes[0].sequence <= after;
}

type ReadPage = Omit<ChangePage, 'count'>;

const cursorOf = ({ sequence }: Change) => changeCursor(sequence);

async function forwards(context: Context, info: GraphQLResolveInfo, stretch: Stretch): Promise<ReadPage> {
  const { after, before = Number.POSITIVE_INFINITY, kinds, ids, size } = stretch;
  const [{ changes, isFull }, hasPreviousPage] = await Promise.all([
    size === 0 ? { changes: [], isFull: false } : readChanges(context.graph, { after, kinds, ids, first: size + 1 }),
    hasEarlier(context, info, stretch),
  ]);
  const earlier = changes.filter(({ sequence }) => sequence < before);
  const hasNextPage = isFull || before !== Number.POSITIVE_INFINITY;
  return pageOfChanges(earlier, size, { hasPreviousPage, hasNextPage }, cursorOf);
}

async function backwards({ graph }: Context, { since: _, size, ...wanted }: Stretch): Promise<ReadPage> {
  const changes = size === 0 ? [] : await readLast(graph, { ...wanted, first: size + 1 });
  const position = { hasPreviousPage: changes.length > size, hasNextPage: wanted.before !== undefined };
  return pageOfChanges(changes.slice(0, size).toReversed(), size, position, cursorOf);
}

export const addChanges = lazyType((base) => {
  base.builder.queryField('changes', (t) =>
    t.field({
      earlierStates: false,
      type: ChangeConnection(base),
      nullable: true,
      args: {
        ...changeArguments(base),
        before: t.arg.string({ description: 'Only changes before this cursor.' }),
        since: t.arg({ type: 'DateTime', description: 'Only changes made after this instant.' }),
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        last: t.arg.int({ description: 'Instead of `first`: the newest changes, still in the order of the log.' }),
      },
      description:
        'The change log, oldest change first, beginning with the first import. `last` alone returns the newest. The subscription of the same name continues with new changes.',
      resolve: async (_, { first, last, before, since: instant, ...args }, context, info): Promise<ChangePage> => {
        const { after = 0, kinds, ids } = wantedOf(context.ontology, args);
        const { size, backward } = pageOf({ first, last }, '', []);
        const since = instant ? await sequenceAt(context.logged, instant) : 0;
        const stretch: Stretch = {
          since,
          after: Math.max(since, after),
          before: sequenceOf(before, CHANGES),
          kinds,
          ids,
          size,
        };
        return {
          ...(await (backward ? backwards(context, stretch) : forwards(context, info, stretch))),
          count: async () =>
            kinds || ids
              ? countChanges(context.graph, { after: since, kinds, ids })
              : (await lastSequence(context.graph)) - since,
        };
      },
    }),
  );
});
