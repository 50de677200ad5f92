import { useRef, useState } from 'preact/hooks';
import { capitalized, colon } from '../../drawing/words.ts';
import type { FacetSettings } from '../../views/settings.ts';
import { kindNamed } from '../api/ontology.ts';
import { nearest, passFocus } from '../keyboard/pass-focus.ts';
import { useConfirmed } from '../keyboard/use-confirmed.ts';
import type { Condition } from '../navigation/address.ts';
import type { Thing } from '../navigation/pattern.ts';
import { settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';

/** Facets by which an entity of a pattern is narrowed; what is related to it is an entity of its own. */
const facetsOf = (kind: string): readonly FacetSettings[] =>
  (settings().kinds[kind]?.list.facets ?? []).filter(({ type }) => type !== 'entity');

/** The values of a facet; none if any number is one. */
function valuesOf(kind: string, { name, type, values }: FacetSettings): readonly string[] {
  if (type === 'boolean') return ['true', 'false'];
  return values ?? kindNamed(kind)?.properties.find((property) => property.name === name)?.values ?? [];
}

function filterValueInWords(facet: FacetSettings | undefined, value: string): string {
  if (facet?.type === 'boolean') return value === 'true' ? say('Yes') : say('No');
  return facet?.type === 'value' ? capitalized(valueInWords(facet.enumeration, value)) : value;
}

/** The value of a new filter: one of a list, or any number. */
function FilterValue({
  kind,
  facet,
  onChoose,
}: {
  readonly kind: string;
  readonly facet: FacetSettings;
  readonly onChoose: (value: string) => void;
}) {
  const { onChange, ...choice } = useConfirmed('', onChoose);
  const values = valuesOf(kind, facet);
  if (values.length === 0) {
    // The arrows of the field change its number as well, so this counts once the field is left.
    return <input type="number" aria-label={facet.title} placeholder={facet.title} {...choice} />;
  }
  return (
    <select aria-label={facet.title} {...choice} onChange={onChange}>
      <option value="">{say('Choose a value')} …</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {filterValueInWords(facet, value)}
        </option>
      ))}
    </select>
  );
}

interface ThingFiltersProps {
  readonly of: Thing;
  readonly onChange: (where: readonly Condition[]) => void;
}

/** Filters of an entity of a pattern: those it has, each to be removed, and a new one. */
export function ThingFilters({ of: { kind, where }, onChange }: ThingFiltersProps) {
  const place = useRef<HTMLDivElement>(null);
  const [name, setName] = useState('');
  const facets = facetsOf(kind);
  const facet = facets.find((each) => each.name === name);
  if (facets.length === 0) return null;
  /** The filter at a place, else the choice of another one. */
  const besideFilter = (index: number) => () =>
    nearest(place.current?.querySelectorAll<HTMLElement>('.chip') ?? [], index) ??
    place.current?.querySelector('select');
  function add(value: string) {
    passFocus(besideFilter(where.length));
    if (facet) onChange([...where, { facet: facet.name, value }]);
    setName('');
  }
  function remove(condition: Condition) {
    passFocus(besideFilter(where.indexOf(condition)));
    onChange(where.filter((each) => each !== condition));
  }
  return (
    <div ref={place} class="thing-filters">
      {where.length > 0 && (
        <ul class="chosen" aria-label={say('Filters')}>
          {where.map((condition) => {
            const known = facets.find((each) => each.name === condition.facet);
            return (
              <li key={`${condition.facet} ${condition.value}`}>
                <button type="button" class="chip" onClick={() => remove(condition)}>
                  <span class="of">
                    {known?.title ?? condition.facet}
                    {colon()}
                  </span>
                  {filterValueInWords(known, condition.value)}
                  <span aria-hidden="true"> ×</span>
                  <span class="visually-hidden">. {say('Remove this filter')}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <select
        aria-label={say('Add a filter')}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      >
        <option value="">{say('Add a filter')} …</option>
        {facets.map(({ name: each, title }) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
      {facet && <FilterValue key={name} kind={kind} facet={facet} onChoose={add} />}
    </div>
  );
}
