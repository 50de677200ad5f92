import { entityCount } from '../../engine/reads/statistics.ts';
import type { IdentifierKey } from '../../engine/search/identified.ts';
import { capitalized } from '../../ontology/letter-case.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { enumRef } from '../enumerations.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { parseGlobalId, parseReference } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { readEntities, readEntity, readPage } from '../planning/read-selection.ts';
import { EntityInterface, NodeInterface, refOf } from '../references.ts';
import { connectionArguments, rootConnectionRef } from './connections.ts';
import { checkedIdentifier, theOne } from './identified-entity.ts';

function addLists(base: SchemaBase, kind: Kind): void {
  const { plural, many } = base.ontology.kind(kind);
  base.builder.queryField(plural, (t) =>
    t.field({
      earlierStates: true,
      type: rootConnectionRef(base, kind),
      nullable: true,
      args: connectionArguments(base, kind),
      description: `All ${many}.`,
      resolve: (_, args, context, info) => readPage(context, info, kind, args),
    }),
  );
}

function addLookUp(base: SchemaBase, kind: Kind): void {
  const { singular, one, slugFrom } = base.ontology.kind(kind);
  if (slugFrom !== undefined) {
    addLookUpByProperty(base, kind, slugFrom);
    return;
  }
  base.builder.queryField(singular, (t) =>
    t.field({
      earlierStates: true,
      type: refOf(base, kind),
      nullable: true,
      args: { slug: t.arg.string({ required: true, description: 'Slug of the entity.' }) },
      description: `${capitalized(one)} by slug; null if there is none.`,
      resolve: (_, { slug }, context, info) => readEntity(context, info, kind, slug),
    }),
  );
}

/** The slug is the property in lower case, so either of them finds the entity. */
function addLookUpByProperty(base: SchemaBase, kind: Kind, property: string): void {
  const { singular, one } = base.ontology.kind(kind);
  const meaning = base.ontology.propertyOf(kind, property).description.replace(/\.$/, '');
  const either = `Pass exactly one of \`slug\` and \`${property}\`.`;
  base.builder.queryField(singular, (t) =>
    t.field({
      earlierStates: true,
      type: refOf(base, kind),
      nullable: true,
      args: {
        slug: t.arg.string({ description: `Slug of the entity. ${either}` }),
        [property]: t.arg.string({ description: `${meaning}, in upper or lower case. ${either}` }),
      },
      description: `${capitalized(one)} by slug or \`${property}\`; null if there is none.`,
      resolve: (_, args: Readonly<Record<string, string | null | undefined>>, context, info) => {
        const [given, ...more] = [args.slug, args[property]].filter((value) => typeof value === 'string');
        if (given === undefined || more.length > 0) throw badUserInput(either);
        return readEntity(context, info, kind, given === args.slug ? given : given.toLowerCase());
      },
    }),
  );
}

const either = 'Pass exactly one of `id` and `identifier`.';

const IdentifierKeyInput = lazyType((base) => {
  const scheme = base.ontology.identification?.scheme ?? '';
  return base.builder.inputRef<IdentifierKey>('IdentifierKey').implement({
    description: 'An identifier in another system.',
    fields: (t) => ({
      scheme: t.field({
        type: enumRef(base, scheme),
        required: true,
        description: 'System that gives the identifier.',
      }),
      value: t.string({ required: true, description: 'The identifier, or its address.' }),
    }),
  });
});

/** @throws GraphQLError BAD_USER_INPUT on what is no identifier of its scheme, or is that of several entities alike */
async function slugOf(context: Context, identifier: IdentifierKey): Promise<string | null> {
  const { identification } = context.ontology;
  if (!identification) return null;
  const key = checkedIdentifier(identification, identifier);
  const [found = []] = await (await readsOf(context)).identified([key]);
  return theOne(found, key)?.slug ?? null;
}

/** Adds what finds entities: a list and a look-up of each kind, `node` and `nodes`. */
export const addRoot = lazyType((base) => {
  const { builder, ontology } = base;
  for (const kind of ontology.kindNames) {
    addLists(base, kind);
    addLookUp(base, kind);
  }

  builder.queryField('node', (t) =>
    t.field({
      earlierStates: true,
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

  builder.queryField('entity', (t) =>
    t.field({
      earlierStates: { visits: ({ identifier }, statistics) => (identifier ? entityCount(statistics, 'Entity') : 1) },
      type: EntityInterface(base),
      nullable: true,
      args: {
        id: t.arg.id({ description: ontology.identification ? `ID or slug. ${either}` : 'ID or slug.' }),
        ...(ontology.identification && {
          identifier: t.arg({ type: IdentifierKeyInput(base), description: `Identifier in another system. ${either}` }),
        }),
      },
      description: ontology.identification
        ? 'An entity of any kind by ID, slug or identifier; null if there is none. If several have the identifier, the one of which it is an exact match.'
        : 'An entity of any kind by ID or slug; null if there is none.',
      resolve: async (_, args, context, info) => {
        const { id, identifier } = args;
        if ((typeof id === 'string') === (identifier !== undefined && identifier !== null)) {
          throw badUserInput(ontology.identification ? either : 'Pass the `id`.');
        }
        const slug = identifier ? await slugOf(context, identifier) : parseReference(ontology, String(id), 'Entity');
        return slug === null ? null : readEntity(context, info, 'Entity', slug);
      },
    }),
  );

  builder.queryField('nodes', (t) =>
    t.field({
      earlierStates: true,
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
