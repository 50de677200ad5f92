import type { DateTime } from 'neo4j-driver';
import { lockEntities } from '../../../engine/changes/apply/read-affected.ts';
import {
  entityState,
  plainForm,
  relationState,
  revisionOf,
  type StoredForm,
} from '../../../engine/changes/apply/stored-form.ts';
import { milestonePropertiesOf, statesFrom } from '../../../engine/changes/check/milestone-properties.ts';
import { ownersOf } from '../../../engine/changes/check/relation-rules.ts';
import type { NewChange } from '../../../engine/changes/log/change-log.ts';
import type { Run } from '../../../engine/graph/graph.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { CheckedData } from './check-data.ts';
import { removeRelations } from './record-statements.ts';
import { raiseRevisions, writeAll } from './write-records.ts';

interface GoneRelation {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
}

/** What the seeds put into the graph and no longer hold. */
export interface PrunedRecords {
  readonly entities: readonly { readonly kind: Kind; readonly id: string }[];
  readonly relations: readonly GoneRelation[];
}

export const nothingPruned: PrunedRecords = { entities: [], relations: [] };

/** Names of removed records, for people: `Lab some-lab`, `BASED_IN some-institute → cn`. */
export const namesOf = ({ entities, relations }: PrunedRecords): readonly string[] => [
  ...entities.map(nameOfEntity),
  ...relations.map(nameOf),
];

/** Entities no longer in the seeds that were not removed. */
export const keptOf = ({ entities }: PrunedRecords, removed: PrunedRecords): PrunedRecords => ({
  entities: entities.filter((entity) => !removed.entities.includes(entity)),
  relations: [],
});

const nameOfEntity = ({ kind, id }: PrunedRecords['entities'][number]) => `${kind} ${id}`;

const nameOf = ({ type, from, to }: GoneRelation) => `${type} ${from} → ${to}`;

type RelationColumns = readonly [type: string, from: string, to: string];

interface Ids {
  readonly ids: readonly string[];
}

const seededEntities: Statement<NoParameters, readonly [labels: readonly string[], id: string]> = {
  name: 'seed-entities',
  text: 'MATCH (entity:Entity) WHERE entity.`_seeded` RETURN labels(entity), entity.id',
};

const seededRelations: Statement<NoParameters, RelationColumns> = {
  name: 'seed-relations',
  text: 'MATCH (from:Entity)-[relation]->(to) WHERE relation.`_seeded` RETURN type(relation), from.id, to.id',
};

const relationsOfEntities: Statement<Ids, RelationColumns> = {
  name: 'seed-relations-of-entities',
  text: `MATCH (entity:Entity)-[relation]-() WHERE entity.id IN $ids
RETURN DISTINCT type(relation), startNode(relation).id, endNode(relation).id`,
};

const formsOfEntities: Statement<Ids, readonly [id: string, form: StoredForm]> = {
  name: 'seed-forms-of-entities',
  text: 'UNWIND $ids AS id MATCH (entity:Entity {id: id}) RETURN entity.id, properties(entity)',
};

type RelationFormColumns = readonly [
  type: string,
  from: string,
  fromLabels: readonly string[],
  to: string,
  toLabels: readonly string[],
  form: StoredForm,
];

const formsOfRelations: Statement<{ readonly relations: readonly RelationColumns[] }, RelationFormColumns> = {
  name: 'seed-forms-of-relations',
  text: `UNWIND $relations AS asked
MATCH (from:Entity {id: asked[1]}) WITH DISTINCT asked, from
MATCH (from)-[relation]->(to:Entity {id: asked[2]}) WHERE type(relation) = asked[0]
RETURN asked[0], from.id, labels(from), to.id, labels(to), properties(relation)`,
};

type RestingColumns = readonly [type: string, from: string, to: string, source: string];

const restingRelations = memoize(
  ({ provenance }: Ontology): Statement<Ids, RestingColumns> => ({
    name: 'seed-resting-relations',
    text: `MATCH (from:Entity)-[relation]->(to)
UNWIND [source IN relation.${provenance?.property} WHERE source IN $ids] AS source
RETURN type(relation), from.id, to.id, source`,
  }),
);

const restingMilestones = memoize(
  (ontology: Ontology): Statement<Ids, readonly [entity: string, source: string]> => ({
    name: 'seed-resting-milestones',
    text: `UNWIND $ids AS source
MATCH (entity:Entity) WHERE ${statesFrom(ontology, 'entity', 'source')}
RETURN entity.id, source`,
  }),
);

const removeEntities: Statement<{ readonly rows: readonly { readonly id: string }[] }, readonly [count: number]> = {
  name: 'seed-remove-entities',
  text: 'UNWIND $rows AS row MATCH (entity:Entity {id: row.id}) DELETE entity RETURN count(*)',
};

/** What the seeds put into the graph and is not in the data. */
export async function findPruned(
  ontology: Ontology,
  run: Run,
  { known, hasRelation }: CheckedData,
): Promise<PrunedRecords> {
  const entities = (await run(seededEntities, {})).flatMap(([labels, id]) => {
    const kind = ontology.kindOf(labels);
    return kind && !known.find(id) ? [{ kind, id }] : [];
  });
  const relations = relationsIn(ontology, await run(seededRelations, {}));
  return { entities, relations: relations.filter(({ type, from, to }) => !hasRelation(type, from, to)) };
}

