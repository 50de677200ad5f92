import { bracketed, capitalized, inLine, labelled } from '../../drawing/words.ts';
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
export function schemeInWords(scheme: string): string {
  const { values } = settings().labels;
  return values[`${settings().parts['identifiers.scheme']}.${scheme}`] ?? values[scheme] ?? scheme.replaceAll('_', ' ');
}

/** An identifier as a text: `Wikidata: Q114`. */
export const identifierInWords = ({ scheme, value }: Identifier): string => labelled(schemeInWords(scheme), value);

/** Coordinates as people read them: `1.28° S, 36.82° E`. */
export function coordinates({ latitude, longitude }: Place): string {
  const part = (value: number, [positive, negative]: readonly [string, string]) => {
    const [degrees, side] = [`${Math.abs(value).toFixed(2)}°`, value < 0 ? negative : positive];
    return isChinese() ? `${side} ${degrees}` : `${degrees} ${side}`;
  };
  return inLine([part(latitude, [say('N'), say('S')]), part(longitude, [say('E'), say('W')])]);
}

/** A place as a text, with what its coordinates are the middle of. */
export function placeInWords(place: Place): string {
  const at = place.place ? labelled(place.place, coordinates(place)) : coordinates(place);
  return place.precision ? `${at}${bracketed(partInWords('locations.precision', place.precision).toLowerCase())}` : at;
}
