import { importFiles } from '../../doors/data/import/import-files.ts';
import { runOnGraph } from './seed.ts';
import type { Session } from './session/session.ts';

export interface ImportFlags {
  readonly mapping?: string;
  readonly rejects?: string;
  readonly replacePending?: boolean;
}

/** Some records of an import were rejected; the others were imported. */
export class RecordsRejected extends Error {
  constructor(records: number, path: string) {
    const count = records === 1 ? '1 record was' : `${records.toLocaleString('en')} records were`;
    super(`${count} rejected. See ${path} for the reasons. All others were imported.`);
    this.name = 'RecordsRejected';
  }
}

/** Imports files and folders into the graph. @throws RecordsRejected if the import is partial */
export async function importIntoGraph(
  session: Session,
  paths: readonly string[],
  { mapping, rejects, replacePending = false }: ImportFlags,
): Promise<void> {
  const options = { mapping, rejects, replacePending, report: session.screen.progress };
  const { rejected } = await runOnGraph(session, (graph) => importFiles(graph, paths, options));
  if (rejected > 0) throw new RecordsRejected(rejected, rejects ?? '');
}
