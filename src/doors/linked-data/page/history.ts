import { type Change, isOfRecord, type RecordChange, type RelationChange } from '../../../engine/changes/change.ts';
import { propertyDifferences, type RecordDifference } from '../../../history/revisions/difference.ts';
import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { capitalized } from '../../../ontology/letter-case.ts';
import { beginningOf } from '../../../ontology/plain-text.ts';
import type { Milestone } from '../../../ontology/records.ts';
import type { Property } from '../../../ontology/vocabulary.ts';
import type { DescribedEntity } from '../described-entity.ts';
import { dateIn, section, shownValue } from './facts.ts';
import { nameIn, type Page, written } from './page-view.ts';
import type { NumberedSources } from './sources.ts';

/** Dated steps of an entity, each with its source. */
export function stepsOf(page: Page, entity: DescribedEntity, sources: NumberedSources): readonly string[] {
  const properties = Object.entries(page.vocabulary.ontology.propertiesOf(entity.kind));
  const histories = properties.filter(([, { type }]) => type === 'milestones');
  return histories.map(([name]) => {
    const steps = (entity.record[name] ?? []) as readonly Milestone[];
    const items = steps.map(({ date, text, source }) => {
      const when =
        date === undefined ? '' : `<time datetime="${escapeMarkup(date)}">${escapeMarkup(dateIn(page, date))}</time> `;
      return `<li>${when}${written(page, text)}${sources.marks(source === undefined ? [] : [source])}</li>`;
    });
    const title = histories.length === 1 ? page.say('history') : page.wording.property(entity.kind, name);
    return section(name, title, items.length === 0 ? '' : `<ul class="steps">${items.join('')}</ul>`);
  });
}

/** Characters of a text in a difference, and values of a list. */
const [LONGEST, MOST] = [80, 8];

const shortened = (text: string): string => (text.length > LONGEST ? `${beginningOf(text, LONGEST)}…` : text);

/** What an update of a record made differ; nothing of other actions. */
export function differencesIn(page: Page, one: RecordChange | RecordDifference): string {
  if (one.action !== 'UPDATED') return '';
  const owner = one.subject === 'ENTITY' ? one.entity.kind : one.relation;
  const changes = 'changes' in one ? one.changes : [one];
  const items = propertyDifferences({ ...one, changes }).map(({ name, before, after }) =>
    differenceItem(page, owner, name, before, after),
  );
  return items.length === 0 ? '' : `<ul>${items.join('')}</ul>`;
}

/** Types of properties whose values are shown as text: an address may be, or have been, that of a repost. */
const plain: ReadonlySet<Property['type']> = new Set(['text', 'url']);

/** A value of a property as HTML, in words: the first ones of a list, and the beginning of a text. */
function changedValue(page: Page, property: Property | undefined, value: unknown): string {
  const values = [value ?? []].flat();
  const shown = values
    .slice(0, MOST)
    .map((one) =>
      property && !plain.has(property.type) ? shownValue(page, property, one) : written(page, shortened(String(one))),
    );
  return [...shown, ...(values.length > MOST ? ['…'] : [])].join(page.marks.semicolon) || '–';
}

/** A property before and after. */
function differenceItem(page: Page, owner: string, name: string, before: unknown, after: unknown): string {
  const { isKind, propertiesOf, edgePropertiesOf } = page.vocabulary.ontology;
  const property = (isKind(owner) ? propertiesOf(owner) : edgePropertiesOf(owner))[name];
  const title = capitalized(page.wording.property(owner, name));
  return `<li>${escapeMarkup(title)}${page.marks.colon}<del>${changedValue(page, property, before)}</del> → <ins>${changedValue(page, property, after)}</ins></li>`;
}

export const actionTexts = { CREATED: 'created', UPDATED: 'updated', DELETED: 'deleted' } as const;

/** What a relation of an entity leads to: `partner countries: Kenya`. A far end that was deleted has its slug. */
export function relationInWords(
  page: Page,
  { slug, outgoing, incoming }: DescribedEntity,
  { relation, from, to }: Pick<RelationChange, 'relation' | 'from' | 'to'>,
): string {
  const isForward = from.slug === slug || page.vocabulary.ontology.relation(relation).symmetric === true;
  const end = from.slug === slug ? to.slug : from.slug;
  const known = [...outgoing, ...incoming].find(({ far }) => far.slug === end)?.far;
  return `${page.wording.relation(relation, isForward)}${page.marks.colon}${known ? nameIn(page, known) : end}`;
}

function lineOf(page: Page, entity: DescribedEntity, change: Change): string {
  if (!isOfRecord(change)) return '';
  const when = `<time datetime="${escapeMarkup(change.at)}">${escapeMarkup(dateIn(page, change.at.slice(0, 10)))}</time> `;
  const what = change.subject === 'RELATION' ? `${relationInWords(page, entity, change)} ` : '';
  const reason = change.reason === undefined ? '' : ` <small>${written(page, change.reason)}</small>`;
  const said = `${what}${page.say(actionTexts[change.action])} ${page.say('by', { author: change.author })}`;
  return `<li>${when}${escapeMarkup(said)}${reason}${differencesIn(page, change)}</li>`;
}

/** The latest changes to an entity and its relations, with differences. */
export function changesOf(page: Page, entity: DescribedEntity): string {
  const items = (page.view.changes ?? []).map((change) => lineOf(page, entity, change)).join('');
  return section('changes', page.say('changes'), items === '' ? '' : `<ul class="steps">${items}</ul>`);
}
