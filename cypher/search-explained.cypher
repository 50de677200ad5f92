// How entities that a search found are related to those by whose names they were found: the shortest way to each.
// Parameters: $explained: {slugs: List<String>, named: List<String>}
// Columns: slug: String, found: String, through: List<String>
UNWIND $explained.slugs AS slug
MATCH (node:Entity {id: slug})
CALL (node) {
  MATCH near = (node)-[:__RELATED__*0..1]->(part)
  MATCH far = (part)-[:__WHOLE__*0..3]->(named)
  WHERE named.id IN $explained.named
  WITH named, [relation IN relationships(near) | type(relation)] + [relation IN relationships(far) | type(relation)] AS through
  ORDER BY size(through)
  RETURN named.id AS found, head(collect(through)) AS through
}
RETURN slug, found, through
