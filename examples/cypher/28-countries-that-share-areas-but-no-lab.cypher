MATCH (kenya:Country {code: 'KE'})
MATCH (kenya)<-[:PARTNERS_WITH]-(:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})-[:RESEARCHES]->(area)
MATCH (area)<-[:RESEARCHES]-(:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})-[:PARTNERS_WITH]->(country)
WHERE country <> kenya AND NOT EXISTS { (country)<-[:PARTNERS_WITH]-()-[:PARTNERS_WITH]->(kenya) }
WITH DISTINCT country
ORDER BY country.name
WITH collect([
  country.name,
  COLLECT {
    MATCH (country)<-[:PARTNERS_WITH]-(lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
    RETURN [lab.name, COLLECT { MATCH (lab)-[:RESEARCHES]->(area) RETURN area.name ORDER BY area.name }]
    ORDER BY lab.name
  }
]) AS countries
RETURN size(countries) AS total, countries
