import neo4j, { type DateTime } from 'neo4j-driver';
import { lockEntities, lockTypes, readLastRevisions } from '../../../engine/changes/apply/read-affected.ts';
import {
  entityDifference,
  entityState,
  isSeeded,
  plainForm,
  relationDifference,
  relationState,
  revisionOf,
  type StoredForm,
} from '../../../engine/changes/apply/stored-form.ts';
import { fieldOf } from '../../../engine/changes/check/check-properties.ts';
import { milestonePropertiesOf } from '../../../engine/changes/check/milestone-properties.ts';
import { isToOne, ownersOf } from '../../../engine/changes/check/relation-rules.ts';
import type { NewChange } from '../../../engine/changes/log/change-log.ts';
import type { Run } from '../../../engine/graph/graph.ts';
import type { Statement } from '../../../engine/graph/statement.ts';
import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import { idsIn, type KnownEntities } from './known-entities.ts';
import type { Ends, EntityRow, RelationRow } from './record-rows.ts';
import {
  type CreatedRow,
  type CreateEntities,
  countEntities,
  createEntities,
  createRelations,
  findCircle,
  raise,
  readEntities,
  readRelations,
  removeRelations,
  updateEntities,
  updateRelations,
} from './record-statements.ts';
import { addTally, type Tallies, type Tally } from './summary.ts';

export interface WriteOptions {
  readonly ontology: Ontology;
  readonly known: KnownEntities;
  /** The records are those of the seeds. */
  readonly seeded: boolean;
  /** When the import was begun: all that it changes bears this instant, and is changed once, however often it is stopped. */
  readonly at: DateTime<number>;
  /** Others can change and link these entities while the import runs: it is not one transaction into an empty graph. */
  readonly shared: boolean;
  /** The starts of the links written so far that must form no cycle, for `refuseCircles` at the end. */
  readonly linked: Map<RelationType, Set<string>>;
  /** Whether each change is listed in the log: the graph was not empty before. */
  readonly listed: boolean;
}

/** What was written. */
export interface Written {
  readonly tallies: Tallies;
  /** For the log; empty if changes are not listed. */
  readonly changes: readonly NewChange[];
}

/** The graph or the data is no longer as it was when the data was checked. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/** Number of rows per statement. */
const ROWS = 4_000;

/**
 * Runs a statement that returns for how many of the rows it found the referenced records: it must be all of them. Many
 * rows are several statements, of which the next is sent while Neo4j executes one.
 * @throws ChangedMeanwhile
 */
export async function writeAll<Given extends { readonly rows: readonly object[] }>(
  run: Run,
  statement: Statement<Given, readonly [count: number]>,
  given: NoInfer<Given>,
): Promise<void> {
  const { rows } = given;
  const parts = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part) =>
    rows.slice(part * ROWS, (part + 1) * ROWS),
  );
  const answers = await Promise.all(parts.map((part) => run(statement, { ...given, rows: part })));
  const count = answers.reduce((sum, [row]) => sum + (row?.[0] ?? 0), 0);
  if (count === rows.length) return;
  throw new ChangedMeanwhile(
    `The graph has changed in the meantime (${statement.name} found ${count} of ${rows.length}). Run the same command again.`,
  );
}

/**
 * Creates missing entities and updates those that differ; others stay untouched.
 * @throws ChangedMeanwhile
 */
export async function writeEntities(run: Run, rows: readonly EntityRow[], options: WriteOptions): Promise<Written> {
  const { ontology, known, at, shared } = options;
  const held = await readForms(
    run,
    rows.map(({ id }) => id).filter((id) => known.find(id)?.inGraph),
  );
  if (shared) {
    const differing = rows.filter((row) => differs(ontology, row, held.get(row.id))).map(({ id }) => id);
    await lockInGraph(run, [...differing, ...rows.flatMap((row) => statedBy(ontology, row))], known);
    // Others may have changed them until they were locked.
    for (const [id, form] of await readForms(run, differing)) held.set(id, form);
  }

  const tallies: Tallies = new Map();
  const slugs = rows.flatMap(({ id }) => (held.has(id) ? [] : [id]));
  const lastRevisions = new Map(slugs.length > 0 ? await run(readLastRevisions, { slugs }) : []);
  const created: CreatedRow[] = [];
  const changed: { readonly id: string; readonly changes: StoredForm }[] = [];
  const logged: NewChange[] = [];
  for (const row of rows) {
    const before = held.get(row.id);
    const changes = before ? entityDifference(ontology, row.name, before, row.properties) : {};
    const revision = revisionAfter(before, lastRevisions.get(row.id) ?? 0, at);
    if (!before) created.push({ ...row, revision: neo4j.int(revision) });
    else if (!isEmpty(changes)) changed.push({ id: row.id, changes });
    if (options.listed && (!before || !isEmpty(changes))) logged.push(entityChange(ontology, row, before, revision));
    addTally(tallies, row.name, outcome(before !== undefined, !isEmpty(changes)));
  }
  for (const [statement, same] of creating(created)) await writeAll(run, statement, { rows: same, at });
  await writeAll(run, updateEntities, { rows: changed });
  await raiseRevisions(run, new Set(changed.map(({ id }) => id)), at);
  return { tallies, changes: logged };
}

