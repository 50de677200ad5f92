import type { Run, Statement } from '../graph/graph.ts';
import type { Kind } from '../ontology/kinds.ts';
import { type RelationType, relations } from '../ontology/relations.ts';
import type { RelationDefinition } from '../ontology/vocabulary.ts';
import { type Fields, fieldOf } from './check-properties.ts';
import { endLabel } from './end-label.ts';
import type { KnownEntities } from './known-entities.ts';
import { difference, isSeeded, type StoredForm, storedEntity, storedRelation } from './stored-form.ts';
import { addTally, type Tallies, type Tally } from './summary.ts';

/** A checked record, under the name of its kind or of its type of relation. */
export interface NamedRecord<Name extends Kind | RelationType = Kind | RelationType> {
  readonly name: Name;
  readonly record: Fields;
}

export interface WriteOptions {
  readonly known: KnownEntities;
  /** The records are those of the seeds. */
  readonly seeded: boolean;
}

/** The graph or the data is no longer as it was when the data was checked. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/**
 * Runs a statement that answers for how many of the rows it found what they name: it has to be all of them.
 * @throws ChangedMeanwhile
 */
export async function writeAll(run: Run, statement: Statement, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const [[count] = []] = await run(statement, { rows });
  if (Number(count) === rows.length) return;
  throw new ChangedMeanwhile(`${statement.name} found ${count} of ${rows.length}: the graph was changed meanwhile.`);
}

/**
 * Creates the entities that the graph lacks and changes those that differ; what is as it should be stays untouched.
 * @throws ChangedMeanwhile
 */
export async function writeEntities(run: Run, records: readonly NamedRecord<Kind>[], options: WriteOptions) {
  const { known, seeded } = options;
  const rows = records.map(({ name, record }) => {
    const properties = storedEntity(name, record, seeded);
    return { name, id: String(properties.id), properties };
  });
  const ids = rows.map(({ id }) => id).filter((id) => known.find(id)?.inGraph);
  const read = ids.length > 0 ? await run(readEntities, { ids }) : [];
  const held = new Map(read.map(([id, properties]) => [id, Object(properties) as StoredForm]));

  const tallies: Tallies = new Map();
  const created: object[] = [];
  const changed: object[] = [];
  for (const row of rows) {
    const before = held.get(row.id);
    const changes = before ? difference(before, row.properties) : {};
    if (!before) created.push(row);
    else if (!isEmpty(changes)) changed.push({ id: row.id, changes });
    addTally(tallies, row.name, outcome(before !== undefined, !isEmpty(changes)));
  }
  await writeAll(run, createEntities, created);
  await writeAll(run, updateEntities, changed);
  return tallies;
}

interface Ends {
  readonly from: string;
  readonly to: string;
}

interface RelationRow extends Ends {
  readonly index: number;
  readonly name: RelationType;
  readonly properties: StoredForm;
}

/**
 * Creates the relations that the graph lacks and changes those that differ, between entities that are there. What the
 * seeds say of a relation to one target replaces what they said before.
 * @throws ChangedMeanwhile
 */
export async function writeRelations(run: Run, records: readonly NamedRecord<RelationType>[], options: WriteOptions) {
  const rows = records.map(({ name, record }, index) => ({
    index,
    name,
    from: String(fieldOf(record, 'from')),
    to: String(fieldOf(record, 'to')),
    properties: storedRelation(name, record, options.seeded),
  }));
  const held = await readHeld(run, rows, options.known);

  const tallies: Tallies = new Map();
  const created: RelationRow[] = [];
  const changed = new Map<RelationType, object[]>();
  const replaced = new Map<RelationType, Ends[]>();
  const addTo = <Item>(map: Map<RelationType, Item[]>, name: RelationType, item: Item) =>
    map.get(name)?.push(item) ?? map.set(name, [item]);
  for (const row of rows) {
    const before = held.get(row.index);
    const changes = before ? difference(before.properties, row.properties) : {};
    const replaces = before !== undefined && isToOne(row.name) && before.to !== row.to;
    if (replaces && !(options.seeded && isSeeded(before.properties)))
      throw new ChangedMeanwhile(`${row.from} has got another target of ${row.name} meanwhile.`);
    if (replaces) addTo(replaced, row.name, { from: row.from, to: before.to });
    if (!before || replaces) created.push(row);
    else if (!isEmpty(changes)) addTo(changed, row.name, { from: before.from, to: before.to, changes });
    addTally(tallies, row.name, outcome(before !== undefined, replaces || !isEmpty(changes)));
  }
  for (const [type, ends] of replaced) await writeAll(run, removeRelations(type), ends);
  await writeAll(run, createRelations, created);
  for (const [type, changes] of changed) await writeAll(run, updateRelations(type), changes);
  return tallies;
}

