import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import { isSlug } from '../check/check-properties.ts';
import { milestoneSources } from '../check/check-references.ts';
import { isToOne } from '../check/relation-rules.ts';
import type { Operation } from '../operation.ts';

interface Pair {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
}

/** The parts of the graph that operations refer to. Invalid slugs refer to nothing. */
export interface References {
  /** Sorted, because entities are locked in this order. */
  readonly slugs: readonly string[];
  /** What may come into being. */
  readonly created: readonly string[];
  /** Ends between which a relation may be there already. */
  readonly pairs: readonly Pair[];
  /** Starts of relations to one target, which may have another one. */
  readonly starts: readonly Omit<Pair, 'to'>[];
  /** Where links that may lead in a circle go to, by type. */
  readonly upward: ReadonlyMap<RelationType, readonly string[]>;
  readonly removed: readonly string[];
  /** Entities whose incoming relations are deleted with them. */
  readonly detached: readonly string[];
  readonly removedSources: readonly string[];
}

export function referencesIn(ontology: Ontology, operations: readonly Operation[]): References {
  const slugs = [...new Set(operations.flatMap((operation) => slugsIn(ontology, operation)))].filter(isSlug).sort();
  const pairs = operations
    .flatMap((operation) => pairsIn(ontology, operation))
    .filter(({ from, to }) => isSlug(from) && isSlug(to));
  const links = operations.filter((operation) => operation.action === 'LINK');
  const creations = operations.filter((operation) => operation.action === 'CREATE' || operation.action === 'UPSERT');
  const deletions = operations.filter((operation) => operation.action === 'DELETE');
  const upward = new Map<RelationType, string[]>();
  for (const { relation, to } of links)
    if (ontology.isAcyclic(relation)) getOrInsert(upward, relation, () => []).push(to);
  return {
    slugs,
    created: [...new Set(creations.map(({ slug }) => slug))].filter(isSlug),
    pairs,
    starts: links
      .filter(({ relation }) => isToOne(ontology, relation))
      .map(({ relation, from }) => ({ type: relation, from })),
    upward,
    removed: deletions.map(({ slug }) => slug),
    detached: deletions.filter(({ detach }) => detach).map(({ slug }) => slug),
    removedSources: deletions.filter(({ kind }) => kind === ontology.provenance?.kind).map(({ slug }) => slug),
  };
}

function slugsIn(ontology: Ontology, operation: Operation): readonly unknown[] {
  switch (operation.action) {
    case 'LINK':
      return [operation.from, operation.to, ...(operation.sources ?? [])];
    case 'UNLINK':
      return [operation.from, operation.to];
    case 'DELETE':
      return [operation.slug];
    default: {
      const milestones = milestoneSources(ontology, operation.properties).map(({ source }) => source);
      return [operation.slug, ...(operation.sources ?? []), ...milestones];
    }
  }
}

function pairsIn({ provenance }: Ontology, operation: Operation): readonly Pair[] {
  if ('relation' in operation) return [{ type: operation.relation, from: operation.from, to: operation.to }];
  if (operation.action === 'DELETE' || !provenance) return [];
  const from = operation.slug;
  return (operation.sources ?? []).map((to) => ({ type: provenance.relation, from, to }));
}
