// Which of some slugs entities have.
// Parameters: $slugs: List<String>
// Columns: present: List<String>
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
RETURN collect(entity.id) AS present
