import { findRevision, newestRevision, type Revision } from '../../history/revisions/revision.ts';
import { readTags, type Tag } from '../../history/revisions/tags.ts';
import { revisionNamed } from '../as-of/as-of-directive.ts';
import { refusalOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';

export const RevisionInput = lazyType(({ builder }) =>
  builder.inputType('RevisionInput', {
    isOneOf: true,
    description: 'Names a revision of the graph.',
    fields: (t) => ({
      revision: t.float({
        description: 'Its number: the `sequence` of a change, after it and those committed with it.',
      }),
      tag: t.string({ description: 'A tag of it.' }),
      at: t.field({ type: 'DateTime', description: 'An instant at which it was the newest.' }),
    }),
  }),
);

export const RevisionRef = lazyType((base) =>
  base.builder.objectRef<Revision>('Revision').implement({
    description: 'A state of the graph: all changes up to one, and those committed with it.',
    fields: (t) => ({
      revision: t.exposeFloat('revision', {
        nullable: false,
        description: 'Number of the revision: the `sequence` of its last change. An integer that may exceed 2³¹.',
      }),
      at: t.expose('at', { type: 'DateTime', nullable: false, description: 'Time of its last change.' }),
      author: t.exposeString('author', { nullable: false, description: 'Author of its last change.' }),
      reason: t.exposeString('reason', { nullable: true, description: 'Reason of its last change; null without one.' }),
      tags: t.stringList({
        nullable: false,
        description: 'Tags of the revision.',
        resolve: async ({ revision }, _, { logged }) =>
          (await readTags(logged)).filter((tag) => tag.revision === revision).map(({ name }) => name),
      }),
    }),
  }),
);

const TagRef = lazyType((base) =>
  base.builder.objectRef<Tag>('Tag').implement({
    description: 'A name of a revision. It is given once and never moves.',
    fields: (t) => ({
      name: t.exposeString('name', { nullable: false, description: 'The name.' }),
      revision: t.exposeFloat('revision', { nullable: false, description: 'Number of the revision.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When the name was given.' }),
      author: t.exposeString('author', { nullable: false, description: 'Who gave the name.' }),
    }),
  }),
);

/** Adds the revisions of the graph and their tags. */
export const addHistory = lazyType((base) => {
  const { builder } = base;
  builder.queryField('revision', (t) =>
    t.field({
      earlierStates: true,
      type: RevisionRef(base),
      nullable: true,
      args: {
        revision: t.arg.float({ description: 'Number of the revision. Default: the newest.' }),
        tag: t.arg.string({ description: 'Tag of the revision.' }),
        at: t.arg({ type: 'DateTime', description: 'Instant at which the revision was the newest.' }),
      },
      description:
        'A revision of the graph; null while nothing is in the change log. Ask about its state with the directive `@asOf`.',
      resolve: async (_, args, { logged }) => {
        const name = revisionNamed(args);
        try {
          return name ? await findRevision(logged, name) : ((await newestRevision(logged)) ?? null);
        } catch (error) {
          throw refusalOf(error);
        }
      },
    }),
  );
  builder.queryField('tags', (t) =>
    t.field({
      earlierStates: true,
      type: [TagRef(base)],
      nullable: { list: true, items: false },
      description: 'All tags, by revision. `silkgraph tag create` gives one.',
      resolve: (_, __, { logged }) => readTags(logged),
    }),
  );
});
