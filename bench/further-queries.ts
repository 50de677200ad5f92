import { firstLabs, none, page, type Query } from './queries.ts';

/** Steps of a hierarchy that are followed: more than it has. */
const DEPTH = 20;

/** What lies on or below `node`, by a relation that leads to what is broader. */
const within = (node: string, relation: string) =>
  `MATCH (${node})<-[:${relation}*0..${DEPTH}]-(narrower) WITH DISTINCT narrower`;

/** Conditions on relations, closures, shapes and groups over several hops, beside statements written by hand. */
export const furtherQueries: readonly Query[] = [
  {
    name: 'edge-filter',
    title: '20 labs → institutions of one side',
    text: '{ labs(first: 20) { nodes { name institutions(first: 5, filter: { edge: { side: { eq: CHINESE } } }) { nodes { name } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { ${firstLabs(20)} RETURN [l.name,
      COLLECT { MATCH (l)-[r:HOSTED_BY]->(i) WHERE r.side = 'CHINESE' ${page('i', 5)} RETURN [i.name] }] }]`,
  },
  {
    name: 'edge-order',
    title: 'The members of 5 groups, by the date since when',
    text: '{ countryGroups(first: 5) { nodes { name members(first: 10, orderBy: [{ edge: { since: ASC } }]) { edges { since node { name } } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (g:CountryGroup) WHERE g.name IS NOT NULL ${page('g', 5)} RETURN [g.name,
      COLLECT { MATCH (c)-[r:MEMBER_OF]->(g) WITH r, c ORDER BY r.since IS NULL, r.since, c.id LIMIT 10 RETURN [r.since, [c.name]] }] }]`,
  },
  {
    name: 'edge-count',
    title: 'The 20 institutions that lead most labs',
    text: '{ institutions(first: 20, orderBy: [{ labs: { count: DESC, filter: { edge: { role: { eq: LEAD } } } } }]) { nodes { name } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (i:Institution) WITH i, COUNT { (i)<-[r:HOSTED_BY]-() WHERE r.role = 'LEAD' } AS c
      ORDER BY c DESC, i.id LIMIT 20 RETURN [i.name] }]`,
  },
  {
    name: 'far-filter',
    title: 'Institutions by the region of their country, with their number',
    text: '{ institutions(first: 20, filter: { country: { region: { eq: AFRICA } } }) { totalCount nodes { name } } }',
    variables: none,
    cypher: `RETURN [[COUNT { MATCH (i:Institution)-[:BASED_IN]->(c) WHERE c.region = 'AFRICA' },
      COLLECT { MATCH (i:Institution) WHERE i.name IS NOT NULL AND EXISTS { MATCH (i)-[:BASED_IN]->(c) WHERE c.region = 'AFRICA' } ${page('i', 20)} RETURN [i.name] }]]`,
  },
  {
    name: 'closure',
    title: 'Labs in an area or a narrower one, with their number',
    text: 'query ($area: ID!) { labs(first: 20, filter: { areas: { some: { within: $area } } }) { totalCount nodes { name } } }',
    variables: ({ area }) => [{ area }],
    cypher: `MATCH (a:Area {id: $area}) CALL (a) { ${within('a', 'BROADER')} RETURN collect(narrower) AS areas }
      RETURN [[COUNT { UNWIND areas AS area MATCH (area)<-[:RESEARCHES]-(l) RETURN DISTINCT l },
      COLLECT { MATCH (l:Lab) WHERE l.name IS NOT NULL AND EXISTS { MATCH (l)-[:RESEARCHES]->(x) WHERE x IN areas } ${page('l', 20).replace('WITH l', 'WITH areas, l')} RETURN [l.name] }]]`,
  },
  {
    name: 'closure-of-set',
    title: 'Labs below all areas of a set, with their number',
    text: '{ labs(first: 20, filter: { areas: { some: { broaderTransitive: { some: { keyArea: { eq: true } } } } } }) { totalCount nodes { name } } }',
    variables: none,
    cypher: `CALL () { MATCH (a:Area) WHERE a.keyArea MATCH (a)<-[:BROADER*1..${DEPTH}]-(narrower) RETURN collect(DISTINCT narrower) AS areas }
      RETURN [[COUNT { UNWIND areas AS area MATCH (area)<-[:RESEARCHES]-(l) RETURN DISTINCT l },
      COLLECT { MATCH (l:Lab) WHERE l.name IS NOT NULL AND EXISTS { MATCH (l)-[:RESEARCHES]->(x) WHERE x IN areas } ${page('l', 20).replace('WITH l', 'WITH areas, l')} RETURN [l.name] }]]`,
  },
  {
    name: 'shape-pairs',
    title: 'Pairs of countries that meet in labs of one institution, by the number of ways',
    text: `query ($institution: ID!) { match(
      pattern: {
        entities: [{ as: "at", id: $institution }, { as: "lab", kind: LAB }, { as: "one", kind: COUNTRY }, { as: "other", kind: COUNTRY }]
        relations: [{ from: "lab", to: "at", relation: HOSTED_BY }, { from: "lab", to: "one", relation: PARTNERS_WITH }, { from: "lab", to: "other", relation: PARTNERS_WITH }]
        unordered: [["one", "other"]]
      }
      show: ["one", "other"] orderBy: [{ by: WAYS, direction: DESC }] first: 20
    ) { totalCount nodes { ways one: entity(as: "one") { slug ... on Country { name } } other: entity(as: "other") { slug ... on Country { name } } } } }`,
    variables: ({ institution }) => [{ institution }],
    cypher: `CALL () { MATCH (:Institution {id: $institution})<-[:HOSTED_BY]-(l:Lab), (l)-[:PARTNERS_WITH]->(x:Country), (l)-[:PARTNERS_WITH]->(y:Country)
        WHERE x.id < y.id WITH x, y, count(*) AS ways ORDER BY ways DESC, x.name, y.name, x.id, y.id
        RETURN collect([ways, ['Country', x.id, x.name], ['Country', y.id, y.name]]) AS pairs }
      RETURN [[size(pairs), pairs[..20]]]`,
  },
  {
    name: 'shape-compare',
    title: 'Pairs of labs of one institution, of which one is older',
    text: `query ($institution: ID!) { match(
      pattern: {
        entities: [{ as: "at", id: $institution }, { as: "one", kind: LAB }, { as: "other", kind: LAB }]
        relations: [{ from: "one", to: "at", relation: HOSTED_BY }, { from: "other", to: "at", relation: HOSTED_BY }]
        where: [{ left: { as: "one", property: "yearRecognised" }, is: LT, right: { as: "other", property: "yearRecognised" } }]
      }
      show: ["one", "other"] first: 20
    ) { totalCount nodes { one: entity(as: "one") { slug ... on Lab { name } } other: entity(as: "other") { slug ... on Lab { name } } } } }`,
    variables: ({ institution }) => [{ institution }],
    cypher: `CALL () { MATCH (i:Institution {id: $institution})<-[:HOSTED_BY]-(x:Lab) MATCH (i)<-[:HOSTED_BY]-(y:Lab)
        WHERE x.yearRecognised < y.yearRecognised WITH x, y ORDER BY x.name, y.name, x.id, y.id
        RETURN collect([['Lab', x.id, x.name], ['Lab', y.id, y.name]]) AS pairs }
      RETURN [[size(pairs), pairs[..20]]]`,
  },
  {
    name: 'groups-hops',
    title: 'Labs by top area and by the region of their partners',
    text: '{ labsGroupBy(keys: [{ areas: { level: 0 } }, { partnerCountries: { by: REGION } }], first: 12) { nodes { count keys { value } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (l:Lab)
      OPTIONAL MATCH (l)-[:RESEARCHES]->(:Area)-[:BROADER*0..${DEPTH}]->(top) WHERE NOT EXISTS { (top)-[:BROADER]->() }
      OPTIONAL MATCH (l)-[:PARTNERS_WITH]->(c)
      WITH DISTINCT l, top.id AS area, c.region AS region
      WITH area, region, count(*) AS c ORDER BY c DESC, area, region LIMIT 12 RETURN [c, [[area], [region]]] }]`,
  },
  {
    name: 'groups-share',
    title: 'Share of established labs and median year, by the region of their partners',
    text: '{ labsGroupBy(keys: [{ partnerCountries: { by: REGION } }], first: 10) { nodes { keys { value } count share(filter: { lab: { status: { eq: ESTABLISHED } } }) median(of: YEAR_RECOGNISED) } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (l:Lab) OPTIONAL MATCH (l)-[:PARTNERS_WITH]->(c)
      WITH DISTINCT l, c.region AS region
      WITH region, count(*) AS c, toFloat(sum(CASE l.status WHEN 'ESTABLISHED' THEN 1 ELSE 0 END)) / count(*) AS share, percentileCont(l.yearRecognised, 0.5) AS middle
      ORDER BY c DESC, region LIMIT 10 RETURN [[[region]], c, share, middle] }]`,
  },
  {
    name: 'groups-sources',
    title: 'Share of labs without an official or institutional source, by the region of their partners',
    text: '{ labsGroupBy(keys: [{ partnerCountries: { by: REGION } }], first: 10) { nodes { keys { value } count share(filter: { lab: { sources: { none: { type: { in: [OFFICIAL, INSTITUTION] } } } } }) } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (l:Lab) OPTIONAL MATCH (l)-[:PARTNERS_WITH]->(c) WITH DISTINCT l, c.region AS region
      WITH region, count(*) AS c, count(CASE WHEN NOT EXISTS { MATCH (l)-[:CITES]->(s) WHERE s.type IN ['OFFICIAL', 'INSTITUTION'] } THEN l END) AS without
      ORDER BY c DESC, region LIMIT 10 RETURN [[[region]], c, toFloat(without) / c] }]`,
  },
  {
    name: 'groups-twice',
    title: 'Pairs of areas that meet in a lab, with their number',
    text: '{ labsGroupBy(by: [AREAS, AREAS], first: 12) { totalCount nodes { count keys { value } } } }',
    variables: none,
    cypher: `CALL () { MATCH (x)<-[:RESEARCHES]-(:Lab)-[:RESEARCHES]->(y) WHERE x.id < y.id
        WITH x, y, count(*) AS c WITH x.id AS one, y.id AS other, c ORDER BY c DESC, one, other
        RETURN collect([c, [[one], [other]]]) AS pairs }
      RETURN [[size(pairs), pairs[..12]]]`,
  },
  {
    name: 'groups-running',
    title: 'Labs by year, with the sum until then and the years without any',
    text: '{ labsGroupBy(by: [YEAR_RECOGNISED], emptyYears: true, first: 100) { nodes { count runningCount keys { value } } } }',
    variables: none,
    cypher: `CALL () { MATCH (l:Lab) WITH l.yearRecognised AS year, count(*) AS c
        RETURN collect([year, c]) AS found, min(year) AS first, max(year) AS last }
      RETURN [[year IN range(first, last) | [
        coalesce(head([f IN found WHERE f[0] = year | f[1]]), 0),
        reduce(sum = 0, f IN found | sum + CASE WHEN f[0] <= year THEN f[1] ELSE 0 END),
        [[toString(year)]]]] + [f IN found WHERE f[0] IS NULL | [f[1], null, [[null]]]]]`,
  },
  {
    name: 'groups-newest',
    title: 'The newest figure of each type',
    text: '{ indicatorsGroupBy(by: [TYPE], first: 10) { nodes { keys { value } count newest(by: DATE) { slug ... on Indicator { date } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (i:Indicator) WITH i.type AS type, count(*) AS c, collect(i) AS all ORDER BY c DESC, type LIMIT 10
      RETURN [[[type]], c, COLLECT { UNWIND all AS i WITH i WHERE i.date IS NOT NULL WITH i ORDER BY i.date DESC, i.id DESC LIMIT 1 RETURN ['Indicator', i.id, i.date] }[0]] }]`,
  },
];
