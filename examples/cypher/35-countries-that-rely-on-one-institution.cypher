MATCH (country:Country)<-[:PARTNERS_WITH]-(lab)
WITH country, collect(lab) AS labs
WHERE all(lab IN labs WHERE EXISTS { (lab)-[:HOSTED_BY]->()-[:UNIT_OF*0..]->({id: 'chinese-academy-of-sciences'}) })
WITH country, labs
ORDER BY country.name
WITH collect([country.name, size(labs)]) AS countries
RETURN size(countries) AS total, countries
