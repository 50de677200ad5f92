import { useEffect, useRef } from 'preact/hooks';
import { say } from '../drawing/say.ts';
import { inLine, labelled, numberInWords } from '../drawing/words.ts';
import { nameOf } from './language.ts';
import type { Spot } from './places.ts';

/** Latitudes that are shown: nobody lives beyond. */
const [TOP, BOTTOM] = [84, -57];

/** Names that a circle has in its label. */
const MOST_NAMES = 5;

/** The area of a circle is proportional to its number. */
const radiusOf = (count: number, most: number) => 2.2 + 6.5 * Math.sqrt(count / Math.max(most, 12));

function labelOf({ cards, count }: Spot): string {
  const names = inLine(cards.slice(0, MOST_NAMES).map(nameOf));
  const rest = cards.length > MOST_NAMES ? ` + ${cards.length - MOST_NAMES}` : '';
  return count === cards.length ? `${names}${rest}` : labelled(`${names}${rest}`, numberInWords(count));
}

interface MapViewProps {
  readonly spots: readonly Spot[];
  /** Slug of the entity that is selected. */
  readonly picked: string | undefined;
  readonly onPick: (slug: string) => void;
}

/** The world, with a circle for each place. */
export function MapView({ spots, picked, onPick }: MapViewProps) {
  const room = useRef<HTMLDivElement>(null);
  const middle = spots[0]?.longitude;
  useEffect(() => {
    // Where the map is wider than its room, it begins with its largest circle.
    const { current } = room;
    if (!current || middle === undefined) return;
    current.scrollLeft = ((middle + 180) / 360) * current.scrollWidth - current.clientWidth / 2;
  }, [middle]);
  const most = Math.max(...spots.map(({ count }) => count), 1);
  return (
    <div class="frame world" ref={room}>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture is no form. */}
      <svg class="map" viewBox={`0 ${90 - TOP} 360 ${TOP - BOTTOM}`} role="group" aria-label={say('World map')}>
        <path class="land" d={OUTLINE} />
        {spots.map((spot) => {
          const [first] = spot.cards;
          if (!first) return null;
          const pick = () => onPick(first.slug);
          const radius = radiusOf(spot.count, most);
          const isPicked = spot.cards.some(({ slug }) => slug === picked);
          return (
            // biome-ignore lint/a11y/useSemanticElements: SVG has no element for a button.
            <g
              key={first.slug}
              class={isPicked ? 'spot picked' : 'spot'}
              role="button"
              tabIndex={0}
              aria-label={labelOf(spot)}
              aria-pressed={isPicked}
              transform={`translate(${spot.longitude + 180} ${90 - spot.latitude})`}
              onClick={pick}
              onKeyDown={({ key }) => (key === 'Enter' || key === ' ') && pick()}
            >
              <title>{labelOf(spot)}</title>
              <circle r={radius} />
              {spot.count > 1 && radius > 3.4 && (
                <text dy="0.35em" font-size={radius * 0.95}>
                  {numberInWords(spot.count)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
