MATCH (lab:Lab {designation: 'BELT_AND_ROAD_JOINT_LABORATORY'})
WITH collect(lab) AS labs
WITH labs, COLLECT {
  UNWIND labs AS lab
  WITH lab.yearRecognised AS year, count(*) AS count
  WHERE year IS NOT NULL
  RETURN [year, count]
  ORDER BY count DESC, year
} AS years, COLLECT {
  UNWIND labs AS lab
  MATCH (lab)-[:PARTNERS_WITH]->(country)
  WITH country, count(*) AS count
  RETURN [country.id, count, country.name]
  ORDER BY count DESC, country.name
} AS countries
RETURN size(labs) AS total,
  years[..3] AS years,
  reduce(others = 0, year IN years[3..] | others + year[1]) AS otherYears,
  size([lab IN labs WHERE lab.yearRecognised IS NULL]) AS withoutYear,
  countries[..3] AS countries,
  reduce(others = 0, country IN countries[3..] | others + country[1]) AS otherCountries,
  size([lab IN labs WHERE NOT EXISTS { (lab)-[:PARTNERS_WITH]->() }]) AS withoutCountry
