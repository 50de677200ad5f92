MATCH (lab:Lab {inScope: true})
OPTIONAL MATCH (lab)-[:RESEARCHES]->()-[:BROADER*0..]->(top:Area {topArea: true})
OPTIONAL MATCH (lab)-[:PARTNERS_WITH]->(country)
WITH top.id AS area, country.region AS region, count(DISTINCT lab) AS count
ORDER BY count DESC, area, region
WITH collect([count, area, region]) AS groups
RETURN size(groups) AS total, groups[..12] AS groups
