/** Types of the schema that every graph has, whatever its ontology. */
export const reservedTypes: ReadonlySet<string> = new Set([
  ...['Query', 'Mutation', 'Subscription', 'Node', 'Entity', 'PageInfo', 'Int', 'Float', 'String', 'Boolean', 'ID'],
  ...['DateTime', 'PartialDate', 'URL', 'JSON', 'EntityKind', 'RelationType', 'SortDirection', 'RelationDirection'],
  ...[
    'Revision',
    'RevisionInput',
    'RevertInput',
    'RevertPayload',
    'Tag',
    'PropertyDifference',
    'GraphDifference',
    'GraphDifferenceConnection',
  ],
  ...['GraphDifferenceCounts', 'GraphDifferenceEdge'],
  ...['Change', 'ChangeAction', 'ChangeConnection', 'ChangeEdge', 'ChangeEvent', 'EntityChange', 'ImportChange'],
  ...['RelationChange', 'Lagged', 'CurrentState', 'EntityReference', 'CitationStyle'],
  ...['ComparedProperty', 'ComparedValue', 'Comparison', 'EntityDifference', 'SharedNeighbor', 'RelatedEntity'],
  ...[
    'CreateInput',
    'UpdateInput',
    'DeleteInput',
    'DeletePayload',
    'EntityPayload',
    'LinkInput',
    'LinkPayload',
    'UnlinkInput',
  ],
  ...['NewEntity', 'EntityUpdate', 'EntityDeletion', 'RelationLink', 'RelationUnlink', 'PlainLink'],
  ...['EntityGroup', 'EntityGroupConnection', 'EntityGroupEdge', 'EntityGroupFilter', 'EntityGroupOrder', 'EntityKey'],
  ...['GroupKeySort', 'NumberProperty', 'NumberCondition', 'NumberSort', 'DateProperty', 'DateCondition', 'DateSort'],
  ...['DistinctCondition', 'DistinctSort'],
  ...[
    'FormerChange',
    'MutationError',
    'MutationErrorCode',
    'MutationOutcome',
    'MutationPayload',
    'OperationInput',
    'OperationResult',
  ],
  ...['TransactionInput', 'TransactionPayload', 'Milestone', 'MilestoneInput', 'EdgeProperty', 'Hop', 'Highlight'],
  ...['EntityCountOrder', 'EntityFacet', 'EntityFilter', 'EntityOrder', 'EntityGap', 'PropertyGap', 'RelationGap'],
  ...['Gaps', 'Facet', 'FacetBucket', 'GroupKeyValue', 'KindCount', 'LeftOut', 'Neighborhood', 'SimilarEntity'],
  ...[
    'BooleanFilter',
    'FloatFilter',
    'IntFilter',
    'PartialDateFilter',
    'EdgeValue',
    'EdgeValueFilter',
    'EdgeFilter',
    'EntityEdgeFilter',
    'EdgeOrder',
    'EdgeKey',
    'EntityRelationFilter',
    'EntityCountFilter',
    'TextFilter',
    'TextListFilter',
    'URLFilter',
  ],
  ...['Match', 'MatchConnection', 'MatchEdge', 'MatchEntity', 'MatchEstimate', 'MatchFilter'],
  ...['MatchOrder', 'MatchOrderKey', 'MatchPattern', 'MatchRelation', 'MatchedEntity'],
  ...['Ontology', 'OntologyKind', 'OntologyProperty', 'OntologyRelation', 'Path', 'PathReason', 'Paths'],
  ...['Identifier', 'IdentifierInput', 'IdentifierFilter', 'IdentifierListFilter', 'IdentifierMatch', 'IdentifierKey'],
  ...['MilestoneFilter', 'MilestoneListFilter'],
  ...['Location', 'LocationInput', 'LocationFilter', 'LocationListFilter', 'GeoArea', 'GeoBox', 'GeoCircle'],
  ...['MatchShape', 'MatchComparator', 'MatchDifference', 'MatchFunction', 'MatchGroup', 'MatchGroups'],
  ...['MatchValue', 'MatchNamedValue', 'MatchUnit', 'MatchComparison', 'MatchWaysFilter', 'MatchHaving', 'WordMatch'],
  ...['PathBetween', 'PathPair', 'PathsBetween', 'PathEdge', 'PathWeight', 'SearchBucket', 'SearchFacet'],
  ...['AskedQuestion', 'QuestionWordRole', 'ReadWords'],
  ...[
    'Structure',
    'StructureMeasure',
    'StructureProjection',
    'StructureEntity',
    'StructureNeighbor',
    'StructureCommunity',
  ],
  ...['SharedWay', 'EntityIdentifier'],
  ...['SearchConnection', 'SearchEdge', 'Suggestion', 'Truncation', 'TruncationReason', 'Watch'],
]);

/** Fields of `Query` that every graph has. */
export const reservedRootFields: ReadonlySet<string> = new Set([
  ...['node', 'nodes', 'entity', 'search', 'suggest', 'match', 'paths', 'neighborhood', 'similar', 'compare'],
  ...['changes', 'gaps', 'ontology', 'pathsBetween', 'ask', 'structure', 'revision', 'tags', 'diff', 'watches'],
]);

/** Names that every object of JavaScript has. An input without such a field would seem to have one. */
export const objectNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Names that no field of an answer can have: an object with a field `then` would be taken for a promise. */
const unusableFields = [...objectNames, 'then'];

/** Names that are no plural of a kind. */
export const reservedPlurals: ReadonlySet<string> = new Set([...reservedRootFields, ...unusableFields]);

/** Names that are no singular of a kind: the payload of a mutation has the entity under it, beside these fields. */
export const reservedSingulars: ReadonlySet<string> = new Set([
  ...reservedPlurals,
  ...['changes', 'dryRun', 'errors', 'outcome', 'query', 'repeated', 'revision'],
]);

/** Names of data files that hold something else than one kind; they are plurals in kebab case. */
export const reservedFiles: ReadonlySet<string> = new Set(['relations', 'graph', 'identifiers', 'locations']);

/** Fields of every mutation, beside the properties that it writes. */
const mutationFields = ['reason', 'idempotencyKey', 'dryRun', 'expectedRevision'];

/** Names that mean something else in entities, their filters, sort keys, records and mutations. */
export const reservedProperties: ReadonlySet<string> = new Set([
  ...unusableFields,
  ...mutationFields,
  ...['createdAt', 'updatedAt', 'revision', 'history', 'generatedSummary'],
  ...['id', 'slug', 'kind', 'kinds', 'and', 'or', 'not', 'within', 'withinDepth', 'edge'],
]);

/** Names that mean something else on the edge of a relation. */
export const reservedEdgeProperties: ReadonlySet<string> = new Set([
  ...unusableFields,
  ...mutationFields,
  ...['node', 'cursor', 'sources', 'ownSources', 'and', 'or', 'not', 'type', 'from', 'to'],
]);