/**
 * Creates missing relations and updates those that differ, between existing entities. A to-one relation replaces that to
 * another target; seeds replace only their own.
 * @throws ChangedMeanwhile
 */
export async function writeRelations(run: Run, rows: readonly RelationRow[], options: WriteOptions): Promise<Written> {
  const { ontology } = options;
  if (options.shared) await lockNamed(ontology, run, rows, options.known);
  const held = await readAffected(ontology, run, rows, options.known);

  const tallies: Tallies = new Map();
  const created: RelationRow[] = [];
  const changed = new Map<RelationType, (Ends & { readonly changes: StoredForm })[]>();
  const replaced = new Map<RelationType, Ends[]>();
  const logged: NewChange[] = [];
  const log = (row: RelationRow, ends: Ends, before: StoredForm | undefined, after: StoredForm | undefined) => {
    if (options.listed) logged.push(relationChange(options, row.name, ends, before, after));
  };
  for (const [index, row] of rows.entries()) {
    const before = held.get(index);
    const changes = before ? relationDifference(ontology, row.name, before.properties, row.properties) : {};
    const replaces = before !== undefined && isToOne(ontology, row.name) && before.to !== row.to;
    if (replaces && options.seeded && !isSeeded(before.properties))
      throw new ChangedMeanwhile(
        `${row.from} has acquired another target of ${row.name} in the meantime. Run the same command again.`,
      );
    if (replaces) {
      getOrInsert(replaced, row.name, () => []).push({ from: row.from, to: before.to });
      log(row, before, before.properties, undefined);
    }
    if (!before || replaces) {
      created.push(row);
      log(row, row, undefined, row.properties);
    } else if (!isEmpty(changes)) {
      getOrInsert(changed, row.name, () => []).push({ from: before.from, to: before.to, changes });
      log(row, before, before.properties, row.properties);
    }
    addTally(tallies, row.name, outcome(before !== undefined, replaces || !isEmpty(changes)));
  }
  const links = options.shared ? created.filter(({ name }) => ontology.isAcyclic(name)) : [];
  for (const { name, from } of links) getOrInsert(options.linked, name, () => new Set()).add(from);
  const types = [...new Set(links.map(({ name }) => name))].sort();
  if (types.length > 0) await run(lockTypes, { types });
  for (const [type, ends] of replaced) await writeAll(run, removeRelations(ontology, type), { rows: ends });
  await writeAll(run, createRelations, { rows: created });
  for (const [type, changes] of changed) await writeAll(run, updateRelations(ontology, type), { rows: changes });
  const owners = new Set<string>();
  const note = (type: RelationType, { from, to }: Ends) => {
    for (const id of ownersOf(ontology, { type, from, to })) if (options.known.find(id)?.inGraph) owners.add(id);
  };
  for (const row of created) note(row.name, row);
  for (const [type, ends] of changed) for (const one of ends) note(type, one);
  await raiseRevisions(run, owners, options.at);
  return { tallies, changes: logged };
}

/** The revision of a written entity. An import changes an entity once, however often it is stopped. */
function revisionAfter(before: StoredForm | undefined, last: number, at: DateTime<number>): number {
  if (!before) return last + 1;
  return revisionOf(before) + (String(before._updatedAt) === String(at) ? 0 : 1);
}

/** The entry of the log for a written entity. */
function entityChange(
  ontology: Ontology,
  { name: kind, id, properties }: EntityRow,
  before: StoredForm | undefined,
  revision: number,
): NewChange {
  const state = (form: StoredForm) => entityState(ontology, kind, plainForm(form));
  return {
    subject: 'ENTITY',
    action: before ? 'UPDATED' : 'CREATED',
    entity: { kind, slug: id },
    before: before ? state(before) : null,
    after: state(properties),
    revision,
  };
}

/** The entry of the log for a written or removed relation. */
function relationChange(
  { ontology, known }: WriteOptions,
  type: RelationType,
  { from, to }: Ends,
  before: StoredForm | undefined,
  after: StoredForm | undefined,
): NewChange {
  const state = (form: StoredForm | undefined) => (form ? relationState(ontology, type, plainForm(form)) : null);
  const end = (slug: string, place: 'from' | 'to') => {
    const kind = known.find(slug)?.kind ?? ontology.kindsAt(type, place)[0];
    if (kind === undefined) throw new ChangedMeanwhile(`There is no entity ${slug}. Run the same command again.`);
    return { kind, slug };
  };
  return {
    subject: 'RELATION',
    action: before ? (after ? 'UPDATED' : 'DELETED') : 'CREATED',
    relation: type,
    from: end(from, 'from'),
    to: end(to, 'to'),
    before: state(before),
    after: state(after),
  };
}

