import { escapeMarkup } from '../../ontology/escape-markup.ts';
import { languages } from '../../ontology/language/labels.ts';
import { capitalized } from '../../ontology/letter-case.ts';
import { page as htmlPage, link, scriptJson } from '../../pages/serving/html.ts';
import { contextOf } from './context.ts';
import { licenceAddress } from './dataset.ts';
import { type DescribedEntity, MOST_MARKS } from './described-entity.ts';
import { describedSummary } from './described-summary.ts';
import { entityTriples, pageAddress } from './entity-triples.ts';
import { jsonLdNodes } from './json-ld.ts';
import { dateIn, factsOf, identifiersOf, placesOf, section } from './page/facts.ts';
import { frameHeader } from './page/frame.ts';
import { changesOf, stepsOf } from './page/history.ts';
import { nameIn, type Page, type PageView, pageOf, written } from './page/page-view.ts';
import { commonDetail, relationDetails } from './page/relation-details.ts';
import { listOf, type RelationGroup, relationGroups } from './page/relation-groups.ts';
import { sentenceOf } from './page/sentence.ts';
import { earlierValues, sinceOf } from './page/since.ts';
import { entityLink, type NumberedSources, numberedSources } from './page/sources.ts';
import { surroundings } from './page/surroundings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Relations of one type that a page lists; the rest are counted, and in their list. */
const MOST_LISTED = 25;

/** Relations that stand in one column; more are in two. */
const MOST_IN_COLUMN = 12;

/** Properties with a text about the entity. */
const leads: ReadonlySet<string> = new Set(['description', 'definition', 'summary']);

/**
 * The page of an entity, complete without scripts: what it is, its relations in the order of the ontology, its facts, history and
 * sources, with the same data as JSON-LD inside. Everything that comes out of the graph is escaped.
 */
export function entityPage(
  vocabulary: Vocabulary,
  entity: DescribedEntity,
  view: PageView = { language: 'en' },
): string {
  const page = pageOf(vocabulary, view);
  const { ontology } = vocabulary;
  const { kind, record } = entity;
  const name = nameIn(page, entity);
  const groups = relationGroups(page, entity);
  const sources = numberedSources(page, entity);
  const properties = Object.entries(ontology.propertiesOf(kind));
  const text = properties.find(([property, { type, list }]) => type === 'text' && !list && leads.has(property))?.[0];
  const lead = text === undefined ? undefined : record[text];
  /** Names in other languages stand below the title. */
  const names = properties.flatMap(([property, { searched, list }]) => {
    const { language } = vocabulary.predicatesOf(kind, property);
    const value = record[property];
    const isName = searched === 'name' && !list && typeof value === 'string' && value !== name;
    return isName
      ? [{ property, value, language: language ?? (property === 'name' ? ontology.language : undefined) }]
      : [];
  });
  const elsewhere = new Set(['name', 'nameZh', text ?? '', ...names.map(({ property }) => property)]);
  const facts = factsOf(page, entity, elsewhere, earlierValues(page), sources);
  const sentence = sentenceOf(page, entity, groups);
  const isGenerated = sentence === describedSummary(ontology, entity, view.language);
  const triples = jsonLdNodes(vocabulary, entityTriples(vocabulary, { ...entity, incoming: [] }));
  const data = { '@context': contextOf(vocabulary), '@graph': triples };
  const address = vocabulary.entity(entity.slug);
  return htmlPage({
    title: name,
    language: view.language,
    description: typeof lead === 'string' ? `${sentence} ${lead}` : sentence,
    canonical: address,
    isArticle: true,
    picture: view.picture && { address: `${address}.png?lang=${view.language}`, ...view.picture },
    siteName: ontology.linkedData?.dataset?.title ?? 'Silkgraph',
    translations: languages.map((language) => [language, `${address}?lang=${language}`]),
    alternates: [
      ['application/ld+json', `${address}.jsonld`],
      ['text/turtle', `${address}.ttl`],
      ['application/n-triples', `${address}.nt`],
      ['application/json', `${address}.json`],
    ],
    assets: view.assets,
    head: `<script type="application/ld+json">${scriptJson(data)}</script>`,
    header: frameHeader({ base: vocabulary.base, language: view.language, address, asOf: view.asOf?.revision }),
    body: [
      waysBack(page, entity, address),
      earlierNote(page, address),
      `<p class="kind">${escapeMarkup(capitalized(page.wording.one(kind)))}</p>`,
      `<h1>${written(page, name)}</h1>`,
      ...names.map(
        ({ value, language }) =>
          `<p class="name"${language === undefined ? '' : ` lang="${escapeMarkup(language)}"`} dir="auto">${escapeMarkup(value)}</p>`,
      ),
      `<p class="lead">${escapeMarkup(sentence)}${isGenerated ? `<small>${page.marks.bracketed(page.say('generated'))}</small>` : ''}</p>`,
      typeof lead === 'string' ? `<p>${written(page, lead)}${sources.ofFact(text ?? '')}</p>` : '',
      sinceOf(page, entity),
      surroundings(page, entity, groups),
      facts.key,
      ...groups.map((group) => groupOf(page, entity, group, sources)),
      otherPages(page, entity, address),
      facts.disputes,
      ...facts.texts,
      ...stepsOf(page, entity, sources),
      placesOf(page, entity),
      section('further', page.say('further'), facts.further),
      identifiersOf(page, entity),
      sources.list(),
      changesOf(page, entity),
      citationOf(page, name, address),
      footer(page, address),
    ].join('\n'),
  });
}

