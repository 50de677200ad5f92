MATCH (:Lab {id: 'china-kenya-joint-laboratory-for-crop-molecular-biology'})-[:RESEARCHES]->(area)
MATCH (area)-[:BROADER*0..1]->()<-[:COVERS]-(program)
WITH DISTINCT program
ORDER BY program.name
WITH collect([
  program.name, program.type,
  COLLECT { MATCH (program)-[:COVERS]->(area) RETURN area.name ORDER BY area.name }
]) AS programs
RETURN size(programs) AS total, programs
