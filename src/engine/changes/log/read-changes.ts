import neo4j, { type Integer } from 'neo4j-driver';
import type { Kind } from '../../../ontology/vocabulary.ts';
import { GraphError } from '../../graph/errors.ts';
import type { Graph, ReadOptions } from '../../graph/graph.ts';
import type { NoParameters, Statement } from '../../graph/statement.ts';
import type { Change } from '../change.ts';
import { changeOf, type StoredChange } from './change-log.ts';
import { changesBy, firstBy, firstOf, fitting } from './changes-by.ts';

/** Which changes: those after a sequence that concern a kind and an entity of these, where given. */
export interface ChangesWanted {
  readonly after: number;
  readonly kinds?: readonly Kind[] | undefined;
  /** Slugs. A relation concerns both its ends; an import may concern anything and is always among the changes. */
  readonly ids?: readonly string[] | undefined;
  readonly first: number;
}

export interface ReadChanges {
  /** In the order of their sequence. There may be fewer than asked for although more follow. */
  readonly changes: readonly Change[];
  /** Sequence of the last change examined; continue after it. */
  readonly last: number;
}

/** Changes read from a place in the log. */
export interface ReadOn extends ReadChanges {
  /** Whether the page ended where it was full, so that more may follow. */
  readonly isFull: boolean;
  /** Length of the texts in which the log has these changes. */
  readonly characters: number;
  /** Transaction of the change at which the reading began; `null` if the log that was read has no such change. */
  readonly begun: string | null;
  /** The restore that the log comes from; `null` if it was not restored, `undefined` if there is none at the moment. */
  readonly restore: string | null | undefined;
}

// Neo4j makes a commit visible bit by bit: the node of the log before the index entries. All changes before the last
// transaction are certain, because it was admitted only then; of the last one itself, all must be found.
const visible = `MATCH (log:\`_ChangeLog\` {name: 'changes'})
WITH log.last AS last, log.settled AS settled, log.restore AS restore
CALL (last, settled) {
  ${changesBy('sequence')} WHERE settled < change.sequence <= last RETURN count(change) AS found
}
WITH restore, settled, CASE WHEN found = last - settled THEN last ELSE settled END AS visible`;

/** What a change has that concerns one of `$kinds`. */
export const ofKinds = `($kinds IS NULL OR change.subject = 'IMPORT'
    OR change.kind IN $kinds OR change.fromKind IN $kinds OR change.toKind IN $kinds)`;

const ofIds = `(change.subject = 'IMPORT' OR change.entity IN $ids OR change.from IN $ids OR change.to IN $ids)`;

interface ChangesParameters {
  readonly after: Integer;
  readonly kinds: readonly Kind[] | null;
  readonly first: Integer;
  readonly characters: Integer;
}

type ChangesColumns = readonly [
  visible: number,
  changes: readonly StoredChange[],
  begun: string | null,
  restore: string | null | undefined,
  isCut: boolean,
  characters: number,
];

const begun = 'head(COLLECT { MATCH (begun:`_Change` {sequence: $after}) RETURN begun.transaction })';

// Neo4j sends a row as a whole, so a page is bounded in its length as well as in its number.
const returned = `WITH restore, visible, found, ${fitting('found')} AS fitting
RETURN visible, [change IN found[..fitting[0]] | properties(change)], ${begun}, restore, fitting[0] < size(found), fitting[1]`;

const changesInOrder: Statement<ChangesParameters, ChangesColumns> = {
  name: 'changes',
  text: `${visible}
CALL (visible) {
  ${changesBy('sequence')} WHERE $after < change.sequence <= visible AND ${ofKinds}
  WITH change ORDER BY change.sequence LIMIT $first
  RETURN collect(change) AS found
}
${returned}`,
};

const isSettled = `$after < change.sequence <= settled AND ${ofKinds}`;

// Few of many changes are about an entity, so they are found by its slug.
const changesOfIds: Statement<ChangesParameters & { readonly ids: readonly string[] }, ChangesColumns> = {
  name: 'changes-of-ids',
  text: `${visible}
OPTIONAL CALL (settled, visible) {
  UNWIND $ids AS id
  CALL (settled, id) {${firstOf('id', isSettled)}
  }
  RETURN change
  UNION${firstBy('subject', "'IMPORT'", isSettled)}
  UNION
    ${changesBy('sequence')}
    WHERE settled < change.sequence <= visible AND $after < change.sequence AND ${ofKinds} AND ${ofIds}
    RETURN change
}
WITH restore, visible, change ORDER BY change.sequence LIMIT $first
WITH restore, visible, collect(change) AS found
${returned}`,
};

