import type { Card, Hop } from '../../drawing/answers.ts';
import type { Cell } from '../../drawing/csv.ts';
import type { Piece } from '../../drawing/piece.ts';
import { capitalized, inWords } from '../../drawing/words.ts';
import { kindInWords } from '../api/ontology.ts';
import { textOfValue, typeOfProperty } from '../panels/text-of-value.ts';
import { type Sheet, type SheetColumn, sheetOf } from '../parts/sheet.ts';
import { hasDates, yearOf } from '../settings/dates.ts';
import { propertyInWords, settings, verbOf } from '../settings/known.ts';
import { nameColumns, nameOf } from '../settings/name-columns.ts';
import { say } from '../settings/say.tsx';
import { confidenceOf, hasConfidence, reliabilityOf, standingInWords } from '../settings/standing.ts';

/** Title of the column with what makes entities stand out. */
function standingTitle(): string | undefined {
  const highlight = Object.values(settings().kinds).find((kind) => kind.highlight !== null)?.highlight;
  return highlight ? capitalized(inWords(highlight.property)) : undefined;
}

/** The entities of a graph as a table. */
export const entitySheet = ({ nodes, edges }: Piece): Sheet =>
  sheetOf(say('Entities'), nodes, [
    ...nameColumns<Card>(say('Name')),
    [say('Kind'), ({ __typename }) => kindInWords(__typename)],
    [standingTitle(), standingInWords],
    [hasDates() && say('Year'), yearOf],
    [hasConfidence() && say('Confidence'), (card) => inWords(confidenceOf(card) ?? '')],
    [
      say('Relations shown'),
      ({ slug }) => edges.filter(({ from, to }) => from.slug === slug || to.slug === slug).length,
    ],
    [say('ID'), ({ slug }) => slug],
  ]);

const reliabilityInWords = (edge: Hop): Cell =>
  edge.sources?.length ? inWords(reliabilityOf(edge)) : say('no source');

/** What the sources are of: a relation without own ones has those of the record that states it. */
const sourcedBy = ({ sources = [], ownSources }: Hop): Cell =>
  sources.length === 0 ? '' : ownSources ? say('the relation') : say('the parent record');

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== '';

/** A column for each property that a relation of the graph has. */
function propertyColumns(edges: readonly Hop[]): readonly SheetColumn<Hop>[] {
  const names = new Map(
    edges.flatMap(({ relation, properties }) =>
      properties.flatMap(({ name, value }) => (isFilled(value) ? [[name, relation] as const] : [])),
    ),
  );
  return [...names].map(([name, relation]) => [
    capitalized(propertyInWords(relation, name)),
    (edge) =>
      textOfValue(edge.properties.find((each) => each.name === name)?.value, typeOfProperty(edge.relation, name)),
  ]);
}

/** The relations of a graph as a table, with the IDs of their ends and the addresses of their sources. */
export function relationSheet({ nodes, edges }: Piece): Sheet {
  const names = new Map(nodes.map((node) => [node.slug, nameOf(node)]));
  const { provenance } = settings();
  const url = provenance?.url ?? '';
  const sheet = sheetOf(say('Relations'), edges, [
    [say('From'), ({ from }) => names.get(from.slug)],
    [say('Relation'), ({ relation }) => verbOf(relation, true)],
    [say('To'), ({ to }) => names.get(to.slug)],
    ...propertyColumns(edges),
    [provenance?.reliability?.hasDegrees && say('Reliability'), reliabilityInWords],
    [provenance && say('Sources'), ({ sources = [] }) => sources.map(nameOf).join('; ')],
    [provenance && say('Sources are of'), sourcedBy],
    [
      provenance?.url && say('Addresses of sources'),
      ({ sources = [] }) =>
        sources
          .map((source) => source[url])
          .filter(isFilled)
          .join(' '),
    ],
    [say('ID of start'), ({ from }) => from.slug],
    [say('Type of relation'), ({ relation }) => relation],
    [say('ID of end'), ({ to }) => to.slug],
  ]);
  return { ...sheet, slugs: edges.map(({ from }) => from.slug) };
}
