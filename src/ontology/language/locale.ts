/** How dates and lists are written in a language: in English as in Britain. */
const localeOf = (language: string) => (language === 'en' ? 'en-GB' : language);

const makeFormats = (locale: string) => {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  return {
    list: new Intl.ListFormat(locale, { type: 'conjunction' }),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }),
    plural: new Intl.PluralRules(locale),
    dates: [
      date({ year: 'numeric' }),
      date({ year: 'numeric', month: 'long' }),
      date({ year: 'numeric', month: 'long', day: 'numeric' }),
    ] as const,
  };
};

/** By language: `Intl` takes long to make what it formats with. */
const made = new Map<string, ReturnType<typeof makeFormats>>();

function formatsOf(language: string) {
  const known = made.get(language);
  if (known) return known;
  const formats = makeFormats(localeOf(language));
  made.set(language, formats);
  return formats;
}

/** A partial date in words, no more exact than it is known: `20 June 2019`, `2019年6月`. */
export function dateInWords(language: string, date: string): string {
  const [year = 0, month, day] = date.split('-').map(Number);
  const [ofYear, ofMonth, ofDay] = formatsOf(language).dates;
  const format = day !== undefined ? ofDay : month !== undefined ? ofMonth : ofYear;
  const instant = new Date(0);
  instant.setUTCFullYear(year, (month ?? 1) - 1, day ?? 1);
  return format.format(instant);
}

/** Several names or texts as a part of a sentence: `A, B and C`. */
export const listInWords = (language: string, items: readonly string[]): string =>
  formatsOf(language).list.format(items);

/** A number with separators; one with an exponent, which would read as zero or as a row of zeros, keeps it. */
export const numberInWords = (language: string, value: number): string =>
  String(value).includes('e') ? String(value) : formatsOf(language).number.format(value);

/** The grammatical number of a count (https://cldr.unicode.org/index/cldr-spec/plural-rules). */
export const pluralOf = (language: string, count: number): string => formatsOf(language).plural.select(count);
