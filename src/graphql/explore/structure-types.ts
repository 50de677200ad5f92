import type { Entity } from '../../engine/reads/rows.ts';
import type { RankedEntity, Structure } from '../../engine/structure/structure.ts';
import { lazyType } from '../builder.ts';
import { PageInfo, type PageInfoValues } from '../entities/connections.ts';
import { EntityInterface } from '../references.ts';

/** An entity that explains the value of another. */
interface Reason {
  readonly entity: Entity | null;
  readonly weight: number;
  readonly value: number;
}

interface Ranked extends Omit<RankedEntity, 'neighbors' | 'kind'> {
  readonly entity: Entity | null;
  readonly because: readonly Reason[];
}

interface Community {
  readonly number: number;
  readonly size: number;
  readonly members: readonly Entity[];
}

/** A page of a structure, with what is selected of its entities. */
export interface Answered extends Omit<Structure, 'entities'> {
  readonly entityCount: number;
  readonly totalCount: number;
  readonly nodes: readonly Ranked[];
  readonly communities: readonly Community[];
  readonly pageInfo: PageInfoValues;
}

const StructureNeighbor = lazyType((base) =>
  base.builder.objectRef<Reason>('StructureNeighbor').implement({
    description: 'A neighbour in the projection.',
    fields: (t) => ({
      entity: t.expose('entity', {
        type: EntityInterface(base),
        nullable: true,
        description: 'The neighbour; null if it was deleted meanwhile.',
      }),
      weight: t.exposeFloat('weight', { nullable: false, description: 'Weight of the link.' }),
      value: t.exposeFloat('value', { nullable: false, description: 'Value of the neighbour.' }),
    }),
  }),
);

const StructureEntity = lazyType((base) =>
  base.builder.objectRef<Ranked>('StructureEntity').implement({
    description: 'An entity of the projection, with its value.',
    fields: (t) => ({
      slug: t.exposeString('slug', { nullable: false, description: 'Slug of the entity.' }),
      entity: t.expose('entity', {
        type: EntityInterface(base),
        nullable: true,
        description: 'The entity; null if it was deleted meanwhile.',
      }),
      value: t.exposeFloat('value', { nullable: false, description: 'Value of the measure.' }),
      rank: t.exposeInt('rank', {
        nullable: false,
        description:
          'Rank among all entities of the projection, from 1; equal values share one. Of communities, their number from 1.',
      }),
      degree: t.exposeFloat('degree', { nullable: false, description: 'Sum of the weights of its links.' }),
      because: t.expose('because', {
        type: [StructureNeighbor(base)],
        nullable: { list: false, items: false },
        description:
          'Neighbours with the heaviest links, then with the highest values, at most five; of a community, only neighbours in it.',
      }),
    }),
  }),
);

const StructureCommunity = lazyType((base) =>
  base.builder.objectRef<Community>('StructureCommunity').implement({
    description: 'Entities that are linked with one another more than with others.',
    fields: (t) => ({
      number: t.exposeInt('number', {
        nullable: false,
        description: 'Number of the community, from 0, the largest first.',
      }),
      size: t.exposeInt('size', { nullable: false, description: 'Number of entities.' }),
      members: t.expose('members', {
        type: [EntityInterface(base)],
        nullable: { list: false, items: false },
        description: 'Entities with the highest degrees, at most ten.',
      }),
    }),
  }),
);

/** A page of a structure. */
export const StructureRef = lazyType((base) =>
  base.builder.objectRef<Answered>('Structure').implement({
    description: 'A measure of the structure of the graph.',
    fields: (t) => ({
      nodes: t.expose('nodes', {
        type: [StructureEntity(base)],
        nullable: { list: false, items: false },
        description: 'Entities, highest value first; of communities, one after the other.',
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page among all entities.',
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'Number of entities returned on all pages.',
      }),
      entityCount: t.exposeInt('entityCount', {
        nullable: false,
        description: 'Number of entities of the projection.',
      }),
      linkCount: t.exposeInt('linkCount', { nullable: false, description: 'Number of links of the projection.' }),
      modularity: t.exposeFloat('modularity', {
        nullable: true,
        description: 'How well the communities divide the projection, from -0.5 to 1; null for other measures.',
      }),
      communities: t.expose('communities', {
        type: [StructureCommunity(base)],
        nullable: { list: false, items: false },
        description: 'The 50 largest communities of two or more entities; empty for other measures.',
      }),
    }),
  }),
);
