import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEquirectangular, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';

const require = createRequire(import.meta.url);

type Land = Topology<{ land: GeometryObject }>;

/** Outlines of the world as a picture for pages without scripts: one unit is one degree, in a colour for any ground. */
export function worldPicture(): string {
  const world = JSON.parse(readFileSync(require.resolve('world-atlas/land-110m.json'), 'utf8')) as Land;
  const projection = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([180, 90]);
  const path = geoPath(projection).digits(1)(feature(world, world.objects.land)) ?? '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="180" viewBox="0 0 360 180"><path d="${path}" fill="#8a8f96" fill-opacity="0.35"/></svg>`;
}
