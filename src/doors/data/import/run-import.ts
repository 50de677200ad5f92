import { createHash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { wasInTheWay } from '../../../engine/changes/apply/changed-under-lock.ts';
import { fieldOf, isFields } from '../../../engine/changes/check/check-properties.ts';
import { appendChanges, changesOf, logImport, type NewChange } from '../../../engine/changes/log/change-log.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import { GraphError } from '../../../engine/graph/errors.ts';
import type { Graph, Run } from '../../../engine/graph/graph.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import { readRecords } from '../files/read-records.ts';
import {
  advanceMarker,
  describePending,
  findPending,
  holdMarker,
  isWritten,
  type PendingImport,
  pendingImport,
  removeMarker,
  takeMarker,
} from '../import-marker.ts';
import { prefetch } from '../prefetch.ts';
import type { Report } from '../progress.ts';
import { createAttachedItems, isAttached } from './attached-items.ts';
import { type CheckedData, checkData, digestAfter } from './check-data.ts';
import {
  findPruned,
  keptOf,
  lockPruned,
  namesOf,
  nothingPruned,
  type PrunedRecords,
  removePruned,
} from './pruned-records.ts';
import { type EntityRow, entityRow, type RelationRow, relationRow } from './record-rows.ts';
import { addTally, changesIn, type ImportSummary, type Tallies } from './summary.ts';
import { ChangedMeanwhile, refuseCircles, writeEntities, writeRelations } from './write-records.ts';

export interface ImportOptions {
  /** Path of the mapping of `.csv` columns. */
  readonly mapping?: string | undefined;
  /** Path of the file for records with errors; all others are imported. Without it, any error stops the import. */
  readonly rejects?: string | undefined;
  /** Author of the import in the change log. @default 'import' */
  readonly author?: string | undefined;
  /** Begins although another import is not complete, which then never will be. */
  readonly replacePending?: boolean | undefined;
  /**
   * Maximum number of records, of 32 MB in total, written in one transaction. More are written in batches behind a marker,
   * and so are those that take more memory than the database gives to a transaction.
   * @default 20000
   */
  readonly largestTransaction?: number | undefined;
  readonly report?: Report | undefined;
}

export interface RunImportOptions extends ImportOptions {
  /** The data are the seeds: what they put into the graph is known as theirs. */
  readonly seeded: boolean;
  /** Of the seeds: removes what they put into the graph and no longer hold. */
  readonly prune?: boolean | undefined;
  /** Writes nothing, and ends with `OnlyCompared`, which says what would change. */
  readonly onlyCompare?: boolean | undefined;
}

/** Ends a transaction that was to say what an import would change, and not to change it. */
export class OnlyCompared extends Error {
  readonly changes: readonly NewChange[];

  constructor(changes: readonly NewChange[]) {
    super('The import was not to be written.');
    this.name = 'OnlyCompared';
    this.changes = changes;
  }
}

/** More records than one transaction may hold, so they cannot be compared with the graph at once. */
export class TooManyToCompare extends Error {
  override readonly name = 'TooManyToCompare';
}

const LARGEST_TRANSACTION = 20_000;
const LARGEST_TRANSACTION_BYTES = 2 ** 25;
/**
 * Minimum number of records, or of their bytes, per step of an import in batches: few commits, yet little memory in
 * Silkgraph and Neo4j.
 */
const BATCH = 4_000;
const BATCH_BYTES = 2 ** 22;

/** The files are no longer as they were when they were checked. */
class FilesChanged extends ChangedMeanwhile {
  readonly pending: PendingImport | undefined;

  constructor(pending?: PendingImport) {
    const next = pending ? `. ${describePending(pending)}` : '. Run the same command again.';
    super(`The files changed during the import${next}`);
    this.pending = pending;
  }
}

/**
 * Checks the data in these files and folders, then writes it: the only way into the graph. Either all of it is written
 * or nothing. A large import that was stopped is pending until the next import of the same data completes it. Only
 * checked data is written, even if files change in the meantime.
 * @throws ImportRefused, ImportPending, ImportTakenOver, ChangedMeanwhile, GraphError
 */
export async function runImport(graph: Graph, paths: readonly string[], options: RunImportOptions) {
  try {
    return await writeData(graph, await checkData(graph, paths, options), options);
  } catch (error) {
    if (!wasChanged(error)) throw error;
    // The graph changed between the check and the write: repeat both once.
    return await writeData(graph, await checkData(graph, paths, options), options);
  }
}

function wasChanged(error: unknown): boolean {
  // The pending import is of the previous version of the files.
  if (error instanceof FilesChanged) return error.pending === undefined;
  return error instanceof ChangedMeanwhile || wasInTheWay(error);
}

async function writeData(graph: Graph, data: CheckedData, options: RunImportOptions): Promise<ImportSummary> {
  const { ontology } = graph;
  const sizes = new Map(data.files.map(({ path, bytes }) => [path, bytes]));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const inOne =
    data.records <= (options.largestTransaction ?? LARGEST_TRANSACTION) && bytes <= LARGEST_TRANSACTION_BYTES;
  if (options.onlyCompare && !inOne) {
    throw new TooManyToCompare(
      `At most ${LARGEST_TRANSACTION.toLocaleString('en')} records, of 32 MB in total, are compared at once; these are ${data.records.toLocaleString('en')}. Compare them in parts.`,
    );
  }
  if (inOne) {
    const attempt = { owner: randomUUID(), shared: !data.intoEmptyGraph, inOne };
    try {
      const { summary } = await graph.write(
        once((run) => writeSteps(ontology, (step) => step(run), attempt, data, options), hasEnded(ontology)),
      );
      return summary;
    } catch (error) {
      if (!exceedsMemory(error)) throw error;
      if (options.onlyCompare) {
        throw new TooManyToCompare(
          'Comparing the records takes more memory than the database gives to one transaction (`db.memory.transaction.max`). Compare them in parts.',
        );
      }
    }
  }
  try {
    const attempt = { owner: randomUUID(), shared: true, inOne: false };
    const perform: Perform = (step, wasDone) => graph.write(once(step, wasDone));
    const { summary } = await writeSteps(ontology, perform, attempt, data, options);
    return summary;
  } catch (error) {
    throw error instanceof FilesChanged ? new FilesChanged(await pendingImport(graph)) : error;
  }
}

/** Whether a transaction exceeded the memory that the database gives it. Nothing of it was written; a smaller one may succeed. */
const exceedsMemory = (error: unknown): boolean => error instanceof GraphError && error.fault === 'MEMORY';

type Step<Answer> = (run: Run) => Promise<Answer>;
type WasDone<Answer> = (run: Run, answer: Answer) => Promise<boolean>;
type Perform = <Answer>(step: Step<Answer>, wasDone?: WasDone<Answer>) => Promise<Answer>;

/** Prevents a step from running twice if the driver retries it because the response to its commit was lost. */
function once<Answer>(step: Step<Answer>, wasDone: WasDone<Answer> = async () => false): Step<Answer> {
  let done: { readonly answer: Answer } | undefined;
  return async (run) => {
    if (done && (await wasDone(run, done.answer))) return done.answer;
    done = { answer: await step(run) };
    return done.answer;
  };
}

/** How an import ended. */
interface Ended {
  readonly summary: ImportSummary;
  /** It changed something, so it is in the log. */
  readonly isLogged: boolean;
  readonly transaction: string;
}

const hasEnded =
  (ontology: Ontology): WasDone<Ended> =>
  async (run, { isLogged, transaction }) =>
    isLogged
      ? (await changesOf(ontology, run, transaction)).some(({ subject }) => subject === 'IMPORT')
      : (await findPending(run)) === undefined;

async function writeSteps(
  ontology: Ontology,
  perform: Perform,
  { owner, shared, inOne }: { readonly owner: string; readonly shared: boolean; readonly inOne: boolean },
  data: CheckedData,
  options: RunImportOptions,
): Promise<Ended> {
  const { seeded, prune = false, replacePending = false, report, author = seeded ? 'seeds' : 'import' } = options;
  const { files, digest, records: total, rejected, known, intoEmptyGraph } = data;
  const tallies: Tallies = new Map();
  const paths = [...new Set(files.map(({ path }) => path))];
  const marker = { seeded, files: paths, digest, written: 0, total };
  let written = 0;

  const begun = await perform((run) => takeMarker(run, marker, owner, { intoEmptyGraph, replacePending }));
  const { at, transaction } = begun;
  const listed = options.onlyCompare === true || !begun.intoEmptyGraph;
  const writing = { ontology, known, seeded, at, shared, listed, linked: new Map<RelationType, Set<string>>() };
  const authorship = { author, authorId: `command:${author}`, transaction };
  // What one transaction writes goes into the log at its end; each of several lists its own.
  const waiting: NewChange[] = [];
  const write = async ({ of, rows }: Batch, from: number, to: number): Promise<void> => {
    const step = randomUUID();
    const after = written + to - from;
    const done = await perform(
      async (run) => {
        await holdMarker(run, owner);
        const { tallies, changes } =
          of === 'entities'
            ? await writeEntities(run, rows.slice(from, to), writing)
            : await writeRelations(run, rows.slice(from, to), writing);
        await advanceMarker(run, { step, written: after, ...changesIn(tallies) });
        if (inOne) waiting.push(...changes);
        else await appendChanges(run, changes, authorship);
        return tallies;
      },
      (run) => isWritten(run, step),
    );
    written = after;
    for (const [name, tally] of done) addTally(tallies, name, tally);
    report?.({ phase: 'writing', done: written, total, unit: 'records' });
  };
  /** Writes a batch in halves where the whole exceeds the memory of a transaction. */
  const writeWithinMemory = async (batch: Batch, from = 0, to = batch.rows.length): Promise<void> => {
    try {
      await write(batch, from, to);
    } catch (error) {
      if (inOne || to - from === 1 || !exceedsMemory(error)) throw error;
      const middle = Math.ceil((from + to) / 2);
      await writeWithinMemory(batch, from, middle);
      await writeWithinMemory(batch, middle, to);
    }
  };
  for await (const batch of prefetch(readBatches(ontology, data, seeded))) await writeWithinMemory(batch);
  return perform(async (run) => {
    const gone =
      seeded && !intoEmptyGraph ? await (prune ? lockPruned : findPruned)(ontology, run, data) : nothingPruned;
    const removed = prune ? await removePruned(ontology, run, gone, at) : { ...nothingPruned, changes: [] };
    await refuseCircles(ontology, run, writing.linked);
    const { files: written, ...changes } = await removeMarker(run, owner);
    const files = [...new Set(written.map((path) => basename(path)))];
    if (options.onlyCompare) throw new OnlyCompared([...waiting, ...removed.changes]);
    const count = removed.entities.length + removed.relations.length;
    const entries = listed ? [...waiting, ...removed.changes] : [];
    await logImport(run, { files, ...changes, removed: count, author, transaction, listed }, entries);
    return {
      summary: {
        tallies: withRemoved(tallies, removed),
        missing: prune ? [] : namesOf(gone),
        removed: namesOf(removed),
        kept: prune ? namesOf(keptOf(gone, removed)) : [],
        rejected: [...rejected.values()].reduce((sum, places) => sum + places.size, 0),
      },
      isLogged: changes.created + changes.updated + count > 0,
      transaction,
    };
  }, hasEnded(ontology));
}

function withRemoved(tallies: Tallies, { entities, relations }: PrunedRecords): Tallies {
  const all: Tallies = new Map(tallies);
  for (const { kind } of entities) addTally(all, kind, { removed: 1 });
  for (const { type } of relations) addTally(all, type, { removed: 1 });
  return all;
}

type Batch =
  | { readonly of: 'entities'; readonly rows: readonly EntityRow[] }
  | { readonly of: 'relations'; readonly rows: readonly RelationRow[] };

/** Reads checked data again: first all entities, then the relations. @throws FilesChanged */
async function* readBatches(
  ontology: Ontology,
  { files, digests, rejected, mappingBytes }: CheckedData,
  seeded: boolean,
): AsyncGenerator<Batch> {
  const hash = createHash('sha256').update(mappingBytes);
  let entities: EntityRow[] = [];
  let relations: RelationRow[] = [];
  let bytes = 0;
  let pieces = 0;

  function* finish(): Generator<Batch> {
    if (entities.length > 0) yield { of: 'entities', rows: entities };
    if (relations.length > 0) yield { of: 'relations', rows: relations };
    entities = [];
    relations = [];
    bytes = 0;
  }

  const attached = createAttachedItems(ontology);
  for (const file of files) {
    if (file.holds === 'relations' && entities.length > 0) yield* finish();
    const left = rejected.get(file);
    let place = 0;
    const chunks = readRecords(ontology, file, (piece) => {
      // Before any record of it is read, so that none is written that was not checked.
      if (digestAfter(hash, piece) !== digests[pieces]) throw new FilesChanged();
      pieces += 1;
      bytes += piece.length;
    });
    for await (const chunk of chunks) {
      for (const located of chunk) {
        place += 1;
        if (left?.has(place - 1)) continue;
        if ('fault' in located || !isFields(located.value)) throw new FilesChanged();
        const { holds, value: record } = located;
        if (isAttached(located)) attached.collect({ file, place, located });
        else if (holds === 'relations') relations.push(relationRow(ontology, typeOf(ontology, record), record, seeded));
        else entities.push(entityRow(ontology, holds, Object(attached.withItems(record).record), seeded));
      }
      if (entities.length + relations.length >= BATCH || bytes >= BATCH_BYTES) yield* finish();
    }
  }
  yield* finish();
  if (pieces < digests.length) throw new FilesChanged();
}

function typeOf({ isRelationType }: Ontology, record: RecordFields): RelationType {
  const type = fieldOf(record, 'type');
  if (typeof type === 'string' && isRelationType(type)) return type;
  throw new FilesChanged();
}
