import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoArea, geoCentroid } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

const require = createRequire(import.meta.url);

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

const read = (detail: string) =>
  JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${detail}.json`), 'utf8')) as World;

/** Centre of the largest part of a country, for its circle. */
function middleOf(geometry: GeoJSON.Geometry): [number, number] {
  if (geometry.type !== 'MultiPolygon') return geoCentroid(geometry);
  const parts = geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }) as const);
  return geoCentroid(parts.reduce((largest, part) => (geoArea(part) > geoArea(largest) ? part : largest)));
}

/**
 * World data of the map as JSON: coarse outlines, and a point for each country by its ISO number. The points come from
 * finer outlines, which include the smallest countries.
 */
export function worldText(): string {
  const [coarse, fine] = [read('110m'), read('50m')];
  const points = Object.fromEntries(
    feature(fine, fine.objects.countries)
      .features.filter(({ id, geometry }) => id !== undefined && geometry !== null)
      .map(({ id, geometry }) => [String(id), middleOf(geometry).map((degree) => Number(degree.toFixed(2)))]),
  );
  const { land: _land, ...objects } = coarse.objects as Record<string, unknown>;
  return JSON.stringify({ topology: { ...coarse, objects }, points });
}
