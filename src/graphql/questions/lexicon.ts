import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { inWords, withoutArticle } from '../../ontology/letter-case.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Sign } from './language/grammar-words.ts';
import { grammarWords } from './language/languages.ts';
import type { Meaning } from './meanings.ts';
import { nameTokens, type QuestionToken, questionTokens } from './tokens.ts';

/** A name and what it stands for. */
export interface Entry {
  readonly name: readonly QuestionToken[];
  readonly meaning: Meaning;
}

type Add = (names: Iterable<string>, meaning: Meaning) => void;

/** What a language or the labels call a part, by its name alone or with that of its owner. */
const listed = (
  lists: readonly (Readonly<Record<string, string | readonly string[]>> | undefined)[],
  ...names: string[]
) =>
  lists.flatMap((list) =>
    names.flatMap((name) => (list && Object.hasOwn(list, name) ? [list[name] ?? []].flat() : [])),
  );

function addKinds({ ontology, add }: Making): void {
  const labels = Object.values(ontology.labels);
  const words = Object.values(ontology.words);
  for (const kind of ontology.kindNames) {
    const { singular, plural, one, many, alsoCalled = [] } = ontology.kind(kind);
    const translated = labels.flatMap(({ kinds }) => kinds?.[kind] ?? []);
    const names = [inWords(singular), inWords(plural), withoutArticle(one), many, ...alsoCalled];
    const others = listed(
      words.map(({ kinds }) => kinds),
      kind,
    );
    add([...names, ...translated.flatMap((label) => [label.one, label.many]), ...others], { is: 'kind', kind });
  }
}

interface Making {
  readonly ontology: Ontology;
  readonly add: Add;
}

function addValues({ ontology, add }: Making, kind: Kind, property: string, enumeration: string): void {
  const labels = Object.values(ontology.labels).map(({ values }) => values);
  const words = Object.values(ontology.words).map(({ values }) => values);
  for (const value of Object.keys(ontology.enumeration(enumeration).values)) {
    const names = listed([...labels, ...words], value, `${enumeration}.${value}`);
    const meaning = { is: 'value', kind, property, values: [value], isText: false } as const;
    add([value.replaceAll('_', ' ').toLowerCase(), ...names], meaning);
  }
}

function addTexts({ ontology, add }: Making, kind: Kind, property: string): void {
  const byWord = new Map<string, string[]>();
  for (const { texts } of Object.values(ontology.words)) {
    for (const [value, words] of Object.entries(texts?.[`${kind}.${property}`] ?? {})) {
      for (const word of words) getOrInsert(byWord, word, () => []).push(value);
    }
  }
  for (const [word, values] of byWord) add([word], { is: 'value', kind, property, values, isText: true });
}

function addProperties(making: Making): void {
  const { ontology, add } = making;
  const labels = Object.values(ontology.labels).map(({ properties }) => properties);
  const words = Object.values(ontology.words).map(({ properties }) => properties);
  for (const kind of ontology.kindNames) {
    for (const [property, { enumeration, type, timeOf = [], list }] of Object.entries(ontology.propertiesOf(kind))) {
      if (enumeration && !list) addValues(making, kind, property, enumeration);
      if (type === 'text' && !list) addTexts(making, kind, property);
      const meaning = { is: 'property', kind, property, isTime: false } as const;
      const own = type === 'boolean' ? [] : [inWords(property), ...listed(labels, property, `${kind}.${property}`)];
      add([...own, ...listed(words, property, `${kind}.${property}`)], meaning);
      add(timeOf, { ...meaning, isTime: true });
    }
  }
}

function addRelations({ ontology, add }: Making): void {
  const words = Object.values(ontology.words);
  const labels = Object.values(ontology.labels);
  for (const relation of ontology.relationTypes) {
    const { forward, backward, properties = {} } = ontology.relation(relation);
    const translated = labels.flatMap(({ relations }) => relations?.[relation] ?? []);
    const either = listed(
      words.map(({ relations }) => relations),
      relation,
    );
    const verbs = translated.flatMap(({ verb, inverse }) => [verb ?? [], inverse ?? []].flat());
    add([...either, ...verbs.map((verb) => verb.replace(/^(?:is|has|was) (?:an? |the |its )?/, ''))], {
      is: 'relation',
      relation,
    });
    for (const [toward, name] of [
      ['forward', forward],
      ['backward', backward],
    ] as const) {
      const called = translated.flatMap((label) => label[toward] ?? []);
      const own = listed(
        words.map(({ relations }) => relations),
        `${relation}.${toward}`,
      );
      add([inWords(name), ...called, ...own], { is: 'relation', relation, toward });
    }
    for (const [property, { enumeration }] of Object.entries(properties)) {
      if (!enumeration) continue;
      for (const value of Object.keys(ontology.enumeration(enumeration).values)) {
        const names = listed([...words.map(({ values }) => values)], `${enumeration}.${value}`);
        add(names, { is: 'role', relation, property, value });
      }
    }
  }
}

function addGrammar(add: Add): void {
  for (const { signs, numbers, fillers } of Object.values(grammarWords)) {
    for (const [sign, words] of Object.entries(signs)) add(words, { is: 'sign', sign: sign as Sign });
    for (const [word, number] of Object.entries(numbers)) add([word], { is: 'number', number });
    add(fillers, { is: 'filler' });
  }
}

/** Everything that a question may name beside entities, by the first word of its name. */
export const lexiconOf = memoize((ontology: Ontology): ReadonlyMap<string, readonly Entry[]> => {
  const lexicon = new Map<string, Entry[]>();
  const seen = new Set<string>();
  const add: Add = (names, meaning) => {
    const isGrammar = meaning.is === 'sign' || meaning.is === 'filler';
    for (const text of new Set(names)) {
      const name = isGrammar ? questionTokens(text) : nameTokens(text);
      const [first] = name;
      const key = `${JSON.stringify(meaning)} ${name.map(({ singular }) => singular).join(' ')}`;
      if (!first || seen.has(key)) continue;
      seen.add(key);
      getOrInsert(lexicon, first.singular, () => []).push({ name, meaning });
    }
  };
  const making = { ontology, add };
  addKinds(making);
  addProperties(making);
  addRelations(making);
  addGrammar(add);
  return lexicon;
});
