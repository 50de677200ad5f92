MATCH (country:Country)<-[:PARTNERS_WITH]-(lab:Lab {inScope: true})
WITH country, min(lab.firstMilestoneDate) AS first
WITH country, first, duration.inDays(date(country.briMouDate), date(first)).days / 365.2425 AS lag
WHERE lag IS NOT NULL
ORDER BY lag
WITH collect([country.id, first, lag]) AS countries, collect([country.region, lag]) AS lags
CALL (lags) {
  UNWIND lags AS one
  WITH one[0] AS region, count(*) AS count, percentileCont(one[1], 0.5) AS median
  ORDER BY count DESC, region
  RETURN collect([region, count, median]) AS regions
}
WITH [country IN countries WHERE country[2] < 0] AS before, regions
RETURN size(before) AS total, before, regions
