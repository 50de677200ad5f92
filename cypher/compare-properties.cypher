// The properties of entities.
// Parameters: $slugs: List<String>
// Columns: entities: List<[slug: String, labels: List<String>, properties: Map]>
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
RETURN collect([entity.id, labels(entity), properties(entity)]) AS entities
