MATCH (area:Area)
WHERE EXISTS { (area)<-[:COVERS]-() } AND NOT EXISTS { (area)<-[:BROADER*0..]-()<-[:RESEARCHES]-() }
WITH area
ORDER BY area.name
WITH collect([
  area.name,
  COLLECT { MATCH (area)<-[:COVERS]-(program) RETURN program.name ORDER BY program.name }
]) AS areas
RETURN size(areas) AS total, areas
