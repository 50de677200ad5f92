import { createHash, randomUUID } from 'node:crypto';
import { Neo4jError } from 'neo4j-driver';
import { GraphError } from '../graph/errors.ts';
import type { Graph, Run } from '../graph/graph.ts';
import type { Kind } from '../ontology/kinds.ts';
import { isRelationType, type RelationType } from '../ontology/relations.ts';
import { type CheckedData, checkData } from './check-data.ts';
import { type Fields, fieldOf, isFields } from './check-properties.ts';
import { readRecords } from './data-file.ts';
import { findGone, namesOf, nothingGone, removeGone } from './gone.ts';
import { advanceMarker, removeMarker, takeMarker } from './import-marker.ts';
import type { Report } from './progress.ts';
import { addTally, type ImportSummary, type Tallies } from './summary.ts';
import { ChangedMeanwhile, type NamedRecord, writeEntities, writeRelations } from './write-records.ts';

export interface ImportOptions {
  /** Begins although another import is not complete, which then never will be. */
  readonly replacePending?: boolean | undefined;
  /** So many records at most are written in one transaction; more, in batches behind a marker. @default 20000 */
  readonly largestTransaction?: number | undefined;
  readonly report?: Report | undefined;
}

export interface RunImportOptions extends ImportOptions {
  /** The data are the seeds: what they put into the graph is known as theirs. */
  readonly seeded: boolean;
  /** Of the seeds: removes what they put into the graph and no longer hold. */
  readonly prune?: boolean | undefined;
}

const LARGEST_TRANSACTION = 20_000;
/** So many records are one statement. */
const BATCH = 4_000;

/**
 * Checks the data in these files and folders, then writes it: the one way into the graph. All of it is written, or
 * nothing; a large import that was stopped is completed by the next one of the same data, and is pending until then.
 * @throws ImportRefused, ImportPending, ImportTakenOver, GraphError
 */
export async function runImport(graph: Graph, paths: readonly string[], options: RunImportOptions) {
  try {
    return await writeData(graph, await checkData(graph, paths, options), options);
  } catch (error) {
    if (!wasChanged(error)) throw error;
    // Somebody else wrote between the check and the writing: both once more.
    return await writeData(graph, await checkData(graph, paths, options), options);
  }
}

function wasChanged(error: unknown): boolean {
  if (error instanceof ChangedMeanwhile) return true;
  const cause = error instanceof GraphError ? error.cause : undefined;
  return cause instanceof Neo4jError && cause.code === 'Neo.ClientError.Schema.ConstraintValidationFailed';
}

async function writeData(graph: Graph, data: CheckedData, options: RunImportOptions): Promise<ImportSummary> {
  const inOne = data.records <= (options.largestTransaction ?? LARGEST_TRANSACTION);
  return inOne
    ? graph.write((run) => writeSteps((step) => step(run), data, options))
    : writeSteps((step) => graph.write(step), data, options);
}

type Perform = <Answer>(step: (run: Run) => Promise<Answer>) => Promise<Answer>;

async function writeSteps(perform: Perform, data: CheckedData, options: RunImportOptions): Promise<ImportSummary> {
  const { seeded, prune, replacePending, report } = options;
  const { files, digest, records: total, known, intoEmptyGraph } = data;
  const owner = randomUUID();
  const tallies: Tallies = new Map();
  const marker = { seeded, files: files.map(({ path }) => path), digest, written: 0, total };
  let written = 0;

  await perform((run) => takeMarker(run, marker, owner, replacePending ?? false));
  for await (const batch of readBatches(data)) {
    const done = await perform(async (run) => {
      await advanceMarker(run, owner, written);
      return 'entities' in batch
        ? writeEntities(run, batch.entities, { known, seeded })
        : writeRelations(run, batch.relations, { known, seeded });
    });
    for (const [name, tally] of done) addTally(tallies, name, tally);
    written += ('entities' in batch ? batch.entities : batch.relations).length;
    report?.({ phase: 'writing', done: written, total, unit: 'records' });
  }
  return perform(async (run) => {
    const gone = seeded && !intoEmptyGraph ? await findGone(run, data) : nothingGone;
    const removed = prune ? await removeGone(run, gone) : nothingGone;
    await removeMarker(run, owner);
    for (const { kind } of removed.entities) addTally(tallies, kind, { removed: 1 });
    for (const { type } of removed.relations) addTally(tallies, type, { removed: 1 });
    return { tallies, missing: prune ? [] : namesOf(gone), removed: namesOf(removed) };
  });
}

type Batch =
  | { readonly entities: readonly NamedRecord<Kind>[] }
  | { readonly relations: readonly NamedRecord<RelationType>[] };

/** Reads checked data once more: first all entities, then the relations. @throws ChangedMeanwhile */
async function* readBatches({ files, digest }: CheckedData): AsyncGenerator<Batch> {
  const hash = createHash('sha256');
  let entities: NamedRecord<Kind>[] = [];
  let relations: NamedRecord<RelationType>[] = [];
  for (const file of files) {
    if (file.holds === 'relations' && entities.length > 0) {
      yield { entities };
      entities = [];
    }
    for await (const chunk of readRecords(file, (bytes) => hash.update(bytes))) {
      for (const located of chunk) {
        const record = 'value' in located && isFields(located.value) ? located.value : {};
        if (file.holds === 'relations') relations.push({ name: typeOf(record), record });
        else entities.push({ name: file.holds, record });
      }
      if (relations.length >= BATCH) {
        yield { relations };
        relations = [];
      }
      if (entities.length >= BATCH) {
        yield { entities };
        entities = [];
      }
    }
  }
  if (entities.length > 0) yield { entities };
  if (relations.length > 0) yield { relations };
  if (hash.digest('hex') !== digest) throw changedFiles();
}

function typeOf(record: Fields): RelationType {
  const type = fieldOf(record, 'type');
  if (typeof type === 'string' && isRelationType(type)) return type;
  throw changedFiles();
}

const changedFiles = () => new ChangedMeanwhile('The files were changed while they were imported.');
