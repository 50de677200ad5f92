import neo4j, { type Integer } from 'neo4j-driver';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { Run } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import { ChangedUnderLock } from './changed-under-lock.ts';
import {
  entityDifference,
  isSeeded,
  relationDifference,
  type StoredForm,
  storedEntity,
  storedRelation,
} from './stored-form.ts';
import type { NetChanges, WorkingEntity, WorkingRelation } from './working-graph.ts';

/** A statement for many rows, which returns how many of them it has written. */
type Write<Item> = Statement<{ readonly rows: readonly Item[] }, readonly [count: number]>;

interface ElementRow {
  readonly element: string | undefined;
}

const removeRelations: Write<ElementRow> = {
  name: 'change-remove-relations',
  text: 'UNWIND $rows AS row MATCH ()-[relation]->() WHERE elementId(relation) = row.element DELETE relation RETURN count(*)',
};

const removeEntities: Write<{ readonly slug: string }> = {
  name: 'change-remove-entities',
  text: 'UNWIND $rows AS row MATCH (entity:Entity {id: row.slug}) DELETE entity RETURN count(*)',
};

// One statement for all kinds and one for all types: each takes Neo4j a while to plan.
const createEntities: Write<{ readonly kind: Kind; readonly properties: StoredForm; readonly revision: Integer }> = {
  name: 'change-create-entities',
  text: `UNWIND $rows AS row
CREATE (entity:Entity:$(row.kind)) SET entity = row.properties, entity.\`_revision\` = row.revision,
  entity.\`_createdAt\` = datetime.transaction(), entity.\`_updatedAt\` = datetime.transaction()
RETURN count(*)`,
};

const updateEntities: Write<{ readonly slug: string; readonly changes: StoredForm }> = {
  name: 'change-update-entities',
  text: `UNWIND $rows AS row
MATCH (entity:Entity {id: row.slug}) SET entity += row.changes,
  entity.\`_revision\` = coalesce(entity.\`_revision\`, 1) + 1, entity.\`_updatedAt\` = datetime.transaction()
RETURN count(*)`,
};

interface CreatedRelationRow {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
  readonly properties: StoredForm;
}

// DISTINCT separates the two look-ups, which would otherwise be planned as a product.
const createRelations: Write<CreatedRelationRow> = {
  name: 'change-create-relations',
  text: `UNWIND $rows AS row
MATCH (from:Entity {id: row.from}) WITH DISTINCT row, from
MATCH (to:Entity {id: row.to})
CREATE (from)-[relation:$(row.type)]->(to) SET relation = row.properties
RETURN count(*)`,
};

const updateRelations: Write<ElementRow & { readonly changes: StoredForm }> = {
  name: 'change-update-relations',
  text: `UNWIND $rows AS row
MATCH ()-[relation]->() WHERE elementId(relation) = row.element SET relation += row.changes
RETURN count(*)`,
};

/** Writes changes, in statements that go out together. @throws ChangedUnderLock */
export async function writeChanges(ontology: Ontology, run: Run, net: NetChanges): Promise<void> {
  const form = ({ kind, slug, state }: WorkingEntity) => storedEntity(ontology, kind, { ...state, id: slug });
  const relationForm = ({ type, state }: WorkingRelation) => storedRelation(ontology, type, state ?? {});
  const element = ({ held }: WorkingRelation) => held?.element;
  const entityChanges = (entity: WorkingEntity) => {
    const held = entity.held?.stored ?? {};
    return takenOver(held, entityDifference(ontology, entity.kind, held, form(entity)));
  };
  const relationChanges = (relation: WorkingRelation) => {
    const held = relation.held?.stored ?? {};
    return takenOver(held, relationDifference(ontology, relation.type, held, relationForm(relation)));
  };
  await Promise.all([
    writeAll(run, removeRelations, net.removedRelations, (relation) => ({ element: element(relation) })),
    writeAll(run, removeEntities, net.removedEntities, ({ slug }) => ({ slug })),
    writeAll(run, createEntities, net.createdEntities, (entity) => ({
      kind: entity.kind,
      properties: form(entity),
      revision: neo4j.int(entity.revision),
    })),
    writeAll(run, updateEntities, net.changedEntities, (entity) => ({
      slug: entity.slug,
      changes: entityChanges(entity),
    })),
    writeAll(run, updateEntities, net.touchedEntities, ({ slug }) => ({ slug, changes: {} })),
    writeAll(run, createRelations, net.createdRelations, (relation) => ({
      type: relation.type,
      from: relation.from.slug,
      to: relation.to.slug,
      properties: relationForm(relation),
    })),
    writeAll(run, updateRelations, net.changedRelations, (relation) => ({
      element: element(relation),
      changes: relationChanges(relation),
    })),
  ]);
}

/** What was changed by hand is the seeds' no longer, so that pruning them leaves it. */
const takenOver = (held: StoredForm, changes: StoredForm): StoredForm => ({
  ...changes,
  ...(isSeeded(held) ? { _seeded: null } : {}),
});

async function writeAll<Item, Written>(
  run: Run,
  statement: Write<Written>,
  items: readonly Item[],
  rowOf: (item: Item) => NoInfer<Written>,
) {
  if (items.length === 0) return;
  const [[count] = [0]] = await run(statement, { rows: items.map(rowOf) });
  if (count !== items.length) throw new ChangedUnderLock(`${statement.name} found ${count} of ${items.length}.`);
}
