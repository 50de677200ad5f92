MATCH (platform:Platform {id: 'china-asean-technology-transfer-center'})
WITH platform, COLLECT {
  MATCH (platform)-[link]-(near)
  WHERE NOT type(link) IN ['CITES', 'STATED_AT']
  WITH near, min(type(link)) AS relation
  ORDER BY near.id
  WITH relation, collect(near) AS nears
  UNWIND range(0, size(nears) - 1) AS place
  RETURN [relation, nears[place]]
  ORDER BY place, relation
} AS found
WITH [platform] + [one IN found[..11] | one[1]] AS nodes, found[11..] AS left
RETURN [node IN nodes | [[label IN labels(node) WHERE label <> 'Entity'][0], node.name]] AS nodes,
  COLLECT {
    UNWIND nodes AS start
    MATCH (start)-[link]->(end)
    WHERE end IN nodes
    RETURN [type(link), start.id, end.id]
    ORDER BY type(link), start.id, end.id
  } AS edges,
  CASE WHEN size(left) > 0 THEN 'LIMIT' END AS truncated,
  COLLECT {
    UNWIND left AS one
    WITH one[0] AS relation, count(*) AS count
    RETURN [relation, count]
    ORDER BY count DESC, relation
  } AS leftOut
