import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { relationKey, type StoredRelation } from '../../engine/graph/walk.ts';
import type { TargetPlan } from '../../engine/reads/plan.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import type { StatedRelation } from '../../engine/reads/stated-relations.ts';
import type { LeftOut, Truncation, TruncationReason } from '../../engine/traversal/truncation.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { RelationTypeEnum } from '../enumerations.ts';
import { statedOfRelations } from '../names.ts';
import { planEntities, readEntities } from '../planning/read-selection.ts';
import { selectedAt } from '../planning/selected.ts';
import { EntityInterface, refOf } from '../references.ts';

export type Direction = 'FORWARD' | 'BACKWARD';

/** One relation on a path, as returned to clients. */
export interface Hop {
  readonly stored: StoredRelation;
  readonly direction: Direction;
  readonly from: Entity;
  readonly to: Entity;
  readonly stated: StatedRelation | undefined;
  readonly sources: readonly Entity[];
}

export const RelationDirection = lazyType((base) =>
  base.builder.enumType('RelationDirection', {
    description: 'Direction in which a relation is read.',
    values: {
      FORWARD: { description: 'From `from` to `to`, as stored.' },
      BACKWARD: { description: 'From `to` to `from`, against the stored direction.' },
    },
  }),
);

const EdgeProperty = lazyType((base) =>
  base.builder.objectRef<StatedRelation['properties'][number]>('EdgeProperty').implement({
    description: 'A property of a relation, with its value.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: false,
        description: 'Name of the property, as a field of the relation’s edges.',
      }),
      value: t.expose('value', { type: 'JSON', nullable: true, description: 'Value of the property.' }),
    }),
  }),
);

const reasons: Record<TruncationReason, { readonly description: string }> = {
  LIMIT: { description: 'There are more than `limit` results.' },
  TIME_LIMIT: { description: 'The time limit was reached. Everything nearer than `atDepth` is complete.' },
  SEARCH_LIMIT: {
    description:
      'The search exceeded the number of entities that one request may visit. Narrow it by `relations` or `kinds`.',
  },
};

const TruncationReasonEnum = lazyType((base) =>
  base.builder.enumType('TruncationReason', {
    description: 'Why a result is incomplete.',
    values: reasons,
  }),
);

const LeftOutRef = lazyType((base) =>
  base.builder.objectRef<LeftOut>('LeftOut').implement({
    description: 'Relations of one type that a result omits.',
    fields: (t) => ({
      relation: t.expose('relation', {
        type: RelationTypeEnum(base),
        nullable: false,
        description: 'Type of the relation.',
      }),
      count: t.exposeInt('count', {
        nullable: false,
        description: 'Number of these relations that lead from an entity in the result to one outside it.',
      }),
    }),
  }),
);

export const TruncationRef = lazyType((base) =>
  base.builder.objectRef<Truncation>('Truncation').implement({
    description: 'Marks a result as incomplete, with the reason and the depth.',
    fields: (t) => ({
      reason: t.expose('reason', { type: TruncationReasonEnum(base), nullable: false, description: 'Reason.' }),
      atDepth: t.exposeInt('atDepth', {
        nullable: false,
        description: 'Number of hops at which results were omitted; everything nearer is included.',
      }),
      leftOut: t.expose('leftOut', {
        type: [LeftOutRef(base)],
        nullable: { list: false, items: false },
        description: 'Omitted relations by type, most frequent first; empty if they were not counted.',
      }),
    }),
  }),
);

export const RelationStepRef = lazyType((base) =>
  base.builder.objectRef<Hop>('Hop').implement({
    description: `A relation between two entities of a result, with its ${statedOfRelations(base.ontology)}.`,
    fields: (t) => ({
      relation: t.field({
        type: RelationTypeEnum(base),
        nullable: false,
        description: 'Type of the relation.',
        resolve: ({ stored }) => stored.relation,
      }),
      direction: t.expose('direction', {
        type: RelationDirection(base),
        nullable: false,
        description: 'Whether the path follows the relation or goes against its direction.',
      }),
      from: t.expose('from', {
        type: EntityInterface(base),
        nullable: false,
        description: 'Start entity of the relation, regardless of `direction`.',
      }),
      to: t.expose('to', {
        type: EntityInterface(base),
        nullable: false,
        description: 'End entity of the relation, regardless of `direction`.',
      }),
      properties: t.field({
        type: [EdgeProperty(base)],
        nullable: { list: false, items: false },
        description: 'Properties of the relation that have a value.',
        resolve: ({ stated }) => stated?.properties ?? [],
      }),
      ...(base.ontology.provenance && {
        sources: t.expose('sources', {
          type: [refOf(base, base.ontology.provenance.kind)],
          nullable: { list: false, items: false },
          description: 'Sources of the relation; if it has none, those of its start entity.',
        }),
        ownSources: t.boolean({
          nullable: false,
          description: 'Whether `sources` are those of the relation itself.',
          resolve: ({ stated }) => stated?.ownSources ?? false,
        }),
      }),
    }),
  }),
);

