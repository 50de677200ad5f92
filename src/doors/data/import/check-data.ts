import { createHash, type Hash } from 'node:crypto';
import { basename } from 'node:path';
import type { FieldFault } from '../../../engine/changes/check/check-properties.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import { collectFaults, type Fault, type Faults, ImportRefused } from '../fault.ts';
import { type DataFile, findDataFiles, type Located } from '../files/data-file.ts';
import { readRecords } from '../files/read-records.ts';
import { readMappings } from '../files/table-mapping.ts';
import { pendingImport } from '../import-marker.ts';
import type { Report } from '../progress.ts';
import { createAttachedItems, isAttached } from './attached-items.ts';
import { type Checker, createChecker, type Later, nameOf } from './checker.ts';
import { createKnownEntities, type KnownEntities } from './known-entities.ts';
import { openRejects, type Reject, type Rejects } from './rejects.ts';

/** Data without errors, or the remaining part if records with errors are rejected. */
export interface CheckedData {
  readonly files: readonly DataFile[];
  /** How many records are to be imported. */
  readonly records: number;
  /** Which records are not: places in their files, from 0, as they are read. */
  readonly rejected: ReadonlyMap<DataFile, ReadonlySet<number>>;
  /** SHA-256 of the mapping and the files. */
  readonly digest: string;
  /** SHA-256 of the mapping and all that was read of the files, after each piece. */
  readonly digests: readonly string[];
  /** Path of the mapping; empty if there is none. */
  readonly mappingBytes: Uint8Array;
  readonly known: KnownEntities;
  readonly hasRelation: Checker['hasRelation'];
  /** Whether the graph contained no entity. */
  readonly intoEmptyGraph: boolean;
}

export interface CheckOptions {
  readonly seeded: boolean;
  readonly prune?: boolean | undefined;
  /** Path of the mapping of tables. */
  readonly mapping?: string | undefined;
  /** Path of the file for records with errors, one per line; without it, any error stops the import. */
  readonly rejects?: string | undefined;
  readonly report?: Report | undefined;
}

const anyEntity: Statement<NoParameters> = {
  name: 'import-any-entity',
  text: 'MATCH (entity:Entity) RETURN 1 LIMIT 1',
};

/** Whether the graph contains no entity. @throws GraphError */
export const isEmpty = async (graph: Graph): Promise<boolean> => (await graph.read(anyEntity, {})).length === 0;

/**
 * Checks all data in these files and folders against the ontology and the graph, without writing. It stores the ids of
 * entities and relations in memory, not the records.
 * @throws ImportRefused with every fault; GraphError
 */
export async function checkData(graph: Graph, paths: readonly string[], options: CheckOptions): Promise<CheckedData> {
  const { ontology } = graph;
  const faults = collectFaults();
  const { mapping = '' } = options;
  const { mappings, bytes } = mapping === '' ? noMappings : await readMappings(ontology, mapping, faults);
  const named = { mappings, mapping: options.mapping, rejects: options.rejects };
  const files = await findDataFiles(ontology, paths, faults, named);
  const names = new Set(files.map(({ path }) => basename(path)));
  for (const name of mappings.keys())
    if (!names.has(name))
      faults.add({ file: mapping, field: name, expected: 'the name of one of the files', found: 'none' });
  // If there are errors in the list of files or the mapping, it is unclear which records are meant.
  const isUnclear = options.rejects !== undefined || faults.kept.some(({ file }) => file === mapping);
  if (isUnclear && faults.total > 0) throw new ImportRefused(faults, await pendingImport(graph));
  const rejects = options.rejects === undefined ? undefined : await openRejects(options.rejects);
  try {
    const hash = createHash('sha256').update(bytes);
    const checked = await checkFiles(graph, files, { ...options, hash, faults, rejects });
    if (faults.total > 0) throw new ImportRefused(faults, await pendingImport(graph));
    await rejects?.finish();
    return { ...checked, mappingBytes: bytes };
  } finally {
    await rejects?.drop();
  }
}

const noMappings = { mappings: new Map<string, never>(), bytes: new Uint8Array() };

interface FileCheck extends Pick<CheckOptions, 'seeded' | 'prune' | 'report'> {
  readonly hash: Hash;
  readonly faults: Faults;
  readonly rejects: Rejects | undefined;
}

