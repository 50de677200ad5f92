import { describe, expect, it } from 'vitest';
import {
  boolean,
  closedSet,
  date,
  defineOntology,
  enumeration,
  indexed,
  inLanguage,
  int,
  listOf,
  required,
  searched,
  text,
} from '../../../src/index.ts';
import { narrowOntology } from '../../../src/ontology/narrowing/narrow-ontology.ts';
import { type Facts, factsNeeded, type Related, summaryOf } from '../../../src/ontology/summaries/summary.ts';

/** Museums with templates in several languages. */
const museums = (summaries: Record<string, Record<string, string>>) =>
  defineOntology({
    enumerations: { MuseumStyle: closedSet('Style.', { MODERN: 'Modern.', OLD: 'Old.' }) },
    sharedProperties: {
      name: searched(indexed(required(text('Name.'))), 'name'),
      nameDe: inLanguage(searched(text('Name in German.'), 'name'), 'de'),
    },
    kinds: {
      Museum: {
        singular: 'museum',
        plural: 'museums',
        one: 'a museum',
        many: 'museums',
        description: 'A museum.',
        properties: {
          style: required(enumeration('MuseumStyle', 'Style.')),
          free: required(boolean('Whether it is free.')),
          founded: date('Day of its founding.'),
          visitors: int('Visitors.'),
          rooms: listOf(text('Rooms.')),
        },
      },
      City: {
        singular: 'city',
        plural: 'cities',
        one: 'a city',
        many: 'cities',
        description: 'A city.',
        properties: {},
      },
    },
    relations: {
      STANDS_IN: {
        from: 'Museum',
        to: 'City',
        forward: 'city',
        backward: 'museums',
        toOne: true,
        description: 'The museum stands in the city.',
        forwardDescription: 'City of the museum.',
        backwardDescription: 'Museums in the city.',
      },
      TWIN_OF: {
        from: 'City',
        to: 'City',
        forward: 'twins',
        backward: 'twins',
        symmetric: true,
        description: 'The cities are twins.',
        forwardDescription: 'Twins of the city.',
      },
    },
    provenance: null,
    summaries,
  });

const facts = (values: Record<string, unknown>, related: Record<string, readonly Related[]> = {}): Facts => ({
  value: (property) => values[property] ?? null,
  related: (field, nameProperty) => {
    const [english, german] = related[field] ?? [];
    return (nameProperty === 'nameDe' ? german : english) ?? { total: 0, names: [] };
  },
});

const summary = (template: string, values: Record<string, unknown>, related?: Record<string, readonly Related[]>) =>
  summaryOf(museums({ en: { Museum: template } }), 'Museum', 'en', facts({ name: 'Louvre', ...values }, related));

const ofCity = (template: string, total: number, language = 'en') => {
  const names = ['Aachen', 'Bonn', 'Celle', 'Dessau'].slice(0, total);
  const related = {
    museums: [
      { total, names },
      { total, names: names.map((name) => `${name}er`) },
    ],
  };
  return summaryOf(
    museums({ [language]: { City: template } }),
    'City',
    language,
    facts({ name: 'X', nameDe: 'Y' }, related),
  );
};