/** Where entities and hops occur in the result of a field, as paths of field names. */
export interface Places {
  readonly entities: readonly (readonly string[])[];
  readonly hops: readonly string[] | null;
}

/** The data read for the entities and relations of a result. */
export interface Found {
  /** `null` if the entity has been deleted since, or if nothing of it is selected. */
  entity(slug: string): Entity | null;
  /** Whether none of the entities has been deleted since; `true` if nothing of them is selected. */
  has(...slugs: readonly string[]): boolean;
  hop(stored: StoredRelation, direction: Direction): Hop | null;
}

/** The hops of a path through these entities; `null` if something on it was deleted since it was found. */
export function hopsAlong(
  found: Found,
  slugs: readonly string[],
  relations: readonly StoredRelation[],
): readonly Hop[] | null {
  if (!found.has(...slugs)) return null;
  const hops = relations.map((relation, at) =>
    found.hop(relation, relation.from === slugs[at] ? 'FORWARD' : 'BACKWARD'),
  );
  return hops.every((hop) => hop !== null) ? hops : null;
}

/** The fields selected of the entities and hops in a result. */
interface Asked {
  readonly ofEntities: readonly FieldNode[];
  readonly ofSources: readonly FieldNode[];
  /** Whether properties or sources of hops are selected. */
  readonly isStated: boolean;
}

/** The positions are the same for each field, so its nodes determine the selection. */
async function askedOf(context: Context, info: GraphQLResolveInfo, { entities, hops }: Places): Promise<Asked> {
  const fields = { nodes: info.fieldNodes, withArguments: false };
  return context.plans.once(info, fields, await context.statistics(), 'found', () => {
    const below = (name: string) => (hops ? selectedAt(info, [...hops, name]) : []);
    const ofSources = below('sources');
    return {
      ofEntities: [...entities.flatMap((path) => selectedAt(info, path)), ...below('from'), ...below('to')],
      ofSources,
      isStated: [...ofSources, ...below('properties'), ...below('ownSources')].length > 0,
    };
  });
}

/** The fields selected of the entities in a result, given their approximate number; `null` if none are selected. */
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
 * Reads the selected fields of the entities and relations that were found: at most one statement for the properties of
 * relations, and one for all entities and sources.
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
    isStated ? (await readsOf(context)).stated(await relations, { sources: ofSources.length > 0 }) : [];
  const bySlug = new Map<string, Entity | null>(known.map((entity) => [entity.slug, entity]));
  const unknown = [...new Set(slugs)].filter((slug) => !bySlug.has(slug));
  const read = async (kind: Kind | 'Entity', wanted: readonly string[], nodes: readonly FieldNode[]) =>
    wanted.length === 0 || nodes.length === 0 ? [] : readEntities(context, info, kind, wanted, nodes);
  const reading = readStated();
  // Entities and sources are read together, so that both are one statement.
  if (ofSources.length > 0) await reading;
  const [entities, [stated, sources]] = await Promise.all([
    read('Entity', unknown, ofEntities),
    reading.then(async (found) => {
      const cited = new Set(found.flatMap((relation) => relation.sources));
      const { provenance } = context.ontology;
      return [found, provenance ? await read(provenance.kind, [...cited], ofSources) : []] as const;
    }),
  ]);
  for (const entity of entities) if (entity) bySlug.set(entity.slug, entity);
  const sourceBySlug = new Map(sources.map((source) => [source?.slug, source]));
  const byKey = new Map(stated.map((relation) => [relationKey(relation), relation]));
  const isBare = ofEntities.length === 0;
  const find = (slug: string) => bySlug.get(slug) ?? null;
  const has = (...wanted: readonly string[]) => isBare || wanted.every((slug) => find(slug) !== null);
  return {
    entity: find,
    has,
    hop(stored, direction) {
      const [from, to, what] = [find(stored.from), find(stored.to), byKey.get(relationKey(stored))];
      // Deleted between two statements, so no longer part of the result.
      if (!has(stored.from, stored.to) || (isStated && !what)) return null;
      const shown = what?.sources.map((slug) => sourceBySlug.get(slug)).filter((source) => !!source) ?? [];
      return { stored, direction, from, to, stated: what, sources: shown } as Hop;
    },
  };
}
