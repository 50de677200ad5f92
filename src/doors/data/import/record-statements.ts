import type { DateTime, Integer } from 'neo4j-driver';
import { endLabel } from '../../../engine/changes/apply/end-label.ts';
import type { StoredForm } from '../../../engine/changes/apply/stored-form.ts';
import { isSymmetric, isToOne } from '../../../engine/changes/check/relation-rules.ts';
import type { Statement } from '../../../engine/graph/statement.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import type { Ends, EntityRow, RelationRow } from './record-rows.ts';

interface Ids {
  readonly ids: readonly string[];
}

/** The parameters of a statement that returns for how many rows it found what they name. */
interface Rows<Item> {
  readonly rows: readonly Item[];
}

export type Count = readonly [count: number];

export const readEntities: Statement<Ids, readonly [id: string, properties: StoredForm]> = {
  name: 'import-read-entities',
  text: 'MATCH (entity:Entity) WHERE entity.id IN $ids RETURN entity.id, properties(entity)',
};

export const countEntities: Statement<Ids, Count> = {
  name: 'import-count-entities',
  text: 'MATCH (entity:Entity) WHERE entity.id IN $ids RETURN count(entity)',
};

/** An entity to create, with its first revision. */
export type CreatedRow = EntityRow & { readonly revision: Integer };

export type CreateEntities = Statement<Rows<CreatedRow> & { readonly at: DateTime<number> }, Count>;

// One statement for all kinds, and one for all types, limited to those of the ontology: planning one for each takes
// several seconds on a Neo4j that has just started. Many entities of one kind are written faster by a statement of
// their own.
export const createEntities = (label = '$(row.name)'): CreateEntities => ({
  name: 'import-create-entities',
  text: `UNWIND $rows AS row CREATE (entity:Entity:${label}) SET entity = row.properties,
  entity._revision = row.revision, entity._createdAt = $at, entity._updatedAt = $at
RETURN count(entity)`,
});

export const createRelations: Statement<Rows<RelationRow>, Count> = {
  name: 'import-create-relations',
  text: `UNWIND $rows AS row
MATCH (from:Entity {id: row.from})
MATCH (to:Entity {id: row.to})
CREATE (from)-[relation:$(row.name)]->(to) SET relation = row.properties RETURN count(relation)`,
};

export const updateEntities: Statement<Rows<{ readonly id: string; readonly changes: StoredForm }>, Count> = {
  name: 'import-update-entities',
  text: 'UNWIND $rows AS row MATCH (entity:Entity {id: row.id}) SET entity += row.changes RETURN count(entity)',
};

export const raise: Statement<Ids & { readonly at: DateTime<number> }> = {
  name: 'import-raise-revisions',
  text: `MATCH (entity:Entity) WHERE entity.id IN $ids AND coalesce(entity._updatedAt <> $at, true)
SET entity._revision = coalesce(entity._revision, 1) + 1, entity._updatedAt = $at`,
};

const from = (ontology: Ontology, type: RelationType) =>
  `UNWIND $rows AS row MATCH (from:${endLabel(ontology, type, 'from')} {id: row.from})`;
const to = (ontology: Ontology, type: RelationType) => `MATCH (to:${endLabel(ontology, type, 'to')} {id: row.to})`;

type HeldColumns = readonly [index: number, from: string, to: string, properties: StoredForm];

export function readRelations(
  ontology: Ontology,
  type: RelationType,
): Statement<Rows<Ends & { readonly index: number }>, HeldColumns> {
  const relation = isToOne(ontology, type)
    ? `-[relation:${type}]->()`
    : ` ${to(ontology, type)} MATCH (from)-[relation:${type}]-${isSymmetric(ontology, type) ? '' : '>'}(to)`;
  return {
    name: `import-read-${type}`,
    text: `${from(ontology, type)}${relation}
RETURN row.index, startNode(relation).id, endNode(relation).id, properties(relation)`,
  };
}

// DISTINCT prevents Neo4j from following each of several paths to the same entity.
export const findCircle = (ontology: Ontology, type: RelationType): Statement<Ids, readonly [id: string]> => ({
  name: `import-find-circle-${type}`,
  text: `MATCH (start:${endLabel(ontology, type, 'from')}) WHERE start.id IN $ids
MATCH (start)-[:${type}]->(next) MATCH (next)-[:${type}*0..]->(reached)
WITH DISTINCT start, reached WHERE reached = start
RETURN start.id LIMIT 1`,
});

export const updateRelations = (
  ontology: Ontology,
  type: RelationType,
): Statement<Rows<Ends & { readonly changes: StoredForm }>, Count> => ({
  name: `import-update-${type}`,
  text: `${from(ontology, type)} ${to(ontology, type)}
MATCH (from)-[relation:${type}]->(to) SET relation += row.changes RETURN count(relation)`,
});

/** Removes relations of one type, given their ends. */
export const removeRelations = (ontology: Ontology, type: RelationType): Statement<Rows<Ends>, Count> => ({
  name: `import-remove-${type}`,
  text: `${from(ontology, type)} ${to(ontology, type)} MATCH (from)-[relation:${type}]->(to) DELETE relation RETURN count(*)`,
});
