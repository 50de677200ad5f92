import {
  bracketed,
  capitalized,
  dateInWords,
  inLine,
  labelled,
  numberInWords,
  qualified,
} from '../../drawing/words.ts';
import { addressOfList } from '../navigation/address.ts';
import { change, view } from '../navigation/navigation.ts';
import { MarkButton } from '../parts/parts.tsx';
import { settings, settingsOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { type Axis, axisOf, LEFT, labelsOf, RIGHT } from './axis-of.ts';
import { BandTitle, furtherLines } from './band-title.tsx';
import { Dots, heightOfDots } from './dots.tsx';
import { type Bars, type Figure, type Held, seriesOfBars } from './held.ts';
import { Marks } from './marks.tsx';
import { roundStep } from './round-step.ts';
import { choiceOf, countedIn, datedEntities, measuredBy, titleOfBars } from './said.ts';
import { countByYear, heldByYear, yearAt } from './years.ts';

interface Band {
  readonly top: number;
  readonly height: number;
}

function Years({ axis, y }: { readonly axis: Axis; readonly y: number }) {
  return (
    <g class="axis">
      {labelsOf(axis).map((year) => (
        <text key={year} x={axis.x(year + 0.5)} y={y} text-anchor="middle">
          {year}
        </text>
      ))}
    </g>
  );
}

/** Distance of grid lines, so that there are about five. */
const stepOf = (most: number) => roundStep(most / 5);

/** The grid line above a number, so that no bar rises beyond the last. */
const roundedUp = (most: number) => Math.ceil(most / stepOf(most)) * stepOf(most);

/** Grid lines of a band. */
function Lines({ band, most, axis }: { readonly band: Band; readonly most: number; readonly axis: Axis }) {
  const step = stepOf(most);
  const levels = Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
  const y = (value: number) => band.top + band.height - (value / most) * band.height;
  return (
    <g class="axis">
      {levels.map((level) => (
        <g key={level}>
          <line x1={LEFT} x2={axis.width - RIGHT} y1={y(level)} y2={y(level)} />
          <text x={LEFT - 6} y={y(level)} dy="0.32em" text-anchor="end">
            {level}
          </text>
        </g>
      ))}
    </g>
  );
}

interface BandProps {
  readonly bars: Bars;
  readonly axis: Axis;
  readonly band: Band;
}

/** Maximum number of years that an address names. */
const MOST_YEARS = 100;

/** Address of the list of the entities that a bar counts; undefined if several dates say when they began, or if it counts too many years to name. */
function listOfYear(bars: Bars, year: number, until: number): string | undefined {
  const { field, names } = bars;
  const { isAll, highlight } = choiceOf(bars, view.value.measure);
  const [date] = names.dates;
  if (!date || (isAll && names.dates.length > 1) || until - year >= MOST_YEARS) return undefined;
  const years = Array.from({ length: until - year + 1 }, (_, index) => String(year + index));
  return addressOfList(field, [
    ...(highlight && !isAll ? [{ facet: highlight.property, value: highlight.value }] : []),
    ...years.map((value) => ({ facet: date.property, value })),
  ]);
}

function YearBars({ bars, axis, band }: BandProps) {
  const { isAll, highlight } = choiceOf(bars, view.value.measure);
  const counts = countByYear(datedEntities(bars, view.value.measure), axis.since, axis.until, axis.barYears);
  const drawnOf = ({ highlighted, others }: (typeof counts)[number]) => highlighted + (isAll ? others : 0);
  const most = roundedUp(Math.max(1, ...counts.map(drawnOf)));
  const high = (count: number) => (count / most) * band.height;
  const bottom = band.top + band.height;
  return (
    <g>
      <Lines band={band} most={most} axis={axis} />
      {counts.map((counted) => {
        const { year, until, highlighted, others } = counted;
        const wide = Math.min(34, axis.yearWidth * (until + 1 - year) * 0.66);
        const x = axis.x((year + until + 1) / 2) - wide / 2;
        const years = year === until ? year : `${year}–${until}`;
        const label = labelled(
          String(years),
          inLine([
            countedIn(bars, highlight ? highlighted : others),
            ...(highlight && isAll ? [`${others} ${highlight.others}`] : []),
          ]),
        );
        const drawn = (
          <>
            <title>{label}</title>
            <rect
              class="bar-ground"
              x={axis.x(year)}
              y={band.top}
              width={axis.yearWidth * (until + 1 - year)}
              height={band.height}
            />
            {highlight && (
              <rect
                class="bar highlighted"
                x={x}
                y={bottom - high(highlighted)}
                width={wide}
                height={high(highlighted)}
              />
            )}
            {isAll && (
              <rect
                class={highlight ? 'bar other' : 'bar highlighted'}
                x={x}
                y={bottom - high(highlighted + others)}
                width={wide}
                height={high(others)}
              />
            )}
          </>
        );
        // A list of nothing leads nowhere.
        const list = drawnOf(counted) === 0 ? undefined : listOfYear(bars, year, until);
        return list === undefined ? (
          <g key={year}>{drawn}</g>
        ) : (
          <a key={year} href={list} aria-label={label}>
            {drawn}
          </a>
        );
      })}
    </g>
  );
}

function Totals({ held, bars, axis, band }: BandProps & { readonly held: Held }) {
  const series = seriesOfBars(held, bars);
  const figures = held.figures.filter((figure): figure is Figure & { date: string } => {
    return figure.series === series && figure.date !== null;
  });
  const counts = heldByYear(datedEntities(bars, undefined));
  const most = Math.max(1, ...figures.map(({ value }) => value), ...counts.map(({ count }) => count)) * 1.06;
  const y = (value: number) => band.top + band.height - (value / most) * band.height;
  const line = counts
    .map(({ year, count }, index) => {
      const until = counts[index + 1]?.year ?? year + 1;
      return `${index === 0 ? `M${axis.x(year)} ` : 'V'}${y(count)}H${axis.x(until)}`;
    })
    .join('');
  return (
    <g>
      <Lines band={band} most={most} axis={axis} />
      <path class="held-line" d={line} />
      {figures.map((figure) => {
        const { isTarget } = figure;
        const label = labelled(
          dateInWords(figure.date),
          inLine([
            qualified(figure.value, figure.qualifier),
            isTarget ? say('official target') : say('reported officially'),
          ]),
        );
        const pick = () => change({ picked: figure.slug });
        return (
          <MarkButton
            key={figure.slug}
            look={`figure ${isTarget ? 'target' : 'actual'}`}
            label={label}
            isPicked={figure.slug === view.value.picked}
            pick={pick}
            transform={`translate(${axis.x(yearAt(figure.date))} ${y(figure.value)})`}
          >
            <circle class="reach" r="12" />
            <path d="M0-6 6 0 0 6-6 0Z" />
          </MarkButton>
        );
      })}
    </g>
  );
}

/** Height of a band of bars, of that of totals, and of what stands between two bands. */
const [BARS, TOTALS, GAP] = [130, 150, 62];

const titleOfYears = (bars: Bars, axis: Axis) =>
  inLine([titleOfBars(bars, view.value.measure), measuredBy(bars, axis.barYears)]);

const titleOfTotals = (bars: Bars) =>
  say('{kinds}: official totals and this dataset', { kinds: titleOfBars(bars, undefined) });

/** Where each band begins, from top to bottom. */
function bandsOf(held: Held, dotsHeight: number, axis: Axis, width: number) {
  let top = 34;
  const next = (height: number, title = ''): Band => {
    top += furtherLines(title, width);
    const band = { top, height };
    top += height + GAP;
    return band;
  };
  const bars = held.bars.map((each) => ({ bars: each, band: next(BARS, titleOfYears(each, axis)) }));
  const dots = held.dots.length > 0 ? next(dotsHeight) : undefined;
  const totals = held.bars
    .filter((each) => seriesOfBars(held, each) !== undefined)
    .map((each) => ({ bars: each, band: next(TOTALS, titleOfTotals(each)) }));
  return { bars, dots, totals, height: top - GAP + 26 };
}

/** Bands on one time axis: entities by year, entities by date, and official totals. */
export function Chart({ held, width }: { readonly held: Held; readonly width: number }) {
  const axis = axisOf(held, width);
  const size = width < 600 ? 5 : 6.5;
  const { bars, dots, totals, height } = bandsOf(held, heightOfDots(held, axis, size), axis, width);
  const { full = '' } = settingsOf(settings().timeline?.dots?.kind ?? '') ?? {};
  return (
    <>
      <svg
        class="chart"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={say('Timeline')}
      >
        {bars.map(({ bars: each, band }) => (
          <g key={each.kind}>
            <BandTitle title={titleOfYears(each, axis)} width={width} y={band.top - 20} />
            <YearBars bars={each} axis={axis} band={band} />
            <Years axis={axis} y={band.top + band.height + 16} />
          </g>
        ))}
        {dots && (
          <>
            <BandTitle
              title={capitalized(full) + bracketed(numberInWords(held.dots.length))}
              width={width}
              y={dots.top - 14}
            />
            <Dots held={held} axis={axis} top={dots.top} size={size} />
          </>
        )}
        {totals.map(({ bars: each, band }) => (
          <g key={each.kind}>
            <BandTitle title={titleOfTotals(each)} width={width} y={band.top - 20} />
            <Totals held={held} bars={each} axis={axis} band={band} />
            <Years axis={axis} y={band.top + band.height + 16} />
          </g>
        ))}
      </svg>
      <Marks held={held} hasTotals={totals.length > 0} />
    </>
  );
}
