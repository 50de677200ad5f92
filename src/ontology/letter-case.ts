/** The words of a name in camelCase or PascalCase. */
const wordsOf = (name: string) => name.split(/(?<=[a-z0-9])(?=[A-Z])/);

/** `countryGroup` → `country_group`. */
export const snakeCase = (name: string): string => wordsOf(name).join('_').toLowerCase();

/** `CountryGroup` → `COUNTRY_GROUP`. */
export const constantCase = (name: string): string => wordsOf(name).join('_').toUpperCase();

/** `countryGroups` → `country-groups`. */
export const kebabCase = (name: string): string => wordsOf(name).join('-').toLowerCase();

/** `partnerCountries` → `PartnerCountries`. */
export const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
