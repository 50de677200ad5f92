import { type Kind, kindNames, kinds } from '../../ontology/kinds.ts';
import { pascalCase } from '../../ontology/letter-case.ts';
import { builder } from '../builder.ts';
import { limitExceeded } from '../errors.ts';
import { parseGlobalId } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { readEntities, readEntity, readPage } from '../planning/read-selection.ts';
import { NodeInterface, refs } from '../references.ts';
import { connectionArguments, rootConnectionRef } from './connections.ts';

/** Kinds with lookups beyond the slug have a hand-written root field in the file of the kind. */
const hasOwnRootField = (kind: Kind) => kind === 'Country';

for (const kind of kindNames) {
  const { singular, plural, one, many, description } = kinds[kind];

  builder.queryField(plural, (t) =>
    t.field({
      type: rootConnectionRef(kind),
      nullable: true,
      args: connectionArguments(kind),
      description: `All ${many}. ${description}`,
      resolve: (_, args, context, info) => readPage(context, info, kind, args),
    }),
  );

  if (hasOwnRootField(kind)) continue;
  builder.queryField(singular, (t) =>
    t.field({
      type: refs[kind],
      nullable: true,
      args: { slug: t.arg.string({ required: true, description: 'Slug of the entity.' }) },
      description: `${pascalCase(one)} by slug; null if there is none. ${description}`,
      resolve: (_, { slug }, context, info) => readEntity(context, info, kind, slug),
    }),
  );
}

builder.queryField('node', (t) =>
  t.field({
    type: NodeInterface,
    nullable: true,
    args: { id: t.arg.id({ required: true, description: 'Global ID, as returned by `id`.' }) },
    description: 'An entity by its global ID; null if there is none.',
    resolve: async (_, { id }, context, info) => {
      const { kind, slug } = parseGlobalId(id);
      return readEntity(context, info, kind, slug);
    },
  }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [NodeInterface],
    nullable: { list: false, items: true },
    args: {
      ids: t.arg.idList({ required: true, description: `Global IDs, at most ${limits.pageSize}.` }),
    },
    description: 'Entities by their global IDs, in the order given; null for each that does not exist.',
    resolve: async (_, { ids }, context, info) => {
      if (ids.length > limits.pageSize) {
        throw limitExceeded(`\`ids\` takes at most ${limits.pageSize} ids; got ${ids.length}. Split the request.`);
      }
      const wanted = ids.map(parseGlobalId);
      const found = await readEntities(context, info, 'Entity', [...new Set(wanted.map(({ slug }) => slug))]);
      const bySlug = new Map(found.map((entity) => [entity?.slug, entity]));
      return wanted.map(({ kind, slug }) => {
        const entity = bySlug.get(slug);
        return entity?.kind === kind ? entity : null;
      });
    },
  }),
);
