import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';

/** How many entities of one kind, or relations of one type, were written or found as they should be. */
export interface Tally {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
}

/** What an import did. */
export interface ImportSummary {
  readonly tallies: ReadonlyMap<Kind | RelationType, Tally>;
  /** What the seeds put into the graph and no longer hold, and what stayed there: ids, and relations as `TYPE from → to`. */
  readonly missing: readonly string[];
  /** The same for removed records, including every relation deleted with its entity. */
  readonly removed: readonly string[];
  /** Sources that the seeds no longer hold and that were not removed, because something rests on them. */
  readonly kept: readonly string[];
  /** Number of records left out because of errors. */
  readonly rejected: number;
}

export type Tallies = Map<Kind | RelationType, Tally>;

const noTally: Tally = { created: 0, updated: 0, unchanged: 0, removed: 0 };

export function addTally<Name>(tallies: Map<Name, Tally>, name: Name, more: Partial<Tally>): void {
  const { created, updated, unchanged, removed } = { ...noTally, ...more };
  const before = tallies.get(name) ?? noTally;
  tallies.set(name, {
    created: before.created + created,
    updated: before.updated + updated,
    unchanged: before.unchanged + unchanged,
    removed: before.removed + removed,
  });
}

/** How many records were created, and how many changed. */
export function changesIn(tallies: Tallies): { readonly created: number; readonly updated: number } {
  const all = [...tallies.values()];
  return {
    created: all.reduce((sum, { created }) => sum + created, 0),
    updated: all.reduce((sum, { updated }) => sum + updated, 0),
  };
}

/** All that an import did to entities, and all that it did to relations. */
export function totalsOf(
  { isKind }: Ontology,
  { tallies }: ImportSummary,
): { readonly entities: Tally; readonly relations: Tally } {
  const totals = new Map<'entities' | 'relations', Tally>();
  for (const [name, tally] of tallies) addTally(totals, isKind(name) ? 'entities' : 'relations', tally);
  return { entities: totals.get('entities') ?? noTally, relations: totals.get('relations') ?? noTally };
}
