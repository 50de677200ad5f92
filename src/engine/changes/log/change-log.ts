import neo4j, { type DateTime } from 'neo4j-driver';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Run } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import type { Change, ChangeAction, EntityChange, ImportChange, Logged, RelationChange } from '../change.ts';

/** A change that the log does not hold yet. */
export type NewChange =
  | Omit<EntityChange, keyof Logged>
  | Omit<RelationChange, keyof Logged>
  | Omit<ImportChange, keyof Logged>;

/** The author of changes, and their transaction. */
export interface Authorship {
  readonly transaction: string;
  readonly author: string;
  readonly authorId?: string | undefined;
  readonly reason?: string | undefined;
}

/** The authorship without what is not known of it. */
const withoutGaps = ({ transaction, author, authorId, reason }: Authorship) => ({
  transaction,
  author,
  ...(authorId === undefined ? {} : { authorId }),
  ...(reason === undefined ? {} : { reason }),
});

/** States are JSON; absent ones are those before a creation and after a deletion. */
interface StoredStates {
  readonly action: ChangeAction;
  readonly before?: string;
  readonly after?: string;
}

/** The properties of a node of the log. */
export type StoredChange = Omit<Logged, 'at'> & { readonly at: DateTime<number> } & (
    | Omit<ImportChange, keyof Logged>
    | (StoredStates & {
        readonly subject: 'ENTITY';
        readonly kind: string;
        readonly entity: string;
        readonly revision: number;
      })
    | (StoredStates & {
        readonly subject: 'RELATION';
        readonly relation: string;
        readonly fromKind: string;
        readonly from: string;
        readonly toKind: string;
        readonly to: string;
      })
  );

interface AppendParameters {
  readonly changes: readonly ReturnType<typeof stored>[];
  readonly authorship: Authorship;
}

// The node of the log is locked from here until the end of the transaction. So the sequence has no gaps, follows the
// order in which transactions took effect, and every change up to `settled` is in all indexes once a later one was
// admitted.
const append: Statement<AppendParameters, readonly [settled: number, at: DateTime<number>]> = {
  name: 'change-log-append',
  text: `MERGE (log:\`_ChangeLog\` {name: 'changes'})
SET log.\`_lock\` = true REMOVE log.\`_lock\`
WITH log, coalesce(log.last, 0) AS settled, datetime.transaction() AS at
SET log.settled = settled, log.last = settled + size($changes)
WITH settled, at
CALL (settled, at) {
  UNWIND range(0, size($changes) - 1) AS place
  CREATE (change:\`_Change\` {sequence: settled + place + 1, at: at})
  SET change += $changes[place], change += $authorship
}
RETURN settled, at`,
};

/**
 * Appends changes to the log. It must be the last step of a transaction, because all other writers wait from here until
 * its end.
 * @returns the changes as the log holds them
 */
export async function appendChanges(
  run: Run,
  changes: readonly NewChange[],
  authorship: Authorship,
): Promise<readonly Change[]> {
  if (changes.length === 0) return [];
  const shared = withoutGaps(authorship);
  const [appended] = await run(append, { changes: changes.map(stored), authorship: shared });
  if (!appended) throw new Error('The change log took no changes.');
  const [settled, at] = appended;
  return changes.map((change, place) => ({
    ...change,
    ...shared,
    sequence: settled + place + 1,
    at: instant(at),
  }));
}

/** What an import did, for the log. */
export interface LoggedImport extends Pick<ImportChange, 'files' | 'created' | 'updated' | 'removed' | 'listed'> {
  readonly author: string;
  readonly reason?: string | undefined;
  readonly transaction: string;
}

/**
 * Appends the entry for an import, if it changed anything, after those that list what it changed. An import that lists
 * nothing is the baseline from which the log continues. It must be the last step of its (last) transaction.
 */
export async function logImport(
  run: Run,
  { author, reason, transaction, listed = false, ...done }: LoggedImport,
  entries: readonly NewChange[] = [],
): Promise<void> {
  if (done.created + done.updated + done.removed === 0) return;
  const authorId = `command:${author}`;
  const all: readonly NewChange[] = [...entries, { subject: 'IMPORT', ...done, ...(listed ? { listed } : {}) }];
  await appendChanges(run, all, { author, authorId, reason, transaction });
}

function stored(change: NewChange) {
  if (change.subject === 'IMPORT') {
    const { created, updated, removed } = change;
    return { ...change, created: neo4j.int(created), updated: neo4j.int(updated), removed: neo4j.int(removed) };
  }
  const states = { before: text(change.before), after: text(change.after) };
  const { subject, action } = change;
  if (change.subject === 'ENTITY') {
    const { entity, revision } = change;
    return { subject, action, kind: entity.kind, entity: entity.slug, revision: neo4j.int(revision), ...states };
  }
  const { relation, from, to } = change;
  return { subject, action, relation, fromKind: from.kind, from: from.slug, toKind: to.kind, to: to.slug, ...states };
}

const text = (state: unknown) => (state === null ? null : JSON.stringify(state));

const ofTransaction: Statement<{ readonly transaction: string }, readonly [change: StoredChange]> = {
  name: 'change-log-of-transaction',
  text: 'MATCH (change:`_Change` {transaction: $transaction}) RETURN properties(change) ORDER BY change.sequence',
};

/** What a transaction changed. */
export const changesOf = async (ontology: Ontology, run: Run, transaction: string): Promise<readonly Change[]> =>
  (await run(ofTransaction, { transaction })).map(([change]) => changeOf(ontology, change));

/** The change in a node of the log. */
export function changeOf(ontology: Ontology, node: StoredChange): Change {
  const logged = { sequence: node.sequence, at: instant(node.at), ...withoutGaps(node) };
  if (node.subject === 'IMPORT') {
    const { files, created, updated, removed, listed } = node;
    return { ...logged, subject: 'IMPORT', ...(listed ? { listed } : {}), files, created, updated, removed };
  }
  const { action } = node;
  const states = { before: state(node.before), after: state(node.after) };
  if (node.subject === 'ENTITY') {
    const { kind, entity: slug, revision } = node;
    if (!ontology.isKind(kind))
      return { ...logged, subject: 'FORMER', action, of: kind, slugs: [slug], kinds: [], ...states };
    return { ...logged, subject: 'ENTITY', action, entity: { kind, slug }, revision, ...states };
  }
  const { relation, fromKind, toKind } = node;
  const kinds = [fromKind, toKind].filter(ontology.isKind);
  if (!ontology.isRelationType(relation) || kinds.length < 2)
    return { ...logged, subject: 'FORMER', action, of: relation, slugs: [node.from, node.to], kinds, ...states };
  const ends = { from: { kind: fromKind, slug: node.from }, to: { kind: toKind, slug: node.to } };
  return { ...logged, subject: 'RELATION', action, relation, ...ends, ...states };
}

const state = (json: string | undefined) => (json === undefined ? null : JSON.parse(json));

/** An instant of Neo4j in the form of RFC 3339, in UTC. */
const instant = (value: DateTime<number>): string => value.toStandardDate().toISOString();
