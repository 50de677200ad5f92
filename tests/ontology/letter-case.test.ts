import { expect, test } from 'vitest';
import { constantCase, kebabCase, pascalCase, snakeCase } from '../../src/ontology/letter-case.ts';

test('a name is written in each letter case, from camelCase and from PascalCase', () => {
  expect(snakeCase('yearRecognised')).toBe('year_recognised');
  expect(constantCase('CountryGroup')).toBe('COUNTRY_GROUP');
  expect(kebabCase('countryGroups')).toBe('country-groups');
  expect(pascalCase('partnerCountries')).toBe('PartnerCountries');
});

test('a digit belongs to the word before it', () => {
  expect([snakeCase('iso3Code'), constantCase('Iso3Code'), kebabCase('iso3Code')]).toEqual([
    'iso3_code',
    'ISO3_CODE',
    'iso3-code',
  ]);
});
