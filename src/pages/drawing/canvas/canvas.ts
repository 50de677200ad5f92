import cytoscape, { type Core } from 'cytoscape';
import { canvasStyle, grounds } from '../canvas-style.ts';
import { type Drawn, graphSvg } from '../graph-svg.ts';
import { arranged } from '../layout/arrange.ts';
import type { Ends } from '../layout/between.ts';
import { groupedPlaces } from '../layout/grouped.ts';
import type { Point } from '../layout/place.ts';
import type { Piece } from '../piece.ts';
import { type Appearance, elementsOf } from './canvas-elements.ts';
import { type Emphasis, showEmphasis } from './emphasis.ts';
import { type Hands, markHovered, onMoves, onPicks } from './interactions.ts';
import { moveNodes, placesOf } from './move-nodes.ts';
import { type Direction, nodeBeside } from './node-beside.ts';
import { replaceElements } from './replace-elements.ts';
import { MANY, Scene } from './scene.ts';
import { scrollToPoint } from './scroll-to-point.ts';
import { Viewport } from './viewport.ts';

/** How a graph is laid out. */
export interface Arrangement {
  /** The ends of the paths that it consists of, if it does. */
  readonly ends?: Ends | undefined;
  /** What entities are grouped by, if they are: the group of each. */
  readonly groupOf?: ((slug: string) => string) | undefined;
  /** Places of all entities, as they were left. */
  readonly places?: ReadonlyMap<string, Point> | undefined;
  /** The visible part, as it was left. */
  readonly at?: string | undefined;
}

/** An interactive drawing of a graph. */
export interface Canvas {
  draw(graph: Piece, isDark: boolean, arrangement?: Arrangement): void;
  emphasize(emphasis: Emphasis): void;
  fit(): void;
  /** Shows a part, as `Arrangement` has it; the whole if there is none. */
  show(at: string | undefined): void;
  zoomBy(factor: number): void;
  /** Brings an entity into view. */
  reveal(slug: string): void;
  /** The nearest entity in a direction on the screen. */
  beside(slug: string | undefined, direction: Direction): string | undefined;
  /** Position of an entity in pixels of the element. */
  placeOf(slug: string): Point | undefined;
  /** The whole graph as SVG, including parts out of view. */
  svg(): Drawn;
  close(): void;
}

/** Keeps Cytoscape from adding a style element: the style sheet of the page has the same rules. */
const STYLE_ID = '__________cytoscape_stylesheet';

function allowNoStyleElement(): void {
  if (document.getElementById(STYLE_ID)) return;
  const stand = document.createElement('meta');
  stand.id = STYLE_ID;
  document.head.append(stand);
}

/** Cytoscape cannot change this setting after creation. */
function hideEdgesWhilePanning(cy: Core, isHidden: boolean): void {
  const renderer = (cy as unknown as { renderer(): { hideEdgesOnViewport: boolean } }).renderer();
  renderer.hideEdgesOnViewport = isHidden;
}

/** What a graph is laid out anew for. */
const layoutKeyOf = (graph: Piece, ids: readonly unknown[], { ends, groupOf }: Arrangement) =>
  [...ids, ends?.from, ends?.to, groupOf && graph.nodes.map(({ slug }) => groupOf(slug))].join('\n');

/** Draws a graph in an element of the page. */
export function openCanvas(container: HTMLElement, appearance: Appearance, hands: Hands): Canvas {
  allowNoStyleElement();
  const cy: Core = cytoscape({
    container,
    style: canvasStyle(grounds.light, { scale: 1, relations: 0, fonts: 0 }),
    layout: { name: 'preset' },
    minZoom: 0.02,
    maxZoom: 4,
    boxSelectionEnabled: hands.choose !== undefined,
    selectionType: 'single',
  });
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** Positions set by dragging; the layout keeps them. */
  const held = new Map<string, Point>();
  let emphasis: Emphasis = {};
  let layoutKey = '';

  const scene = new Scene(cy);
  const viewport = new Viewport(
    cy,
    () => scene.render(),
    (at) => hands.framed?.(at),
  );
  onPicks(cy, hands);
  markHovered(cy);
  onMoves(cy, (node) => {
    held.set(node.id(), { ...node.position() });
    scene.render();
    hands.moved?.(placesOf(cy));
  });
  const watcher = new ResizeObserver(() => {
    cy.resize();
    scene.renderSoon();
  });
  watcher.observe(container);

  function arrange(graph: Piece, isFirst: boolean, { ends, groupOf, places, at }: Arrangement): void {
    const shape = cy.width() / Math.max(1, cy.height());
    const after = places ?? (groupOf ? groupedPlaces(graph, groupOf, shape) : arranged(graph, shape, held, ends));
    const isAnimated = !isFirst && !isStill && graph.nodes.length <= MANY;
    moveNodes(cy, after, isAnimated, () => viewport.show(at));
  }

  return {
    draw(graph, isDark, arrangement = {}) {
      scene.ground = isDark ? grounds.dark : grounds.light;
      const isFirst = cy.nodes().empty();
      const elements = elementsOf(graph, appearance, isDark, cy.width() * cy.height());
      const ids = elements.map(({ data }) => data.id);
      replaceElements(cy, elements);
      for (const slug of held.keys()) if (cy.getElementById(slug).empty()) held.delete(slug);
      scene.forgetRemoved();
      hideEdgesWhilePanning(cy, graph.nodes.length > MANY);
      showEmphasis(cy, emphasis);
      const key = layoutKeyOf(graph, ids, arrangement);
      if (key === layoutKey) scene.render();
      else arrange(graph, isFirst, arrangement);
      layoutKey = key;
    },
    emphasize(next) {
      emphasis = next;
      showEmphasis(cy, emphasis);
      scene.render();
    },
    fit: () => viewport.fitByHand(),
    show: (at) => viewport.show(at),
    zoomBy: (factor) => viewport.zoomBy(factor),
    reveal(slug) {
      const node = cy.getElementById(slug);
      if (node.empty()) return;
      const { x, y } = node.renderedPosition();
      if (x < 20 || y < 20 || x > cy.width() - 20 || y > cy.height() - 40) cy.center(node);
      scrollToPoint(container, node.renderedPosition());
    },
    beside: (slug, direction) => nodeBeside(cy, slug, direction),
    placeOf(slug) {
      const node = cy.getElementById(slug);
      return node.empty() ? undefined : { ...node.renderedPosition() };
    },
    svg: () => graphSvg(cy, scene.ground, scene.scale),
    close() {
      scene.close();
      viewport.close();
      watcher.disconnect();
      cy.destroy();
    },
  };
}
