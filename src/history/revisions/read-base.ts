import { plainValue, type StoredForm } from '../../engine/changes/apply/stored-form.ts';
import { readStoredEntities, readStoredRelations } from '../../engine/changes/apply/stored-records.ts';
import { ownersOf } from '../../engine/changes/check/relation-rules.ts';
import { changesBy } from '../../engine/changes/log/changes-by.ts';
import type { Graph, Run } from '../../engine/graph/graph.ts';
import { instantText } from '../../engine/graph/instant.ts';
import { createSemaphore } from '../../engine/graph/semaphore.ts';
import type { NoParameters, Statement } from '../../engine/graph/statement.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { keyOf, type SnapshotForm, WholeGraph } from '../memory/graph-snapshot.ts';

/** A state of the graph in memory, from which others follow by the log. */
export interface BaseState {
  readonly graph: WholeGraph;
  readonly revision: number;
  /** The transaction of its last change; empty before the first one. */
  readonly transaction: string;
}

/** The graph takes more memory than states of it may. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** An import is not complete, so the graph is in no state that the log knows. */
export class ImportInProgress extends Error {
  override readonly name = 'ImportInProgress';
}

/** Records read at once. Relations are small, and each page is sorted. */
const ENTITIES_PAGE = 4_000;
const RELATIONS_PAGE = 10_000;

/** Kinds and types that are read at the same time. */
const AT_ONCE = 3;

/** What Silkgraph keeps beside a record, and no read asks for. */
const ownProperties: ReadonlySet<string> = new Set(['_kind', '_seeded', '_lock']);

const instants: ReadonlySet<string> = new Set(['_createdAt', '_updatedAt']);

/** The form of a record as reads know it: with plain numbers, and instants as texts. */
export function snapshotForm(stored: StoredForm): SnapshotForm {
  // A loop, as this is done for every record of the graph.
  const form: Record<string, unknown> = {};
  for (const name in stored) {
    const value = stored[name];
    if (value === null || value === undefined || ownProperties.has(name)) continue;
    form[name] = instants.has(name) && typeof value !== 'string' ? instantText(value) : plainValue(value);
  }
  return form;
}

// As in `read-changes`: of the last transaction, parts may not be visible yet, whatever else of it is.
const standing: Statement<NoParameters, readonly [settled: number, last: number, isComplete: boolean]> = {
  name: 'state-standing',
  text: `OPTIONAL MATCH (log:\`_ChangeLog\` {name: 'changes'})
RETURN coalesce(log.settled, 0), coalesce(log.last, 0),
  NOT EXISTS { (:\`_Import\`) } AND NOT EXISTS { (marker:\`_Adoption\`) WHERE marker.finishedAt IS NULL }`,
};

// As in `change-log-append`: the holder of this node is alone with what is written.
const lockLog: Statement<NoParameters, readonly [last: number, transaction: string | null]> = {
  name: 'state-lock-log',
  text: `MATCH (log:\`_ChangeLog\` {name: 'changes'})
SET log.\`_lock\` = true REMOVE log.\`_lock\`
WITH log.last AS last
OPTIONAL MATCH (change:\`_Change\` {sequence: last})
RETURN last, change.transaction`,
};

type TouchedColumns = readonly [
  subject: string,
  entity: string | null,
  relation: string | null,
  from: string | null,
  to: string | null,
  /** Whether the change says all that it changed, or was made before. */
  isKnown: boolean,
];

const touchedAfter: Statement<{ readonly after: number; readonly last: number }, TouchedColumns> = {
  name: 'state-touched',
  text: `${changesBy('sequence')} WHERE change.sequence > toInteger($after)
RETURN DISTINCT change.subject, change.entity, change.relation, change.from, change.to,
  coalesce(change.listed, false) OR change.sequence <= toInteger($last)`,
};

const entitiesBySlug: Statement<
  { readonly slugs: readonly string[] },
  readonly [labels: readonly string[], form: StoredForm]
> = {
  name: 'state-entities-again',
  text: 'UNWIND $slugs AS slug MATCH (entity:Entity {id: slug}) RETURN labels(entity), properties(entity)',
};

