MATCH (figure:Indicator)
WHERE figure.series IS NOT NULL
WITH figure
ORDER BY figure.date IS NULL, figure.date DESC, figure.id DESC
WITH figure.series AS series, count(*) AS count, head(collect(figure)) AS newest
WHERE count >= 4
RETURN count, series, newest.date AS date, newest.value AS value, newest.qualifier AS qualifier
ORDER BY count DESC, series
LIMIT 20
