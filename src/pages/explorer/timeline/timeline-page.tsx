import type { Card } from '../../drawing/answers.ts';
import type { Cell } from '../../drawing/csv.ts';
import { capitalized, inWords } from '../../drawing/words.ts';
import { arrived } from '../api/resource.ts';
import { QuickFilters } from '../list/quick-filters.tsx';
import { change, view } from '../navigation/navigation.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { Milestones } from '../panels/milestones.tsx';
import { textOfValue, typeOfProperty } from '../panels/text-of-value.ts';
import { Await, nameOf } from '../parts/parts.tsx';
import { drawnOf, pictureExports, saveJson, sheetExports } from '../parts/save.ts';
import { type Sheet, sheetOf } from '../parts/sheet.ts';
import { SheetTable } from '../parts/sheet-table.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useWidth } from '../parts/use-width.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { queryNamed, settings, settingsOf } from '../settings/known.ts';
import { isEmbedded } from '../settings/language.ts';
import { nameColumns } from '../settings/name-columns.ts';
import { say } from '../settings/say.tsx';
import { isHighlighted, standingInWords } from '../settings/standing.ts';
import { Chart } from './chart.tsx';
import { type Bars, type Dot, type Held, held, narrowingOf, stepsOf } from './held.ts';
import { choiceOf, saidOf } from './said.ts';
import { startOf } from './years.ts';

const barSheet = ({ entities, names }: Bars): Sheet =>
  sheetOf(say('{kinds} by year', { kinds: capitalized(names.full) }), entities, [
    ...nameColumns<Bars['entities'][number]>(capitalized(names.fullOne)),
    [names.highlight && capitalized(inWords(names.highlight.property)), standingInWords],
    [say('Year'), (entity) => startOf(entity)?.year],
    [say('Basis of year'), (entity) => startOf(entity)?.basisInWords ?? say('unknown')],
    [say('ID'), ({ slug }) => slug],
  ]);

/** A property in words, or the name of what a relation leads to. */
function cellOf(kind: string, field: string, value: unknown): string {
  if (typeof value === 'object' && value !== null && 'name' in value) return nameOf(value as Card);
  return String(textOfValue(value, typeOfProperty(kind, field)));
}

function dotSheet({ dots }: Held): Sheet {
  const { kind = '', columns = [], date = '' } = settings().timeline?.dots ?? {};
  const { full = '', fullOne = '' } = settingsOf(kind) ?? {};
  const further = columns.length > 0 ? columns : [{ title: say('Date'), fields: [date] }];
  return sheetOf(capitalized(full), dots, [
    ...nameColumns<Dot>(capitalized(fullOne)),
    ...further.map(
      ({ title, fields }) =>
        [
          title,
          ({ all }: Dot): Cell =>
            fields
              .map((field) => cellOf(kind, field, all[field]))
              .filter((text) => text !== '')
              .join(', '),
        ] as const,
    ),
  ]);
}

/** Title of the column with sources. */
const sourceTitle = () => capitalized(settingsOf(settings().provenance?.kind ?? '')?.fullOne ?? '');

const figureSheet = ({ figures }: Held): Sheet =>
  sheetOf(say('Official totals'), figures, [
    [say('Figure'), ({ label, name }) => label ?? name],
    [say('Value'), ({ value }) => value],
    [say('Qualifier'), ({ qualifier }) => inWords(qualifier)],
    [say('Unit'), ({ unit }) => unit],
    [say('Type'), ({ isTarget }) => (isTarget ? say('target') : say('actual'))],
    [say('Date'), ({ date }) => date],
    [sourceTitle(), ({ sources }) => sources.map(nameOf).join('; ')],
  ]);

/** The tables, each with the query behind it. */
function tablesOf(data: Held) {
  const { dots } = settings().timeline ?? {};
  const series = [...new Set(data.figures.map((figure) => figure.series))];
  return [
    ...data.bars.map((bars, index) => {
      const title = capitalized(bars.names.full);
      const query = queryNamed(settings().timeline?.bars[index]?.query ?? '');
      return {
        name: bars.field,
        title,
        asked: {
          title: say('{kinds} with their years', { kinds: title }),
          asked: { query, ...(bars.variables && { variables: bars.variables }) },
        },
        sheet: barSheet(bars),
      };
    }),
    ...(dots
      ? [dotSheet(data)].map((sheet) => ({
          name: dots.field,
          title: sheet.name,
          asked: {
            title: sheet.name,
            asked: { query: queryNamed('dots'), ...(data.variablesOfDots && { variables: data.variablesOfDots }) },
          },
          sheet,
        }))
      : []),
    ...(settings().figures
      ? [figureSheet(data)].map((sheet) => ({
          name: 'totals',
          title: sheet.name,
          asked: { title: sheet.name, asked: { query: queryNamed('figures'), variables: { series } } },
          sheet,
        }))
      : []),
  ];
}

