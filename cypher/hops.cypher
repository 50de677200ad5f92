// What relations say: the place of each among those asked for, its properties, whether the sources are its own, and their
// slugs. Without sources of its own, a relation rests on those that its start cites.
// Parameters: $relations: List<[type: String, from: String, to: String]>, $sources: Boolean
// Columns: hops: List<[place: Integer, properties: Map, own: Boolean, sources: List<String>]>
UNWIND range(0, size($relations) - 1) AS place
WITH place, $relations[place] AS asked
MATCH (near:Entity {id: asked[1]})
CALL (asked) { MATCH (far:Entity {id: asked[2]}) RETURN far }
MATCH (near)-[relation:__RELATIONS__]->(far)
WHERE type(relation) = asked[0]
WITH place, near, head(collect(relation)) AS relation
RETURN collect([
  place,
  properties(relation),
  relation.__SOURCES__ IS NOT NULL,
  CASE
    WHEN NOT $sources THEN []
    WHEN relation.__SOURCES__ IS NULL THEN COLLECT {
      MATCH (near)-[:__CITING__]->(source)
      RETURN source.id ORDER BY source.name, source.id
    }
    ELSE COLLECT {
      UNWIND relation.__SOURCES__ AS slug
      MATCH (source:Entity {id: slug})
      RETURN source.id ORDER BY source.name, source.id
    }
  END
]) AS hops
