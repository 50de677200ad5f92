import { Fragment } from 'preact';
import type { Hop } from '../../drawing/answers.ts';
import { labelled, semicolon } from '../../drawing/words.ts';
import { propertyInWords } from '../settings/known.ts';
import { Written } from '../settings/written.tsx';
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
      {filled.map((each, index) => {
        const value = edgeValueInWords(hop.relation, each);
        return (
          <Fragment key={each.name}>
            {index > 0 && semicolon()}
            {labelled(propertyInWords(hop.relation, each.name), '')}
            <Written text={value} />
          </Fragment>
        );
      })}
    </span>
  );
}
