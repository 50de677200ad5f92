import { capitalized } from '../../../ontology/letter-case.ts';
import type { DescribedEntity } from '../described-entity.ts';
import { describedSummary } from '../described-summary.ts';
import { nameIn, type Page } from './page-view.ts';
import type { RelationGroup } from './relation-groups.ts';

/** Groups that a sentence names, and entities that it names of one. */
const [GROUPS, NAMED] = [4, 2];

/**
 * A line about what an entity is and what it is connected with: its generated summary, if there is one, else such as
 * `Laboratory. Partner countries: Kenya; research areas: 3.`
 */
export function sentenceOf(page: Page, entity: DescribedEntity, groups: readonly RelationGroup[]): string {
  const { wording, number, marks, vocabulary, view } = page;
  const summary = describedSummary(vocabulary.ontology, entity, view.language);
  if (summary !== null) return summary;
  const { kind } = entity;
  const isChinese = wording.language === 'zh-Hans';
  const parts = groups.slice(0, GROUPS).map(({ title, relations }) => {
    if (relations.length > NAMED)
      return isChinese
        ? `${title} ${number(relations.length)} 个`
        : `${title}${marks.colon}${number(relations.length)}`;
    const names = relations.map(({ far }) => nameIn(page, far));
    return `${title}${marks.colon}${names.join(marks.comma)}`;
  });
  const one = capitalized(wording.one(kind));
  if (parts.length === 0) return isChinese ? `${one}。` : `${one}.`;
  const said = parts.join(marks.semicolon);
  return isChinese ? `${one}。${said}。` : `${one}. ${capitalized(said)}.`;
}
