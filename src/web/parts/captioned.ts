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

/** A drawing as a complete SVG file: with its title above, and its legend, origin and date below. */
export function captioned({ content, width, height }: Drawn, { title, legend = [] }: Caption): Drawn {
  const ground = grounds[isDark.value ? 'dark' : 'light'];
  const wide = Math.max(width, 480);
  const top = EDGE + TITLE + 14;
  const { placed, rows } = legendRows(legend, wide);
  const bottom = top + height + rows * ROW + 14;
  const note = say('Source: {address}, {date}', {
    address: `${location.origin}${addressIn(language)}`.slice(0, 160),
    date: dateInWords(new Date().toISOString().slice(0, 10)),
  });
  const high = bottom + NOTE + EDGE;
  return {
    width: wide,
    height: high,
    content: [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" font-family="system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif">`,
      `<rect width="${wide}" height="${high}" fill="${ground.paper}"/>`,
      `<text x="${EDGE}" y="${EDGE + TITLE - 4}" font-size="${TITLE}" font-weight="600" fill="${ground.ink}">${escaped(title)}</text>`,
      `<svg x="${(wide - width) / 2}" y="${top}" width="${width}" height="${height}">${content}</svg>`,
      ...placed.map(({ each, x, row }) => sign(each, x, top + height + row * ROW + 10, ground.ink)),
      `<text x="${EDGE}" y="${bottom + NOTE}" font-size="${NOTE}" fill="${ground.faint}">${escaped(note)}</text>`,
      '</svg>',
    ].join('\n'),
  };
}
