/** A foreign graph like the sample that comes with Neo4j, with what real ones have besides. */
export const movies = [
  'CREATE CONSTRAINT person_is_unique IF NOT EXISTS FOR (person:Person) REQUIRE person.name IS UNIQUE',
  'CREATE INDEX release_year IF NOT EXISTS FOR (movie:Movie) ON (movie.released)',
  `CREATE (crossing:Movie {title: 'The Crossing', released: 1987, tagline: 'No way back.', rating: 7.5, site: 'https://example.org/crossing'})
CREATE (remake:Movie {title: 'The Crossing', released: 2012, rating: 6, premiere: date('2012-05-01')})
CREATE (night:Movie {title: 'Night in Łódź', released: 1999, genres: ['drama', 'noir'], tagline: 'Dark.', rating: 8.1})
CREATE (ida:Person {name: 'Ida Holm', born: '1950-03'})
CREATE (jan:Person {name: 'Jan Stone', born: '1961'})
CREATE (mei:Person {name: '梅'})
CREATE (tom:Person {name: 'Tom Reed'})
CREATE (award:movie_award {label: 'Golden Reel'})
CREATE (:Person {name: 'Nobody'})-[:TRUSTS]->(:Robot {model: 'R1'})
CREATE (ida)-[:ACTED_IN {roles: ['Anna', 'Voice']}]->(crossing)
CREATE (ida)-[:ACTED_IN {roles: ['Café owner']}]->(night)
CREATE (jan)-[:ACTED_IN {roles: ['Piotr']}]->(night)
CREATE (jan)-[:DIRECTED]->(crossing)
CREATE (mei)-[:DIRECTED]->(remake)
CREATE (tom)-[:REVIEWED {summary: 'A naïve film.', rating: 85}]->(night)
CREATE (tom)-[:REVIEWED {summary: 'Slow.', rating: 40}]->(crossing)
CREATE (tom)-[:admires]->(award)
CREATE (tom)-[:FOLLOWS]->(jan)
CREATE (mei)-[:FOLLOWS]->(jan)`,
];
