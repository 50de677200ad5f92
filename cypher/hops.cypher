// What relations say: [[place among those asked for, properties, whether the sources are its own, slugs of its sources], …].
// Without sources of its own, a relation rests on those that its start cites.
// $relations: List<[type: String, from: String, to: String]>, $sources: Boolean
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
  relation.sources IS NOT NULL,
  CASE
    WHEN NOT $sources THEN []
    WHEN relation.sources IS NULL THEN COLLECT {
      MATCH (near)-[:__CITING__]->(source)
      RETURN source.id ORDER BY source.name, source.id
    }
    ELSE COLLECT {
      UNWIND relation.sources AS slug
      MATCH (source:Entity {id: slug})
      RETURN source.id ORDER BY source.name, source.id
    }
  END
])
