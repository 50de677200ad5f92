import type { Driver } from 'neo4j-driver';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inferOntology } from '../../../src/cli/adoption/inference/infer-ontology.ts';
import { printOntology } from '../../../src/cli/adoption/inference/print-ontology.ts';
import { type AdoptOptions, adopt } from '../../../src/cli/adoption/migration/adopt.ts';
import { describePlan } from '../../../src/cli/adoption/migration/adoption-plan.ts';
import { AdoptionRefused } from '../../../src/cli/adoption/migration/faults.ts';
import { accessTo } from '../../../src/cli/adoption/neo4j-access.ts';
import { lookAtNeo4j } from '../../../src/cli/adoption/profiling/look-at-neo4j.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { refuseForeignData } from '../../../src/engine/database/refuse-foreign-data.ts';
import { createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer } from '../../../src/service/server.ts';
import type { Silkgraph } from '../../../src/service/silkgraph.ts';
import { emptyGraph } from '../../setup/contents.ts';
import type { RunningDatabase } from '../../setup/local-database.ts';
import { throwAwayDatabase } from '../../setup/throw-away-database.ts';
import { movies } from './movies.ts';
import { graphOf } from './written-graph.ts';

let database: RunningDatabase;
let driver: Driver;
let written: string;
let silkgraph: Silkgraph;

const ask = async (text: string, parameters: Record<string, unknown> = {}) => {
  const { records } = await driver.executeQuery(text, parameters, { database: 'neo4j' });
  return records.map((record) => record.keys.map((_, index) => record.get(index)));
};

/** All that is there, but for the log and for when it was written. */
async function content() {
  const nodes = await ask(
    'MATCH (node) WHERE NOT node:`_Change`|`_ChangeLog`|`_Adoption`|`_SchemaChange`|`_SchemaLock` RETURN elementId(node), labels(node), properties(node) ORDER BY elementId(node)',
  );
  const relations = await ask(
    'MATCH ()-[relation]->() RETURN elementId(relation), type(relation), properties(relation) ORDER BY elementId(relation)',
  );
  return [
    ...nodes.map(([element, labels, { _createdAt, _updatedAt, ...rest }]) => [element, [...labels].sort(), rest]),
    ...relations,
  ];
}

/** Makes everything as it was, with the same elements, since their order decides which slug gets a number. */
async function restore(before: Awaited<ReturnType<typeof content>>): Promise<void> {
  await ask('MATCH (node) WHERE any(label IN labels(node) WHERE label STARTS WITH "_") DETACH DELETE node');
  const rows = before.map(([element, , properties]) => ({ element, properties }));
  await ask(
    'UNWIND $rows AS row MATCH (node) WHERE elementId(node) = row.element SET node = row.properties REMOVE node:Entity',
    { rows },
  );
  await ask(
    'UNWIND $rows AS row MATCH ()-[relation]->() WHERE elementId(relation) = row.element SET relation = row.properties',
    { rows },
  );
  expect(await content()).toEqual(before);
}

async function draft(): Promise<string> {
  const seen = await lookAtNeo4j(accessTo(driver, database.address), { place: 'the test' });
  return printOntology(inferOntology(seen));
}

const adoption = (options: Partial<AdoptOptions> = {}) =>
  adopt(driver, database.address, { ontology: silkgraph.ontology, ...options });

const adoptAll = async (options: Partial<AdoptOptions> = {}) => {
  const { check, write } = adoption(options);
  return write(await check());
};

/** A graph whose process is killed at a transaction. */
function killedAt(number: number): Graph {
  const graph = createGraph(driver, silkgraph.ontology, database.address);
  let count = 0;
  return {
    ...graph,
    async write(work, options) {
      count += 1;
      if (count === number) throw new Error('killed');
      return graph.write(work, options);
    },
  };
}

