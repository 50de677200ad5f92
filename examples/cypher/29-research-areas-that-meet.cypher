MATCH (one)<-[:RESEARCHES]-(lab:Lab {inScope: true})-[:RESEARCHES]->(other)
WHERE one.id < other.id
WITH one, other, count(lab) AS count
ORDER BY count DESC, one.id, other.id
WITH collect([count, one.name, other.name]) AS pairs
RETURN size(pairs) AS total, pairs[..10] AS pairs
