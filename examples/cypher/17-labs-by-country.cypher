MATCH (lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})-[:PARTNERS_WITH]->(country)
OPTIONAL MATCH (lab)-[:RESEARCHES]->(area)
WITH country, count(DISTINCT lab) AS count, min(lab.yearRecognised) AS first, count(DISTINCT area) AS areas
WHERE count > 1
ORDER BY count DESC, country.id
WITH collect([country.name, count, first, areas]) AS countries
RETURN size(countries) AS total, countries
