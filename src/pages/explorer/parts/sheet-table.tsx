import { useState } from 'preact/hooks';
import { change } from '../navigation/navigation.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { ScrollSheet } from './scroll-sheet.tsx';
import { type Sheet, sortedRows } from './sheet.ts';

/** Width class of a cell: wide cells keep rows low, and the table scrolls sideways. Dates and single words stay whole. */
const widthOf = ({ length }: string) =>
  length > 160 ? 'text' : length > 60 ? 'long' : length > 14 ? 'phrase' : 'word';

/** A sortable table. */
export function SheetTable({ sheet }: { readonly sheet: Sheet }) {
  const [order, setOrder] = useState<{ column: number; isDescending: boolean } | undefined>();
  const rows = order ? sortedRows(sheet, order.column, order.isDescending) : [...sheet.rows.keys()];
  const orderBy = (column: number) =>
    setOrder({ column, isDescending: order?.column === column ? !order.isDescending : false });
  if (sheet.rows.length === 0) return <p class="empty">{say('Nothing to list.')}</p>;
  return (
    <ScrollSheet name={sheet.name}>
      <table>
        <caption>
          {sheet.name} <span class="count">{sheet.rows.length}</span>
        </caption>
        <thead>
          <tr>
            {sheet.columns.map((name, column) => (
              <th
                key={name}
                scope="col"
                aria-sort={order?.column !== column ? 'none' : order.isDescending ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => orderBy(column)}>
                  {name}
                  <span aria-hidden="true" class="arrow">
                    {order?.column !== column ? '' : order.isDescending ? '↓' : '↑'}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {sheet.rows[row]?.map((cell, column) => {
                const slug = column === 0 ? sheet.slugs?.[row] : undefined;
                const Cell = column === 0 ? 'th' : 'td';
                return (
                  <Cell
                    key={sheet.columns[column]}
                    class={typeof cell === 'number' ? 'number' : widthOf(String(cell ?? ''))}
                    {...(column === 0 && { scope: 'row' })}
                    {...asWritten(String(cell ?? ''))}
                  >
                    {slug ? (
                      <button type="button" class="link" onClick={() => change({ picked: slug, relation: undefined })}>
                        {cell}
                      </button>
                    ) : (
                      cell
                    )}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollSheet>
  );
}
