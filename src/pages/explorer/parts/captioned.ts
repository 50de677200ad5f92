import { grounds } from '../../drawing/canvas-style.ts';
import { type Drawn, escaped } from '../../drawing/graph-svg.ts';
import { widthOf } from '../../drawing/labels.ts';
import { dateInWords } from '../../drawing/words.ts';
import { addressIn, language } from '../settings/language.ts';
import { say } from '../settings/say.tsx';
import { isDark } from './theme.ts';

/** A sign of the legend. */
export interface LegendSign {
  readonly color: string;
  /** Corners around (0, 0), from -1 to 1; none: a circle. */
  readonly corners: readonly (readonly [number, number])[];
  readonly text: string;
}

/** What stands around a picture that leaves the page. */
export interface Caption {
  readonly title: string;
  readonly legend?: readonly LegendSign[];
  /** What it counts and what is missing, a line each. */
  readonly notes?: readonly string[];
}

/** The day where the picture is made, as `2026-01-31`. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

const [EDGE, TITLE, ROW, NOTE] = [24, 20, 20, 11];

function sign({ color, corners, text }: LegendSign, x: number, y: number, ink: string): string {
  const shape =
    corners.length === 0
      ? `<circle r="1" fill="${color}"/>`
      : `<polygon points="${corners.map((corner) => corner.join(',')).join(' ')}" fill="${color}"/>`;
  return `<g transform="translate(${x + 6} ${y}) scale(6)">${shape}</g><text x="${x + 18}" y="${y + 4}" font-size="12" fill="${ink}">${escaped(text)}</text>`;
}

/** The signs of a legend in rows that are not wider than the picture. */
function legendRows(signs: readonly LegendSign[], width: number) {
  let [x, row] = [EDGE, 0];
  const placed = signs.map((each) => {
    const wide = 34 + widthOf(each.text) * 6.6;
    if (x > EDGE && x + wide > width - EDGE) [x, row] = [EDGE, row + 1];
    const at = { each, x, row };
    x += wide;
    return at;
  });
  return { placed, rows: signs.length === 0 ? 0 : row + 1 };
}

/** Width of a letter in relation to the size of its font. */
const LETTER = 0.56;

/** The lines of a text that is not wider than a picture; it breaks after spaces and the signs between parts of an address. */
function linesOf(text: string, size: number, width: number): readonly string[] {
  const most = Math.floor(width / (size * LETTER));
  const parts = text.split(/(?<=[\s/&?=~,])/).flatMap((part) => part.match(new RegExp(`.{1,${most}}`, 'gsu')) ?? []);
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(last + part.trimEnd()) > most) lines.push(part);
    else lines[lines.length - 1] = last + part;
  }
  return lines.map((line) => line.trim());
}

/** A text in lines, from the baseline of the first. */
const written = (lines: readonly string[], y: number, size: number, look: string): string =>
  `<text font-size="${size}" ${look}>${lines
    .map((line, index) => `<tspan x="${EDGE}" y="${y + index * size * 1.3}">${escaped(line)}</tspan>`)
    .join('')}</text>`;

/** A drawing as a complete SVG file: with its title above, and its legend, origin and date below. */
export function captioned({ content, width, height }: Drawn, { title, legend = [], notes = [] }: Caption): Drawn {
  const ground = grounds[isDark.value ? 'dark' : 'light'];
  const wide = Math.max(width, 480);
  const titleLines = linesOf(title, TITLE, wide - 2 * EDGE);
  const top = EDGE + TITLE * (1.3 * titleLines.length - 0.3) + 14;
  const { placed, rows } = legendRows(legend, wide);
  const bottom = top + height + rows * ROW + 14;
  const note = say('Source: {address}, {date}', {
    address: `${location.origin}${addressIn(language, location.hash)}`.slice(0, 160),
    date: dateInWords(today()),
  });
  const noteLines = [...notes, note].flatMap((each) => linesOf(each, NOTE, wide - 2 * EDGE));
  const high = bottom + NOTE * (1.3 * noteLines.length - 0.3) + EDGE;
  return {
    width: wide,
    height: high,
    content: [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" font-family="system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif">`,
      `<rect width="${wide}" height="${high}" fill="${ground.paper}"/>`,
      written(titleLines, EDGE + TITLE - 4, TITLE, `font-weight="600" fill="${ground.ink}"`),
      `<svg x="${(wide - width) / 2}" y="${top}" width="${width}" height="${height}">${content}</svg>`,
      ...placed.map(({ each, x, row }) => sign(each, x, top + height + row * ROW + 10, ground.ink)),
      written(noteLines, bottom + NOTE, NOTE, `fill="${ground.faint}"`),
      '</svg>',
    ].join('\n'),
  };
}
