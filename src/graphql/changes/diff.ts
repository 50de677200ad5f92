import { encodeCursor } from '../../engine/reads/cursor.ts';
import { reachedFrom } from '../../history/memory/memory-reads.ts';
import { type RecordDifference, readDifferences, TooManyChanges } from '../../history/revisions/difference.ts';
import {
  findKnownRevision,
  newestRevision,
  type Revision,
  type RevisionName,
} from '../../history/revisions/revision.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { rangeOf, refuseEmpty, usuallyWalked, within } from '../arguments/walk-arguments.ts';
import { type RevisionArguments, revisionNamed } from '../as-of/as-of-directive.ts';
import { beforeLeaving, notPrepared, refusalOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { pageInfoOf } from '../entities/connections.ts';
import { EntityKind } from '../enumerations.ts';
import { badUserInput, codedError, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { depthBounds, MOST_AROUND, slugsAround } from './around.ts';
import { changePageSize, sequenceOf } from './changes.ts';
import { DifferenceConnection, type DifferencePage } from './difference-types.ts';
import { RevisionInput } from './history.ts';

/** Maximum number of entities within reach of these. */
const MOST_REACHED = 20_000;

function nameOf(given: RevisionArguments): RevisionName {
  const name = revisionNamed(given);
  if (!name) throw badUserInput('Pass one of `revision`, `tag` and `at`.');
  return name;
}

/** @throws GraphQLError NO_SUCH_REVISION, BAD_USER_INPUT; GraphError */
async function revisionsOf(
  { logged }: Context,
  from: RevisionArguments,
  to: RevisionArguments | null | undefined,
): Promise<readonly [from: Revision, to: Revision]> {
  try {
    const [earlier, later] = await Promise.all([
      findKnownRevision(logged, nameOf(from)),
      to ? findKnownRevision(logged, nameOf(to)) : newestRevision(logged),
    ]);
    if (!later) throw codedError('NO_SUCH_REVISION', 'The graph has no revision yet.');
    if (earlier.revision <= later.revision) return [earlier, later];
  } catch (error) {
    throw refusalOf(error);
  }
  throw badUserInput('`from` is later than `to`. Exchange them.');
}

const slugsOf = (one: RecordDifference): readonly string[] =>
  one.subject === 'ENTITY' ? [one.entity.slug] : [one.from.slug, one.to.slug];

const kindsOf = (one: RecordDifference): readonly Kind[] =>
  one.subject === 'ENTITY' ? [one.entity.kind] : [one.from.kind, one.to.kind];

const stateOf = (context: Context, revision: Revision) =>
  beforeLeaving(context, (signal) => context.states().at(revision, { signal }), notPrepared);

const tooLong = () =>
  codedError(
    'TIMEOUT',
    'Comparing these revisions takes longer than the time limit. Compare revisions that are nearer.',
  );

/** The slugs within some hops of entities, in either of the two states. */
async function reachedIn(
  context: Context,
  revisions: readonly Revision[],
  slugs: readonly string[],
  depth: number,
): Promise<ReadonlySet<string>> {
  const reached = new Set(slugs);
  if (depth === 0) return reached;
  for (const revision of revisions) {
    const state = await stateOf(context, revision);
    for (const slug of reachedFrom(state, usuallyWalked(context.ontology), slugs, depth, MOST_REACHED))
      reached.add(slug);
  }
  if (reached.size >= MOST_REACHED) {
    throw limitExceeded(`More than ${MOST_REACHED} entities are within reach. Ask with a smaller \`depth\`.`);
  }
  return reached;
}

export const addDiff = lazyType((base) => {
  base.builder.queryField('diff', (t) =>
    t.field({
      earlierStates: true,
      type: DifferenceConnection(base),
      nullable: true,
      args: {
        from: t.arg({ type: RevisionInput(base), required: true, description: 'The earlier revision.' }),
        to: t.arg({ type: RevisionInput(base), description: 'The later revision. Default: the newest.' }),
        kinds: t.arg({
          type: [EntityKind(base)],
          description: 'Only entities of these kinds, and relations of such. Default: all.',
        }),
        around: t.arg.idList({
          description: `Only these entities, those within \`depth\` hops in either state, and their relations. IDs or slugs, at most ${MOST_AROUND}. Default: the whole graph.`,
        }),
        depth: t.arg.int({
          defaultValue: depthBounds.usual,
          description: `Maximum number of hops from \`around\`, ${rangeOf(depthBounds)}.`,
        }),
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only differences after this cursor.' }),
      },
      description:
        'What differs between two states of the graph: entities and relations that were created, updated or deleted, property by property. A record that was changed and changed back does not differ.',
      resolve: async (_, args, context): Promise<DifferencePage> => {
        const { kinds, around, first, after } = args;
        refuseEmpty({ kinds });
        const slugs = around && slugsAround(context.ontology, around);
        const depth = within('depth', args.depth, depthBounds);
        const size = changePageSize(first);
        const [from, to] = await revisionsOf(context, args.from, args.to);
        const signature = `diff ${from.revision} ${to.revision} ${JSON.stringify([kinds, around, depth])}`;
        const start = (sequenceOf(after, signature) ?? -1) + 1;
        try {
          const near = slugs && (await reachedIn(context, [from, to], slugs, depth));
          const every = await beforeLeaving(
            context,
            (signal) => readDifferences(context.kept, from, to, signal),
            tooLong,
          );
          const all = every.filter(
            (one) =>
              (!kinds || kindsOf(one).some((kind) => kinds.includes(kind))) &&
              (!near || slugsOf(one).some((slug) => near.has(slug))),
          );
          const shown = all.slice(start, start + size).map((record, index) => ({
            record,
            cursor: encodeCursor(signature, [start + index]),
            state: () => stateOf(context, record.after === null ? from : to),
          }));
          const hasNextPage = start + size < all.length;
          return { from, to, shown, pageInfo: pageInfoOf({ hasNextPage, hasPreviousPage: start > 0 }, shown), all };
        } catch (error) {
          if (error instanceof TooManyChanges)
            throw limitExceeded(`${error.message} Compare revisions that are nearer.`);
          throw refusalOf(error);
        }
      },
    }),
  );
});
