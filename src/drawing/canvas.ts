import cytoscape, { type Core } from 'cytoscape';
import { type Appearance, elementsOf } from './canvas-elements.ts';
import { measureAnew, type Named, nameReadably } from './canvas-labels.ts';
import { canvasStyle, grounds } from './canvas-style.ts';
import { type Drawn, graphSvg } from './graph-svg.ts';
import { arranged } from './layout/arrange.ts';
import type { Ends } from './layout/between.ts';
import { groupedPlaces } from './layout/grouped.ts';
import type { Point } from './layout/place.ts';
import { onDoubleClick } from './on-double-click.ts';
import type { Piece } from './piece.ts';
import { scrollToPoint } from './scroll-to-point.ts';

/** Callbacks for user actions. */
export interface Hands {
  pick(slug: string): void;
  /** Adds to what is selected. */
  choose?(slugs: readonly string[]): void;
  /** Entities were moved by hand: the places of all. */
  moved?(places: ReadonlyMap<string, Point>): void;
  /** The visible part was changed by hand; undefined for the whole. */
  framed?(at: string | undefined): void;
  pickRelation(key: string): void;
  pickNothing(): void;
  open(slug: string): void;
}

/** Highlighted parts of the graph. */
export interface Emphasis {
  readonly picked?: string | undefined;
  /** Those that are selected together with it. */
  readonly also?: readonly string[] | undefined;
  readonly relation?: string | undefined;
  /** Keys of the relations of the selected path, in order. */
  readonly path?: readonly string[] | undefined;
}

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

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Number of entities from which animation and lines while panning are disabled. */
const MANY = 400;

/** Delay in milliseconds after the last movement before labels are placed again. */
const PAUSE = 140;

/** Padding for labels in pixels. */
const PADDING = 72;

/** Keeps Cytoscape from adding a style element: the style sheet of the page has the same rules. */
const STYLE_ID = '__________cytoscape_stylesheet';