/** What a preview of a link to an entity shows. */
export function entityPreview(vocabulary: Vocabulary, entity: DescribedEntity, view: PageView) {
  const page = pageOf(vocabulary, view);
  const title = nameIn(page, entity);
  const { name, nameZh } = entity;
  return {
    kind: capitalized(page.wording.one(entity.kind)),
    title,
    otherTitle: [nameZh, name].find((other) => other !== undefined && other !== title),
    text: sentenceOf(page, entity, relationGroups(page, entity)),
    origin: [vocabulary.ontology.linkedData?.dataset?.title, new URL(vocabulary.base).host].filter(Boolean).join(' · '),
  };
}

/** The ways back, to the list of its kind and to the graph around it, and to how the record was on a day. */
function waysBack(page: Page, { kind, slug }: DescribedEntity, address: string): string {
  const { vocabulary, view } = page;
  const explore = `${vocabulary.base}/explore?lang=${view.language}`;
  const encoded = encodeURIComponent(slug);
  const list = `${explore}#/list?of=${vocabulary.ontology.kind(kind).plural}`;
  return `<div class="way">${link(list, `← ${capitalized(page.wording.many(kind))}`)} ${link(
    `${explore}#/graph?do=open~${encoded}&pick=${encoded}`,
    page.say('graph'),
  )}${dayForm(page, address)}</div>`;
}

/** Chooses the day as of which the record is shown. */
function dayForm({ view: { language, hasEarlier, asOf, today }, say }: Page, address: string): string {
  if (!hasEarlier || today === undefined) return '';
  const chosen = asOf ? ` value="${asOf.at.slice(0, 10)}"` : '';
  return `<form class="day" action="${escapeMarkup(address)}"><input type="hidden" name="lang" value="${language}"><label>${say('asOf')} <input type="date" name="asOf" required max="${today}"${chosen}></label><button>${say('show')}</button></form>`;
}

/** Says of an earlier state which one it is. */
function earlierNote(page: Page, address: string): string {
  const { asOf, language } = page.view;
  if (!asOf) return '';
  const said = page.say('earlier', { date: dateIn(page, asOf.at.slice(0, 10)), revision: asOf.revision });
  return `<p class="earlier">${said} ${link(`${address}?lang=${language}`, page.say('today'))}</p>`;
}

/** Links to the pages before and after this one. */
function otherPages(view: Page, { page, goesOn }: DescribedEntity, address: string): string {
  const to = (number: number, text: string) =>
    link(pageAddress(address, { ...page, number }, view.view.asOf?.revision), text);
  const links = [
    ...(page.number > 1 ? [to(page.number - 1, view.say('previous'))] : []),
    ...(goesOn ? [to(page.number + 1, view.say('next'))] : []),
  ];
  return links.length === 0
    ? ''
    : `<p class="note">${view.say('pageOf', { number: page.number })} ${links.join(' · ')}</p>`;
}

/** What a relation type leads to, each with what is known of the relation and where from. */
function groupOf(page: Page, entity: DescribedEntity, group: RelationGroup, sources: NumberedSources): string {
  const shown = group.relations.slice(0, MOST_LISTED).map((relation) => ({
    ...relation,
    details: relationDetails(page, group.type, relation.record.properties),
  }));
  const isLong = shown.length > MOST_IN_COLUMN;
  // Sources that all of them have stand beside the title.
  const marks = shown.map(({ record }) => sources.ofRelation(record, isLong ? 1 : MOST_MARKS));
  const allMarks = marks.length > 1 && marks.every((each) => each === marks[0]) ? (marks[0] ?? '') : '';
  const common = commonDetail(shown.map(({ details }) => details));
  const items = shown.map(({ far, details }, place) => {
    const detail = details === '' || details === common ? '' : `<small>${page.marks.bracketed(details)}</small>`;
    return `<li>${entityLink(page, far)}${detail}${allMarks === '' ? marks[place] : ''}</li>`;
  });
  const rest = group.relations.length - items.length;
  const list = listOf(page, entity.slug, group);
  const count = page.number(group.relations.length);
  // The number leads to the list behind it.
  const number = list === undefined ? count : link(list, count, page.say('list'));
  const id = `${group.type.toLowerCase().replaceAll('_', '-')}${group.isForward ? '' : '-of'}`;
  const more = rest > 0 ? `<p class="note">${page.say('more', { count: page.number(rest) })}</p>` : '';
  const shared = common === '' ? '' : `<p class="note">${page.say('common', { detail: common })}</p>`;
  return `<section id="${id}"><h2>${escapeMarkup(capitalized(group.title))} <span class="note">${number}</span>${allMarks}</h2>${shared}<ul${isLong ? ' class="many"' : ''}>${items.join('')}</ul>${more}</section>`;
}

function citationOf(page: Page, name: string, address: string): string {
  const { today } = page.view;
  if (today === undefined) return '';
  const dataset = page.vocabulary.ontology.linkedData?.dataset?.title ?? 'Silkgraph';
  const text = page.say('retrieved', { dataset, name, address, date: dateIn(page, today) });
  const files = [
    ['bib', 'BibTeX'],
    ['ris', 'RIS'],
  ].map(([ending = '', label = '']) => link(`${address}.${ending}`, label));
  return section(
    'cite',
    page.say('cite'),
    `<p class="citation">${escapeMarkup(text)}</p><p class="note">${page.say('files')}${page.marks.colon}${files.join(' · ')}</p>`,
  );
}

function footer(page: Page, address: string): string {
  const { asOf } = page.view;
  const forms = [
    ['jsonld', 'JSON-LD'],
    ['ttl', 'Turtle'],
    ['nt', 'N-Triples'],
    ['json', 'JSON'],
  ].map(([ending = '', label = '']) => link(`${address}.${ending}${asOf ? `?asOf=${asOf.revision}` : ''}`, label));
  const { licence } = page.vocabulary.ontology.linkedData?.dataset ?? {};
  const licences =
    licence === undefined ? '' : ` · ${link(licenceAddress(licence, page.vocabulary.base), page.say('licences'))}`;
  const report = page.view.reportAddress?.replaceAll('{page}', encodeURIComponent(address));
  const reporting = report === undefined ? '' : ` · <a href="${escapeMarkup(report)}">${page.say('report')}</a>`;
  return `<footer><p>${page.say('data')}${page.marks.colon}${forms.join(' · ')}${licences}${reporting}</p></footer>`;
}
