import type { Run, Statement } from '../graph/graph.ts';
import { isKind, type Kind } from '../ontology/kinds.ts';
import { isRelationType, type RelationType } from '../ontology/relations.ts';
import type { CheckedData } from './check-data.ts';
import { removeRelations, writeAll } from './write-records.ts';

interface GoneRelation {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
}

/** What the seeds put into the graph and no longer hold. */
export interface Gone {
  readonly entities: readonly { readonly kind: Kind; readonly id: string }[];
  readonly relations: readonly GoneRelation[];
}

export const nothingGone: Gone = { entities: [], relations: [] };

/** Names of what is gone, for people: `Lab some-lab`, `BASED_IN some-institute → cn`. */
export const namesOf = ({ entities, relations }: Gone): readonly string[] => [
  ...entities.map(({ kind, id }) => `${kind} ${id}`),
  ...relations.map(nameOf),
];

const nameOf = ({ type, from, to }: GoneRelation) => `${type} ${from} → ${to}`;

const seededEntities: Statement = {
  name: 'seed-entities',
  text: 'MATCH (entity:Entity) WHERE entity.`_seeded` RETURN labels(entity), entity.id',
};

const seededRelations: Statement = {
  name: 'seed-relations',
  text: 'MATCH (from:Entity)-[relation]->(to) WHERE relation.`_seeded` RETURN type(relation), from.id, to.id',
};

const relationsOfEntities: Statement = {
  name: 'seed-relations-of-entities',
  text: `MATCH (entity:Entity)-[relation]-() WHERE entity.id IN $ids
RETURN DISTINCT type(relation), startNode(relation).id, endNode(relation).id`,
};

const removeEntities: Statement = {
  name: 'seed-remove-entities',
  text: 'UNWIND $rows AS row MATCH (entity:Entity {id: row.id}) DELETE entity RETURN count(*)',
};

/** What the seeds put into the graph and is not in the data. */
export async function findGone(run: Run, { known, hasRelation }: CheckedData): Promise<Gone> {
  const entities = (await run(seededEntities)).flatMap(([labels, id]) => {
    const kind = Array.isArray(labels) ? labels.find(isKind) : undefined;
    return kind && !known.find(String(id)) ? [{ kind, id: String(id) }] : [];
  });
  const relations = await readRelations(run, seededRelations);
  return { entities, relations: relations.filter(({ type, from, to }) => !hasRelation(type, from, to)) };
}

/** Removes it, and every other relation of those entities. Returns all that was removed. @throws ChangedMeanwhile */
export async function removeGone(run: Run, { entities, relations }: Gone): Promise<Gone> {
  const attached = await readRelations(run, relationsOfEntities, { ids: entities.map(({ id }) => id) });
  const all = new Map([...relations, ...attached].map((relation) => [nameOf(relation), relation]));
  const removed = { entities, relations: [...all.values()] };
  for (const type of new Set(removed.relations.map(({ type }) => type))) {
    await writeAll(
      run,
      removeRelations(type),
      removed.relations.filter((relation) => relation.type === type),
    );
  }
  await writeAll(run, removeEntities, entities);
  return removed;
}

async function readRelations(run: Run, statement: Statement, parameters = {}): Promise<readonly GoneRelation[]> {
  return (await run(statement, parameters)).flatMap(([type, from, to]) =>
    typeof type === 'string' && isRelationType(type) ? [{ type, from: String(from), to: String(to) }] : [],
  );
}
