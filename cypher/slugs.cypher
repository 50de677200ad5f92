// The slugs of all entities in their order, a page of them.
// Parameters: $skip: Float, $limit: Float
// Columns: slug: String
MATCH (entity:Entity)
WITH entity.id AS slug ORDER BY slug SKIP toInteger($skip) LIMIT toInteger($limit)
RETURN slug