/**
 * Prevents other writers, until the end of the transaction, from linking the start entities of these relations and from
 * deleting their sources. Locks are taken in the same order as by mutations.
 * @throws ChangedMeanwhile
 */
async function lockNamed(
  ontology: Ontology,
  run: Run,
  rows: readonly RelationRow[],
  known: KnownEntities,
): Promise<void> {
  const ids = new Set(rows.map(({ from }) => from));
  for (const { properties } of rows) for (const source of sourcesOf(ontology, properties)) ids.add(source);
  await lockInGraph(run, ids, known);
}

async function lockInGraph(run: Run, ids: Iterable<string>, known: KnownEntities): Promise<void> {
  const slugs = [...new Set(ids)].filter((id) => known.find(id)?.inGraph).sort();
  if (slugs.length === 0) return;
  // A record may have been deleted while this waited for its lock, so it must be checked again.
  const [, [[count] = [0]]] = await Promise.all([run(lockEntities, { slugs }), run(countEntities, { ids: slugs })]);
  const gone = slugs.length - count;
  if (gone === 0) return;
  throw new ChangedMeanwhile(
    `Of ${slugs.length} entities that the data refers to, ${gone} were deleted in the meantime. Run the same command again.`,
  );
}

/** The sources that a relation names. */
function sourcesOf({ provenance }: Ontology, relation: StoredForm): readonly string[] {
  const sources = provenance ? fieldOf(relation, provenance.property) : undefined;
  return Array.isArray(sources) ? sources.map(String) : [];
}

/** The sources that the milestones of an entity name. */
function statedBy(ontology: Ontology, { name: kind, properties }: EntityRow): readonly string[] {
  const definitions = ontology.propertiesOf(kind);
  return milestonePropertiesOf(ontology).names.flatMap((name) => {
    const milestones = definitions[name]?.type === 'milestones' ? fieldOf(properties, name) : undefined;
    return typeof milestones === 'string' ? idsIn(ontology, { [name]: JSON.parse(milestones) }) : [];
  });
}

/**
 * Makes sure that links which others made since the data was checked close no circle with those written. Call it when all
 * is written and removed: until then, a link may close one with another that is to be replaced. @throws ChangedMeanwhile
 */
export async function refuseCircles(
  ontology: Ontology,
  run: Run,
  linked: ReadonlyMap<RelationType, ReadonlySet<string>>,
): Promise<void> {
  for (const [type, ids] of linked) {
    const [row] = await run(findCircle(ontology, type), { ids: [...ids] });
    if (row)
      throw new ChangedMeanwhile(
        `${type} would form a cycle through ${row[0]}, because the graph has changed in the meantime. Run the same command again.`,
      );
  }
}

/** The stored entities, by id. */
async function readForms(run: Run, ids: readonly string[]): Promise<Map<string, StoredForm>> {
  const read = ids.length > 0 ? await run(readEntities, { ids }) : [];
  return new Map(read);
}

/** The stored relations of these rows, by index. */
async function readAffected(ontology: Ontology, run: Run, rows: readonly RelationRow[], known: KnownEntities) {
  const held = new Map<number, Ends & { readonly properties: StoredForm }>();
  // An entity that this import created has no relations but those of this import.
  const inGraph = (id: string) => known.find(id)?.inGraph === true;
  const asked = rows
    .map(({ name, from, to }, index) => ({ name, index, from, to }))
    .filter(({ name, from, to }) => inGraph(from) && (isToOne(ontology, name) || inGraph(to)));
  for (const type of new Set(asked.map(({ name }) => name))) {
    const ofType = asked.filter(({ name }) => name === type);
    for (const [index, from, to, properties] of await run(readRelations(ontology, type), { rows: ofType }))
      held.set(index, { from, to, properties });
  }
  return held;
}

/** Counts one more change to each of these entities, unless this import has changed it before. */
export async function raiseRevisions(run: Run, ids: ReadonlySet<string>, at: DateTime<number>): Promise<void> {
  if (ids.size > 0) await run(raise, { ids: [...ids], at });
}

const differs = (ontology: Ontology, { name, properties }: EntityRow, held: StoredForm | undefined): boolean =>
  held !== undefined && !isEmpty(entityDifference(ontology, name, held, properties));

const isEmpty = (form: StoredForm) => Object.keys(form).length === 0;

const outcome = (held: boolean, changed: boolean): Partial<Tally> =>
  held ? (changed ? { updated: 1 } : { unchanged: 1 }) : { created: 1 };

function creating(rows: readonly CreatedRow[]): readonly (readonly [CreateEntities, readonly CreatedRow[]])[] {
  const kinds = [...new Set(rows.map(({ name }) => name))];
  const many = kinds.filter((kind) => rows.filter(({ name }) => name === kind).length >= ROWS);
  const rest = rows.filter(({ name }) => !many.includes(name));
  return [
    [createEntities(), rest],
    ...many.map((kind) => [createEntities(kind), rows.filter(({ name }) => name === kind)] as const),
  ];
}