/** Everything that the timeline shows, by the names of the API. */
const wholeOf = ({ bars, dots, figures }: Held) => ({
  ...Object.fromEntries(bars.map(({ field, entities }) => [field, entities])),
  ...(settings().timeline?.dots && { [settings().timeline?.dots?.field ?? '']: dots.map(({ all }) => all) }),
  ...(settings().figures && { figures: figures.map(({ all }) => all) }),
});

/** Choice between the entities that stand out and all of them. */
function WhichEntities({ bars }: { readonly bars: Bars }) {
  const { highlight, isAll } = choiceOf(bars, view.value.measure);
  if (!highlight) return null;
  const { entities, names, field } = bars;
  const choices = [
    {
      name: highlight.word,
      title: say('{word} {kinds}', { word: capitalized(highlight.word), kinds: names.full }),
      count: entities.filter(isHighlighted).length,
    },
    {
      name: field,
      title: say('All {kinds} (with {others})', { kinds: names.full, others: highlight.others }),
      count: entities.length,
    },
  ];
  return (
    <fieldset class="segments measures">
      <legend class="visually-hidden">{capitalized(names.full)}</legend>
      {choices.map(({ name, title, count }) => (
        <label key={name}>
          <input
            type="radio"
            name="measure"
            value={name}
            checked={isAll === (name === field)}
            onChange={() => change({ measure: name })}
          />
          <span>
            {title} <span class="count">{count}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The milestones of what the timeline is narrowed to: the story of a country, or of a field. */
function Steps({ held: data }: { readonly held: Held }) {
  const steps = stepsOf(data);
  return steps.length > 0 && <Milestones milestones={steps} title={say('Milestones')} />;
}

/** The timeline page: entities by year, entities by date and official totals, or the same as tables. */
export function TimelinePage() {
  const { place, width } = useWidth();
  const { as, picked, measure } = view.value;
  const narrowing = narrowingOf(view.value);
  const data = arrived(held(view.value));
  const tables = data ? tablesOf(data) : [];
  useTitle(say('Timeline'));
  const exports = data
    ? [
        ...(as === 'picture'
          ? pictureExports(
              'silkgraph-timeline',
              () => {
                const drawing = place.current?.querySelector<SVGSVGElement>('svg.chart');
                return drawing ? drawnOf(drawing) : undefined;
              },
              () => ({ title: say('Timeline') }),
            )
          : []),
        ...tables.flatMap(({ name, title, sheet }) => sheetExports(`silkgraph-${name}`, title, () => sheet)),
        {
          title: say('All (JSON)'),
          run: () => saveJson('silkgraph-timeline', wholeOf(data)),
        },
      ]
    : [];
  return (
    <>
      <ViewBar title={say('Timeline')} isLoading={!data} exports={exports} asked={tables.map(({ asked }) => asked)} />
      <div class="workspace">
        <div class="stage" ref={place}>
          {narrowing && !isEmbedded && <QuickFilters {...narrowing} />}
          <Await resource={held(view.value)} what={say('the timeline')}>
            {(loaded) =>
              as === 'table' ? (
                <div class="sheets">
                  {tables.map(({ title, sheet }) => (
                    <SheetTable key={title} sheet={sheet} />
                  ))}
                </div>
              ) : (
                <>
                  {loaded.bars.map((bars) => (
                    <WhichEntities key={bars.kind} bars={bars} />
                  ))}
                  {loaded.bars.length > 0 && (
                    <p class="said" role="status">
                      {loaded.bars.map((bars) => saidOf(bars, measure)).join(' ')}
                    </p>
                  )}
                  {width > 0 && <Chart held={loaded} width={width} />}
                  <Steps held={loaded} />
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
