import { useEffect, useRef } from 'preact/hooks';
import { capitalized, numberInWords } from '../../drawing/words.ts';
import { passFocus } from '../keyboard/pass-focus.ts';
import { change, leaveOut, view } from '../navigation/navigation.ts';
import { say } from '../settings/say.tsx';
import { placedKinds, upTo } from './places.ts';

/** The choice between what is counted by country, and the kinds that are drawn at their places. */
export function PlaceChoice({ list }: { readonly list: string | undefined }) {
  const kinds = placedKinds(list);
  return (
    <label class="place-choice">
      <span>{say('Show')}</span>
      <select
        value={list ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({ ...{ list: value || undefined, where: [], form: {} }, picked: undefined, until: undefined })
        }
      >
        <option value="">{say('Counts by country')}</option>
        {kinds.map(({ field, title }) => (
          <option key={field} value={field}>
            {say('{what} at their places', { what: capitalized(title) })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A slider for the year up to which entities are drawn. Nothing where no year is known. */
export function YearSlider({ dated }: { readonly dated: readonly { readonly year: number | undefined }[] }) {
  const years = dated.flatMap(({ year }) => (year === undefined ? [] : [year]));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const { until } = view.value;
  const slider = useRef<HTMLInputElement>(null);
  // Before the first year there is nothing to be drawn, and no place of the slider.
  const isTooEarly = years.length > 0 && until !== undefined && until < first;
  useEffect(() => {
    if (isTooEarly) leaveOut(`until=${until}`, { until: undefined });
  }, [isTooEarly]);
  if (years.length === 0 || first === last) return null;
  const shown = Math.min(last, Math.max(first, until ?? last));
  const undated = dated.length - years.length;
  function showAll() {
    passFocus(() => slider.current);
    change({ until: undefined });
  }
  return (
    <div class="year-slider">
      <label>
        <span>{say('Up to year')}</span>
        <input
          ref={slider}
          type="range"
          min={first}
          max={last}
          value={shown}
          onInput={({ currentTarget }) =>
            change({ until: Number(currentTarget.value), picked: undefined, form: {} }, { replace: true })
          }
        />
        <output>{until === undefined ? say('all') : shown}</output>
      </label>
      {until !== undefined && (
        <>
          <button type="button" class="small" onClick={showAll}>
            {say('All years')}
          </button>
          <span class="hint">
            {say('{count} shown; {undated} without a year are not.', {
              count: numberInWords(upTo(dated, until).length),
              undated: numberInWords(undated),
            })}
          </span>
        </>
      )}
    </div>
  );
}
