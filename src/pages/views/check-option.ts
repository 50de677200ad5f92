import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { ExplorerOption } from './option.ts';
import { datesOf, fieldOf } from './traits.ts';

/** The properties that the option names, each with its kind. */
function namedProperties(option: ExplorerOption): readonly (readonly [Kind, string])[] {
  const { highlighted = {}, dates = {}, texts = {}, timeline, map } = option;
  const dots = timeline?.dots;
  const ofMap = map
    ? [map.code, ...Object.keys(map.columns ?? {}), ...(map.line ?? []).map(({ property }) => property)]
    : [];
  return [
    ...Object.entries(highlighted).map(([kind, { property }]) => [kind, property] as const),
    ...Object.entries(texts),
    ...Object.keys(dates).flatMap((kind) =>
      datesOf(option, kind).flatMap(({ property, basis }) =>
        [property, ...(basis ? [basis] : [])].map((name) => [kind, name] as const),
      ),
    ),
    ...ofMap.map((name) => [map?.kind ?? '', name] as const),
    ...(dots
      ? [dots.date, ...(dots.status ? [dots.status.property] : [])].map((name) => [dots.kind, name] as const)
      : []),
  ];
}

const parts = {
  ...{
    notice: true,
    brand: true,
    title: true,
    introduction: true,
    search: true,
    questions: true,
    starters: true,
    highlighted: true,
  },
  ...{ dates: true, timeline: true, figures: true, map: true, names: true, texts: true, spelling: true, shorter: true },
  ...{ attributions: true, about: true, lists: true, translations: true },
} satisfies Record<keyof ExplorerOption, true>;

/** Characters that fit beside the search box. */
const LONGEST_BRAND = 24;

const wrong = (part: string, expected: string) => new Error(`\`${part}\` must be ${expected}.`);

/** Checks what types cannot where a graph is written in JavaScript. @throws Error naming the part */
function checkShapes(ontology: Ontology, option: ExplorerOption): void {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const unknown = Object.keys(option).find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}. The parts are ${Object.keys(parts).join(', ')}.`);
  const { brand = '-', introduction, questions = [], starters, highlighted = {}, shorter = [] } = option;
  if (typeof brand !== 'string' || brand.trim() === '' || brand.length > LONGEST_BRAND) {
    throw wrong('brand', `a text of at most ${LONGEST_BRAND} characters`);
  }
  if (introduction !== undefined && typeof introduction?.text !== 'string') {
    throw wrong('introduction', 'an object with `text`');
  }
  if (starters !== undefined && !isObject(starters)) throw wrong('starters', 'an object of titles by slug');
  if (!Array.isArray(questions) || questions.some((question) => typeof question?.title !== 'string')) {
    throw wrong(
      'questions',
      'a list of objects, each with `title` and one of `query` (with `name`), `paths`, `open`, `page`',
    );
  }
  for (const [kind, { property, value, word, others }] of Object.entries(highlighted)) {
    if (typeof word !== 'string' || typeof others !== 'string')
      throw wrong(`highlighted.${kind}`, 'an object with `property`, `value`, `word` and `others`');
    checkValues(ontology, `highlighted.${kind}.value`, kind, property, [value]);
  }
  for (const [index, { find }] of shorter.entries()) {
    try {
      new RegExp(find, 'i');
    } catch {
      throw wrong(`shorter[${index}].find`, `a regular expression; got ${find}`);
    }
  }
}

/** @throws Error if a property is enumerated, and one of some values is none of it */
function checkValues(ontology: Ontology, part: string, kind: Kind, property: string, values: readonly string[]): void {
  const { enumeration } = ontology.propertyOf(kind, property);
  if (enumeration === undefined) return;
  const unknown = values.find((value) => !Object.hasOwn(ontology.enumeration(enumeration).values, value));
  if (unknown !== undefined) throw wrong(part, `a value of ${enumeration}; got ${unknown}`);
}

/** Checks that the option has its shape, and the ontology what it names. @throws Error if not */
export function checkOption(ontology: Ontology, option: ExplorerOption): void {
  try {
    checkShapes(ontology, option);
    checkNames(ontology, option);
  } catch (error) {
    throw new Error(`The option \`explorer\`: ${(error as Error).message}`, { cause: error });
  }
}

function checkNames(ontology: Ontology, option: ExplorerOption): void {
  const { names = {}, attributions = {}, lists = {}, introduction, timeline, map } = option;
  const kinds = [
    ...[names, attributions, lists].flatMap(Object.keys),
    ...Object.values(introduction?.counts ?? {}).map(({ kind }) => kind),
    ...(timeline?.bars ?? []),
    ...(map ? [map.kind] : []),
  ];
  for (const kind of kinds) ontology.kind(kind);
  for (const [kind, property] of namedProperties(option)) {
    ontology.kind(kind);
    ontology.propertyOf(kind, property);
  }
  const dots = timeline?.dots;
  if (dots?.status) {
    const { property, open } = dots.status;
    checkValues(ontology, 'timeline.dots.status.open', dots.kind, property, open);
  }
  for (const { field } of [...(map?.counts ?? []), ...(map?.lists ?? [])]) fieldOf(ontology, map?.kind ?? '', field);
}
