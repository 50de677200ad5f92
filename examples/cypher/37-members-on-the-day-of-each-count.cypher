MATCH (figure:Indicator {series: 'bri-signatory-countries'})-[:MEASURES]->(initiative {id: 'belt-and-road-initiative'})
WITH figure, COUNT {
  MATCH (:Country)-[membership:PARTICIPATES_IN]->(initiative)
  WHERE membership.status IN ['PARTICIPANT', 'WITHDRAWN']
    AND membership.since <= figure.date
    AND coalesce(membership.until > figure.date, true)
} AS members
RETURN figure.date AS date, figure.value AS official, members, figure.value - members AS gap
ORDER BY date
