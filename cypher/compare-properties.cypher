// The properties of entities: [[slug, labels, properties], …].
// $slugs: List<String>
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
RETURN collect([entity.id, labels(entity), properties(entity)])
