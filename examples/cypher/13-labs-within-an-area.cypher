MATCH (lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
WHERE EXISTS { (lab)-[:RESEARCHES]->()-[:BROADER*0..]->(:Area {id: 'agriculture-and-food'}) }
WITH lab
ORDER BY lab.name
WITH collect([
  lab.name,
  COLLECT { MATCH (lab)-[:RESEARCHES]->(area) RETURN area.name ORDER BY area.name }
]) AS labs
RETURN size(labs) AS total, labs
