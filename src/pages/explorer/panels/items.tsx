import { bracketed, colon } from '../../drawing/words.ts';
import { isWebAddress } from '../../shared/web-address.ts';
import { say } from '../settings/say.tsx';
import { Written } from '../settings/written.tsx';
import { type Identifier, type Place, placeInWords, schemeInWords } from './item-texts.ts';

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
          {match === 'CLOSE' && bracketed(say('something similar'))}
        </li>
      ))}
    </ul>
  );
}

/** Places of an entity. */
export function Places({ of }: { readonly of: readonly Place[] }) {
  return (
    <ul class="plain">
      {of.map((each) => (
        <li key={`${each.latitude} ${each.longitude}`}>
          {each.place && <Written text={each.place} />}
          {each.place && colon()}
          {placeInWords({ ...each, place: null })}
        </li>
      ))}
    </ul>
  );
}
