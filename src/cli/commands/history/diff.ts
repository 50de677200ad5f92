import { existsSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { compareFiles } from '../../../doors/data/import/compare-files.ts';
import type { Change } from '../../../engine/changes/change.ts';
import type { NewChange } from '../../../engine/changes/log/change-log.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import {
  differencesOf,
  propertyDifferences,
  type RecordDifference,
  readDifferences,
} from '../../../history/revisions/difference.ts';
import { findKnownRevision, NoSuchRevision, newestRevision } from '../../../history/revisions/revision.ts';
import { openGraph } from '../session/open-graph.ts';
import { readRevision } from '../session/read-revision.ts';
import type { Session } from '../session/session.ts';
import { unlessStopped } from '../session/unless-stopped.ts';

export interface DiffFlags {
  readonly json?: boolean;
  readonly mapping?: string;
}

/** A change that would be made, as one of the log. */
const expected = (change: NewChange): Change =>
  ({ ...change, sequence: 0, transaction: '', at: '', author: '' }) as Change;

const nameOf = (one: RecordDifference) =>
  one.subject === 'ENTITY'
    ? `${one.entity.kind} ${one.entity.slug}`
    : `${one.relation} ${one.from.slug} → ${one.to.slug}`;

const signs = { CREATED: '+', UPDATED: '~', DELETED: '-' } as const;

/** A difference in lines for people. */
function linesOf(one: RecordDifference): readonly string[] {
  const line = `${signs[one.action]} ${nameOf(one)}`;
  if (one.action !== 'UPDATED') return [line];
  const values = propertyDifferences(one).map(
    ({ name, before, after }) => `    ${name}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
  );
  return [line, ...values];
}

/** A difference as a line of JSON. */
function jsonOf(one: RecordDifference): string {
  const { action, before, after } = one;
  const record =
    one.subject === 'ENTITY'
      ? { kind: one.entity.kind, id: one.entity.slug }
      : { type: one.relation, from: one.from.slug, to: one.to.slug };
  return JSON.stringify({ action, ...record, before, after });
}

function summaryOf(differences: readonly RecordDifference[]): string {
  const count = (subject: RecordDifference['subject'], action: RecordDifference['action']) =>
    differences.filter((one) => one.subject === subject && one.action === action).length.toLocaleString('en');
  const counts = (subject: RecordDifference['subject']) =>
    `${count(subject, 'CREATED')} created, ${count(subject, 'UPDATED')} updated, ${count(subject, 'DELETED')} deleted`;
  return differences.length === 0
    ? 'Nothing differs.'
    : `Entities: ${counts('ENTITY')}. Relations: ${counts('RELATION')}.`;
}

async function betweenRevisions(graph: Graph, from: string, to: string | undefined) {
  const [earlier, later] = await Promise.all([
    findKnownRevision(graph, readRevision(from)),
    to === undefined ? newestRevision(graph) : findKnownRevision(graph, readRevision(to)),
  ]);
  if (!later) throw new NoSuchRevision('The graph has no revision yet.');
  if (earlier.revision > later.revision) {
    throw new InvalidArgumentError(`Revision ${earlier.revision} is later than ${later.revision}. Exchange them.`);
  }
  return readDifferences(graph, earlier, later);
}

/**
 * Prints what differs between two revisions, or what an import of files would change.
 * @throws InvalidArgumentError, NoSuchRevision, ImportRefused; and what `openGraph` throws
 */
export async function showDifferences(
  session: Session,
  from: string,
  to: string | undefined,
  { json = false, mapping }: DiffFlags,
): Promise<void> {
  const isData = existsSync(from);
  if (isData && to !== undefined)
    throw new InvalidArgumentError('Files are compared with the graph of today. Leave out the second argument.');
  if (!isData && mapping !== undefined)
    throw new InvalidArgumentError('--mapping is for files, and there is none of this name.');
  if (!isData) readRevision(from);
  const { screen } = session;
  const opened = await openGraph(json ? { ...session, screen: { ...screen, say: () => {} } } : session);
  try {
    const { graph } = opened;
    const differences = await unlessStopped(
      session.signal,
      isData
        ? compareFiles(graph, [from], { mapping }).then((changes) =>
            differencesOf(graph.ontology, changes.map(expected)),
          )
        : betweenRevisions(graph, from, to),
    );
    for (const one of differences) for (const line of json ? [jsonOf(one)] : linesOf(one)) screen.say(line);
    if (!json) screen.say(summaryOf(differences));
  } finally {
    await opened.close();
  }
}
