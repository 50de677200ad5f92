import { useEffect } from 'preact/hooks';
import { capitalized, inLine, numberInWords } from '../../drawing/words.ts';
import { arrived } from '../api/resource.ts';
import { totalsFor } from '../api/totals.ts';
import { addressOf, firstView } from '../navigation/address.ts';
import { change, view } from '../navigation/navigation.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { Contents } from '../parts/contents.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { Await } from '../parts/parts.tsx';
import { saveJson, sheetExports, sourceExports } from '../parts/save.ts';
import { useFurther } from '../parts/use-further.ts';
import { useTitle } from '../parts/use-title.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { say } from '../settings/say.tsx';
import { filledColumns, relationsOf, sheetOfRows, shownColumns } from './columns.ts';
import { Chosen, conditionsInWords, Facets } from './facets.tsx';
import { KnownTotal } from './known-total.tsx';
import { allRows, firstPage, type ListView, listAsked, nextPage, type Row } from './list-answers.ts';
import { ColumnChoice, ListTable } from './list-table.tsx';
import { type ListedKind, listedKind, nothingOf, rankingsOf } from './selection.ts';

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
  const columns = shownColumns(of, view.value);
  const counts = relationsOf(columns).map(({ name }) => name);
  const shown: ListView = { list: of.kind.list.field, where, sort, counts };
  const resource = firstPage(JSON.stringify(shown));
  const listed = arrived(resource);
  const further = useFurther<Row>(JSON.stringify(shown), listed, (after) => nextPage(shown, after));
  useTitle(inLine([capitalized(of.kind.full), ...conditionsInWords(of, listed)]));
  useEffect(() => scrollTo(0, 0), [of.name]);
  const name = `silkgraph-${of.kind.list.field}`;
  const exports = [
    ...sheetExports(name, say('All rows'), async () => sheetOfRows(of, await allRows(shown), columns)),
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
        <ColumnChoice kind={of.kind} columns={columns} />
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
          <Await resource={resource} beside={totalsFor(of)} what={say('the list')}>
            {({ totalCount }) =>
              totalCount === 0 ? (
                <p class="empty">{nothingOf(where)}</p>
              ) : (
                <>
                  <KnownTotal of={of} where={where} />
                  <ListTable
                    of={of}
                    rows={further.rows}
                    columns={view.value.columns ? columns : filledColumns(columns, further.rows, sort)}
                  />
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
