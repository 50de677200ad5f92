import { createHistoryLoader } from '../../engine/changes/log/history-loader.ts';
import { instantText } from '../../engine/graph/instant.ts';
import { encodeCursor } from '../../engine/reads/cursor.ts';
import { memoizeOn } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { codedError, hiddenFromRole } from '../errors.ts';
import { limits } from '../limits.ts';
import type { FieldNeeds } from '../planning/selection.ts';
import { EntityInterface } from '../references.ts';
import { ChangeConnection, type ChangePage, changePageSize, pageOfChanges, sequenceOf } from './changes.ts';

const needs = (...properties: readonly string[]) => ({ extensions: { needs: properties } satisfies FieldNeeds });

/** Earlier states hold instants as texts. */
const instantOf = (value: unknown) => {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : instantText(value);
};

/** What a role does not see may have been changed. @throws GraphQLError FORBIDDEN */
function refuseToParts({ partOf }: Ontology): void {
  if (partOf) throw codedError('FORBIDDEN', hiddenFromRole);
}

const historyOf = memoizeOn(({ logged }: Context) => createHistoryLoader(logged));

export const addRevisions = lazyType((base) => {
  base.builder.interfaceFields(EntityInterface(base), (t) => ({
    revision: t.int({
      nullable: false,
      description:
        'Revision number, starting at 1 and increased by each change. Pass it as `expectedRevision` to avoid overwriting later changes.',
      ...needs('_revision'),
      // Imported entities have no revision of their own until they are changed.
      resolve: (entity, _, { ontology }) => {
        refuseToParts(ontology);
        return Number(entity.value('_revision') ?? 1);
      },
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of creation; null if the entity is older than the change log.',
      ...needs('_createdAt'),
      resolve: (entity) => instantOf(entity.value('_createdAt')),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of the last change; null if it is older than the change log.',
      ...needs('_updatedAt'),
      resolve: (entity, _, { ontology }) => {
        refuseToParts(ontology);
        return instantOf(entity.value('_updatedAt'));
      },
    }),
    history: t.field({
      type: ChangeConnection(base),
      nullable: true,
      args: {
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only changes after this cursor, which are older.' }),
      },
      description:
        'Changes to the entity and its relations, newest first. The import into the empty graph is not among them.',
      resolve: async ({ slug }, { first, after }, context): Promise<ChangePage> => {
        const signature = `history ${slug}`;
        const { past } = await readsOf(context);
        const until = past?.revision.revision;
        const before = sequenceOf(after, signature) ?? (until === undefined ? undefined : until + 1);
        const size = changePageSize(first);
        const loader = historyOf(context);
        const changes = size === 0 ? [] : await loader.read({ slug, before, first: size + 1 });
        return {
          // A cursor is of a change that this list has, so that one at least comes before.
          ...pageOfChanges(
            changes,
            size,
            { hasNextPage: changes.length > size, hasPreviousPage: typeof after === 'string' },
            ({ sequence }) => encodeCursor(signature, [sequence]),
          ),
          count: () => loader.count(slug, until),
        };
      },
    }),
  }));
});
