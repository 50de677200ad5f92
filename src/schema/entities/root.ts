import { capitalized } from '../../ontology/letter-case.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { part, type SchemaBase } from '../builder.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { parseGlobalId } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { readEntities, readEntity, readPage } from '../planning/read-selection.ts';
import { NodeInterface, refOf } from '../references.ts';
import { connectionArguments, rootConnectionRef } from './connections.ts';

function addLists(base: SchemaBase, kind: Kind): void {
  const { plural, many, description } = base.ontology.kind(kind);
  base.builder.queryField(plural, (t) =>
    t.field({
      type: rootConnectionRef(base, kind),
      nullable: true,
      args: connectionArguments(base, kind),
      description: `All ${many}. ${description}`,
      resolve: (_, args, context, info) => readPage(context, info, kind, args),
    }),
  );
}

function addLookUp(base: SchemaBase, kind: Kind): void {
  const { singular, one, description, slugFrom } = base.ontology.kind(kind);
  if (slugFrom !== undefined) {
    addLookUpByProperty(base, kind, slugFrom);
    return;
  }
  base.builder.queryField(singular, (t) =>
    t.field({
      type: refOf(base, kind),
      nullable: true,
      args: { slug: t.arg.string({ required: true, description: 'Slug of the entity.' }) },
      description: `${capitalized(one)} by slug; null if there is none. ${description}`,
      resolve: (_, { slug }, context, info) => readEntity(context, info, kind, slug),
    }),
  );
}

/** The slug is the property in lower case, so either of them finds the entity. */
function addLookUpByProperty(base: SchemaBase, kind: Kind, property: string): void {
  const { singular, one, description } = base.ontology.kind(kind);
  const meaning = base.ontology.propertyOf(kind, property).description.replace(/\.$/, '');
  const either = `Pass exactly one of \`slug\` and \`${property}\`.`;
  base.builder.queryField(singular, (t) =>
    t.field({
      type: refOf(base, kind),
      nullable: true,
      args: {
        slug: t.arg.string({ description: `Slug of the entity. ${either}` }),
        [property]: t.arg.string({ description: `${meaning}, in upper or lower case. ${either}` }),
      },
      description: `${capitalized(one)} by slug or \`${property}\`; null if there is none. ${description}`,
      resolve: (_, args: Readonly<Record<string, string | null | undefined>>, context, info) => {
        const [given, ...more] = [args.slug, args[property]].filter((value) => typeof value === 'string');
        if (given === undefined || more.length > 0) throw badUserInput(either);
        return readEntity(context, info, kind, given === args.slug ? given : given.toLowerCase());
      },
    }),
  );
}

/** Adds what finds entities: a list and a look-up of each kind, `node` and `nodes`. */
export const addRoot = part((base) => {
  const { builder, ontology } = base;
  for (const kind of ontology.kindNames) {
    addLists(base, kind);
    addLookUp(base, kind);
  }

  builder.queryField('node', (t) =>
    t.field({
      type: NodeInterface(base),
      nullable: true,
      args: { id: t.arg.id({ required: true, description: 'Global ID, as returned by `id`.' }) },
      description: 'An entity by its global ID; null if there is none.',
      resolve: async (_, { id }, context, info) => {
        const { kind, slug } = parseGlobalId(ontology, id);
        return readEntity(context, info, kind, slug);
      },
    }),
  );

  builder.queryField('nodes', (t) =>
    t.field({
      type: [NodeInterface(base)],
      nullable: { list: false, items: true },
      args: {
        ids: t.arg.idList({ required: true, description: `Global IDs, at most ${limits.pageSize}.` }),
      },
      description: 'Entities by their global IDs, in the order given; null for each that does not exist.',
      resolve: async (_, { ids }, context, info) => {
        if (ids.length > limits.pageSize) {
          throw limitExceeded(`\`ids\` takes at most ${limits.pageSize} ids; got ${ids.length}. Split the request.`);
        }
        const wanted = ids.map((id) => parseGlobalId(ontology, id));
        const found = await readEntities(context, info, 'Entity', [...new Set(wanted.map(({ slug }) => slug))]);
        const bySlug = new Map(found.map((entity) => [entity?.slug, entity]));
        return wanted.map(({ kind, slug }) => {
          const entity = bySlug.get(slug);
          return entity?.kind === kind ? entity : null;
        });
      },
    }),
  );
});
