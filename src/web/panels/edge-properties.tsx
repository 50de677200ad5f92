import type { Hop } from '../../drawing/answers.ts';
import { inWords } from '../../drawing/words.ts';

/** Whether a value is missing or empty. */
export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The properties of a relation. */
export function EdgeProperties({ hop }: { readonly hop: Pick<Hop, 'properties'> }) {
  const filled = hop.properties.filter(({ value }) => !isEmpty(value));
  if (filled.length === 0) return null;
  return (
    <span class="edge-properties">
      {filled
        .map(
          ({ name, value }) => `${inWords(name)}: ${/^[A-Z_]+$/.test(String(value)) ? inWords(String(value)) : value}`,
        )
        .join('; ')}
    </span>
  );
}
