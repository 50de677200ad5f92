import { KEPT_DIGITS, keepsDigits } from '../../../ontology/keeps-digits.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { isPlainName, isPlainText } from '../../../ontology/plain-text.ts';
import { isListed, type Properties, type Property } from '../../../ontology/vocabulary.ts';
import { foldText } from '../../search/folding.ts';
import type { RecordFields } from '../record-fields.ts';
import { checkItemValues } from './check-item-values.ts';
import { didYouMean } from './did-you-mean.ts';
import type { FieldFault } from './field-fault.ts';
import { followingValue, isDate } from './following-value.ts';
import { escaped, quoted } from './quoted.ts';

export type { FieldFault } from './field-fault.ts';

export const isFields = (value: unknown): value is RecordFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that the record itself has: never one that it inherits, such as `constructor`. */
export const fieldOf = (fields: RecordFields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether a value can be the id of a record: words of small letters and digits, joined by hyphens. */
export const isSlug = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 200 && slug.test(value);

/**
 * An index entry in Neo4j has about 8 kB; a character takes up to 3 bytes of it, and more in the folded form stored
 * beside it.
 */
const LONGEST_INDEXED = 2_000;
const fitsIndex = (text: string) =>
  text.length <= LONGEST_INDEXED && Buffer.byteLength(foldText(text)) <= 3 * LONGEST_INDEXED;

/**
 * Maximum number of characters of text in a record: each change logs two records, and followers of the log read many.
 */
const LONGEST_RECORD = 50_000;

const loneSurrogate = /\p{Surrogate}/u;

/** All errors in the fields of a record; `others` are fields of the record beside its properties. */
export function checkProperties(
  ontology: Ontology,
  properties: Properties,
  fields: RecordFields,
  others: readonly string[] = [],
): FieldFault[] {
  const unknown = Object.keys(fields)
    .filter((name) => !Object.hasOwn(properties, name) && !others.includes(name))
    .map((name) => unknownField(name, fields[name], new Set([...others, ...Object.keys(properties)])));
  const wrong = Object.entries(properties).flatMap(([name, property]) => {
    const value = fieldOf(fields, name);
    if (value !== undefined) return checkValue(ontology, name, property, value);
    return property.required ? [{ field: name, expected: expectation(ontology, property), found: 'nothing' }] : [];
  });
  return [
    ...unknown,
    ...wrong,
    ...checkOrder(properties, fields),
    ...checkFollowing(properties, fields, wrong),
    ...checkLength(fields),
  ];
}

function unknownField(field: string, value: unknown, known: ReadonlySet<string>): FieldFault {
  const meant = didYouMean(field, known);
  return { field, expected: meant ? `no such field (did you mean ${meant}?)` : 'no such field', found: quoted(value) };
}

function checkOrder(properties: Properties, fields: RecordFields): FieldFault[] {
  return Object.entries(properties).flatMap(([field, { notBefore: first }]) => {
    if (first === undefined) return [];
    const [start, end] = [fieldOf(fields, first), fieldOf(fields, field)];
    if (!isDate(start) || !isDate(end) || !isBefore(end, start)) return [];
    return [{ field, expected: `a date not before ${first} (${start})`, found: quoted(end) }];
  });
}

/** Values that contradict what they follow from, as far as both are valid. */
function checkFollowing(properties: Properties, fields: RecordFields, wrong: readonly FieldFault[]): FieldFault[] {
  const isWrong = (name: string) => wrong.some(({ field }) => field?.match(/^\w+/)?.[0] === name);
  return Object.entries(properties).flatMap(([field, property]) => {
    const { followsFrom } = property;
    if (followsFrom === undefined || isWrong(field) || isWrong(followsFrom)) return [];
    const [value, follows] = [fieldOf(fields, field), followingValue(property, fieldOf(fields, followsFrom))];
    if (value === undefined || follows === undefined || value === follows) return [];
    return [{ field, expected: `${follows}, which follows from ${followsFrom}, or nothing`, found: quoted(value) }];
  });
}

function checkLength(fields: RecordFields): FieldFault[] {
  const length = lengthOf(fields);
  if (length <= LONGEST_RECORD) return [];
  return [{ expected: `at most ${LONGEST_RECORD} characters of text in total`, found: `${length}` }];
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let length = 0;
  for (const name in value) length += lengthOf((value as RecordFields)[name]);
  return length;
}

/** Whether one partial date lies entirely before the other; overlapping dates do not. */
function isBefore(date: string, other: string): boolean {
  const precision = Math.min(date.length, other.length);
  return date.slice(0, precision) < other.slice(0, precision);
}

function checkValue(ontology: Ontology, field: string, property: Property, value: unknown): FieldFault[] {
  if (isListed(property)) return checkItems(ontology, field, property, value);
  if (!property.list)
    return isValid(ontology, property, value)
      ? checkCharacters(property, field, value)
      : [{ field, expected: expectation(ontology, property, value), found: quoted(value) }];
  if (!Array.isArray(value) || value.length === 0)
    return [
      { field, expected: `a non-empty list, each item ${expectation(ontology, property)}`, found: quoted(value) },
    ];
  return value.flatMap((item: unknown, index) =>
    isValid(ontology, property, item)
      ? checkCharacters(property, `${field}[${index}]`, item)
      : [{ field: `${field}[${index}]`, expected: expectation(ontology, property, item), found: quoted(item) }],
  );
}

/** Names represent their entity wherever they are displayed. */
const isName = ({ searched }: Property) => searched === 'name' || searched === 'otherName';

function checkCharacters(property: Property, field: string, value: unknown): FieldFault[] {
  if (typeof value !== 'string') return [];
  if (isName(property) && !isPlainName(value))
    return [{ field, expected: 'a name without control characters and invisible characters', found: escaped(value) }];
  if (isName(property) && value.trim() !== value)
    return [{ field, expected: 'a name without spaces at its ends', found: quoted(value) }];
  if (isPlainText(value)) return [];
  return [{ field, expected: 'text without control characters and characters that reorder it', found: escaped(value) }];
}

function isValid(ontology: Ontology, { type, indexed, enumeration }: Property, value: unknown): boolean {
  switch (type) {
    case 'int':
      return typeof value === 'number' && (value | 0) === value;
    case 'float':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return isDate(value);
    case 'enumeration':
      return (
        typeof value === 'string' &&
        enumeration !== undefined &&
        Object.hasOwn(ontology.enumeration(enumeration).values, value)
      );
    case 'url':
      return isAddress(value);
    case 'text':
      return isText(value) && (!indexed || fitsIndex(value));
    case 'milestones':
    case 'identifiers':
    case 'locations':
      return false;
  }
}

/** Whether a value can be that of a property of the type `url`. */
export const isAddress = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_INDEXED && isPublicAddress(value) && !loneSurrogate.test(value);

/** Whether a text is an address without a name and a password, which `user:password@host` would publish, and may disguise. */
function isPublicAddress(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && !loneSurrogate.test(value);

function expectation(
  ontology: Ontology,
  { type, indexed, enumeration, items = {} }: Property,
  value?: unknown,
): string {
  switch (type) {
    case 'int':
      return 'a 32-bit integer';
    case 'float':
      return typeof value === 'string' && Number.isFinite(Number(value)) && !keepsDigits(value.trim())
        ? `a finite number with ${KEPT_DIGITS}`
        : 'a finite number';
    case 'boolean':
      return 'true or false';
    case 'date':
      return 'a valid date such as 2019, 2019-06 or 2019-06-20';
    case 'enumeration':
      return `one of ${enumeration ? Object.keys(ontology.enumeration(enumeration).values).join(', ') : ''}`;
    case 'url':
      return `an http or https URL of at most ${LONGEST_INDEXED} characters, without a user name`;
    case 'text':
      if (typeof value === 'string' && loneSurrogate.test(value)) return 'text without unpaired surrogates';
      if (!indexed) return 'a non-empty text';
      return `a non-empty text of at most ${LONGEST_INDEXED} characters${isText(value) ? ', with ligatures written as single letters' : ''}`;
    case 'milestones':
    case 'identifiers':
    case 'locations':
      return `a non-empty list of ${shapeOf(items)}`;
  }
}

/** Items are read with their entity, and some are compared one by one. */
const MOST_ITEMS = 100;

/** The fields of an item in braces: `{ date?, text }`. */
const shapeOf = (fields: Properties) =>
  `{ ${Object.entries(fields)
    .map(([name, { required }]) => (required ? name : `${name}?`))
    .join(', ')} }`;

function checkItems(ontology: Ontology, field: string, property: Property, value: unknown): FieldFault[] {
  const { items: fields = {} } = property;
  const shape = shapeOf(fields);
  if (!Array.isArray(value) || value.length === 0)
    return [{ field, expected: `a non-empty list of ${shape}`, found: quoted(value) }];
  if (value.length > MOST_ITEMS) return [{ field, expected: `at most ${MOST_ITEMS} items`, found: `${value.length}` }];
  const inItems = value.flatMap((item: unknown, index) =>
    isFields(item)
      ? checkProperties(ontology, fields, item).map((fault) => ({
          ...fault,
          field: `${field}[${index}].${fault.field}`,
        }))
      : [{ field: `${field}[${index}]`, expected: shape, found: quoted(item) }],
  );
  return inItems.length > 0 ? inItems : checkItemValues(ontology, field, property, value);
}
