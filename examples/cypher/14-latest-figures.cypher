MATCH (figure:Indicator)
WHERE figure.series STARTS WITH 'joint-lab' AND figure.date IS NOT NULL
WITH figure
ORDER BY figure.date DESC, figure.id DESC
LIMIT 3
RETURN figure.name AS name, figure.qualifier AS qualifier, figure.value AS value, figure.unit AS unit,
  figure.date AS date,
  COLLECT { MATCH (figure)-[:CITES]->(source) RETURN [source.name, source.publisher] ORDER BY source.name } AS sources
ORDER BY date, figure.id
