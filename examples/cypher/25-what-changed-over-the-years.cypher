MATCH (lab:Lab {inScope: true})
WHERE '2019' <= lab.firstMilestoneDate < '2026'
RETURN left(lab.firstMilestoneDate, 4) AS year, count(*) AS count
ORDER BY year
