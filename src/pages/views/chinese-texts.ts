/** Chinese for the texts that the explorer makes for any graph, by their English. */
export const chineseTexts: Readonly<Record<string, string>> = {
  'by {words}': '按{words}',
  'with at least one {one}.': '至少有一个{one}。',
  'Circles mark {many}.': '圆圈表示{many}。',
  'Which {many} are there, with their {others}?': '有哪些{many}，各有哪些{others}？',
  'Which {many} are there, and how are they related?': '有哪些{many}，它们之间有何关系？',
  more: '更多',
  entities: '实体',
  and: '和',
  or: '或',
};
