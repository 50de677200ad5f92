/** Nouns that are counted, by their English. */
export const nouns: Readonly<Record<string, string>> = {
  entity: '个实体',
  hop: '步',
  path: '条路径',
  relation: '条关系',
  type: '种',
  source: '个来源',
  suggestion: '条建议',
};
