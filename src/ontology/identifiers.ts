import type { Checksum, Identification, IdentifierScheme } from './vocabulary.ts';

/** An identifier of an entity in another system. */
export interface Identifier {
  readonly scheme: string;
  readonly value: string;
  readonly url?: string;
  readonly match: 'EXACT' | 'CLOSE';
  readonly certainty?: string;
  readonly rule?: string;
}

// cspell:disable-next-line
const BASE_32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** ISO 7064 MOD 11-2: the last character, with `X` for ten. */
function isMod112(value: string): boolean {
  let total = 0;
  for (const digit of value.slice(0, -1)) total = ((total + Number(digit)) * 2) % 11;
  const check = (12 - total) % 11;
  return value.at(-1)?.toUpperCase() === (check === 10 ? 'X' : String(check));
}

/** ISO 7064 MOD 97-10: the last two digits, over a number in Crockford's base 32 (https://ror.readme.io/docs/ror-identifier-pattern). */
function isMod9710(value: string): boolean {
  let number = 0n;
  for (const digit of value.slice(0, -2)) {
    const place = BASE_32.indexOf(digit);
    if (place < 0) return false;
    number = number * 32n + BigInt(place);
  }
  return 98n - ((number * 100n) % 97n) === BigInt(value.slice(-2));
}

/** How the check digits of identifiers are verified. */
export const checksums: Readonly<Record<Checksum, (value: string) => boolean>> = {
  MOD_11_2: isMod112,
  MOD_97_10_BASE_32: isMod9710,
};

const schemeOf = ({ schemes }: Identification, scheme: string): IdentifierScheme =>
  (schemes && Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined) ?? {};

/** The part of an address before the identifier, however it is written. */
const withoutProtocol = (address: string) => address.replace(/^https?:\/\/(www\.)?/i, '');

/**
 * An identifier as it is recorded: without its address and, of digits written in groups, without what separates them. What
 * is no identifier of the scheme is returned as it is, for the check to name.
 */
export function plainIdentifier(identification: Identification, scheme: string, given: string): string {
  const { address, otherAddresses = [], checksum, lowerCase } = schemeOf(identification, scheme);
  let value = given.trim();
  const bare = withoutProtocol(value);
  for (const known of address === undefined ? otherAddresses : [address, ...otherAddresses]) {
    const [before = '', after = ''] = withoutProtocol(known).split('{value}');
    if (!bare.toLowerCase().startsWith(before.toLowerCase())) continue;
    value = bare.slice(before.length);
    if (after !== '' && value.endsWith(after)) value = value.slice(0, -after.length);
    break;
  }
  if (checksum === 'MOD_11_2' && /^[\d\s-]+[\dxX]$/.test(value)) value = value.replace(/[\s-]/g, '').toUpperCase();
  return lowerCase ? value.toLowerCase() : value;
}

/** What an identifier of the scheme must be; `undefined` if the value is one. */
export function faultOfIdentifier(identification: Identification, scheme: string, value: string): string | undefined {
  const { pattern = /^\S+$/, checksum } = schemeOf(identification, scheme);
  if (!pattern.test(value)) return `an identifier of ${scheme}, written like ${pattern.source}`;
  if (checksum && !checksums[checksum](value)) {
    return `an identifier of ${scheme} with the right check digits; a character is wrong or two are exchanged`;
  }
  return undefined;
}

/** The address of an identifier on the web; `undefined` if its scheme has none. */
export function addressOfIdentifier(
  identification: Identification,
  { scheme, value, url }: Pick<Identifier, 'scheme' | 'value' | 'url'>,
): string | undefined {
  return url ?? schemeOf(identification, scheme).address?.replace('{value}', () => encodeURI(value));
}

/**
 * By what an identifier is found: with its scheme, and alone unless it may mean something else. Both in small letters, so that
 * the rest is compared with the stored one.
 */
export const keysOfIdentifier = ({ scheme, value }: Pick<Identifier, 'scheme' | 'value'>): readonly string[] => [
  keyOfIdentifier(scheme, value),
  ...(isShortNumber.test(value) ? [] : [value.toLowerCase()]),
];

/** `1702` is a number in many schemes, and a year. */
const isShortNumber = /^\d{1,4}$/;

export const keyOfIdentifier = (scheme: string, value: string): string => `${scheme}:${value}`.toLowerCase();

/** By what a text that someone searches for may be an identifier: as it is, or after the address of each scheme. */
export function keysOfText(
  identification: Identification,
  schemes: readonly string[],
  text: string,
): readonly string[] {
  const bare = text.trim();
  // No word is looked for as an identifier, since all schemes have digits.
  if (bare.length > LONGEST_IDENTIFIER || !/\d/.test(bare)) return [];
  const asWritten = /^\S+$/.test(bare) ? [bare.toLowerCase()] : [];
  const ofSchemes = schemes.flatMap((scheme) => {
    const value = plainIdentifier(identification, scheme, bare);
    return value.toLowerCase() === bare.toLowerCase() || faultOfIdentifier(identification, scheme, value) !== undefined
      ? []
      : [keyOfIdentifier(scheme, value)];
  });
  return [...new Set([...asWritten, ...ofSchemes])];
}

/** Maximum number of characters of an identifier. */
export const LONGEST_IDENTIFIER = 500;
