import fc, { type Arbitrary } from 'fast-check';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { isPlainName, isPlainText } from '../../../src/ontology/plain-text.ts';
import type { Properties, Property } from '../../../src/ontology/vocabulary.ts';

const notBlank = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.trim())
  .filter((text) => text !== '' && isPlainText(text) && isPlainName(text));

const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const partialDate = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, length]) => date.slice(0, length));

const valuesOf = ({ enumeration }: Property) =>
  enumeration ? Object.keys(cooperation.enumeration(enumeration).values) : [];

function valid(property: Property): Arbitrary<unknown> {
  switch (property.type) {
    case 'text':
      return notBlank;
    case 'url':
      return fc.webUrl();
    case 'int':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    case 'float':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'date':
      return partialDate;
    case 'enumeration':
      return fc.constantFrom(...valuesOf(property));
    case 'milestones':
      return fc.array(fc.record({ date: partialDate, text: notBlank }, { requiredKeys: ['text'] }), { minLength: 1 });
    case 'identifiers':
      return fc.uniqueArray(
        fc.record(
          {
            scheme: fc.constant('WIKIDATA'),
            value: fc.integer({ min: 1 }).map((number) => `Q${number}`),
            url: fc.webUrl(),
            match: fc.constantFrom('EXACT', 'CLOSE'),
            certainty: fc.constantFrom('HIGH', 'LOW'),
            rule: notBlank,
          },
          { requiredKeys: ['scheme', 'value', 'match'] },
        ),
        { minLength: 1, maxLength: 5, selector: ({ value }) => value },
      );
    case 'locations':
      return fc.array(
        fc.record(
          {
            latitude: fc.double({ min: -90, max: 90, noNaN: true }),
            longitude: fc.double({ min: -180, max: 180, noNaN: true }),
            precision: fc.constantFrom('SITE', 'CITY', 'CAPITAL'),
            place: notBlank,
            side: fc.constantFrom('CHINESE', 'PARTNER'),
          },
          { requiredKeys: ['latitude', 'longitude', 'precision'] },
        ),
        { minLength: 1, maxLength: 5 },
      );
  }
}

/** Values that a property cannot have. */
export function wrongValues(property: Property): readonly [unknown, ...unknown[]] {
  const never = [null, '', ' ', [], {}, [[]], Number.NaN, '\ud800'] as const;
  switch (property.type) {
    case 'text':
      return [...never, 1, true, 'a\u0000b', 'a\u001b[2Jb', 'a\u202eb', 'a\u2067b'];
    case 'url':
      return [
        ...never,
        'example.org',
        'javascript:alert(1)',
        'ftp://example.org',
        'http://',
        'https://ana:secret@example.org',
        'https://example.com@example.org',
      ];
    case 'int':
      return [...never, 2 ** 31, -(2 ** 31) - 1, 0.5, '1', 1e300];
    case 'float':
      return [...never, Number.POSITIVE_INFINITY, '1', true];
    case 'boolean':
      return [...never, 'true', 0, 1];
    case 'date':
      return [
        ...never,
        '2023-02-29',
        '2023-13',
        '2023-00-01',
        '20230101',
        '2023-1-1',
        '23',
        'May 2023',
        2023,
        '2023-04-31',
      ];
    case 'enumeration':
      return [...never, 'constructor', '__proto__', 'NOPE', valuesOf(property)[0]?.toLowerCase()];
    case 'milestones':
      return [...never, [{ date: '2019' }], [{ text: 'x', when: '2019' }], [{ text: 'x', date: '2019-02-30' }], ['x']];
    case 'identifiers':
      return [
        ...never,
        ['Q1'],
        [{ scheme: 'WIKIDATA', value: 'Q1' }],
        [{ scheme: 'WIKIDATA', value: 'Q0', match: 'EXACT' }],
        [{ scheme: 'NOPE', value: 'Q1', match: 'EXACT' }],
        // The last characters of the next two are not those that the others demand.
        [{ scheme: 'ROR', value: '020ktwj03', match: 'EXACT' }],
        [{ scheme: 'ISNI', value: '0000000088875267', match: 'EXACT' }],
        Array.from({ length: 2 }, () => ({ scheme: 'WIKIDATA', value: 'Q1', match: 'EXACT' })),
        Array.from({ length: 101 }, (_, number) => ({ scheme: 'WIKIDATA', value: `Q${number + 1}`, match: 'EXACT' })),
      ];
    case 'locations':
      return [
        ...never,
        [{ latitude: 1, longitude: 1 }],
        [{ latitude: 90.1, longitude: 0, precision: 'CITY' }],
        [{ latitude: 0, longitude: -180.5, precision: 'CITY' }],
        [{ latitude: '1', longitude: 1, precision: 'CITY' }],
        [{ latitude: 1, longitude: 1, precision: 'PLANET' }],
      ];
  }
}

