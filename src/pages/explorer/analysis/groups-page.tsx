import { useRef, useState } from 'preact/hooks';
import { capitalized, inLine, numberInWords } from '../../drawing/words.ts';
import type { GroupKeySettings } from '../../views/settings.ts';
import { arrived } from '../api/resource.ts';
import { knownInView, totalsFor } from '../api/totals.ts';
import { passFocus } from '../keyboard/pass-focus.ts';
import { conditionsInWords } from '../list/facets.tsx';
import { KnownTotal } from '../list/known-total.tsx';
import { QuickFilters } from '../list/quick-filters.tsx';
import { nothingOf } from '../list/selection.ts';
import { escaped } from '../navigation/address.ts';
import { change, view } from '../navigation/navigation.ts';
import { Await } from '../parts/parts.tsx';
import { drawnOf, pictureExports } from '../parts/save.ts';
import { ScrollSheet } from '../parts/scroll-sheet.tsx';
import type { Sheet } from '../parts/sheet.ts';
import { useWidth } from '../parts/use-width.ts';
import { say } from '../settings/say.tsx';
import { AnalysisPage, Choice } from './analysis-page.tsx';
import { type Bar, Bars, colorOfPart } from './bars.tsx';
import { changeForm } from './change-form.ts';

import {
  countedRelations,
  type Grouping,
  groupedKinds,
  groupingOf,
  groupsAsked,
  groupsOf,
  listBehind,
  titleOfKey,
} from './groups.ts';
import { keyInWords } from './key-in-words.ts';
import { type Line, type Pivot, pivotOf } from './pivot.ts';

/** Bars, rows and columns that are shown until more are wanted, and parts of a bar with a colour of their own. */
const [MOST_BARS, MOST_ROWS, MOST_COLUMNS, MOST_PARTS] = [15, 30, 12, 6];

/** Bars of numbers and years, of which none in between is left out. */
const MOST_NUMBERS = 60;

function KeyOptions({ keys }: { readonly keys: readonly GroupKeySettings[] }) {
  const through = [...new Set(keys.flatMap((key) => (key.through === undefined ? [] : [key.through])))];
  const options = (some: readonly GroupKeySettings[]) =>
    some.map((key) => (
      <option key={key.name} value={key.name}>
        {titleOfKey(key)}
      </option>
    ));
  return (
    <>
      {options(keys.filter((key) => key.through === undefined))}
      {through.map((title) => (
        <optgroup key={title} label={title}>
          {options(keys.filter((key) => key.through === title))}
        </optgroup>
      ))}
    </>
  );
}

function GroupForm({ grouping: { of, where, keys, distinct } }: { readonly grouping: Grouping }) {
  const [by, per] = keys;
  const all = of.kind.groups.keys;
  return (
    <>
      <form class="analysis-form" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={say('What is counted')}
          value={of.kind.list.field}
          onChange={(list) => change({ list, where: [], form: {}, picked: undefined })}
        >
          {groupedKinds().map(({ field, title }) => (
            <option key={field} value={field}>
              {title}
            </option>
          ))}
        </Choice>
        <Choice label={say('By')} value={by?.name ?? ''} onChange={(name) => changeForm({ by: escaped(name) })}>
          <KeyOptions keys={all} />
        </Choice>
        <Choice label={say('And by')} value={per?.name ?? ''} onChange={(name) => changeForm({ per: escaped(name) })}>
          <option value="">–</option>
          <KeyOptions keys={all.filter((key) => key !== by)} />
        </Choice>
        <Choice
          label={say('Number of')}
          value={distinct?.name ?? ''}
          onChange={(name) => changeForm({ value: escaped(name) })}
        >
          <option value="">{capitalized(of.kind.full)}</option>
          {countedRelations(of).map(({ name, title }) => (
            <option key={name} value={name}>
              {say('{what}, each once', { what: title })}
            </option>
          ))}
        </Choice>
      </form>
      <QuickFilters of={of} where={where} />
    </>
  );
}

/** What the groups count, with what the kind is narrowed by. */
function titleOf({ of, keys, distinct }: Grouping): string {
  const what = distinct ? distinct.title : capitalized(of.kind.full);
  const title = say('{what} by {keys}', { what, keys: keys.map(titleOfKey).join(' × ') });
  return inLine([title, ...conditionsInWords(of, undefined)]);
}

