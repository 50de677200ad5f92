import type { Card } from '../../drawing/answers.ts';
import type { Piece } from '../../drawing/piece.ts';
import { type Degree, degrees, reliabilityOf } from '../../drawing/trust.ts';
import { kindOf } from '../../drawing/words.ts';
import type { View } from './address.ts';

/** Year of an entity for timelines and filters, if known. */
export function yearOf(card: Card): number | undefined {
  const year =
    card.yearRecognised ??
    card.foundedYear ??
    card.launchedYear ??
    card.establishedYear ??
    card.year ??
    card.briMouYear ??
    undefined;
  if (year !== undefined) return year;
  return card.firstMilestoneDate ? Number(card.firstMilestoneDate.slice(0, 4)) : undefined;
}

const isAtLeast = (degree: string, least: Degree) => degrees.indexOf(degree as Degree) >= degrees.indexOf(least);

type Filters = Pick<
  View,
  'hiddenKinds' | 'hiddenRelations' | 'designations' | 'since' | 'until' | 'confidence' | 'reliability'
>;

/** Whether any filter is set. */
export const isFiltering = (filters: Filters): boolean =>
  filters.hiddenKinds.length + filters.hiddenRelations.length + filters.designations.length > 0 ||
  [filters.since, filters.until, filters.confidence, filters.reliability].some((value) => value !== undefined);

function fits(card: Card, filters: Filters): boolean {
  if (filters.hiddenKinds.includes(kindOf(card.__typename))) return false;
  if (card.designation !== undefined && filters.designations.length > 0) {
    if (!filters.designations.includes(card.designation)) return false;
  }
  if (filters.confidence && card.confidence && !isAtLeast(card.confidence, filters.confidence)) return false;
  // A year filter hides entities whose year is unknown, but not kinds that have no year.
  const hasYears = 'yearRecognised' in card || 'foundedYear' in card || 'launchedYear' in card;
  const year = yearOf(card);
  const isDated = hasYears || 'establishedYear' in card || 'year' in card;
  if (!isDated || (filters.since === undefined && filters.until === undefined)) return true;
  return year !== undefined && year >= (filters.since ?? year) && year <= (filters.until ?? year);
}

/** The part of a graph that passes the filters. */
export function filtered(graph: Piece, filters: Filters): Piece {
  const nodes = graph.nodes.filter((card) => fits(card, filters));
  const shown = new Set(nodes.map(({ slug }) => slug));
  const edges = graph.edges.filter(
    (edge) =>
      shown.has(edge.from.slug) &&
      shown.has(edge.to.slug) &&
      !filters.hiddenRelations.includes(edge.relation) &&
      (!filters.reliability || isAtLeast(reliabilityOf(edge), filters.reliability)),
  );
  return { nodes, edges };
}
