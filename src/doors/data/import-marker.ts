import type { DateTime } from 'neo4j-driver';
import type { Graph, Run } from '../../engine/graph/graph.ts';
import type { NoParameters, Statement } from '../../engine/graph/statement.ts';

/** An import in batches that is not complete: until it is, the graph contains part of it. */
export interface PendingImport {
  /** The import of the seeds, not of other files. */
  readonly seeded: boolean;
  readonly files: readonly string[];
  /** SHA-256 of the data. */
  readonly digest: string;
  readonly written: number;
  readonly total: number;
}

/** A pending import, as recorded in the graph. */
export interface FoundImport extends PendingImport {
  /** The graph was empty before it, so that nothing in it is complete yet. */
  readonly intoEmptyGraph: boolean;
  /** Time since its last progress in seconds, by the database's clock. */
  readonly idleSeconds: number;
}

/** Describes the pending import, and what to do about it. */
export const describePending = ({ files, written, total }: PendingImport): string =>
  `An import of ${files.join(', ')} stopped after ${written} of ${total} records. Run that import again to complete it, or another one in its place: silkgraph import --replace-pending.`;

/** An import was begun and is not complete, so another one cannot start, nor is the graph to be exported. */
export class ImportPending extends Error {
  readonly pending: PendingImport;

  constructor(pending: PendingImport) {
    super(describePending(pending));
    this.name = 'ImportPending';
    this.pending = pending;
  }
}

/** Another process has begun to complete the import that this one was writing. */
export class ImportTakenOver extends Error {
  constructor() {
    super('Another process has taken over this import.');
    this.name = 'ImportTakenOver';
  }
}

// An import that an older version began has no `intoEmptyGraph`; it may have been the first where it is of the seeds. Its
// `movedAt` is missing too.
const columns = `marker.seeded, marker.files, marker.digest, marker.written, marker.total,
  coalesce(marker.intoEmptyGraph, marker.seeded),
  duration.inSeconds(coalesce(marker.movedAt, marker.started), datetime.realtime()).seconds`;

type MarkerColumns = readonly [
  seeded: boolean,
  files: readonly string[],
  digest: string,
  written: number,
  total: number,
  intoEmptyGraph: boolean,
  idleSeconds: number,
];

const find: Statement<NoParameters, MarkerColumns> = {
  name: 'import-marker-find',
  text: `MATCH (marker:\`_Import\`) RETURN ${columns}`,
};

/** Statements of the server itself, which are planned at its start. */
export const ownStatements: readonly Statement[] = [find];

/** What an import that was begun is known by. */
type BegunColumns = readonly [started: DateTime<number>, transaction: string];

interface TakeParameters {
  readonly marker: PendingImport;
  readonly owner: string;
  readonly intoEmptyGraph: boolean;
}

// The name is unique, which also prevents two imports from running at once: the second waits for the first.
const take: Statement<TakeParameters, readonly [...begun: BegunColumns, ...marker: MarkerColumns]> = {
  name: 'import-marker-take',
  text: `MERGE (marker:\`_Import\` {name: 'pending'})
ON CREATE SET marker += $marker, marker.started = datetime(), marker.created = 0, marker.updated = 0,
  marker.intoEmptyGraph = $intoEmptyGraph, marker.transaction = $owner
SET marker.owner = $owner, marker.movedAt = datetime.realtime(),
  marker.transaction = coalesce(marker.transaction, $owner)
RETURN marker.started, marker.transaction, ${columns}`,
};

// Records written by the replaced import remain in the graph, so its counts are logged with those of this one.
const replace: Statement<{ readonly marker: PendingImport; readonly owner: string }, BegunColumns> = {
  name: 'import-marker-replace',
  text: `MATCH (marker:\`_Import\`)
SET marker.replaced = coalesce(marker.replaced, []) + marker.files
SET marker += $marker, marker.started = datetime(), marker.transaction = $owner
RETURN marker.started, marker.transaction`,
};

const hold: Statement<{ readonly owner: string }> = {
  name: 'import-marker-hold',
  text: 'MATCH (marker:`_Import` {owner: $owner}) SET marker.owner = $owner RETURN 1',
};

