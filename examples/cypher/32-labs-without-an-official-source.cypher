MATCH (lab:Lab {inScope: true})-[:PARTNERS_WITH]->(country)
WITH DISTINCT country.region AS region, lab
WITH region, count(*) AS count, count(CASE
  WHEN NOT EXISTS { MATCH (lab)-[:CITES]->(source) WHERE source.type IN ['OFFICIAL', 'INSTITUTION'] } THEN lab
END) AS without
WHERE count >= 2
RETURN count, without, toFloat(without) / count AS share, region
ORDER BY count DESC, region
