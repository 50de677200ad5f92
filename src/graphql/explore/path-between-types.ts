import type { PairCount, PathsBetween } from '../../engine/paths/between/paths-between.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import { lazyType } from '../builder.ts';
import { PageInfo, type PageInfoValues } from '../entities/connections.ts';
import { type Hop, RelationStepRef, TruncationRef } from '../entities/relation-step.ts';
import { limits } from '../limits.ts';
import { EntityInterface } from '../references.ts';

/** A path, with what is selected of it. */
export interface FoundPath {
  readonly length: number;
  readonly cost: number;
  readonly entities: readonly Entity[];
  readonly hops: readonly Hop[];
}

const PathBetweenRef = lazyType((base) =>
  base.builder.objectRef<FoundPath>('PathBetween').implement({
    description: 'A simple path that satisfies the conditions: it visits no entity twice.',
    fields: (t) => ({
      length: t.exposeInt('length', { nullable: false, description: 'Number of hops.' }),
      cost: t.exposeFloat('cost', {
        nullable: false,
        description: 'Sum of the weights of its hops; its length, if there are no weights.',
      }),
      entities: t.expose('entities', {
        type: [EntityInterface(base)],
        nullable: { list: false, items: false },
        description: 'Entities on the path, including both ends: one more than `hops`.',
      }),
      hops: t.expose('hops', {
        type: [RelationStepRef(base)],
        nullable: { list: false, items: false },
        description: 'Relations on the path, in order.',
      }),
    }),
  }),
);

const PathPair = lazyType(({ builder }) =>
  builder.objectRef<PairCount>('PathPair').implement({
    description: 'Number of paths between two entities.',
    fields: (t) => ({
      from: t.exposeID('from', { nullable: false, description: 'Slug of the entity where the paths begin.' }),
      to: t.exposeID('to', { nullable: false, description: 'Slug of the entity where the paths end.' }),
      count: t.exposeInt('count', { nullable: false, description: 'Number of paths.' }),
    }),
  }),
);

export interface Answered extends Pick<PathsBetween, 'pairs' | 'truncated'> {
  readonly paths: readonly FoundPath[];
  readonly totalCount: number;
  readonly pageInfo: PageInfoValues;
}

/** A page of paths between two sets of entities. */
export const PathsBetweenRef = lazyType((base) =>
  base.builder.objectRef<Answered>('PathsBetween').implement({
    description: 'A page of paths between two sets of entities.',
    fields: (t) => ({
      nodes: t.field({
        type: [PathBetweenRef(base)],
        nullable: { list: false, items: false },
        description: 'Paths on the page.',
        resolve: ({ paths }) => paths,
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page among all paths.',
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: `Number of paths of all pairs; if \`truncated\` is set, there are at least as many. At most ${limits.countedPaths} are counted.`,
      }),
      pairs: t.expose('pairs', {
        type: [PathPair(base)],
        nullable: { list: false, items: false },
        description: 'Number of paths of each pair of different entities, in the order given.',
      }),
      truncated: t.expose('truncated', {
        type: TruncationRef(base),
        nullable: true,
        description: 'Why there may be more paths; null if these are all.',
      }),
    }),
  }),
);
