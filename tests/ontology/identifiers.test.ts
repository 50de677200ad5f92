import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { identifierSchemes } from '../../src/cooperation/identifier-schemes.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { faultOfIdentifier, keysOfIdentifier, keysOfText, plainIdentifier } from '../../src/ontology/identifiers.ts';
import type { Identification } from '../../src/ontology/vocabulary.ts';

const identification = cooperation.identification as Identification;

const rows: readonly { readonly scheme: string; readonly value: string; readonly url?: string }[] = JSON.parse(
  readFileSync(new URL('../../seeds/identifiers.json', import.meta.url), 'utf8'),
);

describe('an identifier', () => {
  it('of every scheme in the seeds is valid, and is found in its own address', () => {
    const wrong = rows.filter(({ scheme, value, url }) => {
      const isValid = faultOfIdentifier(identification, scheme, value) === undefined;
      return !isValid || (url !== undefined && plainIdentifier(identification, scheme, url) !== value);
    });
    expect(wrong).toEqual([]);
    expect(new Set(rows.map(({ scheme }) => scheme))).toEqual(new Set(Object.keys(identifierSchemes)));
  });

  it.each(['ROR', 'ISNI'])('of %s is refused if any one character is another', (scheme) => {
    const { value = '' } = rows.find((row) => row.scheme === scheme) ?? {};
    const missed = [...value].flatMap((char, at) =>
      // cspell:disable-next-line
      [...'0123456789abcdefghjkmnpqrstvwxyzX']
        .filter((other) => other !== char)
        .map((other) => value.slice(0, at) + other + value.slice(at + 1))
        .filter((changed) => faultOfIdentifier(identification, scheme, changed) === undefined),
    );
    expect(missed).toEqual([]);
  });

  it('of ORCID ends in the X that stands for ten', () => {
    const orcid: Identification = { scheme: 'S', schemes: { ORCID: { checksum: 'MOD_11_2' } } };
    expect(faultOfIdentifier(orcid, 'ORCID', '000000021694233X')).toBeUndefined();
    expect(faultOfIdentifier(orcid, 'ORCID', '0000000216942339')).toContain('check digits');
    expect(plainIdentifier(orcid, 'ORCID', ' 0000-0002-1694-233x ')).toBe('000000021694233X');
  });

  it('is taken out of its address however that is written', () => {
    for (const written of ['https://ror.org/020ktwj02', 'http://www.ror.org/020KTWJ02', 'ror.org/020ktwj02 ']) {
      expect(plainIdentifier(identification, 'ROR', written)).toBe('020ktwj02');
    }
    expect(plainIdentifier(identification, 'GEONAMES', 'https://sws.geonames.org/290557/')).toBe('290557');
    expect(plainIdentifier(identification, 'GEONAMES', 'https://www.geonames.org/290557/')).toBe('290557');
    expect(plainIdentifier(identification, 'WIKIDATA', 'https://www.wikidata.org/wiki/Q924')).toBe('Q924');
  });

  it.each([
    ['WIKIDATA', 'Q924', ['wikidata:q924', 'q924']],
    ['UN_M49', '404', ['un_m49:404']],
    ['GEONAMES', '290557', ['geonames:290557', '290557']],
  ])('of %s is found alone unless it is a short number: %s', (scheme, value, keys) => {
    expect(keysOfIdentifier({ scheme, value })).toEqual(keys);
  });

  it('is looked for with its scheme, in its address, or alone', () => {
    const keys = (text: string) => keysOfText(identification, Object.keys(identifierSchemes), text);
    expect(keys('ror:020ktwj02')).toEqual(['ror:020ktwj02']);
    expect(keys('https://ror.org/020ktwj02')).toContain('ror:020ktwj02');
    expect(keys('0000 0000 8887 5266')).toEqual(['isni:0000000088875266']);
    expect(keys('two words')).toEqual([]);
    expect(keys('x'.repeat(501))).toEqual([]);
  });
});
