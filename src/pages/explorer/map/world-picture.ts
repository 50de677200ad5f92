import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEquirectangular, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';

const require = createRequire(import.meta.url);

type Land = Topology<{ land: GeometryObject }>;

/** Outlines of the world as the data of an SVG path: one unit is one degree, from 180° west and 90° north. */
export function worldOutline(): string {
  const world = JSON.parse(readFileSync(require.resolve('world-atlas/land-110m.json'), 'utf8')) as Land;
  const projection = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([180, 90]);
  return geoPath(projection).digits(1)(feature(world, world.objects.land)) ?? '';
}

/** Outlines of the world as a picture for pages without scripts, in a colour for any ground. */
export const worldPicture = (): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="180" viewBox="0 0 360 180"><path d="${worldOutline()}" fill="#8a8f96" fill-opacity="0.35"/></svg>`;
