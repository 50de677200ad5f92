import type { Piece } from '../../drawing/piece.ts';
import { designationInWords, reliabilityOf } from '../../drawing/trust.ts';
import { inWords, kindOf } from '../../drawing/words.ts';
import { yearOf } from '../navigation/filter.ts';
import type { Sheet } from '../parts/sheet.ts';

/** The entities of a graph as a table. */
export const entitySheet = ({ nodes, edges }: Piece): Sheet => ({
  name: 'Entities',
  columns: ['Name', 'Chinese name', 'Kind', 'Designation', 'Year', 'Confidence', 'Relations shown', 'Slug'],
  rows: nodes.map((card) => [
    card.name,
    card.nameZh,
    inWords(kindOf(card.__typename)),
    designationInWords(card),
    yearOf(card),
    card.confidence?.toLowerCase(),
    edges.filter(({ from, to }) => from.slug === card.slug || to.slug === card.slug).length,
    card.slug,
  ]),
  slugs: nodes.map(({ slug }) => slug),
});

/** The relations of a graph as a table, with their sources. */
export function relationSheet({ nodes, edges }: Piece): Sheet {
  const names = new Map(nodes.map(({ slug, name }) => [slug, name]));
  return {
    name: 'Relations',
    columns: ['From', 'Relation', 'To', 'Properties', 'Reliability', 'Sources'],
    rows: edges.map((edge) => [
      names.get(edge.from.slug),
      inWords(edge.relation),
      names.get(edge.to.slug),
      edge.properties
        .filter(({ value }) => value !== null && value !== '')
        .map(({ name, value }) => `${inWords(name)}: ${value}`)
        .join('; '),
      edge.sources.length === 0 ? 'no source' : reliabilityOf(edge).toLowerCase(),
      edge.sources.map(({ name }) => name).join('; '),
    ]),
    slugs: edges.map(({ from }) => from.slug),
  };
}
