import { fileURLToPath } from 'node:url';
import { type Language, labelsIn, languages } from '../../ontology/language/labels.ts';
import { capitalized } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type Wording, wordingOf } from '../../ontology/wording.ts';
import { gapsOf } from './analysis-queries.ts';
import { checkOption } from './check-option.ts';
import { documentsOf } from './documents.ts';
import type { ComputedField } from './fragments.ts';
import { groupSettings } from './group-settings.ts';
import { fieldsOf, listSettings } from './list-settings.ts';
import { countryFieldOf, nameOfCount, placedKinds, queryNameOfCountYears, queryNameOfPlaces } from './map-queries.ts';
import type { ExplorerMap, ExplorerOption, MapCount } from './option.ts';
import type {
  KindSettings,
  LabelSettings,
  MapSettings,
  ProvenanceSettings,
  QuestionSettings,
  Settings,
} from './settings.ts';
import { type Texts, textsOf } from './texts.ts';
import { queryNameOfYears } from './timeline-queries.ts';
import { barsOf, confidenceOf, datesOf, degreesOf, FEW, fieldOf, hasReliability, listed, mainKinds } from './traits.ts';
import { usualQuestions } from './usual-questions.ts';

/** What the explorer shows of a graph: the settings of its page, its queries, and its notices. */
export interface ExplorerContents {
  readonly settings: Settings;
  /** The settings in a language. */
  settingsIn(language: Language): Settings;
  /** Its own texts in a language. */
  textsIn(language: Language): Texts;
  /** Its queries, each with its fragments. */
  readonly documents: readonly string[];
  /** The path of the file of notices. */
  readonly notice: string | undefined;
}

/** What the settings of a graph are made of, in one language. */
interface Making {
  readonly ontology: Ontology;
  readonly option: ExplorerOption;
  readonly computed: readonly ComputedField[];
  readonly wording: Wording;
  readonly say: Texts;
}

/** Names of a kind without its article, and of several. */
const namesOf = ({ wording, option: { names } }: Making, name: Kind) =>
  (wording.language === 'en' ? names?.[name] : undefined) ?? { one: wording.one(name), many: wording.many(name) };

function kindSettings(making: Making, kind: Kind): KindSettings {
  const { ontology, option, wording, say } = making;
  const dates = datesOf(option, kind);
  const highlighted = option.highlighted?.[kind];
  const shared = Object.entries(ontology.sharedProperties).filter(
    ([, { type, list, searched }]) => type === 'text' && list && searched === undefined,
  );
  const text = option.texts?.[kind] ?? 'description';
  const properties = ontology.propertiesOf(kind);
  const { enumeration } = highlighted ? ontology.propertyOf(kind, highlighted.property) : {};
  return {
    ...namesOf(making, kind),
    fullOne: wording.one(kind),
    full: wording.many(kind),
    description: wording.description(kind),
    dates: dates.map(({ property, words, counted, basis = null }) => {
      const said = words === undefined ? wording.property(kind, property) : say(words);
      return {
        property,
        words: said,
        counted: counted === undefined ? say('by {words}', { words: said }) : say(counted),
        basis,
      };
    }),
    isDated: dates.some(({ filtered }) => filtered !== false),
    highlight: highlighted
      ? {
          ...highlighted,
          word: say(highlighted.word),
          others: say(highlighted.others),
          values: enumeration ? Object.keys(ontology.enumeration(enumeration).values) : [],
        }
      : null,
    confidence: confidenceOf(ontology, kind),
    degrees: degreesOf(ontology, kind),
    text: properties[text]?.type === 'text' && !properties[text].list ? text : null,
    sections: shared
      .map(([property, { disputed }]) => ({ property, isDisputed: disputed === true }))
      .sort((a, b) => Number(b.isDisputed) - Number(a.isDisputed)),
    computed: making.computed.filter((each) => each.kind === kind).map(({ kind: _, ...field }) => field),
    histories: Object.keys(properties).filter((name) => properties[name]?.type === 'milestones'),
    fields: fieldsOf(ontology, kind),
    list: listSettings(ontology, option, kind, wording, say),
    groups: groupSettings(ontology, kind, wording),
  };
}

