import type { Core, EdgeSingular, NodeSingular } from 'cytoscape';
import type { Ground } from './canvas-style.ts';
import { widthOf } from './labels.ts';

/** A drawing as SVG, with its size in pixels. */
export interface Drawn {
  /** The elements inside of `svg`. */
  readonly content: string;
  readonly width: number;
  readonly height: number;
}

/** Room for labels around the entities. */
const MARGIN = 110;

const [LINE, FONT] = [13.5, 11.5];

/** A text as content of SVG. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const rounded = (value: number) => Number(value.toFixed(1));

/** The symbol of a kind around a point. */
function symbol(corners: string, x: number, y: number, radius: number, paint: string): string {
  if (corners === '') return `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(radius)}" ${paint}/>`;
  const numbers = corners.split(' ').map(Number);
  const points = Array.from({ length: numbers.length / 2 }, (_, index) => {
    const [dx = 0, dy = 0] = numbers.slice(index * 2);
    return `${rounded(x + dx * radius)},${rounded(y + dy * radius)}`;
  });
  return `<polygon points="${points.join(' ')}" ${paint}/>`;
}

/** Lines of text that begin at a point. */
function textLines(lines: readonly string[], x: number, y: number, attributes: string): string {
  const spans = lines.map(
    (line, index) => `<tspan x="${rounded(x)}" dy="${index === 0 ? 0 : LINE}">${escaped(line)}</tspan>`,
  );
  return `<text x="${rounded(x)}" y="${rounded(y)}" ${attributes}>${spans.join('')}</text>`;
}

function label(node: NodeSingular, x: number, y: number, radius: number, ground: Ground): string {
  const isNamed = node.hasClass('labelled') || node.hasClass('picked') || node.hasClass('on-path');
  if (!isNamed) return '';
  const lines = String(node.data(node.hasClass('picked') ? 'whole' : 'label')).split('\n');
  const halo = `fill="${ground.ink}" stroke="${ground.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`;
  const middle = y - ((lines.length - 1) * LINE) / 2 + 4;
  if (node.hasClass('right')) return textLines(lines, x + radius + 5, middle, `${halo} text-anchor="start"`);
  if (node.hasClass('left')) return textLines(lines, x - radius - 5, middle, `${halo} text-anchor="end"`);
  const top = node.hasClass('above') ? y - radius - 6 - (lines.length - 1) * LINE : y + radius + FONT + 3;
  return textLines(lines, x, top, `${halo} text-anchor="middle"`);
}

/**
 * The whole graph as SVG, as large as its labels need to be read.
 *
 * @param scale graph units per screen pixel
 */
export function graphSvg(cy: Core, ground: Ground, scale: number): Drawn {
  const nodes = cy.nodes();
  const places = nodes.map((node) => node.position());
  const [xs, ys] = [places.map(({ x }) => x / scale), places.map(({ y }) => y / scale)];
  const longest = Math.max(0, ...nodes.map((node) => Math.max(...String(node.data('label')).split('\n').map(widthOf))));
  const margin = Math.max(MARGIN, longest * 6.2);
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - MARGIN];
  const at = (node: NodeSingular) => ({ x: node.position('x') / scale - left, y: node.position('y') / scale - top });
  const lines = cy.edges().map((edge: EdgeSingular) => {
    const [from, to] = [at(edge.source()), at(edge.target())];
    const isOnPath = edge.hasClass('on-path') || edge.hasClass('picked');
    const dash = edge.hasClass('weak') ? ' stroke-dasharray="4 3"' : '';
    const paint = `stroke="${isOnPath ? ground.accent : ground.line}" stroke-width="${isOnPath ? 2.4 : 1.1}"${dash}`;
    return `<line x1="${rounded(from.x)}" y1="${rounded(from.y)}" x2="${rounded(to.x)}" y2="${rounded(to.y)}" ${paint}/>`;
  });
  const drawn = nodes.map((node) => {
    const { x, y } = at(node);
    const radius = Number(node.data('size')) / 2;
    const color = String(node.data('color'));
    const isOther = node.hasClass('other');
    const isHighlighted = node.hasClass('highlighted') && !node.hasClass('picked');
    const paint = isOther
      ? `fill="${node.data('pale')}" stroke="${color}" stroke-width="1.5"`
      : `fill="${color}" stroke="${isHighlighted ? ground.gold : ground.paper}" stroke-width="${isHighlighted ? 2.5 : 1.5}"`;
    return { sign: symbol(String(node.data('corners')), x, y, radius, paint), name: label(node, x, y, radius, ground) };
  });
  return {
    content: [
      `<g font-size="${FONT}">`,
      ...lines,
      ...drawn.map(({ sign }) => sign),
      ...drawn.map(({ name }) => name).filter((name) => name !== ''),
      '</g>',
    ].join('\n'),
    width: Math.ceil(Math.max(...xs) - left + margin),
    height: Math.ceil(Math.max(...ys) - top + MARGIN),
  };
}
