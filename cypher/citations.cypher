// What entities rest on: [[source, slugs that it supports], …], those that support most first, how many sources there
// are, and the slugs that cite none. A source stands for itself.
// $slugs: List<String>, $limit: Float
RETURN
  COLLECT {
    UNWIND $slugs AS slug
    MATCH (entity:Entity {id: slug})
    UNWIND CASE WHEN entity:Source THEN [entity] ELSE COLLECT { MATCH (entity)-[:CITES]->(cited:Source) RETURN cited } END AS source
    WITH source, collect(slug) AS supported
    ORDER BY size(supported) DESC, source.name, source.id
    LIMIT toInteger($limit)
    RETURN [source { .id, .name, .publisher, .date, .url, .mirror, .language, .type, .reliability }, supported]
  } AS sources,
  COUNT {
    UNWIND $slugs AS slug
    MATCH (entity:Entity {id: slug})
    UNWIND CASE WHEN entity:Source THEN [entity] ELSE COLLECT { MATCH (entity)-[:CITES]->(cited:Source) RETURN cited } END AS source
    RETURN DISTINCT source
  } AS total,
  COLLECT {
    UNWIND $slugs AS slug
    MATCH (entity:Entity {id: slug})
    WHERE NOT entity:Source AND NOT EXISTS { (entity)-[:CITES]->() }
    RETURN slug
  } AS uncited
