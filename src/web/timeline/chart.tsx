import { isDesignated } from '../../drawing/trust.ts';
import { counted, dateInWords, inWords, qualified } from '../../drawing/words.ts';
import { change, view } from '../navigation/navigation.ts';
import type { Figure, Held, HeldEvent } from './held.ts';
import { countByYear, startOf, yearAt } from './years.ts';

const LEFT = 34;
const RIGHT = 14;

interface Band {
  readonly top: number;
  readonly height: number;
}

interface Axis {
  readonly since: number;
  readonly until: number;
  readonly width: number;
  /** Horizontal position of a point in time, in pixels. */
  readonly x: (year: number) => number;
  readonly yearWidth: number;
}

function axisOf({ labs, events, figures }: Held, width: number): Axis {
  const years = [
    ...labs.flatMap((lab) => startOf(lab)?.year ?? []),
    ...events.map(({ startDate }) => Number(startDate.slice(0, 4))),
    ...figures.flatMap(({ date }) => (date ? [Number(date.slice(0, 4))] : [])),
  ];
  const [since, until] = years.length > 0 ? [Math.min(...years), Math.max(...years)] : [2013, 2025];
  const yearWidth = (width - LEFT - RIGHT) / (until + 1 - since);
  return { since, until, width, yearWidth, x: (year) => LEFT + (year - since) * yearWidth };
}

function Years({ axis, y }: { readonly axis: Axis; readonly y: number }) {
  const each = axis.yearWidth < 34 ? (axis.yearWidth < 18 ? 4 : 2) : 1;
  const years = Array.from({ length: axis.until - axis.since + 1 }, (_, index) => axis.since + index);
  return (
    <g class="axis">
      {years
        .filter((year) => (axis.until - year) % each === 0)
        .map((year) => (
          <text key={year} x={axis.x(year + 0.5)} y={y} text-anchor="middle">
            {year}
          </text>
        ))}
    </g>
  );
}

/** Grid lines of a band. */
function Lines({ band, most, axis }: { readonly band: Band; readonly most: number; readonly axis: Axis }) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => most / size <= 5) ?? 1_000;
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

