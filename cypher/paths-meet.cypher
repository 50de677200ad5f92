// The relations between entities of two lists, and whether they lead from the first to the second.
// Parameters: $nears: List<String>, $fars: List<String>, $limit: Float
// Columns: meetings: List<[near: String, far: String, type: String, leads: Boolean]>
UNWIND $nears AS slug
MATCH (near:Entity {id: slug})-[relation:__RELATIONS__]-(far)
WHERE far.id IN $fars AND far <> near
WITH near, far, relation
LIMIT toInteger($limit)
RETURN collect([near.id, far.id, type(relation), startNode(relation) = near]) AS meetings
