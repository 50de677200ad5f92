import type { Hop } from '../../drawing/answers.ts';
import { inClauses, labelled } from '../../drawing/words.ts';
import { propertyInWords } from '../settings/known.ts';
import { edgeValueInWords } from './text-of-value.ts';

/** Whether a value is missing or empty. */
export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The properties of a relation. */
export function EdgeProperties({ hop }: { readonly hop: Pick<Hop, 'relation' | 'properties'> }) {
  const filled = hop.properties.filter(({ value }) => !isEmpty(value));
  if (filled.length === 0) return null;
  return (
    <span class="edge-properties">
      {inClauses(
        filled.map((each) => labelled(propertyInWords(hop.relation, each.name), edgeValueInWords(hop.relation, each))),
      )}
    </span>
  );
}