/**
 * The same, locked until the end of the transaction, so that nothing else can take over a record or start to rest on
 * it.
 */
export async function lockPruned(ontology: Ontology, run: Run, data: CheckedData): Promise<PrunedRecords> {
  const { entities, relations } = await findPruned(ontology, run, data);
  const slugs = new Set([...entities.map(({ id }) => id), ...relations.map(({ from }) => from)]);
  if (slugs.size === 0) return nothingPruned;
  await run(lockEntities, { slugs: [...slugs].sort() });
  // Records changed while this waited for locks no longer belong to the seeds.
  const still = await findPruned(ontology, run, data);
  const names = new Set(namesOf(still));
  return {
    entities: entities.filter((entity) => names.has(nameOfEntity(entity))),
    relations: relations.filter((relation) => names.has(nameOf(relation))),
  };
}

/** The entries of the log for records that are still there, and are removed next. */
export async function removalsOf(
  ontology: Ontology,
  run: Run,
  { entities, relations }: PrunedRecords,
): Promise<readonly NewChange[]> {
  const asked = relations.map(({ type, from, to }) => [type, from, to] as const);
  const forms = new Map(await run(formsOfEntities, { ids: entities.map(({ id }) => id) }));
  const ends = asked.length > 0 ? await run(formsOfRelations, { relations: asked }) : [];
  return [
    ...ends.flatMap(([type, from, fromLabels, to, toLabels, form]): readonly NewChange[] => {
      const [fromKind, toKind] = [ontology.kindOf(fromLabels), ontology.kindOf(toLabels)];
      if (fromKind === undefined || toKind === undefined) return [];
      return [
        {
          subject: 'RELATION',
          action: 'DELETED',
          relation: type,
          from: { kind: fromKind, slug: from },
          to: { kind: toKind, slug: to },
          before: relationState(ontology, type, plainForm(form)),
          after: null,
        },
      ];
    }),
    ...entities.flatMap(({ kind, id }): readonly NewChange[] => {
      const form = forms.get(id);
      if (!form) return [];
      return [
        {
          subject: 'ENTITY',
          action: 'DELETED',
          entity: { kind, slug: id },
          before: entityState(ontology, kind, plainForm(form)),
          after: null,
          revision: revisionOf(form) + 1,
        },
      ];
    }),
  ];
}

/**
 * Removes the locked records that are no longer in the seeds, and every other relation of those entities, except
 * sources that a remaining record rests on. Returns everything removed.
 * @throws ChangedMeanwhile
 */
export async function removePruned(
  ontology: Ontology,
  run: Run,
  gone: PrunedRecords,
  at: DateTime<number>,
): Promise<PrunedRecords & { readonly changes: readonly NewChange[] }> {
  const ids = gone.entities.map(({ id }) => id);
  const attached = relationsIn(ontology, await run(relationsOfEntities, { ids }));
  const removed = removable(gone, attached, await readRests(ontology, run, gone));
  const changes = await removalsOf(ontology, run, removed);
  for (const type of new Set(removed.relations.map(({ type }) => type))) {
    const rows = removed.relations.filter((relation) => relation.type === type);
    await writeAll(run, removeRelations(ontology, type), { rows });
  }
  await writeAll(run, removeEntities, { rows: removed.entities });
  const owners = removed.relations.flatMap((relation) => ownersOf(ontology, relation));
  await raiseRevisions(run, new Set(owners), at);
  return { ...removed, changes };
}

/** That an entity, by its milestones, or a relation rests on a source. */
interface Rest {
  /** The id of the entity, or the name of the relation. */
  readonly by: string;
  readonly source: string;
}

async function readRests(ontology: Ontology, run: Run, { entities }: PrunedRecords): Promise<readonly Rest[]> {
  const ids = entities.filter(({ kind }) => kind === ontology.provenance?.kind).map(({ id }) => id);
  if (ids.length === 0) return [];
  const relations = await run(restingRelations(ontology), { ids });
  const hasMilestones = milestonePropertiesOf(ontology).kinds.length > 0;
  const milestones = hasMilestones ? await run(restingMilestones(ontology), { ids }) : [];
  return [
    ...relations.map(([type, from, to, source]) => ({ by: `${type} ${from} → ${to}`, source })),
    ...milestones.map(([by, source]) => ({ by, source })),
  ];
}

/** The records that can be removed: a remaining source keeps its relations, on which other sources may rest in turn. */
function removable(
  { entities, relations }: PrunedRecords,
  attached: readonly GoneRelation[],
  rests: readonly Rest[],
): PrunedRecords {
  const ids = new Set(entities.map(({ id }) => id));
  const all = new Map(
    [...relations, ...attached.filter(({ from, to }) => ids.has(from) || ids.has(to))].map((relation) => [
      nameOf(relation),
      relation,
    ]),
  );
  const held = new Set(rests.filter(({ by }) => !ids.has(by) && !all.has(by)).map(({ source }) => source));
  const rest = entities.filter(({ id }) => !held.has(id));
  return rest.length === entities.length
    ? { entities, relations: [...all.values()] }
    : removable({ entities: rest, relations }, attached, rests);
}

const relationsIn = ({ isRelationType }: Ontology, rows: readonly RelationColumns[]): readonly GoneRelation[] =>
  rows.flatMap(([type, from, to]) => (isRelationType(type) ? [{ type, from, to }] : []));
