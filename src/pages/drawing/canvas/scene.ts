import type { Core } from 'cytoscape';
import { canvasStyle, type Ground, grounds } from '../canvas-style.ts';
import { measureAnew, type Named, nameReadably } from './canvas-labels.ts';

/** Number of entities from which animation and lines while panning are disabled. */
export const MANY = 400;

/** Milliseconds after the last movement before labels are placed again, and the visible part is reported. */
export const PAUSE = 140;

/** Style and labels of a graph, which follow the zoom and the fonts. */
export class Scene {
  readonly #cy: Core;
  #ground = grounds.light;
  #named: Named = new Map();
  #fonts = 0;
  #key = '';
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(cy: Core) {
    this.#cy = cy;
    cy.on('viewport', () => this.renderSoon());
    document.fonts.addEventListener('loadingdone', this.#onFonts);
  }

  get ground(): Ground {
    return this.#ground;
  }

  /** Is shown with the next rendering. */
  set ground(ground: Ground) {
    this.#ground = ground;
  }

  /** Graph units per screen pixel, rounded to steps: each new size takes time to render. */
  get scale(): number {
    const cy = this.#cy;
    const step = cy.nodes().length > MANY ? 1.5 : 1.12;
    return 1 / Math.min(1.25, step ** Math.round(Math.log(Math.max(0.02, cy.zoom())) / Math.log(step)));
  }

  /** Forgets the labels of entities that were removed, also if they are there again. */
  forgetRemoved(): void {
    this.#named = new Map([...this.#named].filter(([slug]) => this.#cy.getElementById(slug).hasClass('labelled')));
  }

  render(): void {
    const { scale } = this;
    const size = { scale, relations: this.#cy.edges().length, fonts: this.#fonts };
    const key = JSON.stringify([size, this.#ground]);
    if (key !== this.#key) this.#cy.style(canvasStyle(this.#ground, size));
    this.#key = key;
    this.#named = nameReadably(this.#cy, scale, this.#named);
  }

  renderSoon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.render(), PAUSE);
  }

  close(): void {
    clearTimeout(this.#waiting);
    document.fonts.removeEventListener('loadingdone', this.#onFonts);
  }

  /** Labels rendered before a font was loaded used a fallback font. */
  readonly #onFonts = (): void => {
    this.#fonts += 1;
    measureAnew();
    this.render();
  };
}
