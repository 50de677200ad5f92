MATCH (target:Indicator {type: 'TARGET'})-[:MEASURES|MEASURES_PARK|MEASURES_AREA|MEASURES_PLATFORM]->(subject)
MATCH (subject)<-[:MEASURES|MEASURES_PARK|MEASURES_AREA|MEASURES_PLATFORM]-(figure:Indicator {type: 'ACTUAL'})
WHERE figure.series = target.series AND figure.date > target.date AND figure.value >= target.value
WITH target, subject, collect(figure) AS figures, min(figure.date) AS first
UNWIND figures AS figure
WITH DISTINCT target, figure, first
WHERE figure.date = first
WITH target, figure
ORDER BY target.name, figure.name
WITH collect([target.name, figure.name]) AS pairs
RETURN size(pairs) AS total, pairs
