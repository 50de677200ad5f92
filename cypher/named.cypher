// The kinds and names of some entities.
// Parameters: $slugs: List<String>
// Columns: slug: String, labels: List<String>, name: String
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
RETURN entity.id AS slug, labels(entity) AS labels, entity.name AS name