function allowNoStyleElement(): void {
  if (document.getElementById(STYLE_ID)) return;
  const stand = document.createElement('meta');
  stand.id = STYLE_ID;
  document.head.append(stand);
}

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
  /** Positions set by dragging; the layout keeps them. */
  const held = new Map<string, Point>();
  let ground = grounds.light;
  let emphasis: Emphasis = {};
  let layoutKey = '';
  let named: Named = new Map();
  let fonts = 0;
  let sceneKey = '';
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

  /** Graph units per screen pixel, rounded to steps: each new size takes time to render. */
  function scaleNow(): number {
    const step = cy.nodes().length > MANY ? 1.5 : 1.12;
    return 1 / Math.min(1.25, step ** Math.round(Math.log(Math.max(0.02, cy.zoom())) / Math.log(step)));
  }

  function chooseLabels(): void {
    const scale = scaleNow();
    const scene = { scale, relations: cy.edges().length, fonts };
    const key = JSON.stringify([scene, ground]);
    if (key !== sceneKey) cy.style(canvasStyle(ground, scene));
    sceneKey = key;
    named = nameReadably(cy, scale, named);
  }

  let waiting: ReturnType<typeof setTimeout> | undefined;
  function chooseLabelsSoon(): void {
    clearTimeout(waiting);
    waiting = setTimeout(chooseLabels, PAUSE);
  }

  function arrange(graph: Piece, isFirst: boolean, { ends, groupOf, places, at }: Arrangement): void {
    const settle = () => (at === undefined ? fit() : frame(at));
    const before = new Map(cy.nodes().map((node): [string, Point] => [node.id(), { ...node.position() }]));
    const shape = cy.width() / Math.max(1, cy.height());
    const after = places ?? (groupOf ? groupedPlaces(graph, groupOf, shape) : arranged(graph, shape, held, ends));
    cy.nodes().positions((node) => ({ ...(after.get(node.id()) ?? { x: 0, y: 0 }) }));
    if (isFirst || isStill || graph.nodes.length > MANY) {
      settle();
      return;
    }
    cy.nodes().positions((node) => ({ ...(before.get(node.id()) ?? { x: 0, y: 0 }) }));
    const move = {
      name: 'preset',
      positions: (node: cytoscape.NodeSingular) => after.get(node.id()),
      animate: true,
      animationDuration: 350,
      stop: settle,
    };
    cy.layout(move as unknown as cytoscape.LayoutOptions).run();
  }

  /** Applies the highlighting, then places labels. */
  function showEmphasis(): void {
    const { picked, also = [], relation, path } = emphasis;
    cy.batch(() => {
      cy.elements('.picked, .near, .chosen, .on-path, .dim').removeClass('picked near chosen on-path dim crowded');
      const onPath = new Set(path ?? []);
      if (onPath.size > 0) {
        const edges = cy.edges().filter((edge) => onPath.has(edge.id()));
        const onIt = edges.union(edges.connectedNodes());
        onIt.addClass('on-path');
        cy.elements().not(onIt).addClass('dim');
      }
      if (relation !== undefined) {
        const edge = cy.getElementById(relation);
        edge.addClass('picked');
        edge.connectedNodes().removeClass('dim').addClass('near');
      }
      for (const slug of also) cy.getElementById(slug).removeClass('dim').addClass('chosen');
      if (picked !== undefined) {
        const node = cy.getElementById(picked);
        node.removeClass('dim').addClass('picked');
        if (node.connectedEdges().length <= 40 && onPath.size === 0) node.connectedEdges().addClass('near');
      }
    });
  }

  function fit(): void {
    cy.resize();
    const places = cy.nodes().map((node) => node.position());
    if (places.length === 0) return;
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [x1, y1] = [Math.min(...xs), Math.min(...ys)];
    const [x2, y2] = [Math.max(x1 + 1, ...xs), Math.max(y1 + 1, ...ys)];
    // Positions only: the size of symbols depends on the current zoom.
    cy.fit({ x1, y1, x2, y2, w: x2 - x1, h: y2 - y1 } as unknown as cytoscape.CollectionArgument, PADDING);
    if (cy.zoom() > 1.25) {
      cy.zoom(1.25);
      cy.pan({ x: cy.width() / 2 - (1.25 * (x1 + x2)) / 2, y: cy.height() / 2 - (1.25 * (y1 + y2)) / 2 });
    }
    chooseLabels();
  }

  /** Shows the part that a text names: the middle in graph units, and the zoom. */
  function frame(at: string): void {
    const [x = NaN, y = NaN, zoom = NaN] = at.split(' ').map(Number);
    if ([x, y, zoom].some(Number.isNaN) || zoom <= 0) {
      fit();
      return;
    }
    cy.resize();
    cy.viewport({ zoom, pan: { x: cy.width() / 2 - x * zoom, y: cy.height() / 2 - y * zoom } });
    chooseLabels();
  }

  let framing: ReturnType<typeof setTimeout> | undefined;
  function tellFrameSoon(): void {
    clearTimeout(framing);
    framing = setTimeout(() => {
      const [zoom, { x, y }] = [cy.zoom(), cy.pan()];
      const middle = [(cy.width() / 2 - x) / zoom, (cy.height() / 2 - y) / zoom].map(Math.round);
      hands.framed?.(`${middle.join(' ')} ${zoom.toFixed(2)}`);
    }, PAUSE);
  }

  cy.on('tap', 'node', ({ target, originalEvent }) => {
    const isAdded = originalEvent?.shiftKey || originalEvent?.ctrlKey || originalEvent?.metaKey;
    if (isAdded && hands.choose) hands.choose([target.id()]);
    else hands.pick(target.id());
  });
  // Where there are no keys, a long touch adds.
  cy.on('taphold', 'node', ({ target, originalEvent }) => {
    if (originalEvent?.type.startsWith('touch')) hands.choose?.([target.id()]);
  });
  cy.on('boxend', () =>
    queueMicrotask(() => {
      const slugs = cy.nodes(':selected').map((node) => node.id());
      cy.elements(':selected').unselect();
      if (slugs.length > 0) hands.choose?.(slugs);
    }),
  );
  cy.on('scrollzoom pinchzoom dragpan', tellFrameSoon);
  onDoubleClick(cy, hands.open);
  cy.on('tap', 'edge', ({ target }) => hands.pickRelation(target.id()));
  cy.on('tap', ({ target }) => {
    if (target === cy) hands.pickNothing();
  });
  cy.on('mouseover', 'node', ({ target }) => {
    target.addClass('hovered');
    if (target.connectedEdges().length <= 40) target.connectedEdges().addClass('hovered');
  });
  cy.on('mouseover', 'edge', ({ target }) => target.addClass('hovered'));
  cy.on('mouseout', 'node, edge', () => cy.elements('.hovered').removeClass('hovered'));
  cy.on('dragfree', 'node', ({ target }) => {
    held.set(target.id(), { ...target.position() });
    chooseLabels();
    hands.moved?.(new Map(cy.nodes().map((node): [string, Point] => [node.id(), { ...node.position() }])));
  });
  cy.on('viewport', chooseLabelsSoon);
  const watcher = new ResizeObserver(() => {
    cy.resize();
    chooseLabelsSoon();
  });
  watcher.observe(container);
  // Labels rendered before a font was loaded used a fallback font.
  const onFonts = () => {
    fonts += 1;
    measureAnew();
    chooseLabels();
  };
  document.fonts.addEventListener('loadingdone', onFonts);

  return {
    draw(graph, isDark, arrangement = {}) {
      const { ends, groupOf } = arrangement;
      ground = isDark ? grounds.dark : grounds.light;
      const isFirst = cy.nodes().empty();
      const elements = elementsOf(graph, appearance, isDark, cy.width() * cy.height());
      const key = [
        ...elements.map(({ data }) => data.id),
        ends?.from,
        ends?.to,
        groupOf && graph.nodes.map(({ slug }) => groupOf(slug)),
      ].join('\n');
      cy.batch(() => {
        const wanted = new Set(elements.map(({ data }) => data.id));
        cy.elements()
          .filter((element) => !wanted.has(element.id()))
          .remove();
        for (const { data } of elements) cy.getElementById(data.id ?? '').data(data);
        cy.add(elements.filter(({ data }) => cy.getElementById(data.id ?? '').empty()));
      });
      const isThere = (slug: string) => cy.getElementById(slug).nonempty();
      for (const slug of held.keys()) if (!isThere(slug)) held.delete(slug);
      // A restored element has lost its label.
      named = new Map([...named].filter(([slug]) => cy.getElementById(slug).hasClass('labelled')));
      // Cytoscape cannot change this setting after creation.
      const renderer = (cy as unknown as { renderer(): { hideEdgesOnViewport: boolean } }).renderer();
      renderer.hideEdgesOnViewport = graph.nodes.length > MANY;
      showEmphasis();
      if (key === layoutKey) chooseLabels();
      else arrange(graph, isFirst, arrangement);
      layoutKey = key;
    },
    emphasize(next) {
      emphasis = next;
      showEmphasis();
      chooseLabels();
    },
    fit() {
      clearTimeout(framing);
      fit();
      hands.framed?.(undefined);
    },
    zoomBy(factor) {
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
      tellFrameSoon();
    },
    reveal(slug) {
      const node = cy.getElementById(slug);
      if (node.empty()) return;
      const { x, y } = node.renderedPosition();
      if (x < 20 || y < 20 || x > cy.width() - 20 || y > cy.height() - 40) cy.center(node);
      scrollToPoint(container, node.renderedPosition());
    },
    beside(slug, direction) {
      const from = cy.getElementById(slug ?? '');
      if (from.empty())
        return cy
          .nodes()
          .max((node) => Number(node.data('degree')))
          .ele?.id();
      const { x, y } = from.renderedPosition();
      const along = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction];
      const [alongX = 0, alongY = 0] = along;
      let best: { id: string; cost: number } | undefined;
      cy.nodes().forEach((node) => {
        const there = node.renderedPosition();
        const ahead = (there.x - x) * alongX + (there.y - y) * alongY;
        const aside = Math.abs((there.x - x) * alongY) + Math.abs((there.y - y) * alongX);
        if (node.id() === slug || ahead <= 1 || aside > ahead * 2) return;
        const cost = ahead + 2 * aside;
        if (best === undefined || cost < best.cost) best = { id: node.id(), cost };
      });
      return best?.id;
    },
    placeOf(slug) {
      const node = cy.getElementById(slug);
      return node.empty() ? undefined : { ...node.renderedPosition() };
    },
    svg: () => graphSvg(cy, ground, scaleNow()),
    close() {
      clearTimeout(waiting);
      clearTimeout(framing);
      watcher.disconnect();
      document.fonts.removeEventListener('loadingdone', onFonts);
      cy.destroy();
    },
  };
}
