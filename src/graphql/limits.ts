import { LONGEST_REASON, MOST_OPERATIONS } from '../engine/changes/apply/apply-operations.ts';

/** Limits of one request. The descriptions state them, and so does the error if a request exceeds one. */
export const limits = {
  /** Entities on one page, and ids in one `nodes`. */
  pageSize: 100,
  defaultPageSize: 20,
  /** Entities in one `_entities`: a router asks at once for all those that the lists of another subgraph refer to. */
  representations: 1_000,
  /** Connections that a response names because their default page was cut. */
  hints: 10,
  /** Relations below one another. */
  depth: 12,
  /** Relation fields in one root field, over all kinds. */
  relations: 250,
  /** Default of the maximum cost of an operation: roughly the number of entities and relations visited. */
  cost: 1_000_000,
  /**
   * Default of the maximum size of a response in bytes. Introspection of the whole schema takes 2 MB, and a page of the
   * largest records 5 MB. Twice that leaves room, and all concurrent responses together still fit into memory.
   */
  answer: 10_000_000,
  /** Keys in one `orderBy`. */
  orderKeys: 5,
  /** Facets in one `facets`, and buckets in each. */
  facets: 10,
  buckets: 100,
  defaultBuckets: 10,
  /** Keys in one `by` of groups. */
  groupKeys: 3,
  /** Relations that one key of groups follows. */
  groupSteps: 4,
  /** Metrics of groups that a client defines by filters or keys. */
  groupMetrics: 20,
  /** Combinations of an entity with the keys of its groups that are visited at once. */
  groupCombinations: 2_000_000,
  /** Conditions in one filter; each operator of each property counts. */
  conditions: 100,
  /** Characters of all texts in one filter. */
  filterCharacters: 100_000,
  /** Filters inside one another. */
  filterDepth: 10,
  /** Steps along a hierarchy that a filter may name. */
  hierarchyHops: 20,
  /** Values in one `in` or `hasAny`. */
  listedValues: 500,
  /** Values of all lists in one filter. */
  filterValues: 2_000,
  /** Characters in a search query. */
  queryLength: 200,
  /** Matches that a search ranks, counts and pages through: the best ones. */
  matches: 1_000,
  /** Entities that the results of a search must be related to. */
  searchRelated: 10,
  /** Entities whose neighborhood is asked for at once, and paths between two. */
  neighborhoodStarts: 10,
  paths: 20,
  /** Ends of paths on each side, paths counted, and relations read, where paths are counted. */
  pathEnds: 20,
  countedPaths: 10_000,
  pathRelations: 100_000,
  /** A projection of the graph: its entities, its relations, the pairs that share something, and entities × links for shortest paths. */
  structureEntities: 20_000,
  structureLinks: 100_000,
  structurePairs: 1_000_000,
  structureWork: 50_000_000,
  /** Suggestions at once. */
  suggestions: 50,
  /** Entities and relations in one pattern, and hops that one of its relations stands for. */
  patternEntities: 8,
  patternRelations: 12,
  patternHops: 4,
  /** Values of a pattern: named ones, and what comparisons and other values are made of. */
  namedValues: 8,
  patternValues: 100,
  /** Entities and relations that finding a pattern is expected to visit; each counts four towards `cost`. */
  patternCost: 250_000,
  /** Characters, tokens, and brackets inside one another in one document. */
  characters: 100_000,
  tokens: 10_000,
  brackets: 100,
  /** Fields in one document: levels, and total. The fields of a fragment count for each spread. */
  fieldDepth: 50,
  fields: 3_000,
  rootFields: 50,
  aliases: 300,
  directives: 100,
  fragments: 100,
  /** Operations, and variables of all of them, in one document. */
  documentOperations: 100,
  documentVariables: 500,
  /** Fields and fragment spreads in one document. Those of a fragment count for each spread. */
  selections: 10_000,
  /** Sibling fields with the same name or alias. */
  sameFields: 100,
  /** Literal values in one document, including lists and objects. */
  literalValues: 3_000,
  /** Lines of a document whose errors have `locations`. */
  locatedLines: 500,
  /** Errors of one document, and of the values of its variables, in one response. */
  validationErrors: 20,
  variableErrors: 20,
  /** Errors in one response, characters in the message of each, and `locations` of each. */
  errors: 50,
  messageLength: 1_000,
  errorLocations: 20,
  /** Lists and objects inside one another in a body of JSON. */
  bodyDepth: 200,
  /** Lists and objects inside one another in the variables, and values in all of them. */
  variableDepth: 50,
  variableValues: 20_000,
  /** Fields of all input objects in the variables, absent ones included. */
  variableFields: 200_000,
  /** Operations in one transaction. */
  operations: MOST_OPERATIONS,
  /** Characters in the reason of a change. */
  reason: LONGEST_REASON,
  /** Operations at the same time on one WebSocket or one event stream. */
  liveOperations: 100,
} as const;
