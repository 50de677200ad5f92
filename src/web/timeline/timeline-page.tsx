import { grounds } from '../../drawing/canvas-style.ts';
import { designationInWords, isDesignated } from '../../drawing/trust.ts';
import { inWords } from '../../drawing/words.ts';
import { queries } from '../api/queries.ts';
import { arrived } from '../api/resource.ts';
import { change, view } from '../navigation/navigation.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { Await } from '../parts/parts.tsx';
import { pngOf, save, saveCsv, saveJson } from '../parts/save.ts';
import type { Sheet } from '../parts/sheet.ts';
import { SheetTable } from '../parts/sheet-table.tsx';
import { isDark } from '../parts/theme.ts';
import { useWidth } from '../parts/use-width.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { Chart } from './chart.tsx';
import { type Held, held } from './held.ts';
import { startOf } from './years.ts';

const labSheet = ({ labs }: Held): Sheet => ({
  name: 'Laboratories by year',
  columns: ['Laboratory', 'Chinese name', 'Designation', 'Year', 'Basis of year'],
  rows: labs.map((lab) => [
    lab.name,
    lab.nameZh,
    designationInWords(lab),
    startOf(lab)?.year,
    startOf(lab)?.basis ?? 'unknown',
  ]),
  slugs: labs.map(({ slug }) => slug),
});

const eventSheet = ({ events }: Held): Sheet => ({
  name: 'Events',
  columns: ['Event', 'Chinese name', 'Type', 'Status', 'First day', 'Last day', 'Place'],
  rows: events.map(({ name, nameZh, type, status, startDate, endDate, city, country }) => [
    name,
    nameZh,
    inWords(type),
    inWords(status),
    startDate,
    endDate,
    [city, country?.name].filter(Boolean).join(', '),
  ]),
  slugs: events.map(({ slug }) => slug),
});

const figureSheet = ({ figures }: Held): Sheet => ({
  name: 'Official totals',
  columns: ['Figure', 'Value', 'Qualifier', 'Unit', 'Type', 'Date', 'Source'],
  rows: figures.map(({ label, name, value, qualifier, unit, type, date, sources }) => [
    label ?? name,
    value,
    inWords(qualifier),
    unit,
    type === 'TARGET' ? 'target' : 'actual',
    date,
    sources.nodes.map((source) => source.name).join('; '),
  ]),
  slugs: figures.map(({ slug }) => slug),
});

function WhichLabs({ labs }: Pick<Held, 'labs'>) {
  const designated = labs.filter(isDesignated).length;
  const { measure } = view.value;
  return (
    <fieldset class="segments measures">
      <legend class="visually-hidden">Laboratories</legend>
      {(['designated', 'labs'] as const).map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="measure"
            value={name}
            checked={(measure === 'labs') === (name === 'labs')}
            onChange={() => change({ measure: name })}
          />
          <span>
            {name === 'designated' ? 'Designated laboratories' : 'All laboratories (with context)'}{' '}
            <span class="count">{name === 'designated' ? designated : labs.length}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function said({ labs }: Held): string {
  const counts = view.value.measure === 'labs' ? labs : labs.filter(isDesignated);
  const recognised = counts.filter(({ yearRecognised }) => yearRecognised !== null).length;
  const dated = counts.filter((lab) => startOf(lab) !== undefined).length;
  const what = view.value.measure === 'labs' ? 'laboratories' : 'designated laboratories';
  return `${counts.length} ${what}: ${recognised} by year of recognition, ${dated - recognised} by first known milestone, ${counts.length - dated} without a year, not shown.`;
}

/** The timeline page: laboratories by year, events and official totals, or the same as tables. */
export function TimelinePage() {
  const { place, width } = useWidth();
  const { as, picked } = view.value;
  const data = arrived(held());
  const exports = data
    ? [
        {
          title: 'Image (PNG)',
          run: async () => {
            const drawing = place.current?.querySelector<SVGSVGElement>('svg.chart');
            const ground = grounds[isDark.value ? 'dark' : 'light'].paper;
            if (drawing) save('silkgraph-timeline.png', await pngOf(drawing, ground));
          },
        },
        { title: 'Laboratories (CSV)', run: () => saveCsv('silkgraph-laboratories', labSheet(data)) },
        { title: 'Events (CSV)', run: () => saveCsv('silkgraph-events', eventSheet(data)) },
        { title: 'Official totals (CSV)', run: () => saveCsv('silkgraph-totals', figureSheet(data)) },
        { title: 'All three (JSON)', run: () => saveJson('silkgraph-timeline', data) },
      ].filter(({ title }) => as === 'picture' || !title.startsWith('Image'))
    : [];
  const series = data ? [...new Set(data.figures.map((figure) => figure.series))] : [];
  return (
    <>
      <ViewBar
        title="Timeline"
        exports={exports}
        asked={[
          { title: 'Laboratories with their years', asked: { query: queries.labYears } },
          { title: 'Events', asked: { query: queries.events } },
          { title: 'Official totals', asked: { query: queries.figures, variables: { series } } },
        ]}
      />
      <div class="workspace">
        <div class="stage" ref={place}>
          <Await resource={held()} what="the timeline">
            {(loaded) =>
              as === 'table' ? (
                <div class="sheets">
                  <SheetTable sheet={labSheet(loaded)} />
                  <SheetTable sheet={eventSheet(loaded)} />
                  <SheetTable sheet={figureSheet(loaded)} />
                </div>
              ) : (
                <>
                  <WhichLabs labs={loaded.labs} />
                  <p class="said" role="status">
                    {said(loaded)}
                  </p>
                  {width > 0 && <Chart held={loaded} width={width} />}
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
