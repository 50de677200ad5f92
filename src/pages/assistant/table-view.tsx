import type { Table } from '../drawing/result/tables.ts';
import { say } from '../drawing/say.ts';
import { inLine, numberInWords } from '../drawing/words.ts';
import type { Group } from './answer.ts';
import { asWritten, nameOf, valueInWords } from './language.ts';

/** Rows that are shown; an answer within a budget seldom has more. */
const MOST = 200;

const groupName = ({ card, keys }: Group) =>
  card ? nameOf(card) : inLine(keys.map((key) => (key === null ? say('not recorded') : valueInWords('', '', key))));

/** Groups as bars with their numbers. */
export function Bars({ groups }: { readonly groups: readonly Group[] }) {
  const most = Math.max(...groups.map(({ count }) => count), 1);
  return (
    <table class="bars">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{say('Group')}</th>
          <th scope="col">{say('Number')}</th>
        </tr>
      </thead>
      <tbody>
        {groups.slice(0, MOST).map((group, index) => (
          <tr key={index}>
            <th scope="row" {...asWritten(groupName(group))}>
              {groupName(group)}
            </th>
            <td>
              <span class="bar" style={{ inlineSize: `${(group.count / most) * 100}%` }} />
              <span class="number">{numberInWords(group.count)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One row as a list of facts. */
function Facts({ columns, rows: [row = []] }: Table) {
  return (
    <dl class="facts">
      {columns.map((column, index) => (
        <div key={column}>
          <dt>{column}</dt>
          <dd {...asWritten(row[index] ?? '')}>{row[index]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A list of a response. */
export function TableView(table: Table) {
  const { path, columns, rows } = table;
  if (rows.length === 1) return <Facts {...table} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard.
    <section class="scroll" tabIndex={0} aria-label={path}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={columns[column]} {...asWritten(cell)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST && <p class="hint">{say('The first {count} rows.', { count: MOST })}</p>}
    </section>
  );
}
