import type { Ref } from 'preact';
import { styleOfKindAt } from '../../drawing/kind-styles.ts';
import { labelled, numberInWords } from '../../drawing/words.ts';
import { isDark } from '../parts/theme.ts';

/** A bar with the parts it consists of. */
export interface Bar {
  readonly label: string;
  readonly parts: readonly number[];
  /** What stands behind it. */
  readonly address: string | undefined;
}

const [ROW, HIGH, LETTER] = [26, 16, 7.4];

/** Below this width, labels stand above bars: beside them, they would be cut to what they have in common. */
const NARROW = 480;

/** Height of a label above its bar. */
const LABEL = 18;

/** Width of a text: letters of Chinese are wider. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 14 : LETTER), 0);

/** A text that fits into a width, cut at its end. */
function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** Colour of a part of bars. */
export const colorOfPart = (index: number): string => styleOfKindAt(index)[isDark.value ? 'dark' : 'light'];

/** Horizontal bars with their labels and numbers. The table beside has the same for those who cannot see them. */
export function Bars({
  bars,
  width,
  label,
  drawing,
}: {
  readonly bars: readonly Bar[];
  readonly width: number;
  readonly label: string;
  readonly drawing: Ref<SVGSVGElement>;
}) {
  const sums = bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const most = Math.max(1, ...sums);
  const isNarrow = width < NARROW;
  const row = isNarrow ? ROW + LABEL : ROW;
  const room = isNarrow ? 0 : Math.min(width * 0.42, Math.max(60, ...bars.map((bar) => widthOf(bar.label))) + 12);
  const scale = (width - room - 56) / most;
  if (width === 0) return null;
  return (
    <svg ref={drawing} class="bars" width={width} height={bars.length * row + 4} role="group" aria-label={label}>
      {bars.map(({ label: name, parts, address }, index) => {
        const sum = sums[index] ?? 0;
        const middle = index * row + row - ROW / 2;
        // The parts of a bar may overlap, so that their sum is no number of anything.
        const said = parts.length === 1 ? labelled(name, numberInWords(sum)) : name;
        let x = room;
        const bar = (
          <>
            <rect class="bar-ground" x="0" y={index * row} width={width} height={row}>
              <title>{said}</title>
            </rect>
            {isNarrow ? (
              <text class="bar-label" x="0" y={middle - HIGH / 2 - 5}>
                {fitted(name, width)}
              </text>
            ) : (
              <text class="bar-label" x={room - 8} y={middle + 5} text-anchor="end">
                {fitted(name, room - 12)}
              </text>
            )}
            {parts.map((part, at) => {
              const left = x;
              x += part * scale;
              return (
                <rect
                  key={at}
                  x={left}
                  y={middle - HIGH / 2}
                  width={part * scale}
                  height={HIGH}
                  fill={colorOfPart(at)}
                />
              );
            })}
            {parts.length === 1 && (
              <text class="bar-number" x={x + 6} y={middle + 5}>
                {numberInWords(sum)}
              </text>
            )}
          </>
        );
        return address === undefined ? (
          <g key={name}>{bar}</g>
        ) : (
          <a key={name} href={address}>
            {bar}
          </a>
        );
      })}
    </svg>
  );
}
