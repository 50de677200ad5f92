import { fileURLToPath } from 'node:url';
import { capitalized, inWords, withoutArticle } from '../ontology/letter-case.ts';
import type { Ontology } from '../ontology/ontology.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { checkOption } from './check-option.ts';
import { documentsOf } from './documents.ts';
import { nameOfCount } from './map-queries.ts';
import type { ExplorerMap, ExplorerOption } from './option.ts';
import type { KindSettings, MapSettings, ProvenanceSettings, QuestionSettings, Settings } from './settings.ts';
import { queryNameOfYears } from './timeline-queries.ts';
import { barsOf, confidenceOf, datesOf, degreesOf, FEW, fieldOf, hasReliability, listed, mainKinds } from './traits.ts';
import { usualQuestions } from './usual-questions.ts';

/** What the explorer shows of a graph: the settings of its page, its queries, and its notices. */
export interface ExplorerContents {
  readonly settings: Settings;
  /** Its queries, each with its fragments. */
  readonly documents: readonly string[];
  /** The path of the file of notices. */
  readonly notice: string | undefined;
}

/** Names of a kind without its article, and of several. */
const namesOf = ({ kind }: Ontology, { names }: ExplorerOption, name: Kind) =>
  names?.[name] ?? { one: withoutArticle(kind(name).one), many: kind(name).many };

function kindSettings(ontology: Ontology, option: ExplorerOption, kind: Kind): KindSettings {
  const dates = datesOf(option, kind);
  const highlighted = option.highlighted?.[kind];
  const shared = Object.entries(ontology.sharedProperties).filter(
    ([, { type, list, searched }]) => type === 'text' && list && searched === undefined,
  );
  const text = option.texts?.[kind] ?? 'description';
  const properties = ontology.propertiesOf(kind);
  const { enumeration } = highlighted ? ontology.propertyOf(kind, highlighted.property) : {};
  return {
    ...namesOf(ontology, option, kind),
    fullOne: withoutArticle(ontology.kind(kind).one),
    full: ontology.kind(kind).many,
    dates: dates.map(({ property, words = inWords(property), counted = `by ${words}`, basis = null }) => ({
      property,
      words,
      counted,
      basis,
    })),
    isDated: dates.some(({ filtered }) => filtered !== false),
    highlight: highlighted
      ? { ...highlighted, values: enumeration ? Object.keys(ontology.enumeration(enumeration).values) : [] }
      : null,
    confidence: confidenceOf(ontology, kind),
    degrees: degreesOf(ontology, kind),
    text: properties[text]?.type === 'text' && !properties[text].list ? text : null,
    sections: shared
      .map(([property, { disputed }]) => ({ property, isDisputed: disputed === true }))
      .sort((a, b) => Number(b.isDisputed) - Number(a.isDisputed)),
    histories: Object.keys(properties).filter((name) => properties[name]?.type === 'milestones'),
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

function mapSettings(ontology: Ontology, option: ExplorerOption, map: ExplorerMap): MapSettings {
  const { plural, singular } = ontology.kind(map.kind);
  const { one, many } = namesOf(ontology, option, map.kind);
  const farNames = (field: string) => namesOf(ontology, option, fieldOf(ontology, map.kind, field).target);
  const counts = map.counts.map((count) => {
    const far = farNames(count.field);
    const title = count.title ?? capitalized(far.many);
    return {
      name: nameOfCount(count),
      title,
      column: count.column ?? title,
      one: count.one ?? far.one,
      said: count.said ?? `with at least one ${far.one}.`,
      isChoice: !count.tableOnly,
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
    columns: map.columns ?? {},
    lists: lists.map(({ title, field }, index) => ({
      name: `list${index}`,
      title,
      one: withoutArticle(ontology.kind(fieldOf(ontology, map.kind, field).target).one),
    })),
    line: (map.line ?? []).map(({ property, before }) => ({
      property,
      before,
      isDate: ontology.propertyOf(map.kind, property).type === 'date',
    })),
    by: map.by ?? one,
    remark: map.remark ?? `Circles mark ${many}.`,
  };
}

function questionsOf(ontology: Ontology, { questions }: ExplorerOption): readonly QuestionSettings[] {
  return (questions ?? usualQuestions(ontology)).map((question) => {
    if (!('query' in question)) return question;
    const { title, name } = question;
    return { title, name };
  });
}

function settingsOf(ontology: Ontology, option: ExplorerOption): Settings {
  const { kindNames, kind, sharedProperties, publishedTotals } = ontology;
  const { figures, map, dates, timeline } = option;
  const main = mainKinds(ontology);
  const many = main.map((name) => kind(name).many);
  const dots = timeline?.dots;
  return {
    title: option.title ?? capitalized(listed(many.length > FEW ? [...many.slice(0, FEW), 'more'] : many, 'and')),
    introduction: option.introduction?.text ?? null,
    search:
      option.search ??
      listed(
        main.slice(0, FEW).map((name) => kind(name).one),
        'or',
      ),
    hasChinese: Object.hasOwn(sharedProperties, 'nameZh'),
    spelling: option.spelling ?? {},
    shorter: option.shorter ?? [],
    kinds: Object.fromEntries(kindNames.map((name) => [name, kindSettings(ontology, option, name)])),
    provenance: provenanceSettings(ontology),
    questions: questionsOf(ontology, option),
    starters: option.starters ?? {},
    attributions: option.attributions ?? {},
    about: option.about ?? [],
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
          }
        : null,
    map: map ? mapSettings(ontology, option, map) : null,
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
                columns: dots.columns ?? [],
              }
            : null,
        }
      : null,
    queries: documentsOf(ontology, option),
  };
}

/**
 * What the explorer shows of a graph.
 * @throws Error if the option names what the ontology does not have
 */
export function explorerOf(ontology: Ontology, option: ExplorerOption): ExplorerContents {
  checkOption(ontology, option);
  const settings = settingsOf(ontology, option);
  const { notice } = option;
  return {
    settings,
    documents: Object.values(settings.queries),
    notice: notice instanceof URL ? fileURLToPath(notice) : notice,
  };
}
