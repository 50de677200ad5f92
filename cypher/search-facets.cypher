// How many of the matches of a search are related to each entity that they are counted by, or are it.
// Parameters: $faceted: {slugs: List<String>}
// Columns: labels: List<String>, counted: String, name: String, matches: Integer
UNWIND $faceted.slugs AS slug
MATCH (node:Entity {id: slug})
CALL (node) {
  RETURN node AS counted
UNION
  WITH node
  MATCH (node)-[:__RELATED__|__WHOLE__]->(counted)
  RETURN counted
}
WITH node, counted
WHERE __FACETS(counted)__
RETURN labels(counted) AS labels, counted.id AS counted, counted.name AS name, count(DISTINCT node) AS matches
