import { relationTypes } from '../src/cooperation/relations.ts';
import type { Variables } from './queries.ts';

/** What questions are asked about, drawn with a fixed seed. */
export interface Subjects {
  readonly labs: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  /** The countries, areas, institutions and programs with the most relations. */
  readonly hubs: readonly string[];
  readonly hubPairs: readonly (readonly [string, string])[];
}

/** A statement that a person would write for the question. */
export interface HandWritten {
  readonly name: string;
  readonly cypher: string;
  /** Some of its answers take longer than anybody waits, and Neo4j does not stop them: it is asked with care. */
  readonly mayNotEnd?: true;
}

/** One question about the graph, as Silkgraph is asked it and as it is asked by hand. */
export interface Question {
  readonly field: 'paths' | 'neighborhood' | 'similar';
  readonly title: string;
  readonly text: string;
  readonly variables: (subjects: Subjects) => readonly Variables[];
  readonly byHand: readonly HandWritten[];
}

/** What `paths`, `neighborhood` and `similar` walk unless told otherwise. */
const walkedTypes = relationTypes.filter((type) => type !== 'CITES' && type !== 'STATED_AT');
const walked = walkedTypes.join('|');

const ends = 'MATCH (a:Entity {id: $from}) MATCH (b:Entity {id: $to})';
const shown = '[[node IN nodes(path) | [node.id, node.name]], [step IN relationships(path) | type(step)]]';

const shortest = (count: number): HandWritten => ({
  name: `SHORTEST ${count}`,
  cypher: `${ends} MATCH path = SHORTEST ${count} (a)-[:${walked}]-{1,6}(b) RETURN collect(${shown})`,
  mayNotEnd: true,
});

const shortestPath: HandWritten = {
  name: 'shortestPath()',
  cypher: `${ends} MATCH path = shortestPath((a)-[:${walked}*..6]-(b)) RETURN collect(${shown})`,
};

const paths = (limit: number, more = '') =>
  `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxHops: 6, limit: ${limit}) { paths { length nodes { slug name } hops { relation } }${more} } }`;

/** Whether there are more, which no statement by hand tells. */
const andMore = ' truncated { reason atDepth }';

const firstLevel = `MATCH (one:Entity {id: $of})
    CALL (one) { MATCH (one)-[:${walked}]-(near) WITH DISTINCT near ORDER BY near.id LIMIT 49 RETURN collect(near) AS first }`;

const between = `WITH first, ([one] + first + second)[..50] AS nodes
    CALL (nodes) { UNWIND nodes AS from MATCH (from)-[step:${walked}]->(to) WHERE to IN nodes RETURN collect([type(step), from.id, to.id]) AS edges }`;

/** Fifty entities, nearest first, and of the second level whichever come first: most by one relation of one hub. */
const twoLevels = `${firstLevel}
    CALL (one, first) {
      UNWIND first AS near MATCH (near)-[:${walked}]-(far) WHERE far <> one AND NOT far IN first
      WITH DISTINCT far LIMIT 49 RETURN collect(far) AS second
    }
    ${between}`;

/** Fifty entities, nearest first, of whose second level each relation has its turn: the answer that is asked for. */
const twoLevelsInTurn = `${firstLevel}
    CALL (one, first) {
      UNWIND first AS near MATCH (near)-[step:${walked}]-(far) WHERE far <> one AND NOT far IN first
      WITH type(step) AS type, startNode(step) = near AS leads, collect(DISTINCT far)[..49] AS fars
      UNWIND range(0, size(fars) - 1) AS turn
      WITH fars[turn] AS far, turn
      WITH far, min(turn) AS turn ORDER BY turn, far.id LIMIT 49
      RETURN collect(far) AS second
    }
    ${between}`;

