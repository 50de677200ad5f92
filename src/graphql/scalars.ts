import { isInstant } from '../history/revisions/instant.ts';
import { isPartialDate } from '../ontology/partial-date.ts';
import type { Property } from '../ontology/vocabulary.ts';
import { lazyType, type SchemaBase } from './builder.ts';
import { enumRef } from './enumerations.ts';
import { badUserInput } from './errors.ts';

const scalars = {
  text: 'String',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'PartialDate',
  url: 'URL',
} as const;

const text = (name: string, test: (value: string) => boolean, expected: string) => (value: unknown) => {
  if (typeof value === 'string' && test(value)) return value;
  throw badUserInput(`${name} must be ${expected}; got ${JSON.stringify(value)?.slice(0, 100)}.`);
};

const partialDate = text('PartialDate', isPartialDate, 'a date such as "2019", "2019-06" or "2019-06-20"');

/** The type of one value of a property that is no list of items. */
export const valueType = (base: SchemaBase, { type, enumeration }: Property) =>
  enumeration ? enumRef(base, enumeration) : scalars[type as keyof typeof scalars];

/** Adds the scalars that GraphQL itself lacks. */
export const addScalars = lazyType(({ builder }) => {
  builder.scalarType('PartialDate', {
    description:
      'A date with the precision of a year, month or day: `2019`, `2019-06`, `2019-06-20` (EDTF level 0). For sorting, a year or month counts as its first day.',
    specifiedByURL: 'https://www.loc.gov/standards/datetime/',
    serialize: String,
    parseValue: partialDate,
  });

  builder.scalarType('DateTime', {
    description: 'An instant in RFC 3339 format: `2026-03-01T09:30:00.25Z`.',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
    serialize: String,
    parseValue: text('DateTime', isInstant, 'an instant such as "2026-03-01T09:30:00Z"'),
  });

  builder.scalarType('URL', {
    description: 'An absolute URL, as defined by the WHATWG URL standard.',
    specifiedByURL: 'https://url.spec.whatwg.org/',
    serialize: String,
    parseValue: text('URL', URL.canParse, 'an absolute URL'),
  });

  builder.scalarType('JSON', {
    description: 'Any JSON value; its type depends on the property.',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
    serialize: (value) => value,
  });
});
