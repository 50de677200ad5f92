import neo4j, { type Integer } from 'neo4j-driver';
import type { Graph, ReadOptions } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import { changesBy } from './changes-by.ts';

/** A change of the log. In the log of a restored backup, another transaction may have written the one with its sequence. */
export interface LogPlace {
  readonly sequence: number;
  readonly transaction: string | null;
}

/** What changed after a place in the log. */
export interface Touched {
  /** The last change examined; continue after it. */
  readonly last: LogPlace;
  /** Kinds and relation types with changes; `undefined` if everything may have changed. */
  readonly names: readonly string[] | undefined;
  /** An import, an adoption or a restore is incomplete: the graph changes before the log says so. */
  readonly isImporting: boolean;
}

/** Beyond this number of changes everything counts as changed, so that reading stays short. */
const MOST_CHANGES = 1_000;

interface Parameters {
  readonly after: Integer;
  readonly transaction: string | null;
  readonly most: Integer;
}

type Columns = readonly [
  last: number,
  transaction: string | null,
  isSame: boolean,
  names: readonly string[],
  hasImports: boolean,
  isImporting: boolean,
];

// As in `read-changes`, the last transaction counts once all of it is visible.
const touchedSince: Statement<Parameters, Columns> = {
  name: 'change-log-touched',
  text: `OPTIONAL MATCH (log:\`_ChangeLog\` {name: 'changes'})
WITH coalesce(log.last, 0) AS last, coalesce(log.settled, 0) AS settled
CALL (last, settled) {
  ${changesBy('sequence')} WHERE settled < change.sequence <= last AND $after < last
  RETURN count(change) AS found
}
WITH CASE WHEN $after >= last OR found = last - settled THEN last ELSE settled END AS visible
CALL (visible) {
  ${changesBy('sequence')} WHERE $after < change.sequence <= visible AND visible - $after <= $most
  RETURN collect(DISTINCT coalesce(change.kind, change.relation)) AS names,
    any(subject IN collect(DISTINCT change.subject) WHERE subject = 'IMPORT') AS hasImports
}
OPTIONAL MATCH (known:\`_Change\` {sequence: $after})
OPTIONAL MATCH (end:\`_Change\` {sequence: visible})
RETURN visible, end.transaction, $after <= 0 OR coalesce(known.transaction = $transaction, false), names, hasImports,
  EXISTS { (:\`_Import\`) } OR EXISTS { (:\`_Restore\`) } OR EXISTS { (marker:\`_Adoption\`) WHERE marker.finishedAt IS NULL } AS isImporting`,
};

/** Statements of the server itself, which are planned at its start. */
export const ownStatements: readonly Statement[] = [touchedSince];

/** What the log says has changed after a place. @throws GraphError */
export async function readTouched(
  graph: Graph,
  { sequence: after, transaction }: LogPlace,
  options: ReadOptions,
): Promise<Touched> {
  const parameters = { after: neo4j.int(after), transaction, most: neo4j.int(MOST_CHANGES) };
  const [row] = await graph.read(touchedSince, parameters, options);
  if (!row) throw new Error('The change log returned no row.');
  const [sequence, ended, isSame, names, hasImports, isImporting] = row;
  const isWhole = isSame && !hasImports && sequence - after <= MOST_CHANGES;
  return { last: { sequence, transaction: ended }, names: isWhole ? names : undefined, isImporting };
}
