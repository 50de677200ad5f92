// Some entities, and all relations between two of them but for those of some types.
// Parameters: $slugs: List<String>, $skipped: List<String>, $limit: Float
// Columns: entities: List<[slug: String, labels: List<String>, properties: Map]>,
//   relations: List<[type: String, from: String, to: String, properties: Map]>
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
WITH collect(entity) AS found
WITH found, [entity IN found | [entity.id, labels(entity), properties(entity)]] AS entities,
  COLLECT {
    UNWIND found AS near
    MATCH (near)-[relation:__RELATIONS__]->(far:Entity)
    WHERE far IN found AND NOT type(relation) IN $skipped
    WITH relation, near, far ORDER BY type(relation), near.id, far.id LIMIT toInteger($limit)
    RETURN [type(relation), near.id, far.id, properties(relation)]
  } AS relations
RETURN entities, relations
