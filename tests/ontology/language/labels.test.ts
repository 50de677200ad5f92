import { describe, expect, it } from 'vitest';
import { explorer } from '../../../src/cooperation/explorer.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { defineOntology } from '../../../src/ontology/definition/define-ontology.ts';
import { preferredLanguage } from '../../../src/ontology/language/labels.ts';
import { wordingOf } from '../../../src/ontology/wording.ts';
import { explorerOf } from '../../../src/pages/views/contents.ts';
import { library } from '../../graphs/library.ts';

const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

describe('the language that a reader prefers', () => {
  it.each([
    [['zh-CN', 'en'], 'zh-Hans'],
    [['zh-Hans'], 'zh-Hans'],
    [['fr', 'en-GB', 'zh'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (tags, language) => {
    expect(preferredLanguage(tags)).toBe(language);
  });
});

describe('the wording of the graph in Chinese', () => {
  const wording = wordingOf(cooperation, 'zh-Hans');

  it('has a label for each kind, relation, property and value', () => {
    const labels = [
      ...cooperation.kindNames.flatMap((kind) => [wording.one(kind), wording.many(kind), wording.description(kind)]),
      ...cooperation.relationTypes.flatMap((type) => [
        wording.relation(type, true),
        wording.verb(type, true),
        cooperation.labels['zh-Hans']?.relations?.[type]?.description ?? '',
        ...(cooperation.relation(type).symmetric ? [] : [wording.relation(type, false), wording.verb(type, false)]),
      ]),
    ];
    expect(labels.filter((text) => !isChinese(text))).toEqual([]);
    const properties = cooperation.kindNames.flatMap((kind) =>
      Object.entries(cooperation.propertiesOf(kind))
        .filter(([, { items }]) => !items)
        .map(([name]) => `${kind}.${name}`),
    );
    const ofRelations = cooperation.relationTypes.flatMap((type) =>
      Object.keys(cooperation.edgePropertiesOf(type)).map((name) => `${type}.${name}`),
    );
    const unnamed = [...properties, ...ofRelations].filter((path) => {
      const [owner = '', name = ''] = path.split('.');
      return !isChinese(wording.property(owner, name));
    });
    expect(unnamed).toEqual([]);
    const values = cooperation.enumerationNames
      // Names of schemes are names in every language.
      .filter((name) => !name.startsWith('Identifier'))
      .flatMap((name) => Object.keys(cooperation.enumeration(name).values).map((value) => [name, value] as const));
    expect(values.filter(([name, value]) => value !== 'ROR' && !isChinese(wording.value(name, value)))).toEqual([]);
  });

  it('calls no two properties of a kind the same', () => {
    const twice = cooperation.kindNames.flatMap((kind) => {
      const labels = Object.keys(cooperation.propertiesOf(kind)).map((name) => wording.property(kind, name));
      return labels.filter((label, index) => labels.indexOf(label) !== index).map((label) => [kind, label]);
    });
    expect(twice).toEqual([]);
  });

  it('explains each property that a page may show', () => {
    const { propertyDescriptions: said = {} } = cooperation.labels['zh-Hans'] ?? {};
    const paths = cooperation.kindNames.flatMap((kind) =>
      Object.keys(cooperation.propertiesOf(kind)).map((name) => [`${kind}.${name}`, name] as const),
    );
    const unexplained = paths.filter(([path, name]) => !isChinese(said[path] ?? said[name] ?? ''));
    expect(unexplained.map(([path]) => path)).toEqual([]);
    // What kinds do not mean alike is explained for each of them.
    const ambiguous = Object.keys(said).filter((name) => {
      const meant = cooperation.kindNames.map((kind) => cooperation.propertiesOf(kind)[name]?.description);
      return new Set(meant.filter((text) => text !== undefined)).size > 1;
    });
    expect(ambiguous).toEqual([]);
  });

  it('is that of its explorer too', () => {
    const { title, introduction, search, questions, about, attributions, map, timeline, starters } = explorerOf(
      cooperation,
      explorer,
    ).settingsIn('zh-Hans');
    const texts = [
      ...[title, introduction ?? '', search, map?.by ?? '', map?.remark ?? ''],
      ...questions.map((question) => question.title),
      ...about.flatMap((part) => [part.title ?? '一', part.text]),
      ...Object.values(attributions),
      ...Object.values(starters),
      ...(map?.counts ?? []).flatMap((count) => [count.title, count.column, count.one, count.said]),
      ...(map?.lists ?? []).map((list) => list.title),
      ...Object.values(map?.columns ?? {}),
      ...(timeline?.dots?.columns ?? []).map((column) => column.title),
    ];
    expect(texts.filter((text) => !isChinese(text))).toEqual([]);
  });
});

describe('a graph without labels', () => {
  it('is called by its names', () => {
    const wording = wordingOf(library, 'zh-Hans');
    expect(wording.many('Book')).toBe('books');
  });
});

describe('a graph with labels in English, and few in Chinese', () => {
  const labels = {
    en: {
      kinds: { Book: { one: 'volume', many: 'volumes' } },
      relations: { PUBLISHED_BY: { forward: 'houses', verb: 'is printed by', description: 'Said in English.' } },
      properties: { 'Book.pages': 'leaves', name: 'title' },
    },
    'zh-Hans': { properties: { pages: '页数' }, relations: { PUBLISHED_BY: { backward: '书' } } },
  };
  const labelled = defineOntology({ ...library.definition, labels });

  it('is called by the English ones on pages in Chinese too, where these have no others', () => {
    const wording = wordingOf(labelled, 'zh-Hans');
    expect([wording.one('Book'), wording.many('Book')]).toEqual(['volume', 'volumes']);
    expect(wording.relation('PUBLISHED_BY', true)).toBe('houses');
    expect(wording.verb('PUBLISHED_BY', true)).toBe('is printed by');
    expect([wording.property('Book', 'name'), wording.property('Book', 'pages')]).toEqual(['title', '页数']);
  });

  it('is described in the language of the page alone', () => {
    const { labels: shown } = explorerOf(labelled, {}).settingsIn('zh-Hans');
    expect(shown.relations.PUBLISHED_BY).toEqual({ forward: 'houses', verb: 'is printed by', backward: '书' });
  });
});

describe('labels of what the ontology does not have', () => {
  it('are refused, and so is an unknown language', () => {
    const labelled = (labels: object) => () => defineOntology({ ...library.definition, labels });
    expect(labelled({ en: { kinds: { Novel: { one: 'novel', many: 'novels' } } } })).toThrow(
      'The labels in en name Novel among the kinds, which the ontology does not have.',
    );
    expect(labelled({ en: { colours: {} } })).toThrow('unknown part colours');
    expect(labelled({ fr: {} })).toThrow('no pages in the language fr');
  });
});

describe('the language of an ontology', () => {
  it.each(['French', 'x y', ''])('is refused if it is no tag: %j', (language) => {
    expect(() => defineOntology({ ...library.definition, language })).toThrow('is no tag of a language');
  });

  it.each([
    ['fr', 'fr'],
    ['pt-BR', 'pt-BR'],
    [undefined, 'en'],
  ])('is known to its pages: %s', (language, known) => {
    const definition = language === undefined ? library.definition : { ...library.definition, language };
    expect(explorerOf(defineOntology(definition), {}).settings.graphLanguage).toBe(known);
  });
});
