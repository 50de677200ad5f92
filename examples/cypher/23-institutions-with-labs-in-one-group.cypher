MATCH (one:Lab {inScope: true})-[:HOSTED_BY]->(institution)<-[:HOSTED_BY]-(other:Lab {inScope: true}),
  (one)-[:PARTNERS_WITH]->(here)-[:MEMBER_OF]->(group)<-[:MEMBER_OF]-(there)<-[:PARTNERS_WITH]-(other)
WITH DISTINCT institution, group
ORDER BY institution.name, group.name
WITH collect([institution.name, group.name]) AS pairs
RETURN size(pairs) AS total, pairs[..5] AS pairs
