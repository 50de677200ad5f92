import { useMemo } from 'preact/hooks';
import { type Label, readableLabels, widthOf } from '../../drawing/labels.ts';
import { counted, labelled } from '../../drawing/words.ts';
import { change, view } from '../navigation/navigation.ts';
import { MarkButton, nameOf } from '../parts/parts.tsx';
import { asWritten } from '../settings/written.tsx';
import { countIn, countNamed, mapSettings } from './by-country.ts';
import type { Country } from './counting.ts';
import { dodged } from './dodge.ts';
import { type Frame, HEIGHT, WIDTH, type World } from './world.ts';

interface Circle {
  readonly country: Country;
  readonly count: number;
  readonly point: readonly [number, number];
  /** Radius in screen pixels, like all sizes below. */
  readonly size: number;
  /** The centre of the country, where the circle had to give way. */
  readonly home: readonly [number, number];
}

/** Height of a name and average width of a letter. */
const NAME = { height: 13, letter: 6 };

/** Possible positions of a name beside its circle: offset from the centre, and text anchor. */
const besides = [
  (size: number) => ({ x: 0, y: size + 11, anchor: 'middle' }),
  (size: number) => ({ x: size + 3, y: 4, anchor: 'start' }),
  (size: number) => ({ x: -size - 3, y: 4, anchor: 'end' }),
  (size: number) => ({ x: 0, y: -size - 4, anchor: 'middle' }),
] as const;

/** The names that have room, each with its position beside the circle. */
function readableNames(circles: readonly Circle[], frame: Frame, scale: number): ReadonlyMap<string, number> {
  const { picked } = view.value;
  const onScreen = ([x, y]: Circle['point']) => ({ x: (x - frame.x) / scale, y: (y - frame.y) / scale });
  const labels = circles.map(({ country, count, point, size }): Label => {
    const at = onScreen(point);
    const width = widthOf(nameOf(country)) * NAME.letter + 4;
    return {
      id: country.slug,
      weight: count + (country.slug === picked ? 1_000 : 0),
      places: besides.map((beside) => {
        const { x, y, anchor } = beside(size);
        const left = anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width;
        return { x: at.x + x - left, y: at.y + y - NAME.height + 3, width, height: NAME.height };
      }),
    };
  });
  const signs = new Map(
    circles.map(({ country, point, size }) => {
      const { x, y } = onScreen(point);
      return [country.slug, { x: x - size, y: y - size, width: size * 2, height: size * 2 }] as const;
    }),
  );
  const [wide, high] = [frame.width / scale, (frame.width * HEIGHT) / WIDTH / scale];
  return readableLabels(
    labels,
    ({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= wide && y + height <= high,
    signs,
    // Only the name of the selected country may cover the number of another one.
    circles.some(({ country }) => country.slug === picked) ? 1 : 0,
  );
}

/** Half of the smallest target that a finger hits. */
const TARGET = 12;

/** Circles that do not cover one another, so that each can be read and hit. */
function apart(circles: readonly Circle[], scale: number): readonly Circle[] {
  const places = dodged(
    circles.map(({ point: [x, y], size }) => ({ x: x / scale, y: y / scale, radius: Math.max(size, TARGET) })),
    { width: WIDTH / scale, height: HEIGHT / scale },
  );
  return circles.map((circle, index) => {
    const { x, y } = places[index] ?? { x: 0, y: 0 };
    return { ...circle, point: [x * scale, y * scale] };
  });
}

/** Whether a circle is so far from its country that a line has to lead there. */
const isAway = ({ point, home }: Circle, scale: number) =>
  Math.hypot(point[0] - home[0], point[1] - home[1]) > 8 * scale;

/**
 * A circle for each country with a count above zero, with its name if there is room.
 *
 * @param scale map units per screen pixel
 */
export function Circles({
  countries,
  world,
  frame,
  scale,
}: {
  readonly countries: readonly Country[];
  readonly world: World;
  readonly frame: Frame;
  readonly scale: number;
}) {
  const { picked } = view.value;
  const { code } = mapSettings();
  const { name: measure = '', one = '' } = countNamed(view.value.measure) ?? {};
  const small = Math.max(0.45, Math.min(1, frame.width / scale / 800));
  const wanted = countries
    .flatMap((country): readonly Circle[] => {
      const [count, point] = [countIn(country, measure), world.points.get(String(country[code] ?? ''))];
      // Area, not radius, is proportional to the count.
      return count > 0 && point ? [{ country, count, point, home: point, size: 7 * Math.sqrt(count) * small }] : [];
    })
    .toSorted((a, b) => b.count - a.count || (a.country.slug < b.country.slug ? -1 : 1));
  const key = [measure, scale, small, ...wanted.map(({ count }) => count)].join(' ');
  // Panning moves all circles alike.
  const circles = useMemo(() => apart(wanted, scale), [key]);
  const names = readableNames(circles, frame, scale);
  return (
    <g>
      {circles
        .filter((circle) => isAway(circle, scale))
        .map(({ country, point, home }) => (
          <line key={country.slug} class="leader" x1={home[0]} y1={home[1]} x2={point[0]} y2={point[1]} />
        ))}
      {circles.map(({ country, count, point, size }) => {
        const label = labelled(nameOf(country), counted(count, one));
        const pick = () => change({ picked: country.slug });
        return (
          <MarkButton
            key={country.slug}
            look="place"
            label={label}
            isPicked={country.slug === picked}
            pick={pick}
            transform={`translate(${point[0]} ${point[1]}) scale(${scale})`}
          >
            {size < TARGET && <circle class="target" r={TARGET} />}
            <circle r={size} stroke-width={1.2} />
            {size > 6 && (
              <text class="number" font-size={9.5} dy="0.35em">
                {count}
              </text>
            )}
          </MarkButton>
        );
      })}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused; the circles have the same text as labels. */}
      <g class="country-names" aria-hidden="true">
        {circles.map(({ country, point, size }) => {
          const beside = besides[names.get(country.slug) ?? -1]?.(size);
          if (!beside) return null;
          return (
            <text
              key={country.slug}
              transform={`translate(${point[0]} ${point[1]}) scale(${scale})`}
              font-size={10.5}
              x={beside.x}
              y={beside.y}
              text-anchor={beside.anchor}
              {...asWritten(nameOf(country))}
            >
              {nameOf(country)}
            </text>
          );
        })}
      </g>
    </g>
  );
}
