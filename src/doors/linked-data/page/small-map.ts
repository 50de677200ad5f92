import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import type { Page } from './page-view.ts';

/** A point in WGS 84. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly label: string;
}

/** Smallest part of the world that is shown, in degrees of longitude, and its shape. */
const [SMALLEST, SHAPE] = [70, 2];

/** A map with a few places, cut to where they are. Empty without a picture of the world. */
export function smallMap({ view: { world } }: Page, places: readonly Place[]): string {
  if (world === undefined || places.length === 0) return '';
  const [xs, ys] = [places.map(({ longitude }) => longitude), places.map(({ latitude }) => -latitude)];
  const [middleX, middleY] = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  const spread = Math.max(Math.max(...xs) - Math.min(...xs), (Math.max(...ys) - Math.min(...ys)) * SHAPE);
  const wide = Math.min(360, Math.max(SMALLEST, spread * 1.5));
  const high = wide / SHAPE;
  const [x, y] = [
    Math.max(-180, Math.min(180 - wide, middleX - wide / 2)),
    Math.max(-90, Math.min(90 - high, middleY - high / 2)),
  ];
  const dots = places.map(({ latitude, longitude, label }) => {
    const at = `cx="${longitude}" cy="${-latitude}"`;
    return `<circle ${at} r="${wide / 80}"><title>${escapeMarkup(label)}</title></circle>`;
  });
  const labels = escapeMarkup(places.map(({ label }) => label).join('; '));
  return `<svg class="map" role="img" aria-label="${labels}" viewBox="${x} ${y} ${wide} ${high}"><image href="${escapeMarkup(world)}" x="-180" y="-90" width="360" height="180"/>${dots.join('')}</svg>`;
}
