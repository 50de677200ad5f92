/** The words of a name in camelCase or PascalCase. */
const wordsOf = (name: string) => name.split(/(?<=[a-z0-9])(?=[A-Z])/);

/** `countryGroup` → `country_group`. */
export const snakeCase = (name: string): string => wordsOf(name).join('_').toLowerCase();

/** `CountryGroup` → `COUNTRY_GROUP`. */
export const constantCase = (name: string): string => wordsOf(name).join('_').toUpperCase();

/** `countryGroups` → `country-groups`. */
export const kebabCase = (name: string): string => wordsOf(name).join('-').toLowerCase();

/** `partnerCountries` → `PartnerCountries`. */
export const pascalCase = (name: string): string => capitalized(name);

/** `HOSTED_BY` → `HostedBy`. */
export const pascalCaseOfConstant = (name: string): string => name.toLowerCase().split('_').map(pascalCase).join('');

/** `recognisedDate` → `recognised date`. */
export const inWords = (name: string): string => wordsOf(name).join(' ').toLowerCase();

/** A text that begins with a capital. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a country group` → `country group`. */
export const withoutArticle = (text: string): string => text.replace(/^an? /, '');

/** With its first letter in lower case. */
export const uncapitalized = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
