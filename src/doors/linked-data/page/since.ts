import { propertyDifferences, type RecordDifference } from '../../../history/revisions/difference.ts';
import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { capitalized } from '../../../ontology/letter-case.ts';
import type { DescribedEntity } from '../described-entity.ts';
import { dateIn, section } from './facts.ts';
import { actionTexts, differencesIn, relationInWords } from './history.ts';
import type { Page } from './page-view.ts';

function lineOf(page: Page, entity: DescribedEntity, one: RecordDifference): string {
  const what = one.subject === 'ENTITY' ? page.wording.one(one.entity.kind) : relationInWords(page, entity, one);
  const said = escapeMarkup(`${capitalized(what)} – ${page.say(actionTexts[one.action])}`);
  const marked =
    one.action === 'DELETED' ? `<del>${said}</del>` : one.action === 'CREATED' ? `<ins>${said}</ins>` : said;
  return `<li>${marked}${differencesIn(page, one)}</li>`;
}

/** What differs from an earlier revision, if the page was asked for since one. */
export function sinceOf(page: Page, entity: DescribedEntity): string {
  const { since } = page.view;
  if (!since) return '';
  const { revision, at } = since.revision;
  const title = page.say('since', { revision, date: dateIn(page, at.slice(0, 10)) });
  const items = since.differences.map((one) => lineOf(page, entity, one)).join('');
  return section('since', title, items === '' ? `<p>${page.say('unchanged')}</p>` : `<ul class="steps">${items}</ul>`);
}

/** The values that properties of the entity had at the earlier revision, where they differ; `null` for none. */
export function earlierValues({ view: { since } }: Page): ReadonlyMap<string, unknown> {
  const own = since?.differences.find((one) => one.subject === 'ENTITY' && one.action === 'UPDATED');
  return new Map(own ? propertyDifferences(own).map(({ name, before }) => [name, before]) : []);
}
