import type { Hop } from '../../drawing/answers.ts';
import type { Piece } from '../../drawing/piece.ts';
import { inWords, sentence } from '../../drawing/words.ts';
import { kindInWords } from '../api/ontology.ts';
import { type Cell, type Sheet, sheetOf } from '../parts/sheet.ts';
import { hasDates, yearOf } from '../settings/dates.ts';
import { settings } from '../settings/known.ts';
import { confidenceOf, hasConfidence, reliabilityOf, standingInWords } from '../settings/standing.ts';

/** Title of the column with what makes entities stand out. */
function standingTitle(): string | undefined {
  const highlight = Object.values(settings().kinds).find((kind) => kind.highlight !== null)?.highlight;
  return highlight ? sentence(highlight.property) : undefined;
}

/** The entities of a graph as a table. */
export const entitySheet = ({ nodes, edges }: Piece): Sheet =>
  sheetOf('Entities', nodes, [
    ['Name', ({ name }) => name],
    [settings().hasChinese && 'Chinese name', ({ nameZh }) => nameZh],
    ['Kind', ({ __typename }) => kindInWords(__typename)],
    [standingTitle(), standingInWords],
    [hasDates() && 'Year', yearOf],
    [hasConfidence() && 'Confidence', (card) => confidenceOf(card)?.toLowerCase()],
    ['Relations shown', ({ slug }) => edges.filter(({ from, to }) => from.slug === slug || to.slug === slug).length],
    ['Slug', ({ slug }) => slug],
  ]);

function reliabilityInWords(edge: Hop): Cell {
  return edge.sources?.length ? reliabilityOf(edge).toLowerCase() : 'no source';
}

/** The relations of a graph as a table, with their sources. */
export function relationSheet({ nodes, edges }: Piece): Sheet {
  const names = new Map(nodes.map(({ slug, name }) => [slug, name]));
  const { provenance } = settings();
  const sheet = sheetOf('Relations', edges, [
    ['From', ({ from }) => names.get(from.slug)],
    ['Relation', ({ relation }) => inWords(relation)],
    ['To', ({ to }) => names.get(to.slug)],
    [
      'Properties',
      ({ properties }) =>
        properties
          .filter(({ value }) => value !== null && value !== '')
          .map(({ name, value }) => `${inWords(name)}: ${value}`)
          .join('; '),
    ],
    [provenance?.reliability?.hasDegrees && 'Reliability', reliabilityInWords],
    [provenance && 'Sources', ({ sources = [] }) => sources.map(({ name }) => name).join('; ')],
  ]);
  return { ...sheet, slugs: edges.map(({ from }) => from.slug) };
}
