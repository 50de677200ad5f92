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
  /** Conditions in one filter, each operator of each property counted. */
  conditions: 100,
  /** Filters inside one another. */
  filterDepth: 10,
  /** Values in one `in` or `hasAny`. */
  listedValues: 500,
} as const;
