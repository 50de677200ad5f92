import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { TargetPlan } from '../graph/plan.ts';
import type { Entity } from '../graph/rows.ts';
import { readStatedRelations, type StatedRelation } from '../graph/stated-relations.ts';
import type { LeftOut, Truncation, TruncationReason } from '../graph/truncation.ts';
import { relationKey, type StoredRelation } from '../graph/walk.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { RelationTypeEnum } from './enumerations.ts';
import { planOnce } from './plan-cache.ts';
import { planEntities, readEntities } from './reading.ts';
import { EntityInterface, refs } from './references.ts';
import { selectedAt } from './selected.ts';

export type Direction = 'FORWARD' | 'BACKWARD';

/** One relation on a way, as an answer shows it. */
export interface Hop {
  readonly stored: StoredRelation;
  readonly direction: Direction;
  readonly from: Entity;
  readonly to: Entity;
  readonly stated: StatedRelation | undefined;
  readonly sources: readonly Entity[];
}

export const RelationDirection = builder.enumType('RelationDirection', {
  description: 'From which end a relation is read.',
  values: {
    FORWARD: { description: 'As it is stored: from its `from` to its `to`.' },
    BACKWARD: { description: 'Against it: from its `to` to its `from`.' },
  },
});

const EdgeProperty = builder.objectRef<StatedRelation['properties'][number]>('EdgeProperty').implement({
  description: 'A property of one relation.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'Its name, as a field of the relation’s edges.' }),
    value: t.expose('value', { type: 'JSON', nullable: true, description: 'Its value.' }),
  }),
});

const reasons: Record<TruncationReason, { readonly description: string }> = {
  LIMIT: { description: 'There is more than `limit`.' },
  TIME_LIMIT: { description: 'Time was over. What is nearer than `atDepth` is complete.' },
  SEARCH_LIMIT: { description: 'There is more to look at than one request may. Narrow it, by `relations` or `kinds`.' },
};

const TruncationReasonEnum = builder.enumType('TruncationReason', {
  description: 'Why an answer is not complete.',
  values: reasons,
});

const LeftOutRef = builder.objectRef<LeftOut>('LeftOut').implement({
  description: 'What an answer leaves out of one relation.',
  fields: (t) => ({
    relation: t.expose('relation', { type: RelationTypeEnum, nullable: false, description: 'The relation.' }),
    count: t.exposeInt('count', {
      nullable: false,
      description: 'How many of it lead from what is in the answer to what is not.',
    }),
  }),
});

export const TruncationRef = builder.objectRef<Truncation>('Truncation').implement({
  description: 'Says that an answer is not complete, why, and from where on.',
  fields: (t) => ({
    reason: t.expose('reason', { type: TruncationReasonEnum, nullable: false, description: 'Why.' }),
    atDepth: t.exposeInt('atDepth', {
      nullable: false,
      description: 'So many hops away something is left out; everything nearer is in the answer.',
    }),
    leftOut: t.expose('leftOut', {
      type: [LeftOutRef],
      nullable: { list: false, items: false },
      description: 'What was left out, by relation, most first; empty where it was not counted.',
    }),
  }),
});

export const HopRef = builder.objectRef<Hop>('Hop').implement({
  description: 'One relation between two entities of an answer, with what it says and where that is stated.',
  fields: (t) => ({
    relation: t.field({
      type: RelationTypeEnum,
      nullable: false,
      description: 'The relation.',
      resolve: ({ stored }) => stored.relation,
    }),
    direction: t.expose('direction', {
      type: RelationDirection,
      nullable: false,
      description: 'Whether the way that led here follows the relation or goes against it.',
    }),
    from: t.expose('from', {
      type: EntityInterface,
      nullable: false,
      description: 'Where the relation starts, whichever way it is walked.',
    }),
    to: t.expose('to', {
      type: EntityInterface,
      nullable: false,
      description: 'Where the relation leads, whichever way it is walked.',
    }),
    properties: t.field({
      type: [EdgeProperty],
      nullable: { list: false, items: false },
      description: 'What the relation says, as far as it has values.',
      resolve: ({ stated }) => stated?.properties ?? [],
    }),
    sources: t.expose('sources', {
      type: [refs.Source],
      nullable: { list: false, items: false },
      description: 'Where the relation is stated: its own sources, else those that the entity it starts from cites.',
    }),
    ownSources: t.boolean({
      nullable: false,
      description: 'Whether the sources are the relation’s own.',
      resolve: ({ stated }) => stated?.ownSources ?? false,
    }),
  }),
});

