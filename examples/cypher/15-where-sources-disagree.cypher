MATCH (platform:Platform)
WHERE size(platform.conflicts) > 0
WITH platform
ORDER BY platform.name
WITH collect([platform.name, platform.conflicts]) AS platforms
RETURN size(platforms) AS total, platforms
