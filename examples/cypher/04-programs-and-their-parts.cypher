MATCH (program:Program {id: 'belt-and-road-initiative'})
WITH program, COLLECT {
  MATCH (program)<-[:PART_OF]-(part)
  WITH part, COLLECT {
    MATCH (part)<-[:PART_OF]-(smaller)
    RETURN [smaller.name, COLLECT { MATCH (smaller)-[:LED_BY]->(leader) RETURN leader.name ORDER BY leader.name }]
    ORDER BY smaller.name
  } AS parts
  RETURN [part.name, size(parts), parts]
  ORDER BY part.name
} AS parts
RETURN program.name AS name, size(parts) AS total, parts