const relationsByEnds: Statement<
  { readonly relations: readonly (readonly [type: string, from: string, to: string])[] },
  readonly [type: string, from: string, to: string, form: StoredForm]
> = {
  name: 'state-relations-again',
  text: `UNWIND $relations AS asked
MATCH (from:Entity {id: asked[1]}) WITH DISTINCT asked, from
MATCH (from)-[relation]->(to:Entity {id: asked[2]}) WHERE type(relation) = asked[0]
RETURN asked[0], asked[1], asked[2], properties(relation)`,
};

async function readAll(graph: Graph, state: WholeGraph, most: number): Promise<void> {
  const { ontology } = graph;
  const check = () => {
    if (state.bytes > most) throw new TooLarge(`The graph takes more than ${most} bytes.`);
  };
  const name = 'state';
  const readKind = async (kind: Kind) => {
    for await (const page of readStoredEntities(graph, kind, { name, pageSize: ENTITIES_PAGE })) {
      for (const [slug, stored] of page) state.put({ kind, slug, form: snapshotForm(stored) });
      check();
    }
  };
  const readType = async (type: RelationType) => {
    for await (const page of readStoredRelations(graph, type, { name, pageSize: RELATIONS_PAGE })) {
      for (const [from, to, stored] of page) state.putRelation({ type, from, to, form: snapshotForm(stored) });
      check();
    }
  };
  const withPermit = createSemaphore({ atOnce: AT_ONCE });
  await Promise.all([
    ...ontology.kindNames.map((kind) => withPermit(() => readKind(kind))),
    ...ontology.relationTypes.map((type) => withPermit(() => readType(type))),
  ]);
}

/** Where the log stood before the records were read. */
interface Start {
  /** All changes up to here are visible. */
  readonly after: number;
  /** Of those up to here, some may not be. */
  readonly last: number;
}

/** Reads anew what changed meanwhile; all writers wait until the end of the transaction. */
async function settle(run: Run, state: WholeGraph, start: Start): Promise<Omit<BaseState, 'graph'>> {
  const { ontology } = state;
  const [[revision, transaction] = [0, null]] = await run(lockLog, {});
  const slugs = new Set<string>();
  const relations = new Map<string, readonly [type: string, from: string, to: string]>();
  for (const [subject, entity, type, from, to, isKnown] of await run(touchedAfter, start)) {
    if (subject === 'IMPORT' && !isKnown) throw new ImportInProgress('An import changed the graph while it was read.');
    if (entity !== null) slugs.add(entity);
    if (type === null || from === null || to === null || !ontology.isRelationType(type)) continue;
    relations.set(keyOf({ type, from, to }), [type, from, to]);
    for (const slug of ownersOf(ontology, { type, from, to })) slugs.add(slug);
  }
  for (const slug of slugs) state.remove(slug);
  for (const [type, from, to] of relations.values()) state.removeRelation({ type, from, to });
  if (slugs.size > 0) {
    for (const [labels, stored] of await run(entitiesBySlug, { slugs: [...slugs] })) {
      const kind = ontology.kindOf(labels);
      if (kind) state.put({ kind, slug: String(stored.id), form: snapshotForm(stored) });
    }
  }
  if (relations.size > 0) {
    for (const [type, from, to, stored] of await run(relationsByEnds, { relations: [...relations.values()] }))
      state.putRelation({ type, from, to, form: snapshotForm(stored) });
  }
  return { revision, transaction: transaction ?? '' };
}

/**
 * The graph as it is now, at one revision, although others write to it meanwhile: they wait only while what they have
 * changed is read again.
 * @param most how many bytes it may take
 * @throws TooLarge, ImportInProgress, GraphError
 */
export async function readBase(graph: Graph, most: number): Promise<BaseState> {
  const [[after, last, isComplete] = [0, 0, true]] = await graph.read(standing, {});
  if (!isComplete) throw new ImportInProgress('An import is in progress.');
  const state = new WholeGraph(graph.ontology);
  await readAll(graph, state, most);
  const place = await graph.write((run) => settle(run, state, { after, last }));
  const [[, , isStillComplete] = [0, 0, true]] = await graph.read(standing, {});
  if (!isStillComplete) throw new ImportInProgress('An import is in progress.');
  await state.seal();
  return { graph: state, ...place };
}