/** The groups in the order that is shown. */
function sheetOf(grouping: Grouping, pivot: Pivot): Sheet {
  const { keys } = grouping;
  const groups = pivot.rows.flatMap(({ key }) => {
    const values = pivot.columns.length === 0 ? [[key]] : pivot.columns.map((column) => [key, column.key]);
    return values.map((each) => ({ keys: each, size: pivot.at(key, each[1]) })).filter(({ size }) => size > 0);
  });
  return {
    name: titleOf(grouping),
    columns: [...keys.flatMap((key) => [titleOfKey(key), `${titleOfKey(key)} (${say('ID')})`]), say('Number')],
    rows: groups.map(({ keys: values, size }) => [
      ...values.flatMap((value, index) => {
        const key = keys[index];
        return [key ? keyInWords(key, value) : '', value.value];
      }),
      size,
    ]),
  };
}

/** A number as a link to the list behind it. */
function Size({ size, address }: { readonly size: number; readonly address: string | undefined }) {
  if (size === 0) return <span class="nothing">0</span>;
  return address === undefined ? numberInWords(size) : <a href={address}>{numberInWords(size)}</a>;
}

function PivotTable({ grouping, pivot }: { readonly grouping: Grouping; readonly pivot: Pivot }) {
  const [isWhole, setWhole] = useState(false);
  const [by, per] = grouping.keys;
  if (!by) return null;
  const rows = isWhole ? pivot.rows : pivot.rows.slice(0, MOST_ROWS);
  const columns = pivot.columns.slice(0, MOST_COLUMNS);
  const sheet = `list-sheet pivot ${per ? '' : 'pivot-of-one'}`;
  function showAll() {
    passFocus(() => document.querySelector<HTMLElement>('.pivot'));
    setWhole(true);
  }
  const shade = (size: number) => ({ '--share': `${Math.round((70 * size) / pivot.most)}%` });
  return (
    <>
      <ScrollSheet name={titleOf(grouping)} look={sheet}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="plain">
                {titleOfKey(by)}
              </th>
              {per ? (
                columns.map(({ key }) => (
                  <th key={key.value} scope="col" class="plain number">
                    {keyInWords(per, key)}
                  </th>
                ))
              ) : (
                <th scope="col" class="plain number">
                  {say('Number')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key: row }) => (
              <tr key={row.value}>
                <th scope="row">{keyInWords(by, row)}</th>
                {per ? (
                  columns.map(({ key: column }) => {
                    const size = pivot.at(row, column);
                    return (
                      <td key={column.value} class="number shaded" style={shade(size)}>
                        <Size size={size} address={listBehind(grouping, [row, column])} />
                      </td>
                    );
                  })
                ) : (
                  <td class="number">
                    <Size size={pivot.at(row)} address={listBehind(grouping, [row])} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollSheet>
      {rows.length < pivot.rows.length && (
        <button type="button" class="small" onClick={showAll}>
          {say('{count} more', { count: numberInWords(pivot.rows.length - rows.length) })}
        </button>
      )}
      {columns.length < pivot.columns.length && (
        <p class="hint">
          {say('The export has {count} more columns.', { count: pivot.columns.length - columns.length })}
        </p>
      )}
    </>
  );
}

const isRecorded = ({ key }: Line) => key.value !== null;

/** What stands beside a chart of what is not recorded. */
const notRecordedOf = (pivot: Pivot | undefined): readonly string[] =>
  (pivot?.rows ?? [])
    .filter((row) => !isRecorded(row))
    .map(({ sum }) => say('Not recorded: {count}', { count: numberInWords(sum) }));

/** The rows that are drawn: what is not recorded is no value of the scale. */
function shownRows({ keys: [by] }: Grouping, { rows }: Pivot): readonly Line[] {
  return rows.filter(isRecorded).slice(0, by?.type === 'number' ? MOST_NUMBERS : MOST_BARS);
}

/** The bars of a pivot table. Parts beyond those with a colour are one. */
function barsOf(grouping: Grouping, pivot: Pivot): readonly Bar[] {
  const [by] = grouping.keys;
  const coloured = pivot.columns.slice(0, MOST_PARTS);
  const others = pivot.columns.slice(MOST_PARTS);
  return shownRows(grouping, pivot).map(({ key, sum }) => ({
    label: by ? keyInWords(by, key) : '',
    parts:
      pivot.columns.length === 0
        ? [pivot.at(key)]
        : [
            ...coloured.map((column) => pivot.at(key, column.key)),
            others.reduce((sum, column) => sum + pivot.at(key, column.key), 0),
          ],
    address: sum === 0 ? undefined : listBehind(grouping, [key]),
  }));
}

/** What the colours of the bars stand for. */
function legendOf({ keys }: Grouping, { columns }: Pivot): readonly string[] {
  const [, per] = keys;
  if (!per) return [];
  const names = columns.slice(0, MOST_PARTS).map(({ key }) => keyInWords(per, key));
  return columns.length > MOST_PARTS ? [...names, say('Others')] : names;
}

/** The page of groups: a kind by one or two keys, as bars and as a pivot table. */
export function GroupsPage() {
  const drawing = useRef<SVGSVGElement>(null);
  const { place, width } = useWidth();
  const grouping = groupingOf(view.value);
  if (!grouping) return <p class="empty">{say('Nothing to list.')}</p>;
  const resource = groupsOf(grouping);
  const found = arrived(resource);
  const pivot = found && pivotOf(grouping, found.groups);
  const legend = pivot ? legendOf(grouping, pivot) : [];
  // Different entities of several groups cannot be added up.
  const isDrawn = !grouping.distinct || grouping.keys.length === 1;
  const pictures = pictureExports(
    'silkgraph-groups',
    () => (drawing.current ? drawnOf(drawing.current) : undefined),
    () => ({
      title: titleOf(grouping),
      notes: [knownInView(grouping.of, grouping.where), ...notRecordedOf(pivot)].filter((note) => note !== undefined),
      legend: legend.map((text, index) => ({
        ...{ text, color: colorOfPart(index) },
        corners: [
          [-0.9, -0.9],
          [0.9, -0.9],
          [0.9, 0.9],
          [-0.9, 0.9],
        ],
      })),
    }),
  );
  return (
    <AnalysisPage
      name="groups"
      title={titleOf(grouping)}
      sheet={pivot && (() => sheetOf(grouping, pivot))}
      exports={isDrawn ? pictures : []}
      asked={groupsAsked(grouping)}
      form={<GroupForm grouping={grouping} />}
    >
      <div ref={place} class="bars-room">
        <Await resource={resource} beside={totalsFor(grouping.of)} what={say('the groups')}>
          {({ groups, leftOut }) =>
            groups.length === 0 || !pivot ? (
              <p class="empty">{nothingOf(view.value.where)}</p>
            ) : (
              <>
                <h2>{titleOf(grouping)}</h2>
                <KnownTotal of={grouping.of} where={grouping.where} />
                {isDrawn && (
                  <>
                    {legend.length > 0 && (
                      <ul class="legend-row">
                        {legend.map((text, index) => (
                          <li key={text}>
                            <svg width="12" height="12" aria-hidden="true">
                              <rect width="12" height="12" fill={colorOfPart(index)} />
                            </svg>{' '}
                            {text}
                          </li>
                        ))}
                      </ul>
                    )}
                    <Bars bars={barsOf(grouping, pivot)} width={width} label={titleOf(grouping)} drawing={drawing} />
                    {notRecordedOf(pivot).map((note) => (
                      <p key={note} class="hint">
                        {note}
                      </p>
                    ))}
                    {pivot.rows.filter(isRecorded).length > shownRows(grouping, pivot).length && (
                      <p class="hint">
                        {say('The chart shows {count} of {all}.', {
                          count: shownRows(grouping, pivot).length,
                          all: numberInWords(pivot.rows.filter(isRecorded).length),
                        })}
                      </p>
                    )}
                  </>
                )}
                <PivotTable key={JSON.stringify(groupsAsked(grouping))} grouping={grouping} pivot={pivot} />
                {leftOut > 0 && (
                  <p class="hint">{say('{count} small groups were left out.', { count: numberInWords(leftOut) })}</p>
                )}
                {grouping.keys.some(({ type, through }) => type === 'entity' || through !== undefined) && (
                  <p class="hint">{say('An entity with several values counts in each of them.')}</p>
                )}
              </>
            )
          }
        </Await>
      </div>
    </AnalysisPage>
  );
}