function provenanceSettings(ontology: Ontology): ProvenanceSettings | null {
  const { provenance, relation, edgePropertiesOf } = ontology;
  if (!provenance) return null;
  const { citation, reliability } = provenance;
  return {
    kind: provenance.kind,
    relation: provenance.relation,
    cites: relation(provenance.relation).forward,
    citedBy: relation(provenance.relation).backward,
    properties: Object.entries(edgePropertiesOf(provenance.relation)).map(([name, { enumeration }]) => ({
      name,
      isEnumerated: enumeration !== undefined,
    })),
    publisher: citation?.publisher ?? null,
    date: citation?.date ?? null,
    url: citation?.url ?? null,
    unlinked: citation?.unlinked ?? null,
    reliability: reliability ? { ...reliability, hasDegrees: hasReliability(ontology) } : null,
  };
}

function mapSettings(making: Making, option: ExplorerOption, map: ExplorerMap): MapSettings {
  const { ontology, say, wording } = making;
  const { plural, singular } = ontology.kind(map.kind);
  const { one, many } = namesOf(making, map.kind);
  const farNames = (field: string) => namesOf(making, fieldOf(ontology, map.kind, field).target);
  const yearsOf = (count: MapCount) => ({
    query: queryNameOfCountYears(count),
    field: ontology.kind(fieldOf(ontology, map.kind, count.field).target).plural,
  });
  const counts = map.counts.map((count) => {
    const far = farNames(count.field);
    const title = count.title === undefined ? capitalized(far.many) : say(count.title);
    return {
      name: nameOfCount(count),
      title,
      column: count.column === undefined ? title : say(count.column),
      one: count.one === undefined ? far.one : say(count.one),
      said: count.said === undefined ? say('with at least one {one}.', { one: far.one }) : say(count.said),
      isChoice: !count.tableOnly,
      years: countryFieldOf(ontology, option, map, count) === undefined ? null : yearsOf(count),
    };
  });
  const lists =
    map.lists ?? map.counts.map(({ field, title }) => ({ field, title: title ?? capitalized(farNames(field).many) }));
  return {
    kind: map.kind,
    field: plural,
    fieldOfOne: singular,
    code: map.code,
    counts,
    columns: Object.fromEntries(Object.entries(map.columns ?? {}).map(([name, title]) => [name, say(title)])),
    lists: lists.map(({ title, field }, index) => ({
      name: `list${index}`,
      title: say(title),
      one: wording.one(fieldOf(ontology, map.kind, field).target),
    })),
    line: (map.line ?? []).map(({ property, before }) => ({
      property,
      before: say(before),
      isDate: ontology.propertyOf(map.kind, property).type === 'date',
    })),
    places: placedKinds(ontology, map).map((kind) => ({ kind, query: queryNameOfPlaces(kind) })),
    by: map.by === undefined ? one : say(map.by),
    remark: map.remark === undefined ? say('Circles mark {many}.', { many }) : say(map.remark),
  };
}

function questionsOf({ ontology, option: { questions }, wording, say }: Making): readonly QuestionSettings[] {
  return (questions ?? usualQuestions(ontology, wording, say)).map((question) => {
    if (!('query' in question)) return { ...question, title: say(question.title) };
    const { title, name } = question;
    return { title: say(title), name };
  });
}

/** Labels that the page looks up; what has none is called by its name. */
function labelsOf({ ontology, wording: { language } }: Making): LabelSettings {
  const labels = labelsIn(ontology.labels, language);
  const { relations = {}, properties = {}, propertyDescriptions = {}, values = {} } = labels;
  return { relations, properties, propertyDescriptions, values };
}

/** Enumerations of the parts of properties that every kind has. */
const partsOf = ({ sharedProperties }: Ontology): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(sharedProperties).flatMap(([name, { items = {} }]) =>
      Object.entries(items).flatMap(([part, { enumeration }]) =>
        enumeration === undefined ? [] : [[`${name}.${part}`, enumeration]],
      ),
    ),
  );

/** The values of the enumerations by which lists are narrowed, by their own properties or those of relations, and of classes. */
function enumerationsIn(ontology: Ontology, kinds: Settings['kinds']): Settings['enumerations'] {
  const types = Object.values(kinds).flatMap(({ fields, list }) =>
    [list.types, ...Object.values(fields).map(({ edge }) => edge)].flatMap(Object.values),
  );
  const classes = ontology.kindNames
    .flatMap((kind) => Object.values(ontology.propertiesOf(kind)))
    .flatMap(({ searched, enumeration }) =>
      searched === 'category' && enumeration !== undefined ? [enumeration] : [],
    );
  const named = new Set([...types, ...classes]);
  const names = ontology.enumerationNames.filter((name) => named.has(name));
  return Object.fromEntries(names.map((name) => [name, Object.keys(ontology.enumeration(name).values)]));
}

