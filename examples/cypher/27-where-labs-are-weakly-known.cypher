MATCH (lab:Lab)
WITH lab, COLLECT { MATCH (lab)-[:CITES]->(source) RETURN DISTINCT source.reliability } AS reliabilities
WITH collect(lab) AS labs, count(CASE reliabilities WHEN ['LOW'] THEN lab END) AS weak
RETURN weak, size(labs) AS total, size([lab IN labs WHERE size(lab.conflicts) > 0]) AS disputed, COLLECT {
  UNWIND ['PARTNERS_WITH', 'HOSTED_BY', 'RESEARCHES'] AS relation
  UNWIND labs AS lab
  WITH relation, lab
  WHERE NOT EXISTS { MATCH (lab)-[link]->() WHERE type(link) = relation }
  WITH relation, count(*) AS count
  RETURN [relation, count, size(labs)]
  ORDER BY count DESC
} AS absent