/** Where in a field's answer entities and hops stand, as paths of field names. */
export interface Places {
  readonly entities: readonly (readonly string[])[];
  readonly hops: readonly string[] | null;
}

/** What was read of the entities and relations of an answer. */
export interface Found {
  /** `null` where it is gone meanwhile, or where nothing of it is selected. */
  entity(slug: string): Entity | null;
  hop(stored: StoredRelation, direction: Direction): Hop | null;
}

/** What a field's selection asks of the entities and hops in its answer. */
interface Asked {
  readonly ofEntities: readonly FieldNode[];
  readonly ofSources: readonly FieldNode[];
  /** It asks what hops say, or where that is stated. */
  readonly isStated: boolean;
}

/** A field has them always in the same places, so its nodes tell what is asked. */
async function askedOf(context: Context, info: GraphQLResolveInfo, { entities, hops }: Places): Promise<Asked> {
  const fields = { nodes: info.fieldNodes, withArguments: false };
  return planOnce(info, fields, await context.statistics(), 'found', () => {
    const below = (name: string) => (hops ? selectedAt(info, [...hops, name]) : []);
    const ofSources = below('sources');
    return {
      ofEntities: [...entities.flatMap((path) => selectedAt(info, path)), ...below('from'), ...below('to')],
      ofSources,
      isStated: [...ofSources, ...below('properties'), ...below('ownSources')].length > 0,
    };
  });
}

/** What a field's selection asks of about so many entities in its answer, wherever they stand; none where it asks nothing. */
export async function planFound(
  context: Context,
  info: GraphQLResolveInfo,
  places: Places,
  count: number,
): Promise<TargetPlan | undefined> {
  const { ofEntities } = await askedOf(context, info, places);
  return ofEntities.length === 0 ? undefined : planEntities(context, info, 'Entity', count, ofEntities);
}

/**
 * Reads what a field's selection asks of the entities and relations that were found: at most one statement for what the
 * relations say, and one for all entities and sources, wherever they stand.
 */
export async function readFound(
  context: Context,
  info: GraphQLResolveInfo,
  places: Places,
  slugs: Iterable<string>,
  relations: readonly StoredRelation[] | Promise<readonly StoredRelation[]>,
  known: readonly Entity[] = [],
): Promise<Found> {
  const { ofEntities, ofSources, isStated } = await askedOf(context, info, places);
  const readStated = async () =>
    isStated ? readStatedRelations(context.graph, await relations, { sources: ofSources.length > 0 }) : [];
  const bySlug = new Map<string, Entity | null>(known.map((entity) => [entity.slug, entity]));
  const unknown = [...new Set(slugs)].filter((slug) => !bySlug.has(slug));
  const read = async (kind: 'Entity' | 'Source', wanted: readonly string[], nodes: readonly FieldNode[]) =>
    wanted.length === 0 || nodes.length === 0 ? [] : readEntities(context, info, kind, wanted, nodes);
  const reading = readStated();
  // Entities and sources are read together, so that both are one statement.
  if (ofSources.length > 0) await reading;
  const [entities, [stated, sources]] = await Promise.all([
    read('Entity', unknown, ofEntities),
    reading.then(async (found) => {
      const cited = new Set(found.flatMap((relation) => relation.sources));
      return [found, await read('Source', [...cited], ofSources)] as const;
    }),
  ]);
  for (const entity of entities) if (entity) bySlug.set(entity.slug, entity);
  const sourceBySlug = new Map(sources.map((source) => [source?.slug, source]));
  const byKey = new Map(stated.map((relation) => [relationKey(relation), relation]));
  const isBare = ofEntities.length === 0;
  const find = (slug: string) => bySlug.get(slug) ?? null;
  return {
    entity: find,
    hop(stored, direction) {
      const [from, to, what] = [find(stored.from), find(stored.to), byKey.get(relationKey(stored))];
      // Gone between two statements: then it is no answer any more.
      if ((!isBare && !(from && to)) || (isStated && !what)) return null;
      const shown = what?.sources.map((slug) => sourceBySlug.get(slug)).filter((source) => !!source) ?? [];
      return { stored, direction, from, to, stated: what, sources: shown } as Hop;
    },
  };
}
