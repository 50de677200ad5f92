import { lazyType } from '../builder.ts';
import type { GeoAreaInput } from './item-filter.ts';

const degrees = (name: string) => `${name}, in degrees (WGS 84).`;

const GeoBox = lazyType(({ builder }) =>
  builder.inputRef<NonNullable<GeoAreaInput['box']>>('GeoBox').implement({
    description:
      'An area between two parallels and two meridians. If `west` is east of `east`, it crosses the 180th meridian.',
    fields: (t) => ({
      south: t.float({ required: true, description: degrees('Southern edge') }),
      west: t.float({ required: true, description: degrees('Western edge') }),
      north: t.float({ required: true, description: degrees('Northern edge') }),
      east: t.float({ required: true, description: degrees('Eastern edge') }),
    }),
  }),
);

const GeoCircle = lazyType(({ builder }) =>
  builder.inputRef<NonNullable<GeoAreaInput['circle']>>('GeoCircle').implement({
    description: 'The area around a point.',
    fields: (t) => ({
      latitude: t.float({ required: true, description: degrees('Latitude of the centre') }),
      longitude: t.float({ required: true, description: degrees('Longitude of the centre') }),
      kilometres: t.float({ required: true, description: 'Maximum distance from the centre in kilometres.' }),
    }),
  }),
);

/** An area of the Earth. */
export const geoAreaRef = lazyType((base) =>
  base.builder.inputType('GeoArea', {
    isOneOf: true,
    description: 'An area of the Earth: a box or a circle.',
    fields: (t) => ({
      box: t.field({ type: GeoBox(base), description: 'Between two parallels and two meridians.' }),
      circle: t.field({ type: GeoCircle(base), description: 'Within a distance of a point.' }),
    }),
  }),
);
