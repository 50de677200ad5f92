MATCH (:Lab {id: 'china-kenya-joint-laboratory-for-crop-molecular-biology'})-[one]-(shared)-[two]-(alike:Lab)
WHERE type(one) = type(two) AND NOT type(one) IN ['CITES', 'STATED_AT']
WITH DISTINCT alike, shared, type(one) AS relation
WITH alike, shared, relation,
  [label IN labels(shared) WHERE label <> 'Entity'][0] AS kind,
  COUNT { MATCH (shared)-[link]-() WHERE NOT type(link) IN ['CITES', 'STATED_AT'] } AS degree
ORDER BY degree, shared.id
WITH alike, sum(1 / log(1 + degree)) AS score, collect([relation, kind, shared.name]) AS because
RETURN score, alike.name AS name, because
ORDER BY score DESC, alike.id
LIMIT 3
