import { useEffect } from 'preact/hooks';
import type { Cell } from '../../drawing/csv.ts';
import { capitalized, inLine, numberInWords } from '../../drawing/words.ts';
import { serverAddress } from '../../shared/server-address.ts';
import type { ColumnSettings, CountColumnSettings } from '../../views/settings.ts';
import { arrived } from '../api/resource.ts';
import { addressOf, firstView } from '../navigation/address.ts';
import { change, view } from '../navigation/navigation.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { Contents } from '../parts/contents.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { Await } from '../parts/parts.tsx';
import { saveJson, sheetExports, sourceExports } from '../parts/save.ts';
import { type Sheet, sheetOf } from '../parts/sheet.ts';
import { useFurther } from '../parts/use-further.ts';
import { useTitle } from '../parts/use-title.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { settings } from '../settings/known.ts';
import { nameColumns } from '../settings/name-columns.ts';
import { say } from '../settings/say.tsx';
import { Chosen, conditionsInWords, Facets } from './facets.tsx';
import { allRows, firstPage, type ListView, listAsked, nextPage, type Row, sourcesOf } from './list-answers.ts';
import { cellOf, countOf, ListTable } from './list-table.tsx';
import { type ListedKind, listedKind, nothingOf, rankingsOf, sortingOf } from './selection.ts';

/** Columns with counts that are shown before others are chosen by sorting. */
const MOST_COUNTS = 4;

/** The columns with counts: the first, and the one that sorts the list. */
function shownCounts({ kind: { list } }: ListedKind): readonly CountColumnSettings[] {
  const { column } = sortingOf(view.value.sort);
  return list.counts.filter(({ name }, index) => index < MOST_COUNTS || name === column);
}

/** A value of a column for a table: a number without separators, anything else in words. */
const valueInCell = (row: Row, column: ColumnSettings): Cell =>
  column.type === 'float' ? (row[column.key] as number | null) : cellOf(row, column);

/** The rows as a table with the address of each entity and of its sources. */
function sheetOfRows(of: ListedKind, rows: readonly Row[], counts: readonly CountColumnSettings[]): Sheet {
  const { kind } = of;
  const url = settings().provenance?.url ?? '';
  return sheetOf<Row>(capitalized(kind.full), rows, [
    ...nameColumns<Row>(say('Name')),
    ...counts.map((column) => [column.title, (row: Row) => countOf(row, column)] as const),
    ...kind.list.columns.map((column) => [column.title, (row: Row) => valueInCell(row, column)] as const),
    [say('ID'), ({ slug }) => slug],
    [say('Address'), ({ slug }) => `${serverAddress()}/entity/${slug}`],
    [
      settings().provenance && say('Sources'),
      (row) =>
        sourcesOf(row)
          .map(({ name }) => name)
          .join('; '),
    ],
    [
      settings().provenance && say('Addresses of sources'),
      (row) =>
        sourcesOf(row)
          .map((source) => source[url])
          .filter(Boolean)
          .join(' '),
    ],
  ]);
}

/** Choice of what the list is ranked by. */
function Ranking({ of }: { readonly of: ListedKind }) {
  const { sort = 'name' } = view.value;
  return (
    <label class="ranking">
      {say('Order by')}{' '}
      <select value={sort} onChange={(event) => change({ sort: event.currentTarget.value })}>
        {[...rankingsOf(of, sort)].map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function List({ of }: { readonly of: ListedKind }) {
  const { where, sort, picked } = view.value;
  const counts = shownCounts(of);
  const shown: ListView = { list: of.kind.list.field, where, sort, counts: counts.map(({ name }) => name) };
  const resource = firstPage(JSON.stringify(shown));
  const listed = arrived(resource);
  const further = useFurther<Row>(JSON.stringify(shown), listed, (after) => nextPage(shown, after));
  useTitle(inLine([capitalized(of.kind.full), ...conditionsInWords(of, listed)]));
  useEffect(() => scrollTo(0, 0), [of.name]);
  const name = `silkgraph-${of.kind.list.field}`;
  const exports = [
    ...sheetExports(name, say('All rows'), async () =>
      sheetOfRows(
        of,
        await allRows(shown),
        of.kind.list.counts.filter((count) => shown.counts.includes(count.name)),
      ),
    ),
    {
      title: say('All rows (JSON)'),
      run: async () => saveJson(name, { view: addressOf(view.value), rows: await allRows(shown) }),
    },
    ...sourceExports(name, [listAsked(shown)]),
  ];
  return (
    <>
      <ViewBar
        title={capitalized(of.kind.full)}
        isDrawn={false}
        exports={exports}
        asked={[{ title: '', asked: listAsked(shown) }]}
      >
        <span class="count" role="status">
          {listed ? numberInWords(listed.totalCount) : ''}
        </span>
        <Ranking of={of} />
        {of.kind.groups.keys.length > 0 && (
          <a href={addressOf({ ...firstView, page: 'groups', list: of.kind.list.field, where })}>{say('Groups')}</a>
        )}
      </ViewBar>
      <div class="workspace list-workspace">
        <details class="list-facets" open={innerWidth > 860}>
          <summary>{say('Filters')}</summary>
          {listed && <Facets kind={of} listed={listed} />}
        </details>
        <div class="stage">
          <Chosen kind={of} listed={listed} />
          <Await resource={resource} what={say('the list')}>
            {({ totalCount }) =>
              totalCount === 0 ? (
                <p class="empty">{nothingOf(where)}</p>
              ) : (
                <>
                  <ListTable of={of} rows={further.rows} counts={counts} />
                  <MoreRows of={further} totalCount={totalCount} what={say('the list')} />
                </>
              )
            }
          </Await>
        </div>
        {picked !== undefined && <DetailsPanel slug={picked} />}
      </div>
    </>
  );
}

/** The list page: the entities of a kind with facets and ranking, or all kinds. */
export function ListPage() {
  const of = listedKind(view.value.list);
  if (of) return <List key={of.name} of={of} />;
  return (
    <div class="narrow">
      <h1>{say('Everything in this graph')}</h1>
      <Contents />
    </div>
  );
}
