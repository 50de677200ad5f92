import { useMemo } from 'preact/hooks';
import { labelled } from '../../drawing/words.ts';
import { countedKind, styleOfKind } from '../api/ontology.ts';
import { escaped } from '../navigation/address.ts';
import { change, view } from '../navigation/navigation.ts';
import { MarkButton, nameOf } from '../parts/parts.tsx';
import { isDark } from '../parts/theme.ts';
import { say } from '../settings/say.tsx';
import { dodged } from './dodge.ts';
import { scaleOf } from './frame.ts';
import { type Cluster, clustersOf, type Placed, upTo } from './places.ts';
import { type Frame, pointAt } from './world.ts';

/** Half of the smallest target that a finger hits, and the distance below which places are one circle, in pixels. */
const [TARGET, NEAR] = [12, 22];

/** Size of a circle in pixels: its area is proportional to the number of entities. */
const sizeOf = ({ members }: Cluster) =>
  Math.min(30, 5 + 2.4 * Math.sqrt(members.length - 1) + (members.length > 1 ? 3 : 0));

/** The cluster of an entity. */
export const clusterWith = (clusters: readonly Cluster[], slug: string): Cluster | undefined =>
  clusters.find(({ members }) => members.some(({ entity }) => entity.slug === slug));

/**
 * Clusters at a zoom: those of a map as wide as the window, so that a panel that is opened beside a circle does not change what
 * the circle counts.
 */
export const clustersAt = (placed: readonly Placed[], frame: Frame, width: number): readonly Cluster[] =>
  clustersOf(
    placed,
    ({ longitude, latitude }) => pointAt(longitude, latitude),
    NEAR * scaleOf(frame, Math.max(width, innerWidth)),
  );

/** Different entities of a cluster: one may have several places. */
export const entitiesOf = ({ members }: Cluster) => [
  ...new Map(members.map(({ entity }) => [entity.slug, entity])).values(),
];

/** Where a cluster is, in words: the place that most of its entities name. */
export function placeInWords({ members }: Cluster): string {
  const names = new Map<string, number>();
  for (const { place } of members) if (place.place) names.set(place.place, (names.get(place.place) ?? 0) + 1);
  const [name] = [...names].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  if (name === undefined) return '';
  return names.size > 1 ? say('{place} and nearby', { place: name }) : name;
}

interface PlaceCirclesProps {
  readonly placed: readonly Placed[];
  readonly frame: Frame;
  /** Width of the map in pixels. */
  readonly width: number;
  readonly kind: string;
}

/** A circle for the entities of each place up to the chosen year, none of which covers another. */
export function PlaceCircles({ placed, frame, width, kind }: PlaceCirclesProps) {
  const scale = scaleOf(frame, width);
  const { picked, form, until } = view.value;
  const clusters = useMemo(() => clustersAt(upTo(placed, until), frame, width), [placed, until, frame.width, width]);
  const places = useMemo(
    () =>
      dodged(
        clusters.map((cluster) => ({
          x: cluster.x / scale,
          y: cluster.y / scale,
          radius: Math.max(TARGET, sizeOf(cluster)),
        })),
      ),
    [clusters, scale],
  );
  const chosen = picked ?? form.around;
  return (
    <g>
      {clusters.map((cluster, index) => {
        const entities = entitiesOf(cluster);
        const [first] = entities;
        const { x, y } = places[index] ?? { x: 0, y: 0 };
        if (!first) return null;
        const where = placeInWords(cluster);
        const what = entities.length === 1 ? nameOf(first) : countedKind(entities.length, kind);
        const label = where === '' ? what : labelled(where, what);
        const isPicked = entities.some(({ slug }) => slug === chosen);
        const pick = () =>
          entities.length === 1
            ? change({ picked: first.slug, form: {} })
            : change({ picked: undefined, form: { around: escaped(first.slug) } });
        const look = styleOfKind(kind);
        const size = sizeOf(cluster);
        return (
          <MarkButton
            key={first.slug}
            look="place placed"
            label={label}
            isPicked={isPicked}
            pick={pick}
            transform={`translate(${x * scale} ${y * scale}) scale(${scale})`}
          >
            {size < TARGET && <circle class="target" r={TARGET} />}
            <circle r={size} stroke-width={1.2} style={{ fill: isDark.value ? look.dark : look.light }} />
            {entities.length > 1 && (
              <text class="number" font-size={9.5} dy="0.35em">
                {entities.length}
              </text>
            )}
          </MarkButton>
        );
      })}
    </g>
  );
}
