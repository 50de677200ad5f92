import neo4j, { type DateTime, type Integer } from 'neo4j-driver';
import { changesBy } from '../../engine/changes/log/changes-by.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { instantText } from '../../engine/graph/instant.ts';
import type { NoParameters, Statement } from '../../engine/graph/statement.ts';
import { tagNamed } from './tags.ts';

/** A state that the graph was in: all that the log holds up to a sequence, the last of its transaction. */
export interface Revision {
  readonly revision: number;
  /**
   * The transaction of its last change. In the log of a database before a backup was restored, the same number may
   * stand for another state; the same transaction does not.
   */
  readonly transaction: string;
  /** When its last change was made; RFC 3339. */
  readonly at: string;
  readonly author: string;
  readonly reason: string | null;
}

/** How a revision is named: by its number, its tag, or an instant at which it was the newest, which may be meant by a day. */
export type RevisionName =
  | { readonly revision: number }
  | { readonly tag: string }
  | { readonly at: string; readonly day?: string };

/** There is no such revision, or none that the log can tell of; the message says which there are. */
export class NoSuchRevision extends Error {
  override readonly name = 'NoSuchRevision';
}

type RevisionColumns = readonly [
  revision: number,
  transaction: string,
  at: DateTime<number>,
  author: string,
  reason: string | null,
];

const returned = 'RETURN change.sequence, change.transaction, change.at, change.author, change.reason';

// What a transaction wrote is one state, whichever of its changes is named.
const byNumber: Statement<{ readonly revision: Integer }, RevisionColumns> = {
  name: 'revision-by-number',
  text: `MATCH (named:\`_Change\` {sequence: $revision})
MATCH (last:\`_Change\` {transaction: named.transaction})
WITH max(last.sequence) AS sequence
MATCH (change:\`_Change\` {sequence: sequence}) ${returned}`,
};

// Transactions bear the instant at which they began, so a longer one may follow in the log and yet bear an earlier
// instant: as long as a write may take, those before the last are looked at too.
const byInstant: Statement<{ readonly at: string }, RevisionColumns> = {
  name: 'revision-by-instant',
  text: `MATCH (newest:\`_Change\`) WHERE newest.at <= datetime($at)
WITH newest.at AS at ORDER BY at DESC LIMIT 1
MATCH (near:\`_Change\`) WHERE at - duration('PT1M') <= near.at <= at
WITH max(near.sequence) AS sequence
MATCH (change:\`_Change\` {sequence: sequence}) ${returned}`,
};

// Neo4j makes a commit visible bit by bit (see `read-changes`): while the last change cannot be seen, the newest is the settled one.
const newest: Statement<NoParameters, readonly [...revision: RevisionColumns, isSettled: boolean]> = {
  name: 'revision-newest',
  text: `MATCH (log:\`_ChangeLog\` {name: 'changes'})
MATCH (change:\`_Change\`) WHERE change.sequence IN [log.last, log.settled]
WITH log, change ORDER BY change.sequence DESC LIMIT 1
${returned},
  COUNT { MATCH (new:\`_Change\`) WHERE log.settled < new.sequence <= log.last } = log.last - log.settled`,
};

const oldest: Statement<NoParameters, readonly [sequence: number | null]> = {
  name: 'revision-oldest',
  text: `OPTIONAL ${changesBy('subject', 'sequence')}
WHERE change.subject = 'IMPORT' AND change.sequence > 0 AND change.listed IS NULL
RETURN max(change.sequence)`,
};

const revisionOf = ([revision, transaction, at, author, reason]: RevisionColumns): Revision => ({
  revision,
  transaction,
  at: instantText(at),
  author,
  reason,
});

/** The newest revision, and whether all of it can be read by now. */
export interface NewestRevision extends Revision {
  readonly isSettled: boolean;
}

/** The newest revision; `undefined` while nothing is in the log. @throws GraphError */
export async function newestRevision(graph: Graph): Promise<NewestRevision | undefined> {
  const [row] = await graph.read(newest, {});
  if (!row) return undefined;
  const [revision, transaction, at, author, reason, isSettled] = row;
  return { ...revisionOf([revision, transaction, at, author, reason]), isSettled };
}

/** The first revision that the log can tell of: an import that does not list its records hides what was before it. @throws GraphError */
export async function oldestRevision(graph: Graph): Promise<number> {
  const [[sequence] = [null]] = await graph.read(oldest, {});
  return sequence ?? 1;
}

async function numbered(graph: Graph, revision: number): Promise<Revision> {
  const last = await newestRevision(graph);
  if (!last) throw noneYet();
  if (!Number.isSafeInteger(revision) || revision < 0) {
    throw new NoSuchRevision(`A revision is a whole number from 1; got ${revision}.`);
  }
  if (revision > last.revision) {
    throw new NoSuchRevision(`Revision ${revision} does not exist yet. The newest is ${last.revision}.`);
  }
  const [row] = revision === 0 ? [] : await graph.read(byNumber, { revision: neo4j.int(revision) });
  if (!row) throw await beforeHistory(graph, `Revision ${revision}`);
  return revisionOf(row);
}

const noneYet = () => new NoSuchRevision('The graph has no revision yet: nothing has changed since it was made.');

const minuteOf = ({ at }: Revision): string =>
  new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

async function beforeHistory(graph: Graph, what: string): Promise<NoSuchRevision> {
  const [row] = await graph.read(byNumber, { revision: neo4j.int(await oldestRevision(graph)) });
  if (!row) return noneYet();
  const first = revisionOf(row);
  return new NoSuchRevision(
    `${what} lies before history begins. The oldest revision is ${first.revision}, of ${minuteOf(first)} UTC.`,
  );
}

async function atInstant(graph: Graph, { at, day = at }: Extract<RevisionName, { at: string }>): Promise<Revision> {
  if (Date.parse(at) > Date.now() + 1_000) {
    throw new NoSuchRevision(`${day} lies in the future. Name a time that has passed.`);
  }
  const [row] = await graph.read(byInstant, { at: at.toUpperCase() });
  if (!row) throw await beforeHistory(graph, day);
  return revisionOf(row);
}

/** Sequence of the last change that was made until an instant; 0 if there was none. @throws GraphError */
export async function sequenceAt(graph: Graph, at: string): Promise<number> {
  const [[sequence] = [0]] = await graph.read(byInstant, { at: at.toUpperCase() });
  return sequence;
}

/**
 * The revision of a name. A number within a transaction stands for the whole of it.
 * @throws NoSuchRevision, GraphError
 */
export async function findRevision(graph: Graph, name: RevisionName): Promise<Revision> {
  if ('revision' in name) return numbered(graph, name.revision);
  const tag = 'tag' in name ? await tagNamed(graph, name.tag) : undefined;
  if ('tag' in name && !tag) {
    throw new NoSuchRevision(`There is no tag ${JSON.stringify(name.tag.slice(0, 100))}. \`tags\` lists them.`);
  }
  return 'tag' in name ? numbered(graph, tag?.revision ?? 0) : atInstant(graph, name);
}

/** The same, where the state of the graph is known. @throws NoSuchRevision, GraphError */
export async function findKnownRevision(graph: Graph, name: RevisionName): Promise<Revision> {
  const found = await findRevision(graph, name);
  if (found.revision >= (await oldestRevision(graph))) return found;
  throw await beforeHistory(graph, `Revision ${found.revision}`);
}
