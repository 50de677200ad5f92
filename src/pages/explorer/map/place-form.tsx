import { useEffect, useRef } from 'preact/hooks';
import { capitalized, numberInWords } from '../../drawing/words.ts';
import type { FacetSettings } from '../../views/settings.ts';
import { arrived } from '../api/resource.ts';
import { passFocus } from '../keyboard/pass-focus.ts';
import { useConfirmed } from '../keyboard/use-confirmed.ts';
import { bucketInWords, bucketsOf, Chosen } from '../list/facets.tsx';
import { type Bucket, firstPage } from '../list/list-answers.ts';
import type { Condition } from '../navigation/address.ts';
import { change, leaveOut, view } from '../navigation/navigation.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { type Placing, placedKinds, upTo } from './places.ts';

/** Filters that a map offers; its list has all of them. */
const MOST_FILTERS = 4;

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

function PlaceFilter({
  facet,
  buckets,
  where,
}: {
  readonly facet: FacetSettings;
  readonly buckets: readonly Bucket[];
  readonly where: readonly Condition[];
}) {
  const choice = useConfirmed('', (value) =>
    change({
      where: [...where.filter((each) => each.facet !== facet.name), { facet: facet.name, value }],
      ...{ picked: undefined, form: {} },
    }),
  );
  return (
    <label>
      <span>{facet.title}</span>
      <select {...choice}>
        <option value="">{say('Any')}</option>
        {buckets.map((bucket) => (
          <option key={bucket.value} value={bucket.value} {...asWritten(bucketInWords(facet, bucket))}>
            {bucketInWords(facet, bucket)} ({numberInWords(bucket.count)})
          </option>
        ))}
      </select>
    </label>
  );
}

/** Filters by facets of the kind, each with the numbers of what it leaves. */
export function PlaceFilters({ placing: { of, where } }: { readonly placing: Placing }) {
  const listed = arrived(firstPage(JSON.stringify({ list: of.kind.list.field, where, counts: [] })));
  const chosen = (type: FacetSettings['type']) => of.kind.list.facets.filter((facet) => facet.type === type);
  // What an entity is related to tells maps apart more than its own properties.
  const values = chosen('value').toSorted((a, b) => Number(b.by === '') - Number(a.by === ''));
  const facets = [...chosen('entity'), ...values].slice(0, MOST_FILTERS);
  return (
    <div class="place-filters">
      {facets.map((facet) => (
        <PlaceFilter key={facet.name} facet={facet} buckets={listed ? bucketsOf(facet, listed) : []} where={where} />
      ))}
      <Chosen kind={of} listed={listed} />
    </div>
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
