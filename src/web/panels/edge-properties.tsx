import type { Hop } from '../../drawing/answers.ts';
import { inClauses, inWords, labelled } from '../../drawing/words.ts';
import { propertyInWords } from '../settings/known.ts';

/** Whether a value is missing or empty. */
export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const valueText = (value: unknown) =>
  /^[A-Z][A-Z0-9_]*$/.test(String(value)) ? inWords(String(value)) : String(value);

/** The properties of a relation. */
export function EdgeProperties({ hop }: { readonly hop: Pick<Hop, 'relation' | 'properties'> }) {
  const filled = hop.properties.filter(({ value }) => !isEmpty(value));
  if (filled.length === 0) return null;
  return (
    <span class="edge-properties">
      {inClauses(filled.map(({ name, value }) => labelled(propertyInWords(hop.relation, name), valueText(value))))}
    </span>
  );
}