const said = (texts: Readonly<Record<string, string>> | undefined, say: Texts) =>
  Object.fromEntries(Object.entries(texts ?? {}).map(([name, text]) => [name, say(text)]));

function settingsOf(
  ontology: Ontology,
  option: ExplorerOption,
  computed: readonly ComputedField[],
  language: Language,
): Settings {
  const making: Making = {
    ontology,
    option,
    computed,
    wording: wordingOf(ontology, language),
    say: textsOf(option, language),
  };
  const { wording, say } = making;
  const { kindNames, kind, sharedProperties, publishedTotals } = ontology;
  const { figures, map, dates, timeline } = option;
  const main = mainKinds(ontology);
  const many = main.map((name) => wording.many(name));
  const dots = timeline?.dots;
  const kinds = Object.fromEntries(kindNames.map((name) => [name, kindSettings(making, name)]));
  return {
    language,
    graphLanguage: ontology.language,
    brand: option.brand === undefined ? 'Silkgraph' : say(option.brand),
    title:
      option.title === undefined
        ? capitalized(listed(many.length > FEW ? [...many.slice(0, FEW), say('more')] : many, say('and')))
        : say(option.title),
    introduction: option.introduction ? say(option.introduction.text) : null,
    search:
      option.search === undefined
        ? listed(
            main.slice(0, FEW).map((name) => (language === 'en' ? kind(name).one : wording.one(name))),
            say('or'),
          )
        : say(option.search),
    labels: labelsOf(making),
    hasChinese: Object.hasOwn(sharedProperties, 'nameZh'),
    parts: partsOf(ontology),
    spelling: option.spelling ?? {},
    shorter: option.shorter ?? [],
    kinds,
    enumerations: enumerationsIn(ontology, kinds),
    provenance: provenanceSettings(ontology),
    questions: questionsOf(making),
    starters: said(option.starters, say),
    attributions: said(option.attributions, say),
    about: (option.about ?? []).map(({ title, text }) => ({
      ...(title !== undefined && { title: say(title) }),
      text: say(text),
    })),
    hasNotice: option.notice !== undefined,
    figures:
      publishedTotals && figures
        ? {
            ...figures,
            value: publishedTotals.figures.value,
            qualifier: publishedTotals.figures.qualifier,
            label: figures.label ?? null,
            target: figures.target ?? null,
            field: kind(publishedTotals.figures.kind).plural,
            counted: Object.fromEntries(publishedTotals.totals.map(({ counted }) => [counted, say(counted)])),
          }
        : null,
    map: map ? mapSettings(making, option, map) : null,
    timeline: dates
      ? {
          bars: barsOf(ontology, option).map((name) => ({
            kind: name,
            field: kind(name).plural,
            query: queryNameOfYears(name),
          })),
          dots: dots
            ? {
                kind: dots.kind,
                field: kind(dots.kind).plural,
                date: dots.date,
                status: dots.status ?? null,
                columns: (dots.columns ?? []).map(({ title, fields }) => ({ title: say(title), fields })),
              }
            : null,
        }
      : null,
    milestoneType: ontology.definition.milestones?.type ?? null,
    isEmbeddable: false,
    gaps: Object.keys(gapsOf(ontology)),
    queries: documentsOf(ontology, option, computed),
  };
}

/**
 * What the explorer shows of a graph.
 * @throws Error if the option names what the ontology does not have
 */
export function explorerOf(
  ontology: Ontology,
  option: ExplorerOption,
  computed: readonly ComputedField[] = [],
): ExplorerContents {
  checkOption(ontology, option);
  const settings = settingsOf(ontology, option, computed, 'en');
  const inOthers = new Map(
    languages.slice(1).map((language) => [language, settingsOf(ontology, option, computed, language)]),
  );
  const { notice } = option;
  return {
    settings,
    settingsIn: (language) => inOthers.get(language) ?? settings,
    textsIn: (language) => textsOf(option, language),
    documents: Object.values(settings.queries),
    notice: notice instanceof URL ? fileURLToPath(notice) : notice,
  };
}