/** Length of the texts of a page, which its last change may pass. */
export const PAGE_CHARACTERS = 2 ** 22;

/**
 * Reads the log onwards. Sees a change only when it sees all those before it. A page ends early where its changes are long;
 * one change is read in any case.
 * @throws GraphError
 */
export async function readChanges(
  graph: Graph,
  { after, kinds, ids, first }: ChangesWanted,
  options?: ReadOptions,
): Promise<ReadOn> {
  const parameters = {
    after: neo4j.int(after),
    kinds: kinds ?? null,
    first: neo4j.int(first),
    characters: neo4j.int(PAGE_CHARACTERS),
  };
  const [[visible, found, begun, restore, isCut, characters] = [0, [], null, undefined, false, 0]] = await (ids
    ? graph.read(changesOfIds, { ...parameters, ids: [...new Set(ids)] }, options)
    : graph.read(changesInOrder, parameters, options));
  const changes = found.map((change) => changeOf(graph.ontology, change));
  const isFull = isCut || changes.length >= first;
  const end = isFull ? (changes.at(-1)?.sequence ?? after) : visible;
  return { changes, last: Math.max(after, end), begun, restore, isFull, characters };
}

interface StretchParameters {
  readonly after: Integer;
  readonly until: Integer;
  readonly first: Integer;
  readonly characters: Integer;
}

const stretch = (order: '' | ' DESC'): Statement<StretchParameters, readonly [sequence: number | null]> => ({
  name: `changes-stretch${order === '' ? '' : '-back'}`,
  text: `CALL () {
  ${changesBy('sequence')} WHERE $after < change.sequence <= $until
  WITH change ORDER BY change.sequence${order} LIMIT $first
  RETURN collect(change) AS found
}
WITH found, ${fitting('found')} AS fitting
RETURN found[fitting[0] - 1].sequence`,
});

const onwards = stretch('');
const backwards = stretch(' DESC');

/**
 * How far the log is followed from one revision towards another: at most `first` changes of about `characters`, and at least
 * one. It may end within a transaction.
 * @throws GraphError
 */
export async function readStretch(
  graph: Graph,
  from: number,
  towards: number,
  { first, characters }: { readonly first: number; readonly characters: number },
): Promise<number> {
  const isLater = towards > from;
  const [[sequence] = [null]] = await graph.read(isLater ? onwards : backwards, {
    after: neo4j.int(Math.min(from, towards)),
    until: neo4j.int(Math.max(from, towards)),
    first: neo4j.int(first),
    characters: neo4j.int(characters),
  });
  if (sequence === null) return towards;
  return isLater ? sequence : sequence - 1;
}

const last: Statement<NoParameters, readonly [last: number | null]> = {
  name: 'change-log-last',
  text: "MATCH (log:`_ChangeLog` {name: 'changes'}) RETURN log.last",
};

/** Statements of the server itself, which are planned at its start. */
export const ownStatements: readonly Statement[] = [last, changesInOrder];

/** Sequence of the last change; 0 if there is none. @throws GraphError */
export async function lastSequence(graph: Graph): Promise<number> {
  const [[sequence] = [0]] = await graph.read(last, {});
  return sequence ?? 0;
}

/** The changes that were made together. */
export interface TransactionExtent {
  readonly transaction: string;
  /** Sequence of its first change. */
  readonly first: number;
  readonly last: number;
}

const extent: Statement<{ readonly sequence: Integer }, readonly [transaction: string, first: number, last: number]> = {
  name: 'transaction-extent',
  text: `MATCH (named:\`_Change\` {sequence: $sequence})
MATCH (change:\`_Change\` {transaction: named.transaction})
RETURN named.transaction, min(change.sequence), max(change.sequence)`,
};

/** The transaction of a change; `undefined` if this server has no such change. @throws GraphError */
export async function findExtent(graph: Graph, sequence: number): Promise<TransactionExtent | undefined> {
  const [row] = await graph.read(extent, { sequence: neo4j.int(sequence) });
  return row && { transaction: row[0], first: row[1], last: row[2] };
}

/** The transaction of a change that exists. @throws GraphError */
export async function readExtent(graph: Graph, sequence: number): Promise<TransactionExtent> {
  const found = await findExtent(graph, sequence);
  // In a cluster, the server that is asked may be behind the one that returned the change.
  if (!found) throw new GraphError('UNAVAILABLE', `The change log has no change ${sequence}.`);
  return found;
}
