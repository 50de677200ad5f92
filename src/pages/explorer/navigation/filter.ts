import type { Card } from '../../drawing/answers.ts';
import type { Piece } from '../../drawing/piece.ts';
import { type Degree, degrees } from '../../drawing/trust.ts';
import { kindOf } from '../../drawing/words.ts';
import { yearOf } from '../settings/dates.ts';
import { settingsOf } from '../settings/known.ts';
import { confidenceOf, highlightOf, reliabilityOf } from '../settings/standing.ts';
import type { View } from './address.ts';

const isAtLeast = (degree: string, least: Degree) => degrees.indexOf(degree as Degree) >= degrees.indexOf(least);

type Filters = Pick<
  View,
  'hiddenKinds' | 'hiddenRelations' | 'standings' | 'near' | 'since' | 'until' | 'confidence' | 'reliability'
>;

/** Whether any filter is set. */
export const isFiltering = (filters: Filters): boolean =>
  filters.hiddenKinds.length + filters.hiddenRelations.length + filters.standings.length > 0 ||
  [filters.near, filters.since, filters.until, filters.confidence, filters.reliability].some(
    (value) => value !== undefined,
  );

/** Whether an entity has one of the values that are chosen for its kind, if any are. */
function hasStanding(card: Card, chosen: readonly string[]): boolean {
  const highlight = highlightOf(card);
  return !highlight?.values.some((value) => chosen.includes(value)) || chosen.includes(highlight.own);
}

function fits(card: Card, filters: Filters): boolean {
  if (filters.hiddenKinds.includes(kindOf(card.__typename))) return false;
  if (!hasStanding(card, filters.standings)) return false;
  const confidence = confidenceOf(card);
  if (filters.confidence && confidence && !isAtLeast(confidence, filters.confidence)) return false;
  // A year filter hides entities whose year is unknown, but not kinds that have no year.
  const year = yearOf(card);
  if (!settingsOf(card.__typename)?.isDated || (filters.since === undefined && filters.until === undefined))
    return true;
  return year !== undefined && year >= (filters.since ?? year) && year <= (filters.until ?? year);
}

/** What is one relation away from an entity. */
function besides({ edges }: Piece, slugs: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    edges.flatMap(({ from, to }) => [
      ...(slugs.has(from.slug) ? [to.slug] : []),
      ...(slugs.has(to.slug) ? [from.slug] : []),
    ]),
  );
}

/**
 * An entity with what is related to it, and what that is related to: the laboratories of a country, with their institutions and
 * areas. Others of its kind are left out. Everything if the entity is not on the graph.
 */
function around(graph: Piece, slug: string | undefined): readonly Card[] {
  const middle = graph.nodes.find((card) => card.slug === slug);
  if (!middle) return graph.nodes;
  const first = besides(graph, new Set([middle.slug]));
  const second = besides(graph, first);
  return graph.nodes.filter(
    (card) =>
      card === middle || first.has(card.slug) || (second.has(card.slug) && card.__typename !== middle.__typename),
  );
}

/** The part of a graph that passes the filters. */
export function filtered(graph: Piece, filters: Filters): Piece {
  const nodes = around(graph, filters.near).filter((card) => fits(card, filters));
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
