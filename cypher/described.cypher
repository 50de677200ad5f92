// One entity with a page of its relations, those that begin at it and those that end at it, and their far ends.
// Parameters: $slug: String, $skip: Float, $limit: Float, $reliability: String?, $chinese: String?
// Columns: labels: List<String>, properties: Map,
//   outgoing: List<[type: String, slug: String, labels: List<String>, name: String, reliability: String?, chinese: String?, properties: Map]>,
//   incoming: List<[type: String, slug: String, labels: List<String>, name: String, reliability: String?, chinese: String?, properties: Map]>
MATCH (entity:Entity {id: $slug})
WITH entity,
  COLLECT {
    MATCH (entity)-[relation:__RELATIONS__]->(far:Entity)
    WITH relation, far ORDER BY type(relation), far.name, far.id SKIP toInteger($skip) LIMIT toInteger($limit)
    RETURN [type(relation), far.id, labels(far), far.name, far[$reliability], far[$chinese], properties(relation)]
  } AS outgoing,
  COLLECT {
    MATCH (entity)<-[relation:__RELATIONS__]-(far:Entity)
    WITH relation, far ORDER BY type(relation), far.name, far.id SKIP toInteger($skip) LIMIT toInteger($limit)
    RETURN [type(relation), far.id, labels(far), far.name, far[$reliability], far[$chinese], properties(relation)]
  } AS incoming
RETURN labels(entity) AS labels, properties(entity) AS properties, outgoing, incoming
