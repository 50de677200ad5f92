import { capitalized, dateInWords, numberInWords } from '../../drawing/words.ts';
import type { ColumnSettings, CountColumnSettings } from '../../views/settings.ts';
import { addressOfList } from '../navigation/address.ts';
import { addressWith, change, view } from '../navigation/navigation.ts';
import { EntityLine, nameOf } from '../parts/parts.tsx';
import { ScrollSheet } from '../parts/scroll-sheet.tsx';
import { settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import type { Row } from './list-answers.ts';
import { conditionsBehind, type ListedKind, sortingOf } from './selection.ts';

/** The number of a column with counts. */
export const countOf = (row: Row, { name }: CountColumnSettings): number =>
  (row[`count_${name}`] as { readonly totalCount: number } | undefined)?.totalCount ?? 0;

/** The value of a column in words. */
export function cellOf(row: Row, column: ColumnSettings): string {
  const value = row[column.key];
  if (value === null || value === undefined) return '';
  if (column.type === 'entity') return nameOf(value as Row);
  if (column.type === 'boolean') return value === true ? say('Yes') : say('No');
  if (column.type === 'date') return dateInWords(String(value));
  if (column.type === 'float') return numberInWords(Number(value));
  if (column.type !== 'value') return String(value);
  return capitalized(valueInWords(column.enumeration, String(value)));
}

function Heading({ name, title, isNumber = false }: { name: string; title: string; isNumber?: boolean }) {
  const { column, isDescending } = sortingOf(view.value.sort);
  const isSorted = column === name;
  // Numbers are ranked from the top.
  const next = isSorted ? !isDescending : isNumber;
  return (
    <th scope="col" aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => change({ sort: `${next ? '-' : ''}${name}` })}>
        {title}
        <span aria-hidden="true" class="arrow">
          {isSorted ? (isDescending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}

/** Address of the list behind a count. */
function listBehind({ kind }: ListedKind, column: CountColumnSettings, slug: string): string {
  const target = kind.fields[column.field]?.target ?? '';
  const list = settings().kinds[target]?.list.field;
  return addressOfList(list ?? '', conditionsBehind(kind, column, slug));
}

interface ColumnsProps {
  readonly kind: ListedKind['kind'];
  readonly columns: readonly ColumnSettings[];
}

const ColumnHeadings = ({ kind, columns }: ColumnsProps) => (
  <>
    {columns.map(({ name, title, type }) =>
      !Object.hasOwn(kind.list.types, name) ? (
        <th key={name} scope="col" class="plain">
          {title}
        </th>
      ) : (
        <Heading key={name} name={name} title={title} isNumber={type === 'number'} />
      ),
    )}
  </>
);

const ColumnCells = ({ row, columns }: { readonly row: Row; readonly columns: readonly ColumnSettings[] }) => (
  <>
    {columns.map((column) => (
      <td
        key={column.name}
        class={/^(number|float)$/.test(column.type) ? 'number' : undefined}
        {...asWritten(cellOf(row, column))}
      >
        {cellOf(row, column)}
      </td>
    ))}
  </>
);

interface TableProps {
  readonly of: ListedKind;
  readonly rows: readonly Row[];
  readonly counts: readonly CountColumnSettings[];
}

/** The entities of a list, each number a link to the list behind it. */
export function ListTable({ of, rows, counts }: TableProps) {
  const { kind } = of;
  const { columns } = kind.list;
  // What was measured is what such an entity is about, so it comes before the counts.
  const measured = columns.filter(({ type }) => type === 'float');
  const others = columns.filter(({ type }) => type !== 'float');
  return (
    <ScrollSheet name={capitalized(kind.full)} look="list-sheet">
      <table>
        <thead>
          <tr>
            <Heading name="name" title={capitalized(kind.fullOne)} />
            <ColumnHeadings kind={kind} columns={measured} />
            {counts.map(({ name, title }) => (
              <Heading key={name} name={name} title={title} isNumber />
            ))}
            <ColumnHeadings kind={kind} columns={others} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.slug} class={row.slug === view.value.picked ? 'picked' : undefined}>
              <th scope="row">
                <a href={addressWith({ picked: row.slug })}>
                  <EntityLine entity={row} />
                </a>
              </th>
              <ColumnCells row={row} columns={measured} />
              {counts.map((column) => {
                const count = countOf(row, column);
                return (
                  <td key={column.name} class="number">
                    {count === 0 ? '0' : <a href={listBehind(of, column, row.slug)}>{numberInWords(count)}</a>}
                  </td>
                );
              })}
              <ColumnCells row={row} columns={others} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollSheet>
  );
}
