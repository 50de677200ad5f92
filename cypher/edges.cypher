// All relations between any two of some entities, each once: [[type, from, to], …]. To look a node up among the others
// is cheaper than to read its id.
// $slugs: List<String>
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
WITH collect(entity) AS entities
UNWIND entities AS near
MATCH (near)-[relation:__RELATIONS__]->(far)
WHERE far IN entities
RETURN collect([type(relation), near.id, far.id])
