import { numberInWords } from '../../drawing/words.ts';
import type { FacetSettings } from '../../views/settings.ts';
import { arrived } from '../api/resource.ts';
import { useConfirmed } from '../keyboard/use-confirmed.ts';
import type { Condition, Form } from '../navigation/address.ts';
import { change, view } from '../navigation/navigation.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { bucketInWords, bucketsOf, Chosen } from './facets.tsx';
import { type Bucket, firstPage } from './list-answers.ts';
import type { ListedKind } from './selection.ts';

/** Filters that a view offers beside its drawing; the list of its kind has all of them. */
const MOST_FILTERS = 4;

/** A form without the place on a map that was chosen among others. */
const withoutPlace = ({ around: _around, ...form }: Form): Form => form;

function QuickFilter({
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
      ...{ picked: undefined, form: withoutPlace(view.value.form) },
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

interface QuickFiltersProps {
  readonly of: ListedKind;
  readonly where: readonly Condition[];
}

/** Filters by facets of a kind, each with the numbers of what it leaves. */
export function QuickFilters({ of, where }: QuickFiltersProps) {
  const listed = arrived(firstPage(JSON.stringify({ list: of.kind.list.field, where, counts: [] })));
  const chosen = (type: FacetSettings['type']) => of.kind.list.facets.filter((facet) => facet.type === type);
  // What makes it stand out, then what an entity is related to, tells views apart more than its own properties.
  const values = chosen('value').toSorted((a, b) => Number(b.by === '') - Number(a.by === ''));
  const standing = of.kind.list.facets.filter(({ name }) => name === of.kind.highlight?.property);
  const facets = [...new Set([...standing, ...chosen('entity'), ...values])].slice(0, MOST_FILTERS);
  return (
    <div class="quick-filters">
      {facets.map((facet) => (
        <QuickFilter key={facet.name} facet={facet} buckets={listed ? bucketsOf(facet, listed) : []} where={where} />
      ))}
      <Chosen kind={of} listed={listed} />
    </div>
  );
}
