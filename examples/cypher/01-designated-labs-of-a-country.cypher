MATCH (country:Country {code: 'KE'})
WITH country, COLLECT {
  MATCH (country)<-[:PARTNERS_WITH]-(lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
  RETURN [
    lab.name, lab.designation, lab.yearRecognised,
    COLLECT {
      MATCH (lab)-[host:HOSTED_BY]->(institution)
      OPTIONAL MATCH (institution)-[:BASED_IN]->(home)
      RETURN [host.role, host.side, institution.name, home.name]
      ORDER BY institution.name
    },
    COLLECT { MATCH (lab)-[:CITES]->(source) RETURN [source.name, source.reliability] ORDER BY source.name LIMIT 3 }
  ]
  ORDER BY lab.name
} AS labs
RETURN country.name AS name, size(labs) AS total, labs
