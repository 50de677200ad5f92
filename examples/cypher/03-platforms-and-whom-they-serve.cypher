RETURN COUNT { (:Platform) } AS total, COLLECT {
  MATCH (platform:Platform)
  OPTIONAL MATCH (platform)-[:SEATED_IN]->(country)
  RETURN [
    platform.name, platform.type, country.name,
    COLLECT { MATCH (platform)-[serves:SERVES_GROUP]->(group) RETURN [serves.basis, group.name] ORDER BY group.name },
    COUNT { (platform)-[:SERVES]->() },
    COLLECT { MATCH (platform)-[serves:SERVES]->(to) RETURN [serves.basis, to.name] ORDER BY to.name LIMIT 10 }
  ]
  ORDER BY platform.name
  LIMIT 10
} AS platforms
