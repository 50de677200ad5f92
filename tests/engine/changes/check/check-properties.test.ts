import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { relationTypes } from '../../../../src/cooperation/relations.ts';
import { checkProperties, fieldOf, isSlug } from '../../../../src/engine/changes/check/check-properties.ts';
import { float } from '../../../../src/ontology/vocabulary.ts';
import { runs } from '../../../setup/runs.ts';
import { spoilt, validRecord, wrongValues } from '../arbitrary-record.ts';

const { edgePropertiesOf, propertiesOf } = cooperation;

const kinds = kindNames.map((kind) => [kind, propertiesOf(kind)] as const);
const edges = relationTypes
  .map((type) => [type, edgePropertiesOf(type)] as const)
  .filter(([, properties]) => Object.keys(properties).length > 0);

it('have a record of limited length, regardless of its fields', () => {
  const lab = (name: string, more: object) => ({
    name,
    designation: 'PLANNED',
    inScope: false,
    status: 'PLANNED',
    confidence: 'LOW',
    ...more,
  });
  const faults = (more: object) => checkProperties(cooperation, propertiesOf('Lab'), lab('A', more));
  expect(faults({ description: 'x'.repeat(40_000) })).toEqual([]);
  const tooLong = { expected: 'at most 50000 characters of text in total', found: expect.stringMatching(/^5\d{4}$/) };
  expect(faults({ description: 'x'.repeat(50_000) })).toEqual([tooLong]);
  expect(faults({ notes: Array.from({ length: 500 }, () => 'x'.repeat(100)) })).toEqual([tooLong]);
});

it('name a number that is none as it was read', () => {
  const [fault] = checkProperties(cooperation, { share: float('Share.') }, { share: Number('1e400') });
  expect(fault).toEqual({ field: 'share', expected: 'a finite number', found: 'Infinity' });
});

describe.each([...kinds, ...edges])('the properties of %s', (_, properties) => {
  it('are accepted if they match the ontology', () => {
    fc.assert(
      fc.property(validRecord(properties), (record) => {
        expect(checkProperties(cooperation, properties, record)).toEqual([]);
      }),
      {
        ...runs(30),
      },
    );
  });

  it('have each no value but those that the ontology allows', () => {
    const [record = {}] = fc.sample(validRecord(properties), 1);
    for (const [name, property] of Object.entries(properties)) {
      for (const wrong of wrongValues(property)) {
        const value = property.list ? [wrong] : wrong;
        expect(
          checkProperties(cooperation, properties, { ...record, [name]: value }),
          `${name}: ${String(value)}`,
        ).toHaveLength(1);
      }
    }
  });

  it('have exactly the one fault that a record has, in its field', () => {
    const spoiltRecord = validRecord(properties).chain((record) => spoilt(properties, record));
    fc.assert(
      fc.property(spoiltRecord, ({ record, field }) => {
        const [fault, ...others] = checkProperties(cooperation, properties, record);
        expect(others).toEqual([]);
        // A fault inside a milestone names the place in it.
        expect(fault?.field?.startsWith(field)).toBe(true);
      }),
      runs(120),
    );
  });
});

describe('a fault in a field', () => {
  const event = {
    name: 'x',
    type: 'FORUM',
    startDate: '2019-06-20',
    endDate: '2019-06-21',
    online: false,
    status: 'HELD',
  };
  const check = (fields: object) => checkProperties(cooperation, propertiesOf('Event'), { ...event, ...fields });

  it('suggests the field that was meant', () =>
    expect(check({ stauts: 'HELD' })).toEqual([
      { field: 'stauts', expected: 'no such field (did you mean status?)', found: '"HELD"' },
    ]));

  it('names the values of a closed set', () =>
    expect(check({ status: 'held' })).toEqual([
      { field: 'status', expected: 'one of ANNOUNCED, HELD, PLANNED', found: '"held"' },
    ]));

  it('is an end before its beginning', () =>
    expect(check({ endDate: '2019-06-19' })).toEqual([
      { field: 'endDate', expected: 'a date not before startDate (2019-06-20)', found: '"2019-06-19"' },
    ]));

  it('include an end before the start, even if the record has another error', () =>
    expect(check({ endDate: '2018', online: 0 })).toHaveLength(2));

  it('is not an end of less precision that may be later', () => expect(check({ endDate: '2019' })).toEqual([]));

  it('is half a character, and not for being empty', () => {
    const faults = [...check({ attendance: 'a\ud800b' }), ...check({ name: '\udfff' })];
    expect(faults.map(({ expected }) => expected)).toEqual(Array(2).fill('text without unpaired surrogates'));
  });

  it('is a text that an index cannot hold', () => {
    expect(check({ name: '中'.repeat(2_000) })).toEqual([]);
    expect(check({ name: '中'.repeat(2_001) })).toHaveLength(1);
    expect(check({ attendance: '中'.repeat(20_000) })).toEqual([]);
  });

  it('is a text of which an index cannot hold the folded form', () => {
    expect(check({ name: 'ﷺ'.repeat(150) })).toEqual([]);
    expect(check({ name: 'ﷺ'.repeat(260) })).toEqual([
      {
        field: 'name',
        expected: 'a non-empty text of at most 2000 characters, with ligatures written as single letters',
        found: expect.any(String),
      },
    ]);
  });
});

describe('a field', () => {
  it('is only what the record itself has', () => {
    expect(fieldOf({}, 'constructor')).toBeUndefined();
    expect(fieldOf({ constructor: 1 }, 'constructor')).toBe(1);
  });
});

describe('a slug', () => {
  it.each(['a', 'cn', 'constructor', '1-62-10', 'x'.repeat(200)])('may be %s', (slug) =>
    expect(isSlug(slug)).toBe(true),
  );
  it.each(['', '-', 'a-', '-a', 'a--b', 'A', 'é', 'a b', 'a_b', '__proto__', 'a\n', 'x'.repeat(201), 1, null])(
    'may not be %j',
    (slug) => expect(isSlug(slug)).toBe(false),
  );
});
