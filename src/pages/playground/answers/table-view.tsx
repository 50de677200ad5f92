import { csvOf } from '../../drawing/csv.ts';
import { type Table, tablesOf } from '../../drawing/result/tables.ts';
import { say } from '../../drawing/say.ts';
import { languageOfGraph } from '../../drawing/words.ts';
import { asWritten } from '../../views/languages.ts';
import { language } from '../language/language.ts';
import type { Exchange } from '../requests/exchange.ts';

/** Rows that are shown of a table; a file has all. */
const MOST = 500;

function save(table: Table): void {
  const address = URL.createObjectURL(new Blob([csvOf(table)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${table.path.replaceAll('.', '-') || 'result'}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The lists of a response as tables. */
export function TableView({ exchange }: { readonly exchange: Exchange | undefined }) {
  const tables = tablesOf(exchange?.result?.data);
  if (!exchange?.result) return <p className="hint">{say('Run a query to list its result.')}</p>;
  if (tables.length === 0) return <p className="hint">{say('The result contains no lists.')}</p>;
  return (
    <>
      {tables.map((table) => (
        <section key={table.path} className="result-table">
          <h2>
            {table.path} <span className="hint">{table.rows.length}</span>{' '}
            <button type="button" onClick={() => save(table)}>
              {say('Save as CSV')}
            </button>
          </h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
          <section className="scroll" tabIndex={0} aria-label={table.path}>
            <table>
              <thead>
                <tr>
                  {table.columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.slice(0, MOST).map((row, index) => (
                  <tr key={index}>
                    {row.map((cell, column) => (
                      <td key={table.columns[column]} {...asWritten(cell, language, languageOfGraph())}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {table.rows.length > MOST && (
            <p className="hint">{say('The first {count} rows; the file has all.', { count: MOST })}</p>
          )}
        </section>
      ))}
    </>
  );
}
