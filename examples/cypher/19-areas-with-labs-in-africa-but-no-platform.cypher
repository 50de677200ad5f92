MATCH (area)<-[:RESEARCHES]-(lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
MATCH (lab)-[:PARTNERS_WITH]->(country {region: 'AFRICA'})
WHERE NOT EXISTS { (country)<-[:SERVES]-() }
WITH DISTINCT area
ORDER BY area.name
WITH collect(area.name) AS areas
RETURN size(areas) AS total, areas
