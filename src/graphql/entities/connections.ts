import type { Connection, Edge } from '../../engine/reads/rows.ts';
import type { RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { checkFacets, facetArguments, facetKey, facetOptions } from '../arguments/facet-input.ts';
import { FacetRef, facetRef } from '../arguments/facets.ts';
import { filterRef } from '../arguments/filters.ts';
import { orderRef } from '../arguments/orders.ts';
import { lazyType, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { limits } from '../limits.ts';
import { connectionTypeName, edgeTypeName, listName, statedOfRelations } from '../names.ts';
import { refOf, targetRef } from '../references.ts';
import { propertyFields } from './property-fields.ts';

/** Position of a page in its list. */
export type PageInfoValues = Pick<Connection, 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'>;

/** The position of a page that has these entries. */
export const pageInfoOf = (
  { hasNextPage, hasPreviousPage }: Pick<PageInfoValues, 'hasNextPage' | 'hasPreviousPage'>,
  entries: readonly { readonly cursor: string }[],
): PageInfoValues => ({
  hasNextPage,
  hasPreviousPage,
  startCursor: entries[0]?.cursor ?? null,
  endCursor: entries.at(-1)?.cursor ?? null,
});

export const PageInfo = lazyType((base) =>
  base.builder.objectRef<PageInfoValues>('PageInfo').implement({
    description: 'Position of a page in its list, as defined by Relay (https://relay.dev/graphql/connections.htm).',
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', {
        nullable: false,
        description: 'Whether the list has entries after this page.',
      }),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
        nullable: false,
        description: 'Whether the list has entries before this page.',
      }),
      startCursor: t.exposeString('startCursor', {
        nullable: true,
        description: 'Cursor of the first edge; null if the page is empty.',
      }),
      endCursor: t.exposeString('endCursor', {
        nullable: true,
        description: 'Cursor of the last edge; null if the page is empty.',
      }),
    }),
  }),
);

/** The arguments of a connection to entities of a kind. */
export const connectionArguments = (base: SchemaBase, target: Kind | 'Entity') =>
  base.builder.args((t) => ({
    filter: t.field({
      type: filterRef(base, target),
      description: 'Only entities that match. Default: all.',
    }),
    orderBy: t.field({
      type: [orderRef(base, target)],
      description: 'Sort keys, most significant first, then by slug. Default: by name.',
    }),
    first: t.int({
      description: `Page size from the start of the list; default ${limits.defaultPageSize}, maximum ${limits.pageSize}. Excludes \`last\`.`,
    }),
    after: t.string({ description: 'Only entries after this cursor.' }),
    last: t.int({
      description: `Page size from the end of the list; maximum ${limits.pageSize}. Excludes \`first\`.`,
    }),
    before: t.string({ description: 'Only entries before this cursor.' }),
  }));

function connectionRef(base: SchemaBase, name: string, edge: ReturnType<typeof edgeRef>, target: Kind | 'Entity') {
  return base.builder.objectRef<Connection>(name).implement({
    description: 'A page of a list.',
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: { list: false, items: false },
        description: `Edges, each with its cursor, relation ${statedOfRelations(base.ontology)}.`,
        resolve: (connection, _, { cutPages }, info) => {
          if (connection.isCut) cutPages.note(info);
          return connection.edges;
        },
      }),
      nodes: t.field({
        type: [targetRef(base, target)],
        nullable: { list: false, items: false },
        description: 'Entities on the page.',
        resolve: (connection, _, { cutPages }, info) => {
          if (connection.isCut) cutPages.note(info);
          return connection.nodes;
        },
      }),
      pageInfo: t.field({
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page in its list.',
        resolve: (connection) => connection,
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'Total number of entities. Counted only if selected.',
      }),
      // A kind may have no facet, and GraphQL has no empty enumerations.
      ...(facetOptions(base.ontology, target).size === 0
        ? {}
        : {
            facets: t.field({
              type: [FacetRef(base)],
              nullable: { list: false, items: false },
              args: {
                by: t.arg({
                  type: [facetRef(base, target)],
                  required: true,
                  description: `Facets to count, at most ${limits.facets}.`,
                }),
                first: t.arg.int({
                  defaultValue: limits.defaultBuckets,
                  description: `Number of values of each facet, at most ${limits.buckets}.`,
                }),
              },
              description: 'Most frequent values in the whole filtered list, not only on this page.',
              resolve: (connection, given) => {
                const args = facetArguments(given);
                checkFacets(args);
                return connection.facets(facetKey(args));
              },
            }),
          }),
    }),
  });
}

const emptyEdgeRef = ({ builder }: SchemaBase, name: string) => builder.objectRef<Edge>(name);

function edgeRef(base: SchemaBase, name: string, target: Kind | 'Entity', relation: RelationField | null) {
  const ref = emptyEdgeRef(base, name);
  const { builder } = base;
  builder.objectType(ref, {
    description: 'An entity in a list: in that of a relation, with what the relation says.',
    fields: (t) => ({
      node: t.field({
        type: targetRef(base, target),
        nullable: false,
        description: 'The entity.',
        resolve: ({ node }) => node,
      }),
    }),
  });
  if (!relation?.toOne) {
    builder.objectField(ref, 'cursor', (t) =>
      t.exposeString('cursor', { nullable: false, description: 'Cursor of this edge, for `after` and `before`.' }),
    );
  }
  if (relation) addProvenance(base, ref, relation);
  return ref;
}

function addProvenance(base: SchemaBase, ref: ReturnType<typeof emptyEdgeRef>, relation: RelationField) {
  const { builder, ontology } = base;
  const { provenance } = ontology;
  builder.objectFields(ref, (t) => propertyFields(base, t, relation.properties));
  if (!provenance) return;
  builder.objectFields(ref, (t) => ({
    sources: t.field({
      type: [refOf(base, provenance.kind)],
      nullable: { list: false, items: false },
      description: 'Sources of the relation; if it has none, those of its start entity.',
      resolve: (edge, _, __, info) => edge.sources(String(info.path.key)),
    }),
    ownSources: t.exposeBoolean('ownSources', {
      nullable: false,
      description: 'Whether `sources` are those of the relation itself.',
    }),
  }));
}

/** The connection to all entities of a kind. */
export const rootConnectionRef = lazyTypeFor((base, kind: Kind) =>
  connectionRef(base, connectionTypeName(kind), edgeRef(base, edgeTypeName(kind), kind, null), kind),
);

/** The edge of a relation field, with the relation's properties and sources. */
export const relationEdgeRef = (base: SchemaBase, owner: Kind | 'Entity', relation: RelationField) =>
  edgeRef(base, edgeTypeName(listName(owner, relation.name)), relation.target, relation);

/** The connection of a relation field. */
export const relationConnectionRef = (base: SchemaBase, owner: Kind | 'Entity', relation: RelationField) =>
  connectionRef(
    base,
    connectionTypeName(listName(owner, relation.name)),
    relationEdgeRef(base, owner, relation),
    relation.target,
  );
