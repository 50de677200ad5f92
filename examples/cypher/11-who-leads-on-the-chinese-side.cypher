MATCH (lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
WHERE EXISTS {
  MATCH (lab)-[host:HOSTED_BY {side: 'CHINESE'}]->(:Institution {type: 'UNIVERSITY'})
  WHERE host.role IN ['LEAD', 'HOST']
}
WITH lab
ORDER BY lab.name
WITH collect([
  lab.name,
  COLLECT {
    MATCH (lab)-[host:HOSTED_BY]->(institution {type: 'UNIVERSITY'})
    RETURN [host.role, host.side, institution.name]
    ORDER BY institution.name
  }
]) AS labs
RETURN size(labs) AS total, labs[..3] AS labs
