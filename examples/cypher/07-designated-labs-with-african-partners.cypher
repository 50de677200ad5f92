MATCH (lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
WHERE EXISTS { (lab)-[:PARTNERS_WITH]->(:Country {region: 'AFRICA'}) }
WITH lab
ORDER BY lab.name
WITH collect([
  lab.name, lab.yearRecognised,
  COLLECT { MATCH (lab)-[:PARTNERS_WITH]->(country) RETURN country.code ORDER BY country.name }
]) AS labs
RETURN size(labs) AS total, labs
