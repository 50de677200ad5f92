// The neighbours that several entities all have by the same relation, and whether they are its start. The entity with the
// fewest relations names them, the others are asked for each.
// Parameters: $slugs: List<String>, $symmetric: List<String>, $limit: Float
// Columns: shared: List<[slug: String, type: String, starts: Boolean]>
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
WITH entity, __DEGREE(entity)__ AS degree
ORDER BY degree, entity.id
WITH collect(entity) AS entities
WITH head(entities) AS one, tail(entities) AS others
RETURN COLLECT {
  MATCH (one)-[relation:__RELATIONS__]-(shared)
  WHERE __KINDS(shared)__
  WITH DISTINCT others, shared, type(relation) AS type,
    type(relation) IN $symmetric OR startNode(relation) = shared AS starts
  WHERE all(other IN others WHERE EXISTS {
    MATCH (other)-[same:__RELATIONS__]-(shared)
    WHERE type(same) = type AND (type IN $symmetric OR startNode(same) = shared) = starts
  })
  RETURN [shared.id, type, starts] ORDER BY type, starts DESC, shared.id LIMIT toInteger($limit)
} AS shared
