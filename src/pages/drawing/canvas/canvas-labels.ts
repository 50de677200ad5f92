import type { Core, EdgeSingular, NodeSingular } from 'cytoscape';
import { canvasFont } from '../canvas-style.ts';
import { type Box, type Label, readableLabels } from '../labels.ts';

/** With fewer labels than this, each may cover a symbol where there is no other place: a name says more. */
const SMALL = 12;

/** Number of labels in a large graph that may cover the symbols of other entities. */
const FEW = 14;

/** Alternative positions of labels; also class names in the style. */
const besides = ['above', 'right', 'left'] as const;

/** Sizes of labels of entities and of relations in the style, in pixels. */
const [FONT, SMALL_FONT] = [11.5, 10];

let pen: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();

/** Width of a line in the font of the labels, in pixels. */
function measured(line: string, size: number, isBold = false): number {
  const font = `${isBold ? 600 : 400} ${size}px ${canvasFont()}`;
  const known = widths.get(`${font} ${line}`);
  if (known !== undefined) return known;
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return line.length * size * 0.6;
  pen.font = font;
  const { width } = pen.measureText(line);
  widths.set(`${font} ${line}`, width);
  return width;
}

/** Forgets widths that were measured before a font was loaded. */
export const measureAnew = (): void => widths.clear();

/** Visible labels with their positions. */
export type Named = ReadonlyMap<string, number>;

/** Bounding box of a symbol in screen pixels. */
function signOf(node: NodeSingular, zoom: number): Box {
  const { x, y } = node.renderedPosition();
  const half = (Number(node.data('size')) / 2 + 3) * zoom;
  return { x: x - half, y: y - half, width: half * 2, height: half * 2 };
}

function labelOf(node: NodeSingular, zoom: number): Label {
  const { x, y } = node.renderedPosition();
  const half = signOf(node, zoom).width / 2;
  const isPicked = node.hasClass('picked');
  const standsOut = (isPicked ? 1e6 : 0) + (node.hasClass('on-path') || node.hasClass('near') ? 1e5 : 0);
  const lines = String(node.data(isPicked ? 'whole' : 'label')).split('\n');
  const width = (Math.max(...lines.map((line) => measured(line, FONT, isPicked))) + 10) * zoom;
  const height = (lines.length * 13.5 + 4) * zoom;
  return {
    id: node.id(),
    places: [
      { x: x - width / 2, y: y + half, width, height },
      { x: x - width / 2, y: y - half - height, width, height },
      { x: x + half, y: y - height / 2, width, height },
      { x: x - half - width, y: y - height / 2, width, height },
    ],
    weight: Number(node.data('degree')) + (node.hasClass('highlighted') ? 3 : 0) + standsOut,
  };
}

/** Label of a relation, if it fits between its ends. Labels of entities take precedence. */
function relationLabel(edge: EdgeSingular, zoom: number): Label {
  const [from, to] = [edge.source().renderedPosition(), edge.target().renderedPosition()];
  const width = (measured(String(edge.data('label')), SMALL_FONT) + 8) * zoom;
  const height = 14 * zoom;
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  return { id: edge.id(), places: [{ x: x - width / 2, y: y - height / 2, width, height }], weight: -1 };
}

/**
 * Shows all labels that fit without overlap.
 *
 * @param scale graph units per screen pixel
 * @param before the previous result
 */
export function nameReadably(cy: Core, scale: number, before: Named): Named {
  const zoom = cy.zoom() * scale;
  const signs = new Map(cy.nodes().map((node): [string, Box] => [node.id(), signOf(node, zoom)]));
  const relations = cy.edges('.named, .near, .on-path').map((edge) => relationLabel(edge, zoom));
  const labels = [...cy.nodes().map((node) => labelOf(node, zoom)), ...relations];
  const [wide, high] = [cy.width(), cy.height()];
  const isInside = ({ x, y, width, height }: Box) => x >= 0 && y >= 0 && x + width <= wide && y + height <= high;
  const readable = readableLabels(
    labels,
    isInside,
    signs,
    labels.length > 120 ? FEW : labels.length < SMALL ? SMALL : 1,
  );
  const after = new Map([...readable].filter(([id]) => signs.has(id)));
  cy.batch(() => {
    for (const { id } of relations) cy.getElementById(id).toggleClass('crowded', !readable.has(id));
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const place = after.get(id);
      if (place === before.get(id)) continue;
      const node = cy.getElementById(id);
      node.toggleClass('labelled', place !== undefined);
      for (const [index, name] of besides.entries()) node.toggleClass(name, place === index + 1);
    }
  });
  return after;
}
