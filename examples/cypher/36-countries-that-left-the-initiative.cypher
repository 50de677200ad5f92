MATCH (initiative:Program {id: 'belt-and-road-initiative'})
WITH initiative, COLLECT {
  MATCH (country)-[membership:PARTICIPATES_IN {status: 'WITHDRAWN'}]->(initiative)
  RETURN [membership.since, membership.until, country.name, country.region]
  ORDER BY membership.until DESC
} AS members
RETURN [member IN members | member[..3]] AS members,
  COLLECT {
    UNWIND members AS member
    WITH member[3] AS region, count(*) AS count
    RETURN [region, count]
    ORDER BY count DESC, region
  } AS regions,
  COLLECT {
    UNWIND members AS member
    WITH left(member[1], 4) AS year, count(*) AS count
    RETURN [year, count]
    ORDER BY count DESC, year
  } AS years,
  COUNT {
    MATCH ()-[membership:PARTICIPATES_IN]->(initiative)
    WHERE EXISTS { MATCH (source:Source {reliability: 'HIGH'}) WHERE source.id IN membership.sources }
  } AS wellSourced
