MATCH (country:Country)<-[:PARTNERS_WITH]-(lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
WHERE NOT EXISTS { (country)<-[:SERVES]-() } AND NOT EXISTS { (country)-[:MEMBER_OF]->()<-[:SERVES_GROUP]-() }
WITH country, lab
ORDER BY country.name, lab.name
WITH country, collect(lab.name) AS labs
WITH collect([country.name, labs]) AS countries
RETURN size(countries) AS total, countries
