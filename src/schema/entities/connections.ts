import type { Connection, Edge } from '../../graph/reads/rows.ts';
import type { RelationField } from '../../ontology/fields.ts';
import { type Kind, kindNames } from '../../ontology/kinds.ts';
import { provenance } from '../../ontology/provenance.ts';
import { relations } from '../../ontology/relations.ts';
import { checkFacets, facetArguments, facetKey } from '../arguments/facet-input.ts';
import { FacetRef, facetRef } from '../arguments/facets.ts';
import { filterRef } from '../arguments/filters.ts';
import { orderRef } from '../arguments/orders.ts';
import { builder } from '../builder.ts';
import { limits } from '../limits.ts';
import { connectionTypeName, edgeTypeName, listName, nameOfMany } from '../names.ts';
import { refs, targetRef } from '../references.ts';
import { propertyFields } from './property-fields.ts';

/** Position of a page in its list. */
export type PageStanding = Pick<Connection, 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'>;

export const PageInfo = builder.objectRef<PageStanding>('PageInfo').implement({
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
});

/** The arguments of a connection to entities of a kind. */
export const connectionArguments = (target: Kind | 'Entity') =>
  builder.args((t) => ({
    filter: t.field({
      type: filterRef(target),
      description: 'Only entities that match. Default: all.',
    }),
    orderBy: t.field({
      type: [orderRef(target)],
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

function connectionRef(name: string, edge: ReturnType<typeof edgeRef>, target: Kind | 'Entity') {
  return builder.objectRef<Connection>(name).implement({
    description: `A page of ${nameOfMany(target)}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: { list: false, items: false },
        description: 'Edges, each with its cursor, relation properties and sources.',
        resolve: (connection) => connection.edges,
      }),
      nodes: t.field({
        type: [targetRef(target)],
        nullable: { list: false, items: false },
        description: 'Entities on the page.',
        resolve: (connection) => connection.nodes,
      }),
      pageInfo: t.field({
        type: PageInfo,
        nullable: false,
        description: 'Position of the page in its list.',
        resolve: (connection) => connection,
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'Total number of entities. Counted only if selected.',
      }),
      facets: t.field({
        type: [FacetRef],
        nullable: { list: false, items: false },
        args: {
          by: t.arg({
            type: [facetRef(target)],
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
  });
}

const emptyEdgeRef = (name: string) => builder.objectRef<Edge>(name);

function edgeRef(name: string, target: Kind | 'Entity', relation: RelationField | null) {
  const ref = emptyEdgeRef(name);
  builder.objectType(ref, {
    description: relation
      ? `${relations[relation.relation].description} (${relation.relation})`
      : `An edge of a page of ${nameOfMany(target)}.`,
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
      t.exposeString('cursor', { nullable: false, description: 'Cursor of this edge, for `after` and `before`.' }),
    );
  }
  if (relation) addProvenance(ref, relation);
  return ref;
}

function addProvenance(ref: ReturnType<typeof emptyEdgeRef>, relation: RelationField) {
  builder.objectFields(ref, (t) => ({
    ...propertyFields(t, relation.properties),
    sources: t.field({
      type: [refs[provenance.kind]],
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

const rootConnectionRefs = new Map(
  kindNames.map((kind) => [
    kind,
    connectionRef(connectionTypeName(kind), edgeRef(edgeTypeName(kind), kind, null), kind),
  ]),
);

/** The connection to all entities of a kind. */
export const rootConnectionRef = (kind: Kind) => {
  const ref = rootConnectionRefs.get(kind);
  if (!ref) throw new Error(`No connection to ${kind}.`);
  return ref;
};

/** The edge of a relation field, with the relation's properties and sources. */
export const relationEdgeRef = (owner: Kind | 'Entity', relation: RelationField) =>
  edgeRef(edgeTypeName(listName(owner, relation.name)), relation.target, relation);

/** The connection of a relation field. */
export const relationConnectionRef = (owner: Kind | 'Entity', relation: RelationField) =>
  connectionRef(connectionTypeName(listName(owner, relation.name)), relationEdgeRef(owner, relation), relation.target);
