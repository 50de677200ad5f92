import { capitalized, colon, inLine, inWords, labelled } from '../../drawing/words.ts';
import { isWebAddress } from '../parts/parts.tsx';
import { isChinese, settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';

/** An identifier in another system. */
export interface Identifier {
  readonly scheme: string;
  readonly value: string;
  readonly url?: string | null;
  readonly match?: string;
}

/** A place in WGS 84. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision?: string;
  readonly place?: string | null;
}

/** A value of an enumeration of the parts of a property. */
const partInWords = (part: string, value: string) => capitalized(valueInWords(settings().parts[part], value));

/** A scheme by its label, else as it writes itself: `UN M49`. */
function schemeInWords(scheme: string): string {
  const label = valueInWords(settings().parts['identifiers.scheme'], scheme);
  return label === inWords(scheme) ? scheme.replaceAll('_', ' ') : label;
}

/** Identifiers of an entity, each a link to where it resolves. */
export function Identifiers({ of }: { readonly of: readonly Identifier[] }) {
  return (
    <ul class="plain">
      {of.map(({ scheme, value, url, match }) => (
        <li key={`${scheme} ${value}`}>
          {schemeInWords(scheme)}
          {colon()}
          {url && isWebAddress(url) ? (
            <a href={url} target="_blank" rel="noreferrer noopener">
              {value}
            </a>
          ) : (
            value
          )}
          {match === 'CLOSE' && ` (${say('something similar')})`}
        </li>
      ))}
    </ul>
  );
}

/** Coordinates as people read them: `1.28° S, 36.82° E`. */
export function coordinates({ latitude, longitude }: Place): string {
  const part = (value: number, [positive, negative]: readonly [string, string]) => {
    const [degrees, side] = [`${Math.abs(value).toFixed(2)}°`, value < 0 ? negative : positive];
    return isChinese() ? `${side} ${degrees}` : `${degrees} ${side}`;
  };
  return inLine([part(latitude, [say('N'), say('S')]), part(longitude, [say('E'), say('W')])]);
}

/** Places of an entity with what their coordinates are the middle of. */
export function Places({ of }: { readonly of: readonly Place[] }) {
  return (
    <ul class="plain">
      {of.map((each) => (
        <li key={`${each.latitude} ${each.longitude}`}>
          {each.place ? labelled(each.place, coordinates(each)) : coordinates(each)}
          {each.precision && ` (${partInWords('locations.precision', each.precision).toLowerCase()})`}
        </li>
      ))}
    </ul>
  );
}
