MATCH (institution:Institution)<-[:HOSTED_BY]-(lab:Lab {inScope: true})
WITH institution, count(lab) AS labs
ORDER BY labs DESC, institution.name
LIMIT 5
OPTIONAL MATCH (institution)-[:BASED_IN]->(country)
RETURN institution.name AS name, country.name AS country, labs
ORDER BY labs DESC, name