/** What is left out is what the first level has, which the degree store knows by type, less the relations between. */
const counted = `CALL (first) {
      UNWIND first AS near
      UNWIND [${walkedTypes.map((type) => `['${type}', COUNT { (near)-[:${type}]-() }]`).join(', ')}] AS counted
      WITH counted[0] AS type, sum(counted[1]) AS count WHERE count > 0
      RETURN collect([type, count]) AS counts
    }
    RETURN [[node IN nodes | [node.id, node.name]], edges, counts]`;

const inTurn: HandWritten = {
  name: 'two levels, relations in turn, what is between, and how many are left out',
  cypher: `${twoLevelsInTurn} ${counted}`,
};

const whicheverCounted: HandWritten = {
  name: 'another answer, whichever come first, as often filled by one hub',
  cypher: `${twoLevels} ${counted}`,
};

const neighborhood =
  'query ($of: ID!) { neighborhood(of: [$of], depth: 2, limit: 50) { nodes { slug name } edges { relation from { slug } to { slug } } truncated { reason atDepth leftOut { relation count } } } }';

const alike: HandWritten = {
  name: 'shared neighbours, weighted',
  cypher: `MATCH (one:Entity {id: $to})-[step:${walked}]-(shared)
    WITH DISTINCT one, shared, type(step) AS type, startNode(step) = shared AS starts
    WITH one, shared, type, starts, COUNT { (shared)-[:${walked}]-() } AS degree WHERE degree <= 1000
    MATCH (shared)-[other:${walked}]-(alike)
    WHERE type(other) = type AND (startNode(other) = shared) = starts AND alike <> one AND labels(alike) = labels(one)
    WITH DISTINCT alike, shared, type, degree, 1 / log(1 + degree) AS weight ORDER BY weight DESC
    WITH alike, sum(weight) AS score, collect([shared.id, shared.name, type, weight])[..50] AS because
    ORDER BY score DESC, alike.id LIMIT 10
    RETURN collect([alike.id, alike.name, score, because])`,
};

const similar =
  'query ($to: ID!) { similar(to: $to, limit: 10) { score entity { slug name } sharedBecause { relation weight entity { slug name } } truncated { reason leftOut { relation count } } } }';

const fromTo = (pairs: Subjects['pairs']) => pairs.map(([from, to]) => ({ from, to }));

export const questions: readonly Question[] = [
  {
    field: 'paths',
    title: 'a path of up to 6 hops between two labs',
    text: paths(1),
    variables: ({ pairs }) => fromTo(pairs),
    byHand: [shortest(1), shortestPath],
  },
  {
    field: 'paths',
    title: 'the same, and whether there are more',
    text: paths(1, andMore),
    variables: ({ pairs }) => fromTo(pairs),
    byHand: [],
  },
  {
    field: 'paths',
    title: 'the 5 best paths of up to 6 hops between two labs, and whether there are more',
    text: paths(5, andMore),
    variables: ({ pairs }) => fromTo(pairs),
    byHand: [shortest(5)],
  },
  {
    field: 'paths',
    title: 'the 20 best paths of up to 6 hops between two hubs, and whether there are more',
    text: paths(20, andMore),
    variables: ({ hubPairs }) => fromTo(hubPairs),
    byHand: [],
  },
  {
    field: 'neighborhood',
    title: '50 entities within two hops of a lab',
    text: neighborhood,
    variables: ({ labs }) => labs.map((of) => ({ of })),
    byHand: [inTurn, whicheverCounted],
  },
  {
    field: 'neighborhood',
    title: '50 entities within two hops of a hub',
    text: neighborhood,
    variables: ({ hubs }) => hubs.map((of) => ({ of })),
    byHand: [inTurn, whicheverCounted],
  },
  {
    field: 'similar',
    title: 'the 10 labs most like a lab',
    text: similar,
    variables: ({ labs }) => labs.map((to) => ({ to })),
    byHand: [alike],
  },
  {
    field: 'similar',
    title: 'the 10 entities most like a hub',
    text: similar,
    variables: ({ hubs }) => hubs.map((to) => ({ to })),
    byHand: [alike],
  },
];
