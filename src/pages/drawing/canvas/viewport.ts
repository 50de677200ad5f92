import type { CollectionArgument, Core } from 'cytoscape';
import { PAUSE } from './scene.ts';

/** Padding for labels in pixels. */
const PADDING = 72;

/** More is too large for a graph of a few entities. */
const MOST_ZOOM = 1.25;

/** The visible part of a graph. */
export class Viewport {
  readonly #cy: Core;
  readonly #changed: () => void;
  readonly #moved: (at: string | undefined) => void;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param changed is called once another part is visible
   * @param moved is called with the visible part when the user has changed it; `undefined` for the whole
   */
  constructor(cy: Core, changed: () => void, moved: (at: string | undefined) => void) {
    this.#cy = cy;
    this.#changed = changed;
    this.#moved = moved;
    cy.on('scrollzoom pinchzoom dragpan', () => this.#tellSoon());
  }

  /** Shows the whole graph. */
  fit(): void {
    const cy = this.#cy;
    cy.resize();
    const places = cy.nodes().map((node) => node.position());
    if (places.length === 0) return;
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [x1, y1] = [Math.min(...xs), Math.min(...ys)];
    const [x2, y2] = [Math.max(x1 + 1, ...xs), Math.max(y1 + 1, ...ys)];
    // Positions only: the size of symbols depends on the current zoom.
    cy.fit({ x1, y1, x2, y2, w: x2 - x1, h: y2 - y1 } as unknown as CollectionArgument, PADDING);
    if (cy.zoom() > MOST_ZOOM) this.#center((x1 + x2) / 2, (y1 + y2) / 2, MOST_ZOOM);
    this.#changed();
  }

  /** The same by the hand of the user. */
  fitByHand(): void {
    clearTimeout(this.#telling);
    this.fit();
    this.#moved(undefined);
  }

  /** Shows the part that a text names: the middle in graph units, and the zoom. The whole if there is none. */
  show(at = ''): void {
    clearTimeout(this.#telling);
    const [x = NaN, y = NaN, zoom = NaN] = at.split(' ').map(Number);
    if ([x, y, zoom].some(Number.isNaN) || zoom <= 0) {
      this.fit();
      return;
    }
    this.#cy.resize();
    this.#center(x, y, zoom);
    this.#changed();
  }

  zoomBy(factor: number): void {
    const cy = this.#cy;
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    this.#tellSoon();
  }

  close(): void {
    clearTimeout(this.#telling);
  }

  #center(x: number, y: number, zoom: number): void {
    const cy = this.#cy;
    cy.viewport({ zoom, pan: { x: cy.width() / 2 - x * zoom, y: cy.height() / 2 - y * zoom } });
  }

  #tellSoon(): void {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      const cy = this.#cy;
      const [zoom, { x, y }] = [cy.zoom(), cy.pan()];
      const middle = [(cy.width() / 2 - x) / zoom, (cy.height() / 2 - y) / zoom].map(Math.round);
      this.#moved(`${middle.join(' ')} ${zoom.toFixed(2)}`);
    }, PAUSE);
  }
}
