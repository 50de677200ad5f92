import { randomUUID } from 'node:crypto';
import type { DateTime } from 'neo4j-driver';
import type { Report } from '../../../doors/data/progress.ts';
import type { StoredForm } from '../../../engine/changes/apply/stored-form.ts';
import { logImport } from '../../../engine/changes/log/change-log.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import type { Statement } from '../../../engine/graph/statement.ts';
import { AdoptionInterrupted, advanceMarker, finishedAdoption, finishMarker, takeMarker } from './adoption-marker.ts';
import { type AdoptionPlan, writesOf } from './adoption-plan.ts';
import { isRelationToWrite, isToWrite } from './check-adoption.ts';
import { type ReadNode, type ReadRelation, readNodes, readRelations, type Source } from './read-graph.ts';

export interface WriteAdoptionOptions {
  readonly graph: Graph;
  readonly source: Source;
  readonly plan: AdoptionPlan;
  /** Brings the constraints and indexes up to date. */
  readonly prepare: () => Promise<void>;
  /** Number of nodes or relationships per transaction. @default 2000 */
  readonly batch?: number;
  readonly report?: Report;
}

const BATCH = 2_000;

interface Row {
  readonly element: string;
  readonly changes: StoredForm;
}

type Write = Statement<{ readonly rows: readonly Row[]; readonly at: DateTime<number> }, readonly [count: number]>;

const adoptNodes: Write = {
  name: 'adoption-adopt-nodes',
  text: `UNWIND $rows AS row MATCH (node) WHERE elementId(node) = row.element AND NOT node:Entity
SET node:Entity, node += row.changes, node._revision = 1, node._createdAt = $at, node._updatedAt = $at
RETURN count(node)`,
};

const updateNodes: Write = {
  name: 'adoption-update-nodes',
  text: `UNWIND $rows AS row MATCH (node:Entity) WHERE elementId(node) = row.element
SET node += row.changes, node._revision = coalesce(node._revision, 0) + 1,
  node._createdAt = coalesce(node._createdAt, $at), node._updatedAt = $at
RETURN count(node)`,
};

const updateRelations: Write = {
  name: 'adoption-update-relations',
  text: `UNWIND $rows AS row MATCH ()-[relation]->() WHERE elementId(relation) = row.element
SET relation += row.changes
RETURN count(relation)`,
};

/** Groups items for a transaction each. */
async function* inBatches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* filtered<Item>(items: AsyncIterable<Item>, fits: (item: Item) => boolean): AsyncGenerator<Item> {
  for await (const item of items) if (fits(item)) yield item;
}

const rowOf = ({ element, record }: ReadNode): Row => ({ element, changes: record.changes });
const relationRow = ({ element, relation }: ReadRelation): Row => ({ element, changes: relation.changes });

/** Only data that was checked is written. */
function refuseFaults(faults: readonly unknown[]): void {
  if (faults.length > 0) throw new AdoptionInterrupted('The data has changed since it was checked.');
}

const isSameList = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((item, index) => item === right[index]);

/**
 * Writes what Silkgraph stores beside the data, in batches. It can be stopped at any time: servers then refuse the database
 * until a second run has completed it, which ends as the first one would have.
 * @returns how many nodes and relationships this run has written
 * @throws AdoptionInterrupted, DatabaseError, GraphError
 */
export async function writeAdoption(options: WriteAdoptionOptions): Promise<number> {
  const { graph, source, plan, prepare, batch = BATCH, report = () => {} } = options;
  const { nodes, relations } = writesOf(plan);
  const total = nodes + relations;
  const leftAlone = [...plan.leftAlone.labels.keys()].sort();
  const finished = await finishedAdoption(graph.read);
  if (total === 0 && finished && isSameList(finished, leftAlone)) return 0;

  const owner = randomUUID();
  // First, so that no server takes a half adopted database for one of its own.
  const at = await graph.write((run) => takeMarker(run, owner, leftAlone));
  await prepare();

  let done = 0;
  const write = async (statements: readonly (readonly [Write, readonly Row[]])[]) => {
    const counts = statements.map(([, rows]) => rows.length);
    const adopted = statements.reduce(
      (sum, [statement, rows]) => sum + (statement === adoptNodes ? rows.length : 0),
      0,
    );
    const all = counts.reduce((sum, count) => sum + count, 0);
    await graph.write(async (run) => {
      await advanceMarker(run, owner, adopted, all - adopted);
      for (const [statement, rows] of statements) {
        if (rows.length === 0) continue;
        const [[count] = [0]] = await run(statement, { rows, at });
        if (count !== rows.length) throw new AdoptionInterrupted('The data has changed since it was checked.');
      }
    });
    done += all;
    report({ phase: 'writing', done, total, unit: 'records' });
  };

  const cited = new Set<string>();
  for await (const items of inBatches(filtered(readNodes(source, cited), isToWrite), batch)) {
    refuseFaults(items.flatMap(({ record }) => record.faults));
    await write([
      [adoptNodes, items.filter(({ isEntity }) => !isEntity).map(rowOf)],
      [updateNodes, items.filter(({ isEntity }) => isEntity).map(rowOf)],
    ]);
  }
  for await (const items of inBatches(filtered(readRelations(source, cited), isRelationToWrite), batch)) {
    refuseFaults(items.flatMap(({ relation }) => relation.faults));
    await write([[updateRelations, items.map(relationRow)]]);
  }
  await graph.write(async (run) => {
    const { adopted, updated } = await finishMarker(run, owner);
    await logImport(run, {
      files: ['silkgraph adopt'],
      created: adopted,
      updated,
      removed: 0,
      author: 'adopt',
      transaction: owner,
    });
  });
  return done;
}