const advance: Statement<Step> = {
  name: 'import-marker-advance',
  text: `MATCH (marker:\`_Import\`)
SET marker.step = $step, marker.written = $written, marker.movedAt = datetime.realtime(),
  marker.created = marker.created + $created, marker.updated = marker.updated + $updated`,
};

const findStep: Statement<{ readonly step: string }> = {
  name: 'import-marker-find-step',
  text: 'MATCH (marker:`_Import` {step: $step}) RETURN 1',
};

type ImportedColumns = readonly [created: number, updated: number, files: readonly string[]];

const remove: Statement<{ readonly owner: string }, ImportedColumns> = {
  name: 'import-marker-remove',
  text: `MATCH (marker:\`_Import\` {owner: $owner})
WITH marker, properties(marker) AS held
DELETE marker RETURN held.created, held.updated, coalesce(held.replaced, []) + held.files`,
};

const decode = ([seeded, files, digest, written, total, intoEmptyGraph, idleSeconds]: MarkerColumns): FoundImport => ({
  seeded,
  files,
  digest,
  written,
  total,
  intoEmptyGraph,
  idleSeconds,
});

/** The import that is to be completed before the graph is whole, as a transaction sees it. */
export async function findPending(run: Run): Promise<FoundImport | undefined> {
  const [row] = await run(find, {});
  return row && decode(row);
}

/** The import that is to be completed before the graph is whole. @throws GraphError */
export const pendingImport = (graph: Graph): Promise<FoundImport | undefined> => findPending(graph.read);

/** @throws ImportPending if the graph holds a part of an import, GraphError */
export async function refusePending(graph: Graph): Promise<void> {
  const pending = await pendingImport(graph);
  if (pending) throw new ImportPending(pending);
}

/** An import that was started, possibly by a process that no longer runs. */
export interface BegunImport {
  /** When, as Neo4j has it: what it has changed bears this instant. */
  readonly at: DateTime<number>;
  /** The transaction that its entries in the log name, however often it is stopped. */
  readonly transaction: string;
  /** The graph was empty before it. */
  readonly intoEmptyGraph: boolean;
}

/**
 * Marks an import as started, inside a transaction. Continues the same import, or one of the seeds if those are
 * pending.
 * @throws ImportPending where another one is pending and `replacePending` is not set
 */
export async function takeMarker(
  run: Run,
  marker: PendingImport,
  owner: string,
  { intoEmptyGraph, replacePending }: { readonly intoEmptyGraph: boolean; readonly replacePending: boolean },
): Promise<BegunImport> {
  const [taken] = await run(take, { marker, owner, intoEmptyGraph });
  if (!taken) throw new Error('The import could not be marked as started.');
  const [started, transaction, ...columns] = taken;
  const pending = decode(columns);
  const begun = { at: started, transaction, intoEmptyGraph: pending.intoEmptyGraph };
  if (pending.digest === marker.digest) return begun;
  if (!replacePending && !(pending.seeded && marker.seeded)) throw new ImportPending(pending);
  const [[at, another] = [started, transaction]] = await run(replace, { marker, owner });
  return { ...begun, at, transaction: another };
}

/** Ensures until the end of the transaction that no other process continues the import. @throws ImportTakenOver */
export async function holdMarker(run: Run, owner: string): Promise<void> {
  if ((await run(hold, { owner })).length === 0) throw new ImportTakenOver();
}

/** How far an import has come: records written with this step and those before it, and what this one has changed. */
export interface Step {
  /** A name of its own. */
  readonly step: string;
  readonly written: number;
  readonly created: number;
  readonly updated: number;
}

/** Notes how far the import has come. */
export async function advanceMarker(run: Run, { step, written, created, updated }: Step): Promise<void> {
  await run(advance, { step, written, created, updated });
}

/** Whether a step is written, and no other one after it. */
export const isWritten = async (run: Run, step: string): Promise<boolean> => (await run(findStep, { step })).length > 0;

/** The changes of an import in all its steps, and of those it has replaced, with their files. */
export interface Imported extends Pick<Step, 'created' | 'updated'> {
  readonly files: readonly string[];
}

/** Marks the import as complete. @throws ImportTakenOver */
export async function removeMarker(run: Run, owner: string): Promise<Imported> {
  const [row] = await run(remove, { owner });
  if (!row) throw new ImportTakenOver();
  const [created, updated, files] = row;
  return { created, updated, files };
}
