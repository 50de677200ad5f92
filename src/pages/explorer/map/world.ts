import { type ExtendedFeature, geoEqualEarth, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { singleResource } from '../api/resource.ts';

type Countries = Topology<{ countries: GeometryCollection }>;

/** Data of the map: outlines as SVG paths, and a point for each country. */
export interface World {
  readonly land: readonly { readonly code: string | undefined; readonly path: string }[];
  readonly borders: string;
  readonly sphere: string;
  /** By ISO number. */
  readonly points: ReadonlyMap<string, readonly [number, number]>;
}

/** Visible part of the map; the height follows from the width. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const WIDTH = 960;

const projection = geoEqualEarth().fitWidth(WIDTH, { type: 'Sphere' });
const heightAt = (latitude: number) => projection([0, latitude])?.[1] ?? 0;
/** Latitudes from northern Greenland to southern America: there are no partners beyond. */
const [TOP, BOTTOM] = [heightAt(83.7), heightAt(-57)];

export const HEIGHT = Math.round(BOTTOM - TOP);

const [left, top] = projection.translate();
projection.translate([left, top - TOP]);

/** A place in degrees as a point of the map. */
export const pointAt = (longitude: number, latitude: number): readonly [number, number] | null =>
  projection([longitude, latitude]);

/** A point of the map in degrees: longitude and latitude. */
export const degreesAt = (x: number, y: number): readonly [number, number] | null =>
  projection.invert?.([x, y]) ?? null;

/** The outlines, loaded on first use. */
export const worldResource = singleResource(async (): Promise<World> => {
  const response = await fetch(WORLD);
  if (!response.ok) throw new Error(`The server responded with status ${response.status}.`);
  const { topology, points } = (await response.json()) as {
    topology: Countries;
    points: Readonly<Record<string, [number, number]>>;
  };
  const path = geoPath(projection).digits(1);
  const { countries } = topology.objects;
  return {
    land: feature(topology, countries).features.map((shape) => ({
      code: shape.id === undefined ? undefined : String(shape.id),
      path: path(shape as ExtendedFeature) ?? '',
    })),
    borders: path(mesh(topology, countries, (a, b) => a !== b)) ?? '',
    sphere: path({ type: 'Sphere' }) ?? '',
    points: new Map(
      Object.entries(points).flatMap(([code, point]) => {
        const place = projection(point);
        return place ? [[code, place] as const] : [];
      }),
    ),
  };
});
