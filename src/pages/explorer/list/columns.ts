import type { Card } from '../../drawing/answers.ts';
import type { Cell } from '../../drawing/csv.ts';
import { capitalized } from '../../drawing/words.ts';
import { serverAddress } from '../../shared/server-address.ts';
import type { ColumnSettings, CountColumnSettings, KindSettings } from '../../views/settings.ts';
import type { View } from '../navigation/address.ts';
import { type Sheet, type SheetColumn, sheetOf } from '../parts/sheet.ts';
import { settings } from '../settings/known.ts';
import { nameColumns, nameOf } from '../settings/name-columns.ts';
import { say } from '../settings/say.tsx';
import { cellOf } from './cell.ts';
import { type Row, relatedOf, sourcesOf } from './list-answers.ts';
import { type ListedKind, sortingOf } from './selection.ts';

/** A column of a list: of a relation, with names of what it leads to, or of a property. */
export type ListColumn = { readonly name: string; readonly title: string } & (
  | { readonly relation: CountColumnSettings }
  | { readonly property: ColumnSettings }
);

/** Columns of relations that are shown before others are chosen. */
const MOST_RELATIONS = 3;

/** All columns of a list: what was measured, then relations, then other properties. */
export function columnsOf({ list }: KindSettings): readonly ListColumn[] {
  const properties = list.columns.map((property) => ({ name: property.name, title: property.title, property }));
  const relations = list.counts.map((relation) => ({ name: relation.name, title: relation.title, relation }));
  const isMeasured = ({ property: { type } }: (typeof properties)[number]) => type === 'float';
  return [...properties.filter(isMeasured), ...relations, ...properties.filter((column) => !isMeasured(column))];
}

/** The columns that a view shows: the chosen ones, else the first; the one that sorts the list is always there. */
export function shownColumns({ kind }: ListedKind, { columns, sort }: Pick<View, 'columns' | 'sort'>) {
  const usual = new Set(kind.list.counts.slice(0, MOST_RELATIONS).map(({ name }) => name));
  const sorting = sortingOf(sort).column;
  return columnsOf(kind).filter(
    (column) =>
      column.name === sorting ||
      (columns ? columns.includes(column.name) : 'property' in column || usual.has(column.name)),
  );
}

/** Whether any row has something in a column: a column that nobody chose and that is empty only takes room. */
const isFilled = (column: ListColumn, rows: readonly Row[]): boolean =>
  rows.some((row) =>
    'relation' in column ? relatedOf(row, column.relation).totalCount > 0 : cellOf(row, column.property) !== '',
  );

/** Columns without those that nobody chose and that no row fills. */
export const filledColumns = (columns: readonly ListColumn[], rows: readonly Row[], sort: string | undefined) =>
  columns.filter((column) => column.name === sortingOf(sort).column || isFilled(column, rows));

/** The relations among columns. */
export const relationsOf = (columns: readonly ListColumn[]): readonly CountColumnSettings[] =>
  columns.flatMap((column) => ('relation' in column ? [column.relation] : []));

/** A value of a property for a table: a number without separators, anything else in words. */
const valueInCell = (row: Row, column: ColumnSettings): Cell =>
  column.type === 'float' ? (row[column.key] as number | null) : cellOf(row, column);

/** What a relation leads to, with how many more there are. */
function namesInCell(row: Row, column: CountColumnSettings, textOf: (entity: Card) => string): string {
  const { totalCount, nodes } = relatedOf(row, column);
  const rest = totalCount - nodes.length;
  return [...nodes.map(textOf), ...(rest > 0 ? [`+${rest}`] : [])].join('; ');
}

function sheetColumns(column: ListColumn): readonly SheetColumn<Row>[] {
  if ('property' in column) return [[column.title, (row) => valueInCell(row, column.property)]];
  const { title, relation } = column;
  return [
    [title, (row) => namesInCell(row, relation, nameOf)],
    [say('{what}: number', { what: title }), (row) => relatedOf(row, relation).totalCount],
    [say('{what}: IDs', { what: title }), (row) => namesInCell(row, relation, ({ slug }) => slug)],
  ];
}

/** The rows as a table, in the order that is shown, with the address of each entity and of its sources. */
export function sheetOfRows({ kind }: ListedKind, rows: readonly Row[], columns: readonly ListColumn[]): Sheet {
  const { provenance } = settings();
  const url = provenance?.url ?? '';
  const textOfSources =
    (separator: string, textOf: (source: Readonly<Record<string, unknown>>) => unknown) => (row: Row) =>
      sourcesOf(row).map(textOf).filter(Boolean).join(separator);
  return sheetOf<Row>(capitalized(kind.full), rows, [
    ...nameColumns<Row>(say('Name')),
    ...columns.flatMap(sheetColumns),
    [say('ID'), ({ slug }) => slug],
    [say('Address'), ({ slug }) => `${serverAddress()}/entity/${slug}`],
    [provenance && say('Sources'), textOfSources('; ', ({ name }) => name)],
    [provenance && say('Addresses of sources'), textOfSources(' ', (source) => source[url])],
  ]);
}
