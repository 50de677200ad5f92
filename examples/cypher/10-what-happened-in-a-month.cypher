MATCH (event:Event)
WHERE event.startDate STARTS WITH '2023-11'
OPTIONAL MATCH (event)-[:HELD_IN]->(country)
WITH event, country
ORDER BY event.startDate, event.id
WITH collect([event.startDate, event.name, country.name]) AS events
RETURN size(events) AS total, events
