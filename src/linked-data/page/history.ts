import { type Change, isOfRecord, type RecordState } from '../../changes/change.ts';
import { escapeMarkup } from '../../ontology/escape-markup.ts';
import { capitalized } from '../../ontology/letter-case.ts';
import type { Milestone } from '../../ontology/records.ts';
import type { Property } from '../../ontology/vocabulary.ts';
import type { DescribedEntity } from '../described-entity.ts';
import { dateIn, section, shownValue, telling } from './facts.ts';
import type { Page } from './page-view.ts';
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
      return `<li>${when}${escapeMarkup(text)}${sources.marks(source === undefined ? [] : [source])}</li>`;
    });
    const title = histories.length === 1 ? page.say('history') : page.wording.property(entity.kind, name);
    return section(name, title, items.length === 0 ? '' : `<ul class="steps">${items.join('')}</ul>`);
  });
}

/** Characters of a value in a difference. */
const LONGEST = 80;

/** A value in few characters. */
function shortened(value: unknown): string {
  const text =
    value === undefined || value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** What differs between two states of a record. */
function differences(page: Page, owner: string, before: RecordState | null, after: RecordState | null): string {
  if (!before || !after) return '';
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const items = names.map((name) => differenceItem(page, owner, name, before[name], after[name]));
  return items.length === 0 ? '' : `<ul>${items.join('')}</ul>`;
}

/** A value of a property as HTML, in words where it is one of few; records of several values as they are stored. */
function changedValue(page: Page, property: Property | undefined, value: unknown): string {
  if (!property || !telling.has(property.type)) return escapeMarkup(shortened(value));
  const values = [value ?? []].flat().map((one) => shownValue(page, property, one));
  return values.length === 0 ? '–' : values.join(', ');
}

/** A property before and after. */
export function differenceItem(page: Page, owner: string, name: string, before: unknown, after: unknown): string {
  const { isKind, propertiesOf, edgePropertiesOf } = page.vocabulary.ontology;
  const property = (isKind(owner) ? propertiesOf(owner) : edgePropertiesOf(owner))[name];
  const title = capitalized(page.wording.property(owner, name));
  const colon = page.wording.language === 'zh-Hans' ? '：' : ': ';
  return `<li>${escapeMarkup(title)}${colon}<del>${changedValue(page, property, before)}</del> → <ins>${changedValue(page, property, after)}</ins></li>`;
}

export const actionTexts = { CREATED: 'created', UPDATED: 'updated', DELETED: 'deleted' } as const;

function lineOf(page: Page, slug: string, change: Change): string {
  if (!isOfRecord(change)) return '';
  const when = `<time datetime="${escapeMarkup(change.at)}">${escapeMarkup(dateIn(page, change.at.slice(0, 10)))}</time> `;
  const what =
    change.subject === 'RELATION'
      ? `${page.wording.relation(change.relation, change.from.slug === slug)}: ${change.from.slug === slug ? change.to.slug : change.from.slug} `
      : '';
  const owner = change.subject === 'RELATION' ? change.relation : change.entity.kind;
  const reason = change.reason === undefined ? '' : ` <small>${escapeMarkup(change.reason)}</small>`;
  const said = `${what}${page.say(actionTexts[change.action])} ${page.say('by', { author: change.author })}`;
  return `<li>${when}${escapeMarkup(said)}${reason}${differences(page, owner, change.before, change.after)}</li>`;
}

/** The latest changes to an entity and its relations, with differences. */
export function changesOf(page: Page, { slug }: DescribedEntity): string {
  const items = (page.view.changes ?? []).map((change) => lineOf(page, slug, change)).join('');
  return section('changes', page.say('changes'), items === '' ? '' : `<ul class="steps">${items}</ul>`);
}
