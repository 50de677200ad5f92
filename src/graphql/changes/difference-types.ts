import type { ChangeAction } from '../../engine/changes/change.ts';
import type { GraphSnapshot } from '../../history/memory/graph-snapshot.ts';
import { restsOn } from '../../history/memory/memory-reads.ts';
import {
  type PropertyDifference,
  propertyDifferences,
  type RecordDifference,
} from '../../history/revisions/difference.ts';
import type { Revision } from '../../history/revisions/revision.ts';
import { lazyType } from '../builder.ts';
import { PageInfo, type PageInfoValues } from '../entities/connections.ts';
import { RelationTypeEnum } from '../enumerations.ts';
import { ChangeActionEnum, ChangeInterface, EntityReferenceRef } from './change-types.ts';
import { RevisionRef } from './history.ts';

/** A record that differs, and where the states are in which it does. */
export interface ShownDifference {
  readonly record: RecordDifference;
  readonly cursor: string;
  /** The state in which it last existed, of the two. */
  readonly state: () => Promise<GraphSnapshot>;
}

/** A page of differences. */
export interface DifferencePage {
  readonly from: Revision;
  readonly to: Revision;
  readonly shown: readonly ShownDifference[];
  readonly pageInfo: PageInfoValues;
  readonly all: readonly RecordDifference[];
}

const PropertyDifferenceRef = lazyType((base) =>
  base.builder.objectRef<PropertyDifference>('PropertyDifference').implement({
    description: 'A property in which two states of a record differ.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: false,
        description: 'Name of the property in the import format; `sources` for the sources of a relation.',
      }),
      before: t.expose('before', {
        type: 'JSON',
        nullable: true,
        description: 'Value in the earlier state; null if it had none.',
      }),
      after: t.expose('after', {
        type: 'JSON',
        nullable: true,
        description: 'Value in the later state; null if it has none.',
      }),
      change: t.expose('change', {
        type: ChangeInterface(base),
        nullable: false,
        description: 'The last change that made the difference: who, when and why.',
      }),
    }),
  }),
);

const DifferenceRef = lazyType((base) =>
  base.builder.objectRef<ShownDifference>('GraphDifference').implement({
    description: 'An entity or a relation that is not the same in two states of the graph.',
    fields: (t) => ({
      action: t.field({
        type: ChangeActionEnum(base),
        nullable: false,
        description: 'Whether it was created, updated or deleted between the states.',
        resolve: ({ record }) => record.action,
      }),
      entity: t.field({
        type: EntityReferenceRef(base),
        nullable: true,
        description: 'The entity; null if this is a relation.',
        resolve: ({ record }) => (record.subject === 'ENTITY' ? record.entity : null),
      }),
      relation: t.field({
        type: RelationTypeEnum(base),
        nullable: true,
        description: 'Type of the relation; null if this is an entity.',
        resolve: ({ record }) => (record.subject === 'RELATION' ? record.relation : null),
      }),
      from: t.field({
        type: EntityReferenceRef(base),
        nullable: true,
        description: 'Start entity of the relation; null if this is an entity.',
        resolve: ({ record }) => (record.subject === 'RELATION' ? record.from : null),
      }),
      to: t.field({
        type: EntityReferenceRef(base),
        nullable: true,
        description: 'End entity of the relation; null if this is an entity.',
        resolve: ({ record }) => (record.subject === 'RELATION' ? record.to : null),
      }),
      before: t.field({
        type: 'JSON',
        nullable: true,
        description: 'Record in the earlier state, in the import format; null if it was created since.',
        resolve: ({ record }) => record.before,
      }),
      after: t.field({
        type: 'JSON',
        nullable: true,
        description: 'Record in the later state, in the import format; null if it was deleted.',
        resolve: ({ record }) => record.after,
      }),
      properties: t.field({
        type: [PropertyDifferenceRef(base)],
        nullable: { list: false, items: false },
        description: 'The properties that differ, each with both values.',
        resolve: ({ record }) => propertyDifferences(record),
      }),
      changes: t.field({
        type: [ChangeInterface(base)],
        nullable: { list: false, items: false },
        description: 'What was done to the record between the states, oldest first.',
        resolve: ({ record }) => record.changes,
      }),
      ...(base.ontology.provenance && {
        sources: t.field({
          type: [EntityReferenceRef(base)],
          nullable: { list: false, items: false },
          description:
            'Sources that the record rests on in the later state; in the earlier one if it was deleted. Of a relation without sources, those of its start.',
          resolve: async ({ record, state }) => {
            const graph = await state();
            return restsOn(
              graph,
              record.subject === 'ENTITY'
                ? { slug: record.entity.slug }
                : { type: record.relation, from: record.from.slug, to: record.to.slug },
            ).map(({ kind, slug }) => ({ kind, slug }));
          },
        }),
      }),
    }),
  }),
);

const DifferenceEdge = lazyType((base) =>
  base.builder.objectRef<ShownDifference>('GraphDifferenceEdge').implement({
    description: 'An edge of a page of differences.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', { nullable: false, description: 'Cursor of this edge, for `after`.' }),
      node: t.field({
        type: DifferenceRef(base),
        nullable: false,
        description: 'The difference.',
        resolve: (shown) => shown,
      }),
    }),
  }),
);

interface Count {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

const CountsRef = lazyType((base) =>
  base.builder.objectRef<Count>('GraphDifferenceCounts').implement({
    description: 'How many records differ, by what was done to them.',
    fields: (t) => ({
      created: t.exposeInt('created', { nullable: false, description: 'Number of records created.' }),
      updated: t.exposeInt('updated', { nullable: false, description: 'Number of records updated.' }),
      deleted: t.exposeInt('deleted', { nullable: false, description: 'Number of records deleted.' }),
    }),
  }),
);

function countsOf(all: readonly RecordDifference[], subject: RecordDifference['subject']): Count {
  const of = (action: ChangeAction) => all.filter((one) => one.subject === subject && one.action === action).length;
  return { created: of('CREATED'), updated: of('UPDATED'), deleted: of('DELETED') };
}

export const DifferenceConnection = lazyType((base) =>
  base.builder.objectRef<DifferencePage>('GraphDifferenceConnection').implement({
    description: 'A page of differences between two states of the graph: entities first, then relations.',
    fields: (t) => ({
      from: t.expose('from', { type: RevisionRef(base), nullable: false, description: 'The earlier revision.' }),
      to: t.expose('to', { type: RevisionRef(base), nullable: false, description: 'The later revision.' }),
      edges: t.expose('shown', {
        type: [DifferenceEdge(base)],
        nullable: { list: false, items: false },
        description: 'Edges of the page, each with its cursor.',
      }),
      nodes: t.expose('shown', {
        type: [DifferenceRef(base)],
        nullable: { list: false, items: false },
        description: 'Differences on the page.',
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page in its list.',
      }),
      totalCount: t.int({
        nullable: false,
        description: 'Total number of differences.',
        resolve: ({ all }) => all.length,
      }),
      entities: t.field({
        type: CountsRef(base),
        nullable: false,
        description: 'Number of entities that differ.',
        resolve: ({ all }) => countsOf(all, 'ENTITY'),
      }),
      relations: t.field({
        type: CountsRef(base),
        nullable: false,
        description: 'Number of relations that differ.',
        resolve: ({ all }) => countsOf(all, 'RELATION'),
      }),
    }),
  }),
);
