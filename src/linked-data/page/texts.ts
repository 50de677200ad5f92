import type { Language } from '../../ontology/language/labels.ts';

const english = {
  explore: 'Explore the graph',
  graph: 'Show on the graph',
  list: 'All as a list',
  more: '{count} more',
  further: 'Further facts',
  sources: 'Sources',
  disagree: 'Where sources disagree',
  history: 'History',
  changes: 'Changes to this record',
  since: 'Changes since revision {revision} of {date}',
  unchanged: 'Nothing has changed.',
  created: 'created',
  updated: 'changed',
  deleted: 'deleted',
  by: 'by {author}',
  identifiers: 'Identifiers',
  similar: 'similar',
  places: 'Places',
  cite: 'How to cite',
  retrieved: '{dataset}: “{name}”. {address} (retrieved {date}).',
  data: 'Data',
  licences: 'Licences and attributions',
  weak: 'low reliability',
  repost: 'repost, not linked',
  yes: 'Yes',
  no: 'No',
  previous: 'Previous relations',
  next: 'More relations',
  pageOf: 'Page {number} of the relations.',
};

export type PageText = keyof typeof english;

const chinese: Readonly<Record<PageText, string>> = {
  explore: '浏览图谱',
  graph: '在图谱中显示',
  list: '以列表查看全部',
  more: '另有 {count} 项',
  further: '其他事实',
  sources: '来源',
  disagree: '来源不一致之处',
  history: '历程',
  changes: '条目修改记录',
  since: '自第 {revision} 版（{date}）以来的变化',
  unchanged: '没有变化。',
  created: '创建',
  updated: '修改',
  deleted: '删除',
  by: '{author}',
  identifiers: '标识符',
  similar: '相近',
  places: '位置',
  cite: '如何引用',
  retrieved: '{dataset}：“{name}”。{address}（{date} 访问）。',
  data: '数据',
  licences: '许可与署名',
  weak: '低可靠性',
  repost: '转载，不加链接',
  yes: '是',
  no: '否',
  previous: '前面的关系',
  next: '更多关系',
  pageOf: '关系第 {number} 页。',
};

const texts: Readonly<Record<Language, Readonly<Record<PageText, string>>>> = { en: english, 'zh-Hans': chinese };

/** A text of the pages of entities, with values in place of `{name}`. */
export const pageText = (
  language: Language,
  name: PageText,
  values: Readonly<Record<string, string | number>> = {},
): string => texts[language][name].replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