function LabBars({ held, axis, band }: { readonly held: Held; readonly axis: Axis; readonly band: Band }) {
  const isAll = view.value.measure === 'labs';
  const counts = countByYear(held.labs, axis.since, axis.until);
  const most = Math.max(1, ...counts.map(({ designated, context }) => designated + (isAll ? context : 0)));
  const high = (count: number) => (count / most) * band.height;
  const bottom = band.top + band.height;
  const wide = Math.min(34, axis.yearWidth * 0.66);
  return (
    <g>
      <Lines band={band} most={most} axis={axis} />
      {counts.map(({ year, designated, context }) => {
        const x = axis.x(year + 0.5) - wide / 2;
        const label = `${year}: ${counted(designated, 'designated laboratory')}${isAll ? `, ${context} context` : ''}`;
        return (
          <g key={year}>
            <title>{label}</title>
            <rect class="bar designated" x={x} y={bottom - high(designated)} width={wide} height={high(designated)} />
            {isAll && (
              <rect
                class="bar context"
                x={x}
                y={bottom - high(designated + context)}
                width={wide}
                height={high(context)}
              />
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Stacks events that would overlap. */
function stacked(events: readonly HeldEvent[], axis: Axis, size: number) {
  const levels: number[] = [];
  return events.map((event) => {
    const x = axis.x(yearAt(event.startDate));
    const free = levels.findIndex((last) => last + size * 2 <= x);
    const level = free === -1 ? levels.length : free;
    levels[level] = x;
    return { event, x, level };
  });
}

function Events({
  held,
  axis,
  top,
  size,
}: {
  readonly held: Held;
  readonly axis: Axis;
  readonly top: number;
  readonly size: number;
}) {
  const { picked } = view.value;
  return (
    <g>
      {stacked(held.events, axis, size).map(({ event, x, level }) => {
        const label = `${dateInWords(event.startDate)}: ${event.name}, ${inWords(event.status)}`;
        const pick = () => change({ picked: event.slug });
        return (
          <g
            key={event.slug}
            class={`event ${event.status.toLowerCase()} ${event.slug === picked ? 'picked' : ''}`}
            role="button"
            tabindex={0}
            aria-label={label}
            aria-pressed={event.slug === picked}
            onClick={pick}
            onKeyDown={(key) => {
              if (key.key !== 'Enter' && key.key !== ' ') return;
              key.preventDefault();
              pick();
            }}
          >
            <title>{label}</title>
            <circle cx={x} cy={top + size + level * size * 2.2} r={size - 1} />
          </g>
        );
      })}
    </g>
  );
}

function heightOfEvents({ events }: Held, axis: Axis, size: number): number {
  return (Math.max(0, ...stacked(events, axis, size).map(({ level }) => level)) + 1) * size * 2.2;
}

/** Cumulative number of designated laboratories in the dataset by the end of each year. Those without a year are left out. */
function heldByYear({ labs }: Held, axis: Axis) {
  const years = labs.filter(isDesignated).flatMap((lab) => startOf(lab)?.year ?? []);
  return Array.from({ length: axis.until - axis.since + 1 }, (_, index) => {
    const year = axis.since + index;
    return { year, count: years.filter((each) => each <= year).length };
  });
}

function Totals({ held, axis, band }: { readonly held: Held; readonly axis: Axis; readonly band: Band }) {
  const figures = held.figures.filter((figure): figure is Figure & { date: string } => {
    return figure.series === held.labSeries && figure.date !== null;
  });
  const counts = heldByYear(held, axis);
  const most = Math.max(1, ...figures.map(({ value }) => value), ...counts.map(({ count }) => count)) * 1.06;
  const y = (value: number) => band.top + band.height - (value / most) * band.height;
  const last = Math.max(...held.labs.flatMap((lab) => startOf(lab)?.year ?? []));
  const line = counts
    .filter(({ year, count }) => count > 0 && year <= last)
    .map(
      ({ year, count }, index) =>
        `${index === 0 ? 'M' : 'V'}${index === 0 ? `${axis.x(year)} ${y(count)}` : y(count)}H${axis.x(year + 1)}`,
    )
    .join('');
  return (
    <g>
      <Lines band={band} most={most} axis={axis} />
      <path class="held-line" d={line} />
      {figures.map((figure) => {
        const isTarget = figure.type === 'TARGET';
        const label = `${dateInWords(figure.date)}: ${qualified(figure.value, figure.qualifier)}, ${isTarget ? 'official target' : 'reported officially'}`;
        const pick = () => change({ picked: figure.slug });
        return (
          <g
            key={figure.slug}
            class={`figure ${isTarget ? 'target' : 'actual'} ${figure.slug === view.value.picked ? 'picked' : ''}`}
            role="button"
            tabindex={0}
            aria-label={label}
            aria-pressed={figure.slug === view.value.picked}
            transform={`translate(${axis.x(yearAt(figure.date))} ${y(figure.value)})`}
            onClick={pick}
            onKeyDown={(key) => {
              if (key.key !== 'Enter' && key.key !== ' ') return;
              key.preventDefault();
              pick();
            }}
          >
            <title>{label}</title>
            <path d="M0-6 6 0 0 6-6 0Z" />
          </g>
        );
      })}
    </g>
  );
}

/** Three bands on one time axis: new laboratories, events, and official totals. */
export function Chart({ held, width }: { readonly held: Held; readonly width: number }) {
  const axis = axisOf(held, width);
  const size = width < 600 ? 5 : 6.5;
  const labs: Band = { top: 34, height: 130 };
  const eventsTop = labs.top + labs.height + 62;
  const eventsHeight = heightOfEvents(held, axis, size);
  const totals: Band = { top: eventsTop + eventsHeight + 62, height: 150 };
  const height = totals.top + totals.height + 26;
  const isAll = view.value.measure === 'labs';
  return (
    <>
      <svg class="chart" width={width} height={height} role="group" aria-label="Timeline">
        <text class="band-title" x="0" y="14">
          {isAll ? 'All laboratories, by year' : 'Designated laboratories, by year'}
        </text>
        <LabBars held={held} axis={axis} band={labs} />
        <Years axis={axis} y={labs.top + labs.height + 16} />
        <text class="band-title" x="0" y={eventsTop - 14}>
          Events ({held.events.length})
        </text>
        <Events held={held} axis={axis} top={eventsTop} size={size} />
        <text class="band-title" x="0" y={totals.top - 20}>
          Designated laboratories: official totals and this dataset
        </text>
        <Totals held={held} axis={axis} band={totals} />
        <Years axis={axis} y={totals.top + totals.height + 16} />
      </svg>
      <ul class="marks chart-marks">
        <li>
          <span class="sign bar-designated" /> designated
        </li>
        {isAll && (
          <li>
            <span class="sign bar-context" /> context
          </li>
        )}
        <li>
          <span class="sign event-sign" /> event (hollow: planned)
        </li>
        <li>
          <span class="sign actual-sign" /> reported officially
        </li>
        <li>
          <span class="sign target-sign" /> official target
        </li>
        <li>
          <span class="sign held-sign" /> designated, in this dataset
        </li>
      </ul>
    </>
  );
}