async function checkFiles(graph: Graph, files: readonly DataFile[], check: FileCheck) {
  const { seeded, prune = false, report, hash, faults, rejects } = check;
  const { ontology } = graph;
  const intoEmptyGraph = await isEmpty(graph);
  const known = createKnownEntities(ontology, { ask: intoEmptyGraph ? undefined : graph.read, seeded, prune });
  const checker = createChecker(ontology, { known, rejecting: rejects !== undefined });
  const attached = createAttachedItems(ontology);
  const rejected = new Map(files.map((file) => [file, new Set<number>()]));

  const digests: string[] = [];

  const addFault = (file: DataFile, located: Located, fault: FieldFault) =>
    faults.add({ ...placeOf(file, located), ...inColumn(located, fault) });

  const atEnd: (() => void)[] = [];
  const later =
    (file: DataFile, located: Located): Later =>
    (check) =>
      atEnd.push(() => {
        for (const fault of check()) addFault(file, located, fault);
      });

  function faultsOf(file: DataFile, place: number, located: Located): readonly FieldFault[] {
    if ('fault' in located) return [located.fault];
    if (isAttached(located)) return attached.collect({ file, place, located });
    const { holds, value } = located;
    if (holds === 'relations') return checker.check(holds, value, rejects ? undefined : later(file, located));
    const { record, placed } = attached.withItems(value);
    return checker.check(holds, record).map(placed);
  }

  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  let records = 0;
  for (const file of files) {
    const chunks = readRecords(ontology, file, (bytes) => {
      digests.push(digestAfter(hash, bytes));
      done += bytes.length;
    });
    let place = 0;
    for await (const chunk of chunks) {
      await known.lookUp(
        chunk.map((located) => ('value' in located && !isAttached(located) ? located.value : undefined)),
      );
      const left: Reject[] = [];
      for (const located of chunk) {
        const found = faultsOf(file, place, located);
        if (found.length === 0) records += isAttached(located) ? 0 : 1;
        else if (rejects && located.record > 0) {
          rejected.get(file)?.add(place);
          left.push(rejectOf(file, located, found));
        } else for (const fault of found) addFault(file, located, fault);
        place += 1;
      }
      await rejects?.add(left);
      report?.({ phase: 'checking', done, total, unit: 'bytes' });
    }
  }
  for (const check of atEnd) check();
  for (const { file, place, located, fault } of attached.left()) {
    if (rejects && located.record > 0) {
      rejected.get(file)?.add(place);
      await rejects.add([rejectOf(file, located, [fault])]);
    } else faults.add({ ...placeOf(file, located), ...fault });
  }
  const { hasRelation } = checker;
  return { files, records, rejected, digest: hash.digest('hex'), digests, known, hasRelation, intoEmptyGraph };
}

/** Adds bytes to the hash, and returns the digest of all bytes so far. */
export const digestAfter = (hash: Hash, bytes: Uint8Array): string => hash.update(bytes).copy().digest('base64');

function placeOf({ path }: DataFile, located: Located): Omit<Fault, 'expected' | 'found'> {
  const { record, line } = located;
  const id = 'value' in located ? nameOf(located.value) : undefined;
  return {
    file: path,
    ...(record > 0 ? { record } : {}),
    ...(line === undefined ? {} : { line }),
    ...(id === undefined ? {} : { id }),
  };
}

/** Adds the column of the invalid field. */
function inColumn(located: Located, fault: FieldFault): FieldFault & Pick<Fault, 'column'> {
  const columns = 'value' in located ? located.columns : undefined;
  const column = columns?.get(fault.field?.replace(/\[.*$/s, '') ?? '');
  return column === undefined ? fault : { ...fault, column };
}

function rejectOf(file: DataFile, located: Located, found: readonly FieldFault[]): Reject {
  const faults = found.map((fault) => inColumn(located, fault));
  const place = { record: located.record, ...placeOf(file, located), faults };
  if ('fault' in located) return { ...place, ...(located.text === undefined ? {} : { text: located.text }) };
  return { ...place, ...(located.row ? { row: located.row() } : { value: located.value }) };
}
