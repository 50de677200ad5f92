import { language } from './language.ts';

/** Texts of libraries in the language of the page, by their English; empty in English. */
let messages: Readonly<Record<string, string>> = {};

/** Sets what libraries say. These texts are apart from those of the page: names of the schema must not be taken for them. */
export function tellLibraries(texts: Readonly<Record<string, string>>): void {
  messages = texts;
}

const messageOf = (text: string): string => (Object.hasOwn(messages, text) ? (messages[text] ?? text) : text);

/** Texts of the libraries of the page with a name in them, and what may stand there. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^(Show) (?=Documentation|History)(.+)$/, 'Show {name}'],
  [/^(Hide) (?=Documentation|History)(.+)$/, 'Hide {name}'],
  [/^(Show|Hide) (?=[^ -~])(.+)$/, '$1 {name}'],
  [
    /^(Prettify query|Merge fragments into query|Copy query|Execute query|Stop query|Re-fetch GraphQL schema) \((.+)\)$/,
    '$1 ({name})',
  ],
  [/^(Go back to) (.+)$/, 'Go back to {name}'],
  [/^(Search) (.+)\.\.\.$/, 'Search {name} …'],
];

function spokenByPattern(text: string): string | undefined {
  for (const [pattern, form] of patterns) {
    const [, before = '', name = ''] = pattern.exec(text) ?? [];
    if (name === '') continue;
    return messageOf(form.replace('$1', before)).replace('{name}', messageOf(name));
  }
  return undefined;
}

/** A text of a library in the language of the page; the text itself if it is none. */
export function spoken(text: string): string {
  const said = messageOf(text);
  return said === text ? (spokenByPattern(text) ?? text) : said;
}

/** Texts longer than this are sentences, which no component compares. */
const SENTENCE = 30;

type Properties = Readonly<Record<string, unknown>>;

const each = (children: unknown): unknown =>
  typeof children === 'string' ? spoken(children) : Array.isArray(children) ? children.map(each) : children;

/**
 * The properties of an element with its texts in the language of the page. GraphiQL has no texts in other languages: they are
 * replaced where they become elements, which needs no change of its files.
 */
export function spokenProperties(type: unknown, properties: Properties | null): Properties | null {
  if (language === 'en' || properties === null) return properties;
  const names = typeof type === 'string' ? ['aria-label', 'placeholder', 'title'] : ['aria-label', 'placeholder'];
  const said: Record<string, unknown> = { ...properties };
  for (const name of names) if (typeof said[name] === 'string') said[name] = spoken(said[name]);
  const { children } = said;
  if (typeof type === 'string' && 'children' in said) said.children = each(children);
  // A component may compare a short text, but it only shows a sentence.
  else if (typeof children === 'string' && children.length > SENTENCE) said.children = messageOf(children);
  return said;
}

/** The children of an element in the language of the page. */
export const spokenChildren = (type: unknown, children: readonly unknown[]): readonly unknown[] =>
  language === 'en' || typeof type !== 'string' ? children : children.map(each);
