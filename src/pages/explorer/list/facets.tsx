import { useRef, useState } from 'preact/hooks';
import { capitalized, colon, labelled, numberInWords } from '../../drawing/words.ts';
import type { FacetSettings } from '../../views/settings.ts';
import { nameNamed } from '../api/cards.ts';
import { nearest, passFocus } from '../keyboard/pass-focus.ts';
import type { Condition } from '../navigation/address.ts';
import { addressWith, view } from '../navigation/navigation.ts';
import { nameOf } from '../parts/parts.tsx';
import { settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { asWritten, Written } from '../settings/written.tsx';
import type { Bucket, Listed } from './list-answers.ts';
import { type ListedKind, toggled } from './selection.ts';

/** Values that are shown of a facet until more are wanted. */
const FEW = 6;

/** Enumeration of a facet; undefined if its values are no enumeration. */
function enumerationOf({ name, enumeration }: FacetSettings): string | undefined {
  return enumeration ?? (name.includes('.') ? name : undefined);
}

/** A value of a facet in words. */
export function bucketInWords(
  facet: FacetSettings | undefined,
  { value, entity }: Pick<Bucket, 'value' | 'entity'>,
): string {
  if (entity) return nameOf(entity);
  if (facet?.type === 'boolean') return value === 'true' ? say('Yes') : say('No');
  return facet?.type === 'value' ? capitalized(valueInWords(enumerationOf(facet), value)) : value;
}

/** Name of a value that is counted separately in the answer. */
const aliasOf = (facet: string, value: string) => `${facet.replace('.', '_')}_${value}`;

/** The values of a facet with their numbers, most frequent first. */
export function bucketsOf(facet: FacetSettings, { facets, counts }: Listed): readonly Bucket[] {
  if (facet.by !== '') return facets.find(({ by }) => by === facet.by)?.buckets ?? [];
  return (facet.values ?? [])
    .map((value): Bucket => ({ value, count: counts[aliasOf(facet.name, value)] ?? 0, entity: null }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

/** Whether a value has words in its text, whatever their case. */
const has = (text: string, words: string) => text.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase());

/** Whether a value of a facet, or the facet itself, is called by some words. */
const matches = (facet: FacetSettings, words: string) => (bucket: Bucket) =>
  has(facet.title, words) || has(bucketInWords(facet, bucket), words);

/** The filter at a place, which takes the focus from what set or removed one; else the title of the list. */
const besideFilter = (index: number) => () =>
  nearest(document.querySelectorAll<HTMLElement>('.chosen .filter'), index) ?? document.querySelector('h1');

/** Where a condition stands among those that are chosen, or will. */
function placeOf(where: readonly Condition[], { facet, value }: Condition): number {
  const found = where.findIndex((each) => each.facet === facet && each.value === value);
  return found === -1 ? where.length : found;
}

interface FacetProps {
  readonly facet: FacetSettings;
  readonly listed: Listed;
  /** Words of the values that are looked for; empty for all. */
  readonly words: string;
}

function Facet({ facet, listed, words }: FacetProps) {
  const [isWhole, setWhole] = useState(false);
  const section = useRef<HTMLElement>(null);
  const { where } = view.value;
  const chosen = new Set(where.filter((each) => each.facet === facet.name).map(({ value }) => value));
  const all = bucketsOf(facet, listed);
  const buckets = all.filter(matches(facet, words));
  if (buckets.length === 0) return null;
  // Years read in their order.
  const isYear = facet.type === 'date' || facet.type === 'number';
  const ordered = isYear ? buckets.toSorted((a, b) => Number(b.value) - Number(a.value)) : buckets;
  const most = Math.max(1, ...all.map(({ count }) => count));
  const shown = isWhole ? ordered : ordered.filter(({ value }, index) => index < FEW || chosen.has(value));
  const answer = listed.facets.find(({ by }) => by === facet.by);
  function showAll() {
    // The first of those that are not shown yet.
    passFocus(() => section.current?.querySelectorAll<HTMLElement>('.bucket')[shown.length]);
    setWhole(true);
  }
  return (
    <section ref={section} class="facet" aria-label={facet.title}>
      <h2>{facet.title}</h2>
      <ul>
        {shown.map((bucket) => {
          const condition: Condition = { facet: facet.name, value: bucket.value };
          return (
            <li key={bucket.value}>
              <a
                class="bucket"
                href={addressWith({ where: toggled(where, condition), picked: undefined })}
                onClick={() => passFocus(besideFilter(placeOf(where, condition)))}
                aria-current={chosen.has(bucket.value) ? 'true' : undefined}
              >
                <span class="value" {...asWritten(bucketInWords(facet, bucket))}>
                  {bucketInWords(facet, bucket)}
                </span>
                <span class="count">{numberInWords(bucket.count)}</span>
                <svg class="bar-of-value" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(100 * bucket.count) / most} height="2" />
                </svg>
              </a>
            </li>
          );
        })}
      </ul>
      {shown.length < ordered.length && (
        <button type="button" class="link" onClick={showAll}>
          {say('{count} more', { count: numberInWords(ordered.length - shown.length) })}
        </button>
      )}
      {isWhole && (answer?.others ?? 0) > 0 && (
        <p class="hint">{say('Other values: {count}', { count: numberInWords(answer?.others ?? 0) })}</p>
      )}
      {(answer?.without ?? 0) > 0 && (
        <p class="hint">{say('Not recorded: {count}', { count: numberInWords(answer?.without ?? 0) })}</p>
      )}
    </section>
  );
}

/** The facets of a list, each value a link to what it leaves. */
export function Facets({ kind: { kind }, listed }: { readonly kind: ListedKind; readonly listed: Listed }) {
  const [words, setWords] = useState('');
  const found = kind.list.facets.some((facet) => bucketsOf(facet, listed).some(matches(facet, words)));
  if (!found && words === '') {
    // An empty list says that it is empty.
    return listed.totalCount === 0 ? null : <p class="hint">{say('There is nothing to filter by.')}</p>;
  }
  return (
    <>
      <input
        type="search"
        class="facet-search"
        aria-label={say('Find a filter')}
        placeholder={say('Find a filter')}
        value={words}
        onInput={({ currentTarget: { value } }) => setWords(value)}
      />
      {kind.list.facets.map((facet) => (
        <Facet key={facet.name} facet={facet} listed={listed} words={words} />
      ))}
      {!found && <p class="hint">{say('No filter has these words.')}</p>}
    </>
  );
}

/** Title of a condition: that of its facet, or what the relation leads to. */
function titleOf({ kind }: ListedKind, { facet }: Condition): string {
  const known = kind.list.facets.find(({ name }) => name === facet);
  if (known) return known.title;
  const [name = ''] = facet.split('.');
  const target = kind.fields[name]?.target;
  return capitalized((target && settings().kinds[target]?.one) ?? name);
}

/** A condition in words. */
function conditionInWords({ kind }: ListedKind, condition: Condition, listed: Listed | undefined): string {
  const facet = kind.list.facets.find(({ name }) => name === condition.facet);
  const bucket = facet && listed && bucketsOf(facet, listed).find(({ value }) => value === condition.value);
  // Facets count what the list has, which may be nothing.
  if (!bucket && kind.fields[condition.facet]) return nameNamed(condition.value);
  return bucketInWords(facet, bucket ?? { value: condition.value, entity: null });
}

/** What the list is narrowed by, in words. */
export const conditionsInWords = (kind: ListedKind, listed: Listed | undefined): readonly string[] =>
  view.value.where.map((condition) => {
    const text = conditionInWords(kind, condition, listed);
    const { type } = kind.kind.list.facets.find(({ name }) => name === condition.facet) ?? {};
    // A number or Yes alone says nothing.
    return type === 'value' || type === 'entity' ? text : labelled(titleOf(kind, condition), text);
  });

/** What the list is narrowed by, each to be removed. */
export function Chosen({ kind, listed }: { readonly kind: ListedKind; readonly listed: Listed | undefined }) {
  const { where } = view.value;
  if (where.length === 0) return null;
  return (
    <ul class="chosen" aria-label={say('Filters')}>
      {where.map((condition, index) => {
        const text = conditionInWords(kind, condition, listed);
        return (
          <li key={`${condition.facet} ${condition.value}`}>
            <a
              class="filter"
              href={addressWith({ where: toggled(where, condition) })}
              onClick={() => passFocus(besideFilter(index))}
            >
              <span class="of">
                {titleOf(kind, condition)}
                {colon()}
              </span>
              <Written text={text} />
              <span aria-hidden="true"> ×</span>
              <span class="visually-hidden">. {say('Remove this filter')}</span>
            </a>
          </li>
        );
      })}
      <li>
        <a href={addressWith({ where: [] })} onClick={() => passFocus(besideFilter(0))}>
          {say('Clear filters')}
        </a>
      </li>
    </ul>
  );
}