beforeAll(async () => {
  database = await throwAwayDatabase({ content: emptyGraph });
  driver = openDriver(database.address);
  for (const [name] of await ask('SHOW CONSTRAINTS YIELD name RETURN name')) await ask(`DROP CONSTRAINT ${name}`);
  for (const [name] of await ask("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"))
    await ask(`DROP INDEX ${name}`);
});
afterAll(async () => {
  await driver?.close();
  await database?.close();
});
beforeEach(async () => {
  await ask('MATCH (node) DETACH DELETE node');
  for (const statement of movies) await ask(statement);
  written = await draft();
  silkgraph = graphOf(written);
});

/** The data of an answer of the server, which must have no error. */
async function answer(query: string) {
  const graph = createGraph(driver, silkgraph.ontology, database.address);
  const server = createServer({
    schema: silkgraph.schema,
    log: pino({ level: 'silent' }),
    slow: Number.POSITIVE_INFINITY,
    context: (read) =>
      createContext(graph, keepStatistics(graph), { ...read, viewer: { name: 'test', role: 'editor' } }),
  });
  const response = await server.fetch(
    new Request('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    }),
  );
  const { data, errors } = await response.json();
  expect(errors).toBeUndefined();
  return data;
}

const names = { Robot: 'model' };

describe('an ontology from Neo4j', () => {
  it('is a module that Silkgraph accepts, and leaves the database as it was', async () => {
    const before = await content();
    written = await draft();
    const { ontology } = graphOf(written);
    expect(ontology.kindNames).toEqual(['Movie', 'Person', 'Robot']);
    expect(ontology.relationTypes).toEqual(['ACTED_IN', 'DIRECTED', 'FOLLOWS', 'REVIEWED', 'TRUSTS']);
    expect(written).toContain('released: indexed(required(int(');
    expect(written).toContain('roles: listOf(text(');
    expect(written).toContain('born: date(');
    expect(written).toContain('// The name is `title`.');
    expect(written).toContain('a kind is written like MovieAward');
    expect(await content()).toEqual(before);
  });

  it('leaves out what Silkgraph does not store, and says so', async () => {
    await ask("CREATE (:Movie {title: 'Frame', released: 1990, poster: $poster}), (:`__Chunk__` {text: 'a'})", {
      poster: new Int8Array([1, 2, 3]),
    });
    const text = (await draft()).replaceAll(/\s*\n\s*\/\/ /g, ' ');
    expect(text).toContain('the property poster: values of the type BYTES, which Silkgraph does not store.');
    expect(text).not.toContain('poster: listOf');
    expect(text).toContain('left out: __Chunk__ (1 node): labels that begin with _');
  });

  it('takes the most frequent pair of labels, and says which others there are', async () => {
    await ask("MATCH (tom:Person {name: 'Tom Reed'}), (movie:Movie {released: 1987}) CREATE (tom)-[:FOLLOWS]->(movie)");
    const text = (await draft()).replaceAll(/\s*\n\s*\/\/ /g, ' ');
    expect(text).toContain('FOLLOWS also joins Person → Movie (1)');
    expect(graphOf(await draft()).ontology.relation('FOLLOWS')).toMatchObject({ from: 'Person', to: 'Person' });
  });
});

describe('numbers of Neo4j', () => {
  it('are drafted as floats where an int does not hold them, also in lists, and left out where a float does not', async () => {
    await ask(
      `MATCH (movie:Movie) SET movie.gross = [1, 3000000000], movie.views = 3000000000, movie._id = 7,
  movie.tweet = 9007199254740993, movie.tweets = [1, -9007199254740993]`,
    );
    const text = await draft();
    expect(text).toContain('gross: listOf(float(');
    expect(text).toContain('views: required(float(');
    const prose = text.replaceAll(/\s*\n\s*\/\/ /g, ' ');
    expect(prose).toContain(
      'left out: the property tweet: values of the type INTEGER of more than 53 bits, which Silkgraph does not store. Make them text: MATCH (item:`Movie`) SET item.`tweet` = toString(item.`tweet`)',
    );
    expect(prose).toContain('SET item.`tweets` = [each IN item.`tweets` | toString(each)]');
    expect(prose).toContain('left out: the property _id: a property is written like idValue');
    silkgraph = graphOf(text);
    await adoptAll({ names });
    expect(await answer('{ movie(slug: "night-in-lodz") { gross views } }')).toEqual({
      movie: { gross: [1, 3_000_000_000], views: 3_000_000_000 },
    });
  });

  it('and other values that Silkgraph does not store are left out by their type', async () => {
    await ask(
      `MATCH (movie:Movie) SET movie.place = point({latitude: 1, longitude: 2}), movie.length = duration('PT1H'), movie.days = [date('2012-05-01')]`,
    );
    const text = (await draft()).replaceAll(/\s*\n\s*\/\/ /g, ' ');
    for (const type of ['POINT', 'DURATION', 'DATE']) expect(text).toContain(`values of the type ${type}`);
  });
});

describe('adopting', () => {
  it('says what it would write, and writes nothing unless it is told to', async () => {
    const before = await content();
    const plan = describePlan(await adoption({ names }).check());
    expect(plan).toMatchInlineSnapshot(`
      [
        "Movie: 3 nodes: 3 to adopt.",
        "  \`name\` copied from \`title\` in 3 nodes.",
        "  3 slugs made from the name.",
        "  1 of these get a number (-2, -3, …), because others have the same name; in Neo4j's order.",
        "Person: 5 nodes: 5 to adopt.",
        "  5 slugs made from the name.",
        "Robot: 1 node: 1 to adopt.",
        "  \`name\` copied from \`model\` in 1 node.",
        "  1 slug made from the name.",
        "ACTED_IN: 3 relations: 3 to update.",
        "DIRECTED: 2 relations.",
        "FOLLOWS: 2 relations.",
        "REVIEWED: 2 relations: 2 to update.",
        "TRUSTS: 1 relation.",
        "Properties that the ontology does not know stay as they are:",
        "  Movie: premiere (1)",
        "Left alone, because the ontology has no such kind: movie_award (1).",
        "Left alone, because the ontology has no such relation: admires (1). Entities cannot be deleted while they have one.",
        "To write: 9 nodes (label Entity, id, name where it is copied, and properties that begin with _) and 5 relations (folded texts).",
      ]
    `);
    expect(await content()).toEqual(before);
    expect(await ask('MATCH (node:`_Adoption`) RETURN node')).toEqual([]);
  });

  it('refuses data that does not fit, with all faults, and writes nothing', async () => {
    await ask("MATCH (movie:Movie {released: 1987}) SET movie.released = 'soon', movie.site = 'nowhere'");
    await ask(
      "MATCH (tom:Person {name: 'Tom Reed'}), (movie:Movie {released: 1999}) CREATE (tom)-[:FOLLOWS]->(movie), (tom)-[:FOLLOWS]->(tom)",
    );
    await ask('CREATE (:Person:Movie {id: 7, name: "Both", title: "Both", released: 1, rating: 1.0})');
    const before = await content();
    const refused: unknown = await adoption()
      .check()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AdoptionRefused);
    expect(String(refused).replaceAll(/node 4:\S+/g, 'node …:')).toMatchInlineSnapshot(`
      "DatabaseError: The data does not fit the ontology in 9 places; nothing was written.
        FOLLOWS: expected only Person → Person (give other relationships another type: Silkgraph would return them as well). Found:
          :Person → :Movie: 1 relationship
        FOLLOWS: expected two different ends. Found:
          Tom Reed: 1 relationship
        FOLLOWS: expected at most one from each Person. Found:
          Tom Reed: 2 relationships too many
        Movie: expected one kind of the ontology. Found:
          Both: also a Person
        Movie.id: expected a slug (small letters, digits and hyphens), or no id (rename it: MATCH (node:Movie) SET node.movieId = node.id REMOVE node.id). Found:
          Both: 7
        Movie.released: expected a 32-bit integer. Found:
          The Crossing: "soon"
        Movie.site: expected an http or https URL of at most 2000 characters, without a user name. Found:
          The Crossing: "nowhere"
        Robot.name: expected a non-empty text of at most 2000 characters (to copy it from another property: --name Robot=property). Found:
          node …: nothing
      Change the data or the ontology, then run silkgraph adopt again."
    `);
    expect(await content()).toEqual(before);
  });

  it('makes a graph that is served, and leaves alone what the ontology does not know', async () => {
    await expect(refuseForeignData(driver, database.address)).rejects.toThrow('silkgraph adopt');
    await adoptAll({ names });
    await refuseForeignData(driver, database.address);
    const data = await answer(`{
      movies(orderBy: [{ released: ASC }]) { nodes { slug name title released rating peopleActedIn { edges { roles node { name } } } } }
      person(slug: "tom-reed") { reviewed { edges { rating summary node { slug } } } follows { name } born }
      search(query: "night in lodz", first: 3) { nodes { slug } }
      people(filter: { name: { contains: "stone" } }) { nodes { slug born directed { slug } } }
      changes { nodes { __typename } }
    }`);
    expect(data).toMatchInlineSnapshot(`
      {
        "changes": {
          "nodes": [
            {
              "__typename": "ImportChange",
            },
          ],
        },
        "movies": {
          "nodes": [
            {
              "name": "The Crossing",
              "peopleActedIn": {
                "edges": [
                  {
                    "node": {
                      "name": "Ida Holm",
                    },
                    "roles": [
                      "Anna",
                      "Voice",
                    ],
                  },
                ],
              },
              "rating": 7.5,
              "released": 1987,
              "slug": "the-crossing",
              "title": "The Crossing",
            },
            {
              "name": "Night in Łódź",
              "peopleActedIn": {
                "edges": [
                  {
                    "node": {
                      "name": "Ida Holm",
                    },
                    "roles": [
                      "Café owner",
                    ],
                  },
                  {
                    "node": {
                      "name": "Jan Stone",
                    },
                    "roles": [
                      "Piotr",
                    ],
                  },
                ],
              },
              "rating": 8.1,
              "released": 1999,
              "slug": "night-in-lodz",
              "title": "Night in Łódź",
            },
            {
              "name": "The Crossing",
              "peopleActedIn": {
                "edges": [],
              },
              "rating": 6,
              "released": 2012,
              "slug": "the-crossing-2",
              "title": "The Crossing",
            },
          ],
        },
        "people": {
          "nodes": [
            {
              "born": "1961",
              "directed": {
                "slug": "the-crossing",
              },
              "slug": "jan-stone",
            },
          ],
        },
        "person": {
          "born": null,
          "follows": {
            "name": "Jan Stone",
          },
          "reviewed": {
            "edges": [
              {
                "node": {
                  "slug": "night-in-lodz",
                },
                "rating": 85,
                "summary": "A naïve film.",
              },
              {
                "node": {
                  "slug": "the-crossing",
                },
                "rating": 40,
                "summary": "Slow.",
              },
            ],
          },
        },
        "search": {
          "nodes": [
            {
              "slug": "night-in-lodz",
            },
          ],
        },
      }
    `);
    expect(await ask('MATCH (node:movie_award) RETURN labels(node), properties(node)')).toEqual([
      [['movie_award'], { label: 'Golden Reel' }],
    ]);
    const [[properties] = []] = await ask('MATCH (movie:Movie {released: 2012}) RETURN properties(movie)');
    const { _createdAt, _updatedAt, premiere, ...remake } = properties;
    expect(String(_createdAt)).toBe(String(_updatedAt));
    expect(String(premiere)).toBe('2012-05-01');
    expect(remake).toEqual({
      title: 'The Crossing',
      released: 2012,
      rating: 6,
      id: 'the-crossing-2',
      name: 'The Crossing',
      _kind: 'Movie',
      _nameFolded: 'the crossing',
      _titleFolded: 'the crossing',
      _revision: 1,
    });
    expect(
      await ask("MATCH (:Person {name: 'Tom Reed'})-[review:REVIEWED {rating: 85}]->() RETURN properties(review)"),
    ).toEqual([[{ summary: 'A naïve film.', rating: 85, _summaryFolded: 'a naive film.' }]]);
  });

  it('makes a graph that can be changed', async () => {
    await adoptAll({ names });
    const data = await answer(`mutation {
      updateMovie: update(input: { entity: { movie: { id: "the-crossing-2", tagline: "Again." } } }) { outcome errors { message } movie { tagline revision } }
      linkReviewed: link(input: { relation: { reviewed: { from: "tom-reed", to: "the-crossing-2", rating: 70, summary: "Fine." } } }) { outcome errors { message } }
      deletePerson: delete(input: { entity: { kind: PERSON, id: "jan-stone", detach: true } }) { outcome errors { message } }
    }`);
    expect(data).toMatchInlineSnapshot(`
      {
        "deletePerson": {
          "errors": [],
          "outcome": "DELETED",
        },
        "linkReviewed": {
          "errors": [],
          "outcome": "CREATED",
        },
        "updateMovie": {
          "errors": [],
          "movie": {
            "revision": 2,
            "tagline": "Again.",
          },
          "outcome": "UPDATED",
        },
      }
    `);
    await ask("MATCH (person:Person {id: 'tom-reed'}) CREATE (person)-[:ADMIRED]->(person)");
    const refused = await answer(
      'mutation { deletePerson: delete(input: { entity: { kind: PERSON, id: "tom-reed", detach: true } }) { errors { code message } } }',
    );
    expect(refused.deletePerson.errors).toEqual([
      {
        code: 'CONFLICT',
        message: expect.stringMatching(
          /tom-reed.* has relationships that the ontology does not know: .*ADMIRED.* Delete these in Neo4j first\.$/,
        ),
      },
    ]);
    // What the ontology does not know stays.
    expect(await ask('MATCH (movie:Movie {released: 2012}) RETURN movie.premiere IS NOT NULL')).toEqual([[true]]);
  });

  it('ends the same however often it is killed, and servers refuse the database until then', async () => {
    const before = await content();
    await adoptAll({ names, batch: 2 });
    const whole = await content();
    for (let kill = 2; ; kill += 1) {
      await restore(before);
      const killed = await adoptAll({ names, batch: 2, graph: killedAt(kill) }).catch((error: unknown) => error);
      if (typeof killed === 'number') break;
      expect(String(killed)).toContain('killed');
      await expect(refuseForeignData(driver, database.address)).rejects.toThrow('only partly adopted');
      await adoptAll({ names });
      await refuseForeignData(driver, database.address);
      expect(await content()).toEqual(whole);
      expect(await ask('MATCH (change:`_Change`) RETURN change.created, change.updated')).toEqual([[9, 5]]);
    }
  });

  it('has nothing to write a second time, and adopts later what is added', async () => {
    await adoptAll({ names });
    const before = await content();
    expect(await adoptAll({ names })).toBe(0);
    expect(await content()).toEqual(before);
    await ask(
      "CREATE (:Person {name: 'Tom Reed Junior'}), (:Movie {title: 'The Crossing', released: 2020, rating: 1.0})",
    );
    await expect(refuseForeignData(driver, database.address)).rejects.toThrow('not adopted yet');
    expect(await adoptAll({ names })).toBe(2);
    await refuseForeignData(driver, database.address);
    expect(await ask('MATCH (movie:Movie {released: 2020}) RETURN movie.id')).toEqual([['the-crossing-3']]);
  });
});
