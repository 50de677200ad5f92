/** What one request may ask for. Each limit is told in the error that refuses a request, and in the descriptions. */
export const limits = {
  /** Entities on one page, and ids in one `nodes`. */
  pageSize: 100,
  defaultPageSize: 20,
  /** Relations below one another. */
  depth: 12,
  /** Relation fields in one root field, over all kinds. */
  relations: 250,
  /** Entities that a root field is expected to answer with. */
  entities: 100_000,
  /** Keys in one `orderBy`. */
  orderKeys: 5,
  /** Facets in one `facets`, and buckets in each. */
  facets: 10,
  buckets: 100,
  defaultBuckets: 10,
  /** Keys in one `by` of groups. */
  groupKeys: 3,
  /** Combinations of an entity with the keys of its groups that are visited at once. */
  groupCombinations: 2_000_000,
  /** Conditions in one filter, each operator of each property counted. */
  conditions: 100,
  /** Filters inside one another. */
  filterDepth: 10,
  /** Values in one `in` or `hasAny`. */
  listedValues: 500,
  /** Characters in what is searched for. */
  queryLength: 200,
  /** Matches that a search ranks, counts and pages through: the best ones. */
  matches: 1_000,
  /** Suggestions at once. */
  suggestions: 50,
  /** Entities and relations in one pattern, and hops that one of its relations stands for. */
  patternEntities: 8,
  patternRelations: 12,
  patternHops: 4,
  /** Entities and relations that finding a pattern is expected to visit. */
  patternCost: 2_000_000,
} as const;
