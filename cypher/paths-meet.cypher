// The relations between entities of two lists: [[slug of the first, slug of the second, type, whether it leads there], …].
// $nears: List<String>, $fars: List<String>, $limit: Float
UNWIND $nears AS slug
MATCH (near:Entity {id: slug})-[relation:__RELATIONS__]-(far)
WHERE far.id IN $fars AND far <> near
WITH near, far, relation
LIMIT toInteger($limit)
RETURN collect([near.id, far.id, type(relation), startNode(relation) = near])
