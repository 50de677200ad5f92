import { useId, useState } from 'preact/hooks';
import { capitalized } from '../../drawing/words.ts';
import type { FacetSettings } from '../../explorer/settings.ts';
import { kindNamed } from '../api/ontology.ts';
import type { Condition } from '../navigation/address.ts';
import { settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import type { Thing } from './pattern.ts';

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

interface ThingFiltersProps {
  readonly of: Thing;
  readonly onChange: (where: readonly Condition[]) => void;
}

/** Filters of an entity of a pattern: those it has, each to be removed, and a new one. */
export function ThingFilters({ of: { kind, where }, onChange }: ThingFiltersProps) {
  const id = useId();
  const [name, setName] = useState('');
  const facets = facetsOf(kind);
  const facet = facets.find((each) => each.name === name);
  const values = facet ? valuesOf(kind, facet) : [];
  if (facets.length === 0) return null;
  function add(value: string) {
    if (facet && value !== '') onChange([...where, { facet: facet.name, value }]);
    setName('');
  }
  return (
    <div class="thing-filters">
      {where.length > 0 && (
        <ul class="chosen" aria-label={say('Filters')}>
          {where.map((condition) => {
            const known = facets.find((each) => each.name === condition.facet);
            return (
              <li key={`${condition.facet} ${condition.value}`}>
                <button type="button" class="chip" onClick={() => onChange(where.filter((each) => each !== condition))}>
                  <span class="of">{known?.title ?? condition.facet}:</span>{' '}
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
      {facet && values.length > 0 && (
        <select aria-label={facet.title} value="" onChange={({ currentTarget }) => add(currentTarget.value)}>
          <option value="">{say('Choose a value')} …</option>
          {values.map((value) => (
            <option key={value} value={value}>
              {filterValueInWords(facet, value)}
            </option>
          ))}
        </select>
      )}
      {facet && values.length === 0 && (
        <input
          id={id}
          type="number"
          aria-label={facet.title}
          placeholder={facet.title}
          onChange={({ currentTarget }) => add(currentTarget.value)}
        />
      )}
    </div>
  );
}