describe('a summary', () => {
  it('has values in the words of its language: dates as exact as they are known, numbers with separators', () => {
    const template = '{name}[, of {founded}][, {visitors}].';
    expect(summary(template, { founded: '1793-08-10', visitors: 8_900_000 })).toBe(
      'Louvre, of 10 August 1793, 8,900,000.',
    );
    expect(summary(template, { founded: '1793-08' })).toBe('Louvre, of August 1793.');
    const german = museums({ de: { Museum: '{name}[ vom {founded}][, {visitors}].' } });
    const values = { name: 'Louvre', nameDe: 'Der Louvre', founded: '1793-08-10', visitors: 8_900_000 };
    expect(summaryOf(german, 'Museum', 'de', facts(values))).toBe('Der Louvre vom 10. August 1793, 8.900.000.');
  });

  it('leaves out a part in brackets that lacks a fact, and no other', () => {
    expect(summary('{name}[, of {founded}][ in {city}].', {}, { city: [{ total: 1, names: ['Paris'] }] })).toBe(
      'Louvre in Paris.',
    );
  });

  it('chooses by a value, with other for those without a case', () => {
    const template =
      '{name} is {style, select, MODERN {new} other {old}} and {free, select, true {free} false {not free}}.';
    expect(summary(template, { style: 'MODERN', free: false })).toBe('Louvre is new and not free.');
    expect(summary(template, { style: 'OLD', free: true })).toBe('Louvre is old and free.');
  });

  it('counts what a relation leads to with the plural of the language', () => {
    const template = '{name}[ has {museums, plural, =2 {a pair} one {# museum} other {# museums}}].';
    expect([0, 1, 2, 3].map((total) => ofCity(template, total))).toEqual([
      'X.',
      'X has 1 museum.',
      'X has a pair.',
      'X has 3 museums.',
    ]);
  });

  it('names up to four far ends in its language, and of more the first three with the number of the others', () => {
    const template = '{name}[: {museums, list, other {# weitere}}].';
    expect(ofCity(template, 2)).toBe('X: Aachen and Bonn.');
    expect(ofCity(template, 2, 'de')).toBe('Y: Aachener und Bonner.');
    expect(ofCity(template, 4)).toBe('X: Aachen, Bonn, Celle and Dessau.');
    expect(ofCity(template, 6, 'de')).toBe('Y: Aachener, Bonner, Celleer und 3 weitere.');
  });

  it('names the texts of a list', () => {
    expect(summary('{name}[ with {rooms, list, other {# more}}].', { rooms: ['Hall', 'Attic'] })).toBe(
      'Louvre with Hall and Attic.',
    );
  });

  it('is null in a language or of a kind without a template', () => {
    const ontology = museums({ en: { Museum: '{name}.' } });
    expect(summaryOf(ontology, 'Museum', 'de', facts({ name: 'x' }))).toBeNull();
    expect(summaryOf(ontology, 'City', 'en', facts({ name: 'x' }))).toBeNull();
  });

  it('needs the facts that its templates name in any language, and names only where one is named', () => {
    const ontology = museums({
      en: { City: '{name}[ {museums, plural, other {#}}].' },
      de: { City: '{name}[ {twins, list, other {#}}].' },
    });
    const { properties, relations, names } = factsNeeded(ontology, 'City');
    expect([...properties]).toEqual(['name', 'nameDe']);
    expect([...names]).toEqual(['name', 'nameDe']);
    expect(Object.fromEntries(relations)).toEqual({ museums: false, twins: true });
  });

  it('says nothing of what is hidden from a role', () => {
    const whole = museums({
      en: { Museum: '{name}[, of {founded}][ in {city}].', City: '{name}[ ({museums, plural, other {#}})].' },
    });
    expect(narrowOntology(whole, ['Museum.founded']).summaries.en).toEqual({
      Museum: '{name}[ in {city}].',
      City: '{name}[ ({museums, plural, other {#}})].',
    });
    expect(narrowOntology(whole, ['STANDS_IN']).summaries.en?.City).toBe('{name}.');
    expect(narrowOntology(whole, ['Museum']).summaries.en).toEqual({ City: '{name}.' });
  });
});

describe('an ontology is refused with a template that', () => {
  it.each([
    ['is in no language', { '4 2': { Museum: 'x' } }, 'is no tag of a language'],
    ['is of no kind', { en: { Zoo: 'x' } }, 'unknown kind Zoo'],
    ['is not closed', { en: { Museum: '{name' } }, '} is missing, after "{name"'],
    ['closes what is not open', { en: { Museum: '{name}]' } }, '] closes nothing, after "{name}"'],
    ['has an unknown choice', { en: { Museum: '{name, date, other {x}}' } }, '“date” is none of plural, select, list'],
    ['has a case twice', { en: { Museum: '{style, select, OLD {x} OLD {y}}' } }, 'the case OLD stands there twice'],
    ['names what there is not', { en: { Museum: '{age}' } }, 'age is neither a property nor a relation of the kind'],
    ['could be left without a sentence', { en: { Museum: '{founded}' } }, 'founded may be missing'],
    ['has no case for a value', { en: { Museum: '{style, select, OLD {x}}' } }, 'style may be missing'],
    [
      'has a case for a value that there is not',
      { en: { Museum: '[{style, select, NEW {x}}]' } },
      'style has no value NEW',
    ],
    ['selects by a text', { en: { Museum: '{name, select, other {x}}' } }, 'name has no closed set of values'],
    ['counts one', { en: { Museum: '[{city, plural, other {#}}]' } }, 'city is no number and leads to one entity'],
    ['has no other number', { en: { City: '[{museums, plural, one {#}}]' } }, 'museums needs the case other'],
    ['has a number that is none', { en: { City: '[{museums, plural, some {#} other {#}}]' } }, 'has the case some'],
    ['lists one', { en: { Museum: '[{city, list, other {#}}]' } }, 'city is no list'],
    ['puts several where one stands', { en: { City: '[{museums}]' } }, 'museums has several values'],
    ['puts true in a sentence', { en: { Museum: '{free}' } }, 'free has no value that can stand in a sentence'],
  ] as const)('%s', (_, summaries, fault) => {
    expect(() => museums(summaries)).toThrow(fault);
  });
});
