import type { Hop } from '../../drawing/answers.ts';
import { inWords } from '../../drawing/words.ts';

/** Whether a value says nothing. */
export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What a relation itself says, beside between whom it is. */
export function EdgeProperties({ hop }: { readonly hop: Pick<Hop, 'properties'> }) {
  const told = hop.properties.filter(({ value }) => !isEmpty(value));
  if (told.length === 0) return null;
  return (
    <span class="edge-properties">
      {told
        .map(
          ({ name, value }) => `${inWords(name)}: ${/^[A-Z_]+$/.test(String(value)) ? inWords(String(value)) : value}`,
        )
        .join('; ')}
    </span>
  );
}
