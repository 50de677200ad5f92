CALL () {
  MATCH (lab:Lab)
  RETURN 1 AS list, toInteger(left(lab.firstMilestoneDate, 4)) AS year
UNION ALL
  MATCH (program:Program)
  RETURN 2 AS list, program.launchedYear AS year
UNION ALL
  MATCH (platform:Platform)
  RETURN 3 AS list, platform.foundedYear AS year
UNION ALL
  MATCH (event:Event)
  RETURN 4 AS list, toInteger(left(event.startDate, 4)) AS year
}
WITH list, collect(year) AS years, min(year) AS first, max(year) AS last, count(*) - count(year) AS undated
ORDER BY list
WITH collect(
  [year IN range(first, last) | [size([y IN years WHERE y = year]), size([y IN years WHERE y <= year]), year]] +
  CASE WHEN undated > 0 THEN [[undated]] ELSE [] END
) AS lists
RETURN lists[0] AS labs, lists[1] AS programs, lists[2] AS platforms, lists[3] AS events