/** What the graph holds for these rows, by their index. */
async function readHeld(run: Run, rows: readonly RelationRow[], known: KnownEntities) {
  const held = new Map<number, Ends & { readonly properties: StoredForm }>();
  // An entity that this import created has no relations but those of this import.
  const inGraph = (id: string) => known.find(id)?.inGraph === true;
  const asked = rows.filter(({ name, from, to }) => inGraph(from) && (isToOne(name) || inGraph(to)));
  for (const type of new Set(asked.map(({ name }) => name))) {
    const ofType = asked.filter(({ name }) => name === type).map(({ index, from, to }) => ({ index, from, to }));
    for (const [index, from, to, properties] of await run(readRelations(type), { rows: ofType }))
      held.set(Number(index), { from: String(from), to: String(to), properties: Object(properties) });
  }
  return held;
}

const isEmpty = (form: StoredForm) => Object.keys(form).length === 0;

const outcome = (held: boolean, changed: boolean): Partial<Tally> =>
  held ? (changed ? { updated: 1 } : { unchanged: 1 }) : { created: 1 };

function isToOne(type: RelationType): boolean {
  const { toOne }: RelationDefinition = relations[type];
  return toOne === true;
}

const readEntities: Statement = {
  name: 'import-read-entities',
  text: 'MATCH (entity:Entity) WHERE entity.id IN $ids RETURN entity.id, properties(entity)',
};

// One statement for all kinds, and one for all types, of which only the ontology's come here: to plan one for each
// takes a Neo4j that has just started several seconds.
const createEntities: Statement = {
  name: 'import-create-entities',
  text: 'UNWIND $rows AS row CREATE (entity:Entity:$(row.name)) SET entity = row.properties RETURN count(entity)',
};

const createRelations: Statement = {
  name: 'import-create-relations',
  text: `UNWIND $rows AS row
MATCH (from:Entity {id: row.from})
MATCH (to:Entity {id: row.to})
CREATE (from)-[relation:$(row.name)]->(to) SET relation = row.properties RETURN count(relation)`,
};

const updateEntities: Statement = {
  name: 'import-update-entities',
  text: 'UNWIND $rows AS row MATCH (entity:Entity {id: row.id}) SET entity += row.changes RETURN count(entity)',
};

const from = (type: RelationType) => `UNWIND $rows AS row MATCH (from:${endLabel(type, 'from')} {id: row.from})`;
const to = (type: RelationType) => `MATCH (to:${endLabel(type, 'to')} {id: row.to})`;

function readRelations(type: RelationType): Statement {
  const { symmetric }: RelationDefinition = relations[type];
  const relation = isToOne(type)
    ? `-[relation:${type}]->()`
    : ` ${to(type)} MATCH (from)-[relation:${type}]-${symmetric ? '' : '>'}(to)`;
  return {
    name: `import-read-${type}`,
    text: `${from(type)}${relation}
RETURN row.index, startNode(relation).id, endNode(relation).id, properties(relation)`,
  };
}

const updateRelations = (type: RelationType): Statement => ({
  name: `import-update-${type}`,
  text: `${from(type)} ${to(type)}
MATCH (from)-[relation:${type}]->(to) SET relation += row.changes RETURN count(relation)`,
});

/** Removes relations of one type, given their ends. */
export const removeRelations = (type: RelationType): Statement => ({
  name: `import-remove-${type}`,
  text: `${from(type)} ${to(type)} MATCH (from)-[relation:${type}]->(to) DELETE relation RETURN count(*)`,
});
