/** What a word of grammar says in a question. */
export type Sign =
  | 'who'
  | 'which'
  | 'when'
  | 'where'
  | 'count'
  | 'per'
  | 'madeBy'
  | 'most'
  | 'fewest'
  | 'newest'
  | 'oldest'
  | 'top'
  | 'connected'
  | 'compared'
  | 'missing'
  | 'disputed'
  | 'negation'
  | 'more'
  | 'fewer'
  | 'atLeast'
  | 'atMost'
  | 'exactly'
  | 'orMore'
  | 'after'
  | 'since'
  | 'before'
  | 'until'
  | 'or';

/** The words of one language that belong to no graph. Another language is another value of this type. */
export interface GrammarWords {
  readonly signs: Readonly<Partial<Record<Sign, readonly string[]>>>;
  /** Numbers in words. */
  readonly numbers: Readonly<Record<string, number>>;
  /** What may stand between a number and what it counts. */
  readonly measures: readonly string[];
  /** Words that say nothing that an answer depends on. */
  readonly fillers: readonly string[];
  /** Whether what describes a thing stands before it. */
  readonly describesBefore: boolean;
}
