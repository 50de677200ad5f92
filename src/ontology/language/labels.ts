/** Languages of the pages, as BCP 47 tags. The names of the ontology itself are English. */
export const languages = ['en', 'zh-Hans'] as const;

export type Language = (typeof languages)[number];

/**
 * What the parts of an ontology are called on pages in one language. Parts without a label have that in English, or are
 * called by their names.
 */
export interface Labels {
  /** Names of kinds, without an article. */
  readonly kinds?: Readonly<Record<string, KindLabel>>;
  readonly relations?: Readonly<Record<string, RelationLabel>>;
  /** Properties of kinds and relations by name or, of one kind or relation alone, as `Kind.name`. */
  readonly properties?: Readonly<Record<string, string>>;
  /** What properties say, in a sentence: by name or, of one kind or relation alone, as `Kind.name`. */
  readonly propertyDescriptions?: Readonly<Record<string, string>>;
  /** Values of enumerations by value or, of one enumeration alone, as `Enumeration.VALUE`. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface KindLabel {
  readonly one: string;
  readonly many: string;
  /** What the kind is, in a sentence. */
  readonly description?: string;
}

export interface RelationLabel {
  /** What stands above the entities that the relation leads to, such as `partner countries`. */
  readonly forward?: string;
  /** The same at the other end, such as `joint laboratories`. */
  readonly backward?: string;
  /** The verb between start and end, such as `partners with`. */
  readonly verb?: string;
  /** The verb between end and start, such as `is partner of`. */
  readonly inverse?: string;
  /** What the relation says, in a sentence. */
  readonly description?: string;
}

/** Labels by language. */
export type LabelsByLanguage = Readonly<Partial<Record<Language, Labels>>>;

/** Of properties or values, those that another language has labels for, alone or as `Kind.name`. */
const beside = (
  english: Readonly<Record<string, string>> = {},
  own: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const missing = Object.entries(english).filter(([name]) => !Object.hasOwn(own, name.split('.').at(-1) ?? name));
  return { ...Object.fromEntries(missing), ...own };
};

/** The labels in a language, and those in English of what has no other. Descriptions are only in the language itself. */
export function labelsIn(labels: LabelsByLanguage, language: Language): Labels {
  const { en: english = {} } = labels;
  const own = labels[language] ?? {};
  if (own === english) return own;
  const relations = Object.entries(english.relations ?? {}).map(([type, { description, ...names }]) => [
    type,
    { ...names, ...own.relations?.[type] },
  ]);
  return {
    ...own,
    kinds: { ...english.kinds, ...own.kinds },
    relations: { ...own.relations, ...Object.fromEntries(relations) },
    properties: beside(english.properties, own.properties),
    values: beside(english.values, own.values),
  };
}

/** Whether a tag is that of a language of the pages. */
export const isLanguage = (tag: string | null | undefined): tag is Language =>
  languages.some((language) => language === tag);

/** The language of the pages that fits a list of language tags best, such as that of a browser; English if none does. */
export function preferredLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    if (isLanguage(tag)) return tag;
    const primary = tag.trim().toLowerCase().split('-')[0];
    const found = languages.find((language) => language.split('-')[0] === primary);
    if (found) return found;
  }
  return 'en';
}