const invalid = (property: Property) => fc.constantFrom(...wrongValues(property));

/** Pairs of which the second date may not lie before the first. */
const inOrder = [
  ['startDate', 'endDate'],
  ['launched', 'ended'],
  ['since', 'until'],
  ['briMouDate', 'briExitDate'],
] as const;

/** Properties, and the one that each follows from. */
const following = [
  ['yearRecognised', 'recognisedDate'],
  ['foundedYear', 'foundedDate'],
  ['briMouYear', 'briMouDate'],
  ['year', 'startDate'],
  ['year', 'date'],
  ['firstMilestoneDate', 'milestones'],
] as const;

/** The year of a date, or the earliest date of milestones. */
function followed(value: unknown): unknown {
  if (!Array.isArray(value)) return Number(String(value).slice(0, 4));
  return value.flatMap(({ date }) => date ?? []).sort()[0];
}

/** A record with what follows from its values, of some of its properties. */
export function withFollowed(record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const complete: Record<string, unknown> = { ...record };
  for (const [name, from] of following) {
    const value = record[from] === undefined ? undefined : followed(record[from]);
    if (names.includes(name) && value !== undefined) complete[name] = value;
  }
  return complete;
}

/** Records that the importer accepts, apart from their `id`. */
export function validRecord(properties: Properties): Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(properties).map(([name, property]) => {
    const value = valid(property);
    return [name, property.list ? fc.array(value, { minLength: 1, maxLength: 3 }) : value] as const;
  });
  const requiredKeys = Object.keys(properties).filter((name) => properties[name]?.required);
  return fc.record(Object.fromEntries(fields), { requiredKeys }).map((record) => {
    const ordered: Record<string, unknown> = { ...record };
    for (const [first, second] of inOrder) {
      if (ordered[first] !== undefined && ordered[second] !== undefined) ordered[second] = ordered[first];
    }
    return withFollowed(ordered, Object.keys(ordered));
  });
}

/** A record with one fault, and the field that it is in. */
export interface Spoilt {
  readonly record: Record<string, unknown>;
  readonly field: string;
}

/** Spoils a valid record in one field. */
export function spoilt(properties: Properties, record: Record<string, unknown>): Arbitrary<Spoilt> {
  const value = fc.constantFrom(...Object.entries(properties)).chain(([field, property]) => {
    const bad = invalid(property).map((item) => ({ record: { ...record, [field]: item }, field }));
    if (!property.list) return bad;
    const inList = invalid(property).map((item) => ({ record: { ...record, [field]: [item] }, field: `${field}[0]` }));
    return fc.oneof(fc.constant({ record: { ...record, [field]: [] }, field }), inList);
  });
  const required = Object.keys(properties).filter((name) => properties[name]?.required);
  const missing = required.map((field) => {
    const { [field]: _, ...rest } = record;
    return fc.constant({ record: rest, field });
  });
  const unknown = fc
    .constantFrom('constructor', '__proto__', 'toString', 'Name', 'naem', '_revision', 'slug')
    .map((field) => ({
      record: JSON.parse(JSON.stringify({ ...record, '§': 1 }).replace('"§"', JSON.stringify(field))),
      field,
    }));
  return fc.oneof(value, ...missing, unknown);
}
