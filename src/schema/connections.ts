import type { Connection, Edge } from '../graph/rows.ts';
import type { RelationField } from '../ontology/fields.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import { builder } from './builder.ts';
import { checkFacets, facetArguments, facetKey } from './facet-input.ts';
import { FacetRef, facetRef } from './facets.ts';
import { filterRef } from './filters.ts';
import { limits } from './limits.ts';
import { connectionTypeName, edgeTypeName, nameOfMany } from './names.ts';
import { orderRef } from './orders.ts';
import { propertyFields } from './property-fields.ts';
import { refs, targetRef } from './references.ts';

/** Where a page stands in its list. */
export type PageStanding = Pick<Connection, 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'>;

export const PageInfo = builder.objectRef<PageStanding>('PageInfo').implement({
  description: 'Where a page stands in its list, after Relay (https://relay.dev/graphql/connections.htm).',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      nullable: false,
      description: 'Whether the list goes on after this page.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      nullable: false,
      description: 'Whether the list has entries before this page.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Cursor of the first edge; null on an empty page.',
    }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Cursor of the last edge; null on an empty page.',
    }),
  }),
});

/** The arguments of a connection to entities of a kind. */
export const connectionArguments = (target: Kind | 'Entity') =>
  builder.args((t) => ({
    filter: t.field({
      type: filterRef(target),
      description: 'Only entities that fit. Without it: all.',
    }),
    orderBy: t.field({
      type: [orderRef(target)],
      description: 'Keys of the order, the most important first; then by slug. Without it: by name.',
    }),
    first: t.int({
      description: `Size of the page from the start of the list: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}. Not together with \`last\`.`,
    }),
    after: t.string({ description: 'Only what comes after this cursor.' }),
    last: t.int({
      description: `Size of the page from the end of the list, at most ${limits.pageSize}. Not together with \`first\`.`,
    }),
    before: t.string({ description: 'Only what comes before this cursor.' }),
  }));

function connectionRef(name: string, edge: ReturnType<typeof edgeRef>, target: Kind | 'Entity') {
  return builder.objectRef<Connection>(name).implement({
    description: `A page of ${nameOfMany(target)}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: { list: false, items: false },
        description: 'The entries of the page, each with its cursor and what the relation says of it.',
        resolve: (connection) => connection.edges,
      }),
      nodes: t.field({
        type: [targetRef(target)],
        nullable: { list: false, items: false },
        description: 'The entities of the page, without the edges.',
        resolve: (connection) => connection.nodes,
      }),
      pageInfo: t.field({
        type: PageInfo,
        nullable: false,
        description: 'Where the page stands in its list.',
        resolve: (connection) => connection,
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'How many entities the whole list has. Counted only where selected.',
      }),
      facets: t.field({
        type: [FacetRef],
        nullable: { list: false, items: false },
        args: {
          by: t.arg({
            type: [facetRef(target)],
            required: true,
            description: `What to count by, at most ${limits.facets}.`,
          }),
          first: t.arg.int({
            defaultValue: limits.defaultBuckets,
            description: `How many values of each, at most ${limits.buckets}.`,
          }),
        },
        description: 'The most frequent values among all entities of the list that fit the filter, page or not.',
        resolve: (connection, given) => {
          const args = facetArguments(given);
          checkFacets(args);
          return connection.facets(facetKey(args));
        },
      }),
    }),
  });
}

const emptyEdgeRef = (name: string) => builder.objectRef<Edge>(name);

function edgeRef(name: string, target: Kind | 'Entity', relation: RelationField | null) {
  const ref = emptyEdgeRef(name);
  builder.objectType(ref, {
    description: relation
      ? `${relation.description} (${relation.relation})`
      : `An entry of a page of ${nameOfMany(target)}.`,
    fields: (t) => ({
      node: t.field({
        type: targetRef(target),
        nullable: false,
        description: 'The entity.',
        resolve: ({ node }) => node,
      }),
    }),
  });
  if (!relation?.toOne) {
    builder.objectField(ref, 'cursor', (t) =>
      t.exposeString('cursor', { nullable: false, description: 'Cursor of this entry, for `after` and `before`.' }),
    );
  }
  if (relation) addProvenance(ref, relation);
  return ref;
}

function addProvenance(ref: ReturnType<typeof emptyEdgeRef>, relation: RelationField) {
  builder.objectFields(ref, (t) => ({
    ...propertyFields(t, relation.properties),
    sources: t.field({
      type: [refs.Source],
      nullable: { list: false, items: false },
      description: 'Where the relation is stated: its own sources, else those that the entity it starts from cites.',
      resolve: (edge, _, __, info) => edge.sources(String(info.path.key)),
    }),
    ownSources: t.exposeBoolean('ownSources', {
      nullable: false,
      description: 'Whether the sources are the relation’s own.',
    }),
  }));
}

const rootConnectionRefs = new Map(
  kindNames.map((kind) => [kind, connectionRef(`${kind}Connection`, edgeRef(`${kind}Edge`, kind, null), kind)]),
);

/** The connection to all entities of a kind. */
export const rootConnectionRef = (kind: Kind) => {
  const ref = rootConnectionRefs.get(kind);
  if (!ref) throw new Error(`No connection to ${kind}.`);
  return ref;
};

/** The edge of a relation field, with the relation's properties and sources. */
export const relationEdgeRef = (owner: Kind | 'Entity', relation: RelationField) =>
  edgeRef(edgeTypeName(owner, relation.name), relation.target, relation);

/** The connection of a relation field. */
export const relationConnectionRef = (owner: Kind | 'Entity', relation: RelationField) =>
  connectionRef(connectionTypeName(owner, relation.name), relationEdgeRef(owner, relation), relation.target);
