import type { Card } from '../drawing/answers.ts';
import { tell } from '../drawing/say.ts';
import { inWords, kindOf, speak, spell } from '../drawing/words.ts';
import type { AnswerSettings } from '../shared/answer-settings.ts';
import { type AsWritten, asWritten as asWrittenIn, type Language, preferredLanguage } from '../views/languages.ts';
import { messages, nouns } from './chinese.ts';

/** The settings of the graph, which the server writes into the page, by language. */
export type SettingsByLanguage = Readonly<Record<Language, AnswerSettings>>;

let all: SettingsByLanguage | undefined;
let language: Language = 'en';

const settings = (): AnswerSettings => {
  if (!all) throw new Error('The settings were not given.');
  return all[language];
};

/** Takes the settings of the graph, before anything is shown. */
export function know(given: SettingsByLanguage): void {
  all = given;
}

/** Speaks the language that a host wants, as a BCP 47 tag; English if the page does not know it. @returns the language */
export function speakTo(locale: string | undefined): Language {
  language = preferredLanguage(locale === undefined ? [] : [locale]);
  const { labels, spelling, graphLanguage } = settings();
  const isChinese = language === 'zh-Hans';
  tell(isChinese ? messages : {});
  spell(spelling);
  speak({
    language,
    graph: graphLanguage,
    names: { ...relationTitles(), ...labels.properties, ...labels.values },
    nouns: isChinese ? nouns : {},
  });
  return language;
}

/** What each relation leads to, by the field of its kind: `Country.labs`. */
function relationTitles(): Readonly<Record<string, string>> {
  const { kinds, labels } = settings();
  const titles = Object.entries(kinds).flatMap(([kind, { relations }]) =>
    Object.entries(relations).flatMap(([field, { relation, isForward }]): readonly [string, string][] => {
      const label = labels.relations[relation];
      const title = isForward ? label?.forward : label?.backward;
      return title === undefined ? [] : [[`${kind}.${field}`, title]];
    }),
  );
  return Object.fromEntries(titles);
}

/** Attributes of a name or a text of the graph. */
export const asWritten = (text: string): AsWritten => asWrittenIn(text, language, settings().graphLanguage);

/** The name of an entity in the language of the page. */
export const nameOf = ({ name, nameZh }: Pick<Card, 'name' | 'nameZh'>): string =>
  language === 'zh-Hans' ? (nameZh ?? name) : name;

/** Type names of the kinds, in the order of the ontology. */
export const kindNames = (): readonly string[] => Object.keys(settings().kinds);

/** The type name of a kind: `CountryGroup` for `COUNTRY_GROUP`. */
export const typeOf = (kind: string): string => kindNames().find((name) => kindOf(name) === kind) ?? kind;

/** The type name of the kind of a root field: `Lab` for `labs`. */
export const typeOfField = (field: string): string | undefined =>
  Object.entries(settings().kinds).find(([, kind]) => kind.field === field)?.[0];

/** The relation of a field of a kind; `undefined` if the field is none. */
export const relationOfField = (typeName: string, field: string) => settings().kinds[typeName]?.relations[field];

/** A kind in words. */
export const kindInWords = (typeName: string): string => settings().kinds[typeName]?.one ?? inWords(kindOf(typeName));

/** Several of a kind in words. */
export const kindsInWords = (typeName: string): string => settings().kinds[typeName]?.many ?? inWords(kindOf(typeName));

/** A value of a property of a kind in words: only those of enumerations have other words. */
export function valueInWords(typeName: string, property: string, value: string): string {
  const enumeration = settings().kinds[typeName]?.types[property];
  const known = settings().labels.values[`${enumeration}.${value}`];
  return known ?? (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(value) && value.length > 3 ? inWords(value) : value);
}

/** What a relation says, from its start to its end: `partners with`. */
export const relationInWords = (relation: string): string =>
  settings().labels.relations[relation]?.verb ?? inWords(relation);

/** The root field with the entities of a kind; `undefined` if they have no places. */
export const fieldWithPlaces = (typeName: string): string | undefined =>
  settings().hasPlaces ? settings().kinds[typeName]?.field : undefined;
