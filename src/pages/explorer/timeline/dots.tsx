import { dateInWords, inLine, inWords, labelled } from '../../drawing/words.ts';
import { change, view } from '../navigation/navigation.ts';
import { MarkButton, nameOf } from '../parts/parts.tsx';
import type { Axis } from './axis-of.ts';
import type { Dot, Held } from './held.ts';
import { yearAt } from './years.ts';

type PlacedDot = Dot & { readonly date: string };

const placedDots = ({ dots }: Held) => dots.filter((dot): dot is PlacedDot => dot.date !== null);

/** Stacks dots that would overlap. */
function stacked(dots: readonly PlacedDot[], axis: Axis, size: number) {
  const levels: number[] = [];
  return dots.map((dot) => {
    const x = axis.x(yearAt(dot.date));
    const free = levels.findIndex((last) => last + size * 2 <= x);
    const level = free === -1 ? levels.length : free;
    levels[level] = x;
    return { dot, x, level };
  });
}

/** Distance in pixels from which a touch picks a dot. */
const REACH = 12;

interface DotsProps {
  readonly held: Held;
  readonly axis: Axis;
  readonly top: number;
  readonly size: number;
}

/** Events by their dates. A touch between them picks the nearest, as dots are smaller than a finger. */
export function Dots({ held, axis, top, size }: DotsProps) {
  const { picked } = view.value;
  const placed = stacked(placedDots(held), axis, size).map((each) => ({
    ...each,
    y: top + size + each.level * size * 2.2,
  }));
  const pickNearest = ({ currentTarget, clientX, clientY }: MouseEvent) => {
    const { left, top: above } =
      (currentTarget as SVGElement).ownerSVGElement?.getBoundingClientRect() ?? new DOMRect();
    const [x, y] = [clientX - left, clientY - above];
    const near = placed
      .map(({ dot, ...at }) => ({ dot, distance: Math.hypot(at.x - x, at.y - y) }))
      .filter(({ distance }) => distance <= REACH)
      .sort((a, b) => a.distance - b.distance);
    if (near[0]) change({ picked: near[0].dot.slug });
  };
  return (
    <g>
      {/* biome-ignore lint/a11y: touches beside a dot are for fingers alone; the dots are buttons, also for the keyboard. */}
      <rect
        class="dots-ground"
        y={top - REACH}
        width={axis.width}
        height={heightOfDots(held, axis, size) + REACH}
        onClick={pickNearest}
      />
      {placed.map(({ dot, x, y }) => {
        const label = inLine([
          labelled(dateInWords(dot.date), nameOf(dot)),
          ...(dot.status ? [inWords(dot.status)] : []),
        ]);
        const pick = () => change({ picked: dot.slug });
        return (
          <MarkButton
            key={dot.slug}
            look={dot.isOpen ? 'event open' : 'event'}
            label={label}
            isPicked={dot.slug === picked}
            pick={pick}
          >
            <circle cx={x} cy={y} r={size - 1} />
          </MarkButton>
        );
      })}
    </g>
  );
}

/** Height of the stacks of events. */
export const heightOfDots = (held: Held, axis: Axis, size: number): number =>
  (Math.max(0, ...stacked(placedDots(held), axis, size).map(({ level }) => level)) + 1) * size * 2.2;
