// The kinds and names of some entities, and how far they can be trusted if they are sources.
// Parameters: $slugs: List<String>, $reliability: String?, $chinese: String?
// Columns: slug: String, labels: List<String>, name: String, reliability: String?, chinese: String?
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
RETURN entity.id AS slug, labels(entity) AS labels, entity.name AS name, entity[$reliability] AS reliability, entity[$chinese] AS chinese
