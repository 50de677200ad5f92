import { createHash } from 'node:crypto';
import type { Graph, Statement } from '../graph/graph.ts';
import { type Checker, createChecker } from './checker.ts';
import { type DataFile, findDataFiles, readRecords } from './data-file.ts';
import { collectFaults, ImportRefused } from './fault.ts';
import { createKnownEntities, type KnownEntities } from './known-entities.ts';
import type { Report } from './progress.ts';

/** Data without a fault. */
export interface CheckedData {
  readonly files: readonly DataFile[];
  readonly records: number;
  /** SHA-256 of the files. */
  readonly digest: string;
  readonly known: KnownEntities;
  readonly hasRelation: Checker['hasRelation'];
  /** The graph held no entity. */
  readonly intoEmptyGraph: boolean;
}

const anyEntity: Statement = { name: 'import-any-entity', text: 'MATCH (entity:Entity) RETURN 1 LIMIT 1' };

/** Whether the graph holds no entity. @throws GraphError */
export const isEmpty = async (graph: Graph): Promise<boolean> => (await graph.read(anyEntity)).length === 0;

/**
 * Checks all the data in these files and folders against the ontology and against the graph, and writes nothing.
 * Keeps the ids of entities and relations, not the records.
 * @throws ImportRefused with every fault; GraphError
 */
export async function checkData(
  graph: Graph,
  paths: readonly string[],
  { seeded, report }: { readonly seeded: boolean; readonly report?: Report | undefined },
): Promise<CheckedData> {
  const faults = collectFaults();
  const files = await findDataFiles(paths, faults);
  const intoEmptyGraph = await isEmpty(graph);
  const known = createKnownEntities({ ask: intoEmptyGraph ? undefined : graph.read, seeded });
  const checker = createChecker(known, faults);

  const hash = createHash('sha256');
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  let records = 0;
  for (const file of files) {
    const chunks = readRecords(file, (bytes) => {
      hash.update(bytes);
      done += bytes.length;
    });
    for await (const chunk of chunks) {
      await known.lookUp(chunk.map((located) => ('value' in located ? located.value : undefined)));
      for (const located of chunk) checker.check(file, located);
      records += chunk.length;
      report?.({ phase: 'checking', done, total, unit: 'bytes' });
    }
  }
  if (faults.total > 0) throw new ImportRefused(faults);
  return { files, records, digest: hash.digest('hex'), known, hasRelation: checker.hasRelation, intoEmptyGraph };
}
