import type { Graph, Row, Run, Statement } from '../graph/graph.ts';

/** An import that was begun in batches and is not complete: until it is, the graph holds a part of it. */
export interface PendingImport {
  /** The import of the seeds, not of other files. */
  readonly seeded: boolean;
  readonly files: readonly string[];
  /** SHA-256 of the data. */
  readonly digest: string;
  readonly written: number;
  readonly total: number;
}

/** Another import was begun and is not complete, so this one cannot start. */
export class ImportPending extends Error {
  readonly pending: PendingImport;

  constructor(pending: PendingImport) {
    const { files, written, total } = pending;
    super(
      `An import of ${files.join(', ')} stopped after ${written} of ${total} records. Run the same import again to complete it, or give it up with --replace-pending.`,
    );
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

const answer = 'RETURN marker.seeded, marker.files, marker.digest, marker.written, marker.total';

const find: Statement = { name: 'import-marker-find', text: `MATCH (marker:\`_Import\`) ${answer}` };

// The name is unique, so that this also keeps two imports from running at once: the second waits for the first.
const take: Statement = {
  name: 'import-marker-take',
  text: `MERGE (marker:\`_Import\` {name: 'pending'})
ON CREATE SET marker += $marker, marker.started = datetime()
SET marker.owner = $owner
${answer}`,
};

const replace: Statement = { name: 'import-marker-replace', text: 'MATCH (marker:`_Import`) SET marker += $marker' };

const advance: Statement = {
  name: 'import-marker-advance',
  text: 'MATCH (marker:`_Import` {owner: $owner}) SET marker.written = $written RETURN 1',
};

const remove: Statement = {
  name: 'import-marker-remove',
  text: 'MATCH (marker:`_Import` {owner: $owner}) DELETE marker RETURN 1',
};

const decode = ([seeded, files, digest, written, total]: Row): PendingImport => ({
  seeded: seeded === true,
  files: Array.isArray(files) ? files.map(String) : [],
  digest: String(digest),
  written: Number(written),
  total: Number(total),
});

/** The import that is to be completed before the graph is whole. @throws GraphError */
export async function pendingImport(graph: Graph): Promise<PendingImport | undefined> {
  const [row] = await graph.read(find);
  return row && decode(row);
}

/**
 * Marks an import as begun, inside a transaction. The same import, or one of the seeds where those are pending, goes on.
 * @throws ImportPending where another one is pending and `replacePending` is not set
 */
export async function takeMarker(run: Run, marker: PendingImport, owner: string, replacePending: boolean) {
  const [row] = await run(take, { marker, owner });
  const pending = row ? decode(row) : marker;
  if (pending.digest === marker.digest) return;
  if (!replacePending && !(pending.seeded && marker.seeded)) throw new ImportPending(pending);
  await run(replace, { marker });
}

/** Notes how far the import has come. @throws ImportTakenOver */
export async function advanceMarker(run: Run, owner: string, written: number): Promise<void> {
  if ((await run(advance, { owner, written })).length === 0) throw new ImportTakenOver();
}

/** Marks the import as complete. @throws ImportTakenOver */
export async function removeMarker(run: Run, owner: string): Promise<void> {
  if ((await run(remove, { owner })).length === 0) throw new ImportTakenOver();
}
