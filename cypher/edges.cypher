// All relations between any two of some entities, each once. To look a node up among the others is cheaper than to read
// its id.
// Parameters: $slugs: List<String>
// Columns: edges: List<[type: String, from: String, to: String]>
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
WITH collect(entity) AS entities
UNWIND entities AS near
MATCH (near)-[relation:__RELATIONS__]->(far)
WHERE far IN entities
RETURN collect([type(relation), near.id, far.id]) AS edges
