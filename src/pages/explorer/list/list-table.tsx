import { capitalized, numberInWords } from '../../drawing/words.ts';
import type { ColumnSettings, CountColumnSettings } from '../../views/settings.ts';
import { addressOfList } from '../navigation/address.ts';
import { addressWith, change, view } from '../navigation/navigation.ts';
import { EntityLine, nameOf } from '../parts/parts.tsx';
import { ScrollSheet } from '../parts/scroll-sheet.tsx';
import { settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { cellOf } from './cell.ts';
import { columnsOf, type ListColumn } from './columns.ts';
import { type Row, relatedOf } from './list-answers.ts';
import { conditionsBehind, type ListedKind, sortingOf } from './selection.ts';

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

/** The first of what a relation of a row leads to, each a link to its details, and a link to the list of all. */
function RelatedCell({
  of,
  row,
  column,
}: {
  readonly of: ListedKind;
  readonly row: Row;
  readonly column: CountColumnSettings;
}) {
  const { totalCount, nodes } = relatedOf(row, column);
  if (totalCount === 0) return <td class="related" />;
  const rest = totalCount - nodes.length;
  return (
    <td class="related">
      {/* A list that is ranked by a number shows it. */}
      {sortingOf(view.value.sort).column === column.name && <span class="total">{numberInWords(totalCount)}</span>}
      {nodes.map((entity) => (
        <a
          key={entity.slug}
          href={addressWith({ picked: entity.slug })}
          title={nameOf(entity)}
          {...asWritten(nameOf(entity))}
        >
          {nameOf(entity)}
        </a>
      ))}
      {rest > 0 && (
        <a class="rest" href={listBehind(of, column, row.slug)}>
          +{numberInWords(rest)}
          <span class="visually-hidden"> {say('{what} of {name}', { what: column.title, name: nameOf(row) })}</span>
        </a>
      )}
    </td>
  );
}

function PropertyCell({ row, column }: { readonly row: Row; readonly column: ColumnSettings }) {
  const text = cellOf(row, column);
  return (
    <td class={/^(number|float)$/.test(column.type) ? 'number' : undefined} {...asWritten(text)}>
      {text}
    </td>
  );
}

function ColumnHeading({ kind, column }: { readonly kind: ListedKind['kind']; readonly column: ListColumn }) {
  const { name, title } = column;
  if ('relation' in column) return <Heading name={name} title={title} isNumber />;
  if (Object.hasOwn(kind.list.types, name)) {
    return <Heading name={name} title={title} isNumber={column.property.type === 'number'} />;
  }
  return (
    <th scope="col" class="plain">
      {title}
    </th>
  );
}

interface TableProps {
  readonly of: ListedKind;
  readonly rows: readonly Row[];
  readonly columns: readonly ListColumn[];
}

/** The entities of a list. */
export function ListTable({ of, rows, columns }: TableProps) {
  const { kind } = of;
  return (
    <ScrollSheet name={capitalized(kind.full)} look="list-sheet">
      <table>
        <thead>
          <tr>
            <Heading name="name" title={capitalized(kind.fullOne)} />
            {columns.map((column) => (
              <ColumnHeading key={column.name} kind={kind} column={column} />
            ))}
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
              {columns.map((column) =>
                'relation' in column ? (
                  <RelatedCell key={column.name} of={of} row={row} column={column.relation} />
                ) : (
                  <PropertyCell key={column.name} row={row} column={column.property} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollSheet>
  );
}

/** Choice of the columns; they stand in the address. */
export function ColumnChoice({
  kind,
  columns,
}: {
  readonly kind: ListedKind['kind'];
  readonly columns: readonly ListColumn[];
}) {
  const shown = columns.map(({ name }) => name);
  const toggle = (name: string) =>
    change({ columns: shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name] });
  return (
    <details class="menu column-choice">
      <summary>{say('Columns')}</summary>
      <ul>
        {columnsOf(kind).map(({ name, title }) => (
          <li key={name}>
            <label>
              <input type="checkbox" checked={shown.includes(name)} onChange={() => toggle(name)} /> {title}
            </label>
          </li>
        ))}
        {view.value.columns && (
          <li>
            <button type="button" onClick={() => change({ columns: undefined })}>
              {say('Usual columns')}
            </button>
          </li>
        )}
      </ul>
    </details>
  );
}
