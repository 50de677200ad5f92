// All relations between any two of some entities, each once: [[type, from, to], …].
// $slugs: List<String>
UNWIND $slugs AS slug
MATCH (near:Entity {id: slug})-[relation:__RELATIONS__]->(far)
WHERE far.id IN $slugs
RETURN collect([type(relation), near.id, far.id])
