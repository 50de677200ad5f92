// What entities and relations rest on: the sources, those that support most first, how many there are, and the slugs
// that cite none. A source stands for itself; of a relation only its own sources count. A relation is named by its key,
// and found whichever way it is stored.
// Parameters: $slugs: List<String>, $relations: List<[key: String, type: String, from: String, to: String]>, $limit: Float
// Columns: sources: List<[source: Map, supports: List<String>]>, total: Integer, uncited: List<String>
CALL () {
  UNWIND $slugs AS supported
  MATCH (entity:Entity {id: supported})
  UNWIND CASE WHEN entity:__SOURCE__ THEN [entity] ELSE COLLECT { MATCH (entity)-[:__CITING__]->(cited:__SOURCE__) RETURN cited } END AS source
  RETURN source, supported
  UNION
  UNWIND $relations AS asked
  MATCH (near:Entity {id: asked[2]})
  CALL (asked) { MATCH (far:Entity {id: asked[3]}) RETURN far }
  MATCH (near)-[relation:__RELATIONS__]-(far)
  WHERE type(relation) = asked[1]
  UNWIND relation.__SOURCES__ AS slug
  MATCH (source:__SOURCE__ {id: slug})
  RETURN source, asked[0] AS supported
}
WITH source, collect(supported) AS supports
ORDER BY size(supports) DESC, source.name, source.id
WITH collect([source, supports]) AS found
RETURN
  COLLECT {
    UNWIND found[..toInteger($limit)] AS one
    WITH one[0] AS source, one[1] AS supports
    RETURN [source { .id, .name, __CITED__ }, supports]
  } AS sources,
  size(found) AS total,
  COLLECT {
    UNWIND $slugs AS slug
    MATCH (entity:Entity {id: slug})
    WHERE NOT entity:__SOURCE__ AND NOT EXISTS { (entity)-[:__CITING__]->() }
    RETURN slug
  } AS uncited
