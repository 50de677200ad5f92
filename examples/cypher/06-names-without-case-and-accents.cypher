// _nameFolded is the name without case and accents, which the server stores beside it.
MATCH (country:Country)
WHERE country._nameFolded CONTAINS 'cote' OR country._nameFolded CONTAINS 'guinea'
WITH country
ORDER BY country.name
WITH collect([country.code, country.name]) AS countries
RETURN size(countries) AS total, countries
