/** What is found in the graph once, so that queries can name it. */
export interface Facts {
  /** The country with the most labs, by its code. */
  readonly code: string;
  /** The area with the most labs. */
  readonly area: string;
  /** An institution with some 30 labs. */
  readonly institution: string;
  readonly labs: readonly string[];
  /** Twenty slugs of each of five kinds. */
  readonly mixed: Readonly<Record<string, readonly string[]>>;
}

export type Variables = Readonly<Record<string, unknown>>;

/** The same question to @neo4j/graphql. */
export interface PeerQuery {
  readonly text: string;
  /** Whether its lists are in no order, so that its answer has other values. */
  readonly isUnordered?: true;
  readonly variables: (facts: Facts) => Variables;
}

/** How the cursor of a page in the middle is found. */
export interface Walk {
  /** Asks for one page, as `page`; `$after` is the cursor of the earlier one. */
  readonly text: string;
  /** How many such pages are walked through. */
  readonly pages: number;
}

/** One question, in the forms in which it is asked. */
export interface Query {
  readonly name: string;
  readonly title: string;
  /** Pages whose growth from `medium` to `large` is held against the limit. */
  readonly page?: true;
  readonly text: string;
  /** Several sets of variables are asked in turn. */
  readonly variables: (facts: Facts) => readonly Variables[];
  /**
   * The best statement written by hand. It returns one value: the root fields' values, each a list in the order of the
   * selection; a connection of which one part is selected is that part.
   */
  readonly cypher: string;
  /** Puts what the statement reads once into each place of the answer; the statement's value is the answer unless told otherwise. */
  readonly join?: (value: readonly unknown[]) => readonly unknown[];
  /** What the statement is given; the variables unless told otherwise. */
  readonly parameters?: (variables: Variables) => Variables;
  /** Absent where @neo4j/graphql has no such question. */
  readonly peer?: PeerQuery;
  /** Where `$cursor` comes from. */
  readonly walk?: Walk;
  /** Selected of Silkgraph and the ceiling alone, since @neo4j/graphql cannot be asked for it. */
  readonly unknownToPeer?: readonly string[];
}

export const none = () => [{}];
export const nothing = () => ({});

const PAGES_TO_THE_MIDDLE = 100;

const pluralOf = (kind: string) => `${kind.charAt(0).toLowerCase()}${kind.slice(1)}s`;
const globalId = (kind: string, slug: string) => Buffer.from(`${kind}:${slug}`).toString('base64url');
const slugIn = (id: unknown) => Buffer.from(String(id), 'base64url').toString().split(':')[1];

/** The order of every list: by name, then slug. */
const peerOrder = 'sort: [{ name: ASC }, { id: ASC }]';
/**
 * Matches every lab. It is there to help @neo4j/graphql: with it the page is read from the index on the name, without
 * it all labs are scanned and sorted.
 */
const helped = 'where: { name: { startsWith: "" } }';

export const firstLabs = (size: number) =>
  `MATCH (l:Lab) WHERE l.name IS NOT NULL WITH l ORDER BY l.name, l.id LIMIT ${size}`;
export const page = (node: string, size: number) => `WITH ${node} ORDER BY ${node}.name, ${node}.id LIMIT ${size}`;

type Rows = readonly (readonly unknown[])[];

/** The rows of a block by their slugs, which are first and not part of the answer. */
const bySlug = (rows: Rows) => new Map(rows.map(([slug, ...row]) => [slug, row]));

/** The distinct values that lists of slugs hold, as the start of a block. */
const eachOf = (lists: string, kind: string, node: string) =>
  `UNWIND ${lists} AS list UNWIND list AS slug WITH DISTINCT slug MATCH (${node}:${kind} {id: slug})`;

const programsOf = (node: string) => `COLLECT { MATCH (${node})<-[:COVERS]-(p) ${page('p', 5)} RETURN [p.name] }`;

/** Deep questions in which many ways lead to the same entities; the statements read each of these once. */
const sharing: readonly Query[] = [
  {
    name: 'shared-two',
    title: '100 labs → areas → programs: few areas, met often',
    text: '{ labs(first: 100) { nodes { name areas(first: 5) { nodes { name programs(first: 5) { nodes { name } } } } } } }',
    variables: none,
    cypher: `WITH COLLECT { ${firstLabs(100)} RETURN [l.name, COLLECT { MATCH (l)-[:RESEARCHES]->(a) ${page('a', 5)} RETURN a.id }] } AS labs
      RETURN [labs, COLLECT { ${eachOf('[lab IN labs | lab[1]]', 'Area', 'a')} RETURN [a.id, a.name, ${programsOf('a')}] }]`,
    join: ([labs, areas]) => {
      const known = bySlug(areas as Rows);
      return [(labs as Rows).map(([name, slugs]) => [name, (slugs as string[]).map((slug) => known.get(slug))])];
    },
    peer: {
      text: `{ labs(${helped}, limit: 100, ${peerOrder}) { name areas(limit: 5, ${peerOrder}) { name programs(limit: 5, ${peerOrder}) { name } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'shared-three',
    title: '50 labs → areas → programs → countries',
    text: '{ labs(first: 50) { nodes { name areas(first: 5) { nodes { name programs(first: 5) { nodes { name participants(first: 5) { nodes { name } } } } } } } } }',
    variables: none,
    cypher: `WITH COLLECT { ${firstLabs(50)} RETURN [l.name, COLLECT { MATCH (l)-[:RESEARCHES]->(a) ${page('a', 5)} RETURN a.id }] } AS labs
      WITH labs, COLLECT { ${eachOf('[lab IN labs | lab[1]]', 'Area', 'a')} RETURN [a.id, a.name, COLLECT { MATCH (a)<-[:COVERS]-(p) ${page('p', 5)} RETURN p.id }] } AS areas
      RETURN [labs, areas, COLLECT { ${eachOf('[area IN areas | area[2]]', 'Program', 'p')} RETURN [p.id, p.name, COLLECT { MATCH (p)<-[:PARTICIPATES_IN]-(c) ${page('c', 5)} RETURN [c.name] }] }]`,
    join: ([labs, areas, programs]) => {
      const knownPrograms = bySlug(programs as Rows);
      const rows = (areas as Rows).map(([slug, name, of]) => [
        slug,
        name,
        (of as string[]).map((each) => knownPrograms.get(each)),
      ]);
      const knownAreas = bySlug(rows);
      return [(labs as Rows).map(([name, of]) => [name, (of as string[]).map((each) => knownAreas.get(each))])];
    },
    peer: {
      text: `{ labs(${helped}, limit: 50, ${peerOrder}) { name areas(limit: 5, ${peerOrder}) { name programs(limit: 5, ${peerOrder}) { name participants(limit: 5, ${peerOrder}) { name } } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'shared-deep',
    title: 'Labs → institutions → labs → areas → programs',
    text: '{ labs(first: 10) { nodes { name institutions(first: 5) { nodes { name labs(first: 5) { nodes { name areas(first: 5) { nodes { name programs(first: 5) { nodes { name } } } } } } } } } } }',
    variables: none,
    cypher: `WITH COLLECT { ${firstLabs(10)} RETURN [l.name, COLLECT { MATCH (l)-[:HOSTED_BY]->(i) ${page('i', 5)} RETURN [i.name, COLLECT { MATCH (i)<-[:HOSTED_BY]-(m) ${page('m', 5)} RETURN [m.name, COLLECT { MATCH (m)-[:RESEARCHES]->(a) ${page('a', 5)} RETURN a.id }] }] }] } AS labs
      RETURN [labs, COLLECT { UNWIND labs AS lab UNWIND lab[1] AS institution ${eachOf('[other IN institution[1] | other[1]]', 'Area', 'a')} RETURN [a.id, a.name, ${programsOf('a')}] }]`,
    join: ([labs, areas]) => {
      const known = bySlug(areas as Rows);
      const others = (of: unknown) =>
        (of as Rows).map(([name, slugs]) => [name, (slugs as string[]).map((slug) => known.get(slug))]);
      return [(labs as Rows).map(([name, of]) => [name, (of as Rows).map(([each, labsOf]) => [each, others(labsOf)])])];
    },
    peer: {
      text: `{ labs(${helped}, limit: 10, ${peerOrder}) { name institutions(limit: 5, ${peerOrder}) { name labs(limit: 5, ${peerOrder}) { name areas(limit: 5, ${peerOrder}) { name programs(limit: 5, ${peerOrder}) { name } } } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'shared-aliases',
    title: '20 labs → areas → programs under ten aliases',
    text: `{ labs(first: 20) { nodes { name ${Array.from({ length: 10 }, (_, index) => `a${index}: areas(first: 5) { nodes { name programs(first: 5) { nodes { name } } } }`).join(' ')} } } }`,
    variables: none,
    cypher: `WITH COLLECT { ${firstLabs(20)} RETURN [l.name, COLLECT { MATCH (l)-[:RESEARCHES]->(a) ${page('a', 5)} RETURN a.id }] } AS labs
      RETURN [labs, COLLECT { ${eachOf('[lab IN labs | lab[1]]', 'Area', 'a')} RETURN [a.id, a.name, ${programsOf('a')}] }]`,
    join: ([labs, areas]) => {
      const known = bySlug(areas as Rows);
      return [
        (labs as Rows).map(([name, slugs]) => {
          const each = (slugs as string[]).map((slug) => known.get(slug));
          return [name, ...Array.from({ length: 10 }, () => each)];
        }),
      ];
    },
    peer: {
      text: `{ labs(${helped}, limit: 20, ${peerOrder}) { name ${Array.from({ length: 10 }, (_, index) => `a${index}: areas(limit: 5, ${peerOrder}) { name programs(limit: 5, ${peerOrder}) { name } }`).join(' ')} } }`,
      variables: nothing,
    },
  },
];

/** The same to @neo4j/graphql without an order in nested lists, which saves it the sorting. */
const unordered = sharing.flatMap((query): readonly Query[] => {
  if (!query.peer) return [];
  const [first = '', ...others] = query.peer.text.split(peerOrder);
  const text = [first, others.join('')].join(peerOrder).replaceAll(', )', ')');
  return [
    {
      ...query,
      name: `${query.name}-unordered`,
      title: `${query.title}; @neo4j/graphql sorts nothing inside`,
      peer: { ...query.peer, text, isUnordered: true },
    },
  ];
});

const wide =
  'slug name nameZh alsoKnownAs notes conflicts designation inScope status description batch yearRecognised recognisedDate yearBasis partnerRegion cities sites firstMilestoneDate confidence';

const mixedFields: Readonly<Record<string, string>> = {
  Lab: 'status designation',
  Institution: 'city',
  Area: 'definition',
  Program: 'description launched',
  Event: 'startDate endDate',
};

export const queries: readonly Query[] = [
  ...sharing,
  ...unordered,
  {
    name: 'lookup',
    title: 'One lab by its slug, seven fields',
    text: 'query ($slug: String!) { lab(slug: $slug) { slug name nameZh designation status yearRecognised description } }',
    variables: ({ labs }) => labs.map((slug) => ({ slug })),
    cypher:
      'MATCH (l:Lab {id: $slug}) RETURN [[l.id, l.name, l.nameZh, l.designation, l.status, l.yearRecognised, l.description]]',
    peer: {
      text: 'query ($slug: String!) { labs(where: { id: { eq: $slug } }) { slug: id name nameZh designation status yearRecognised description } }',
      variables: nothing,
    },
  },
  {
    name: 'page',
    title: '20 labs, four relations of each',
    page: true,
    text: '{ labs(first: 20) { nodes { name status areas(first: 5) { nodes { name } } institutions(first: 5) { nodes { name } } partnerCountries(first: 5) { nodes { name } } programs(first: 5) { nodes { name } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { ${firstLabs(20)} RETURN [l.name, l.status,
      COLLECT { MATCH (l)-[:RESEARCHES]->(x) ${page('x', 5)} RETURN [x.name] },
      COLLECT { MATCH (l)-[:HOSTED_BY]->(x) ${page('x', 5)} RETURN [x.name] },
      COLLECT { MATCH (l)-[:PARTNERS_WITH]->(x) ${page('x', 5)} RETURN [x.name] },
      COLLECT { MATCH (l)<-[:SUPPORTS_LAB]-(x) ${page('x', 5)} RETURN [x.name] }] }]`,
    peer: {
      text: `{ labs(${helped}, limit: 20, ${peerOrder}) { name status areas(limit: 5, ${peerOrder}) { name } institutions(limit: 5, ${peerOrder}) { name } partnerCountries(limit: 5, ${peerOrder}) { name } programs(limit: 5, ${peerOrder}) { name } } }`,
      variables: nothing,
    },
  },
  {
    name: 'three-levels',
    title: 'Three levels: programs → labs → institutions',
    text: '{ programs(first: 10) { nodes { name type labs(first: 5) { nodes { name status institutions(first: 5) { nodes { name type } } } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (p:Program) WHERE p.name IS NOT NULL ${page('p', 10)} RETURN [p.name, p.type,
      COLLECT { MATCH (p)-[:SUPPORTS_LAB]->(l) ${page('l', 5)} RETURN [l.name, l.status,
        COLLECT { MATCH (l)-[:HOSTED_BY]->(i) ${page('i', 5)} RETURN [i.name, i.type] }] }] }]`,
    peer: {
      text: `{ programs(${helped}, limit: 10, ${peerOrder}) { name type labs(limit: 5, ${peerOrder}) { name status institutions(limit: 5, ${peerOrder}) { name type } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'five-levels',
    title: 'Five levels: labs → institutions → platforms → countries → groups',
    text: '{ labs(first: 5) { nodes { name institutions(first: 3) { nodes { name platforms(first: 3) { nodes { name servedCountries(first: 3) { nodes { name groups(first: 3) { nodes { name } } } } } } } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { ${firstLabs(5)} RETURN [l.name,
      COLLECT { MATCH (l)-[:HOSTED_BY]->(i) ${page('i', 3)} RETURN [i.name,
        COLLECT { MATCH (i)<-[:OPERATED_BY]-(p) ${page('p', 3)} RETURN [p.name,
          COLLECT { MATCH (p)-[:SERVES]->(c) ${page('c', 3)} RETURN [c.name,
            COLLECT { MATCH (c)-[:MEMBER_OF]->(g) ${page('g', 3)} RETURN [g.name] }] }] }] }] }]`,
    peer: {
      text: `{ labs(${helped}, limit: 5, ${peerOrder}) { name institutions(limit: 3, ${peerOrder}) { name platforms(limit: 3, ${peerOrder}) { name servedCountries(limit: 3, ${peerOrder}) { name groups(limit: 3, ${peerOrder}) { name } } } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'hub',
    title: 'The hub country → 20 labs → institutions → country',
    text: 'query ($code: String!) { country(code: $code) { name labs(first: 20) { nodes { name institutions(first: 5) { nodes { name country { name } } } } } } }',
    variables: ({ code }) => [{ code }],
    cypher: `MATCH (c:Country {code: $code}) RETURN [[c.name,
      COLLECT { MATCH (l:Lab) WHERE l.name IS NOT NULL AND EXISTS { (l)-[:PARTNERS_WITH]->(c) } ${page('l', 20).replace('WITH l', 'WITH c, l')} RETURN [l.name,
        COLLECT { MATCH (l)-[:HOSTED_BY]->(i) ${page('i', 5)} RETURN [i.name, head([(i)-[:BASED_IN]->(x) | [x.name]])] }] }]]`,
    peer: {
      text: `query ($code: String!) { countries(where: { code: { eq: $code } }) { name labs(limit: 20, ${peerOrder}) { name institutions(limit: 5, ${peerOrder}) { name country { name } } } } }`,
      variables: ({ code }) => ({ code }),
    },
  },
  {
    name: 'hub-page',
    title: 'The first 20 labs of the area that most labs share',
    page: true,
    text: 'query ($area: String!) { area(slug: $area) { name labs(first: 20) { nodes { slug name status } } } }',
    variables: ({ area }) => [{ area }],
    cypher: `MATCH (a:Area {id: $area}) RETURN [[a.name,
      COLLECT { MATCH (l:Lab) WHERE l.name IS NOT NULL AND EXISTS { (l)-[:RESEARCHES]->(a) } ${page('l', 20).replace('WITH l', 'WITH a, l')} RETURN [l.id, l.name, l.status] }]]`,
    peer: {
      text: `query ($area: String!) { areas(where: { id: { eq: $area } }) { name labs(limit: 20, ${peerOrder}) { slug: id name status } } }`,
      variables: ({ area }) => ({ area }),
    },
  },
  {
    name: 'aliases',
    title: 'Programs → labs → one relation under five aliases, each with other arguments',
    text: '{ programs(first: 5) { nodes { name labs(first: 4) { nodes { name a: areas(first: 1) { nodes { name } } b: areas(first: 2, orderBy: [{ name: DESC }]) { nodes { name } } c: areas(first: 2, orderBy: [{ slug: ASC }]) { nodes { name } } d: areas(first: 5) { nodes { name } } e: areas(first: 3, orderBy: [{ slug: DESC }]) { nodes { name } } } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (p:Program) WHERE p.name IS NOT NULL ${page('p', 5)} RETURN [p.name,
      COLLECT { MATCH (p)-[:SUPPORTS_LAB]->(l) ${page('l', 4)} RETURN [l.name,
        COLLECT { MATCH (l)-[:RESEARCHES]->(x) ${page('x', 1)} RETURN [x.name] },
        COLLECT { MATCH (l)-[:RESEARCHES]->(x) WITH x ORDER BY x.name DESC, x.id LIMIT 2 RETURN [x.name] },
        COLLECT { MATCH (l)-[:RESEARCHES]->(x) WITH x ORDER BY x.id LIMIT 2 RETURN [x.name] },
        COLLECT { MATCH (l)-[:RESEARCHES]->(x) ${page('x', 5)} RETURN [x.name] },
        COLLECT { MATCH (l)-[:RESEARCHES]->(x) WITH x ORDER BY x.id DESC LIMIT 3 RETURN [x.name] }] }] }]`,
    peer: {
      text: `{ programs(${helped}, limit: 5, ${peerOrder}) { name labs(limit: 4, ${peerOrder}) { name a: areas(limit: 1, ${peerOrder}) { name } b: areas(limit: 2, sort: [{ name: DESC }, { id: ASC }]) { name } c: areas(limit: 2, sort: [{ id: ASC }]) { name } d: areas(limit: 5, ${peerOrder}) { name } e: areas(limit: 3, sort: [{ id: DESC }]) { name } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'counts',
    title: 'Counts only: four relations of 20 labs, and four kinds',
    text: '{ labs(first: 20) { totalCount nodes { name areas { totalCount } institutions { totalCount } partnerCountries { totalCount } programs { totalCount } } } institutions { totalCount } platforms { totalCount } events { totalCount } }',
    variables: none,
    cypher: `RETURN [[COUNT { (:Lab) }, COLLECT { ${firstLabs(20)} RETURN [l.name, COUNT { (l)-[:RESEARCHES]->() }, COUNT { (l)-[:HOSTED_BY]->() }, COUNT { (l)-[:PARTNERS_WITH]->() }, COUNT { (l)<-[:SUPPORTS_LAB]-() }] }],
      COUNT { (:Institution) }, COUNT { (:Platform) }, COUNT { (:Event) }]`,
    peer: {
      text: `{ labsConnection { aggregate { count { nodes } } } labs(${helped}, limit: 20, ${peerOrder}) { name areasConnection { aggregate { count { nodes } } } institutionsConnection { aggregate { count { nodes } } } partnerCountriesConnection { aggregate { count { nodes } } } programsConnection { aggregate { count { nodes } } } } institutionsConnection { aggregate { count { nodes } } } platformsConnection { aggregate { count { nodes } } } eventsConnection { aggregate { count { nodes } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'edges',
    title: '20 labs → institutions with the properties of the relation',
    page: true,
    text: '{ labs(first: 20) { nodes { name institutions(first: 5) { edges { role side roleNote ownSources node { name } } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { ${firstLabs(20)} RETURN [l.name,
      COLLECT { MATCH (l)-[r:HOSTED_BY]->(i) ${page('i', 5).replace('WITH i', 'WITH r, i')} RETURN [r.role, r.side, r.roleNote, r.sources IS NOT NULL, [i.name]] }] }]`,
    peer: {
      text: `{ labs(${helped}, limit: 20, ${peerOrder}) { name institutionsConnection(first: 5, sort: [{ node: { name: ASC } }, { node: { id: ASC } }]) { edges { properties { role side roleNote } node { name } } } } }`,
      variables: nothing,
    },
    unknownToPeer: ['ownSources'],
  },
  {
    name: 'edge-sources',
    title: '10 labs → institutions with the sources of the relation, its own or else those of the lab',
    text: '{ labs(first: 10) { nodes { name institutions(first: 5) { edges { role sources { name publisher } node { name } } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { ${firstLabs(10)} RETURN [l.name,
      COLLECT { MATCH (l)-[r:HOSTED_BY]->(i) ${page('i', 5).replace('WITH i', 'WITH l, r, i')} RETURN [r.role,
        CASE WHEN r.sources IS NULL
          THEN COLLECT { MATCH (l)-[:CITES]->(s) WITH s ORDER BY s.name, s.id RETURN [s.name, s.publisher] }
          ELSE COLLECT { UNWIND r.sources AS slug MATCH (s:Source {id: slug}) WITH s ORDER BY s.name, s.id RETURN [s.name, s.publisher] } END,
        [i.name]] }] }]`,
    peer: {
      text: `{ labs(${helped}, limit: 10, ${peerOrder}) { name sources(${peerOrder}) { name publisher } institutionsConnection(first: 5, sort: [{ node: { name: ASC } }, { node: { id: ASC } }]) { edges { properties { role sources } node { name } } } } }`,
      variables: nothing,
    },
    unknownToPeer: ['sources'],
  },
  {
    name: 'backward',
    title: '20 labs before a cursor in the middle',
    page: true,
    text: 'query ($cursor: String!) { labs(last: 20, before: $cursor) { nodes { slug name status } pageInfo { hasPreviousPage startCursor } } }',
    variables: none,
    cypher: `MATCH (l:Lab) WHERE l.name <= $name AND (l.name < $name OR l.id < $id) WITH l ORDER BY l.name DESC, l.id DESC LIMIT 21
      WITH collect([l.id, l.name, l.status]) AS rows
      RETURN [[reverse(rows[..20]), [size(rows) > 20, [rows[size(rows[..20]) - 1][1], rows[size(rows[..20]) - 1][0]]]]]`,
    parameters: ({ cursor }) => {
      const [, name, id] = JSON.parse(Buffer.from(String(cursor), 'base64url').toString());
      return { name, id };
    },
    peer: {
      // Its cursors are offsets; and a connection of it collects all labs before it takes the page.
      text: `{ labs(${helped}, offset: ${100 * PAGES_TO_THE_MIDDLE - 21}, limit: 20, ${peerOrder}) { slug: id name status } }`,
      variables: nothing,
    },
    walk: {
      text: 'query ($after: String) { page: labs(first: 100, after: $after) { pageInfo { endCursor } } }',
      pages: PAGES_TO_THE_MIDDLE,
    },
    unknownToPeer: ['hasPreviousPage'],
  },
  {
    name: 'nodes',
    title: '100 entities of five kinds by their ids, with fragments',
    text: `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ${Object.entries(mixedFields)
      .map(([kind, fields]) => `... on ${kind} { slug name ${fields} }`)
      .join(' ')} } }`,
    variables: ({ mixed }) => [
      { ids: Object.entries(mixed).flatMap(([kind, slugs]) => slugs.map((slug) => globalId(kind, slug))) },
    ],
    cypher: `RETURN [COLLECT { UNWIND $slugs AS slug MATCH (n:Entity {id: slug}) RETURN CASE
      ${Object.entries(mixedFields)
        .map(
          ([kind, fields]) =>
            `WHEN n:${kind} THEN ['${kind}', n.id, n.id, n.name, ${fields.split(' ').map((field) => `n.${field}`)}]`,
        )
        .join(' ')} END }]`,
    parameters: ({ ids }) => ({ slugs: (ids as readonly string[]).map(slugIn) }),
    peer: {
      text: `query (${Object.keys(mixedFields).map((kind) => `$${kind}: [String!]!`)}) { ${Object.entries(mixedFields)
        .map(
          ([kind, fields]) =>
            `${pluralOf(kind)}(where: { id: { in: $${kind} } }) { __typename slug: id name ${fields} }`,
        )
        .join(' ')} }`,
      variables: ({ mixed }) => mixed,
    },
    unknownToPeer: ['id'],
  },
  {
    name: 'wide',
    title: 'A page of 100 labs, all 19 scalar properties',
    page: true,
    text: `{ labs(first: 100) { nodes { ${wide} } } }`,
    variables: none,
    cypher: `RETURN [COLLECT { ${firstLabs(100)} RETURN [${wide.split(' ').map((field) => (field === 'slug' ? 'l.id' : `l.${field}`))}] }]`,
    peer: {
      text: `{ labs(${helped}, limit: 100, ${peerOrder}) { ${wide.replace('slug', 'slug: id')} } }`,
      variables: nothing,
    },
  },
  {
    name: 'to-one',
    title: '100 institutions → country',
    page: true,
    text: '{ institutions(first: 100) { nodes { name type country { name region } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (i:Institution) WHERE i.name IS NOT NULL ${page('i', 100)} RETURN [i.name, i.type, head([(i)-[:BASED_IN]->(c) | [c.name, c.region]])] }]`,
    peer: {
      text: `{ institutions(${helped}, limit: 100, ${peerOrder}) { name type country { name region } } }`,
      variables: nothing,
    },
  },
  {
    name: 'question',
    title: '20 labs → programs with areas, areas, institutions with country',
    page: true,
    text: '{ labs(first: 20) { nodes { name programs(first: 20) { nodes { name areas(first: 20) { nodes { name } } } } areas(first: 20) { nodes { name } } institutions(first: 20) { nodes { name country { name } } } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { ${firstLabs(20)} RETURN [l.name,
      COLLECT { MATCH (l)<-[:SUPPORTS_LAB]-(p) ${page('p', 20)} RETURN [p.name,
        COLLECT { MATCH (p)-[:COVERS]->(x) ${page('x', 20)} RETURN [x.name] }] },
      COLLECT { MATCH (l)-[:RESEARCHES]->(x) ${page('x', 20)} RETURN [x.name] },
      COLLECT { MATCH (l)-[:HOSTED_BY]->(i) ${page('i', 20)} RETURN [i.name, head([(i)-[:BASED_IN]->(c) | [c.name]])] }] }]`,
    peer: {
      text: `{ labs(${helped}, limit: 20, ${peerOrder}) { name programs(limit: 20, ${peerOrder}) { name areas(limit: 20, ${peerOrder}) { name } } areas(limit: 20, ${peerOrder}) { name } institutions(limit: 20, ${peerOrder}) { name country { name } } } }`,
      variables: nothing,
    },
  },
  {
    name: 'filter',
    title: '20 labs that fit a filter on themselves and on what they are related to',
    text: '{ labs(first: 20, filter: { status: { eq: ESTABLISHED }, partnerCountries: { some: { region: { eq: AFRICA } } }, areas: { count: { gte: 2 } } }) { nodes { slug name } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (l:Lab) WHERE l.name IS NOT NULL AND l.status = 'ESTABLISHED'
      AND EXISTS { MATCH (l)-[:PARTNERS_WITH]->(c) WHERE c.region = 'AFRICA' } AND COUNT { (l)-[:RESEARCHES]->() } >= 2
      WITH l ORDER BY l.name, l.id LIMIT 20 RETURN [l.id, l.name] }]`,
  },
  {
    name: 'filter-text',
    title: 'Institutions whose name contains a word, with their number',
    text: '{ institutions(first: 20, filter: { name: { contains: "Academy" } }) { totalCount nodes { name } } }',
    variables: none,
    cypher: `RETURN [[COUNT { MATCH (i:Institution) WHERE i._nameFolded CONTAINS 'academy' },
      COLLECT { MATCH (i:Institution) WHERE i.name IS NOT NULL AND i._nameFolded CONTAINS 'academy' ${page('i', 20)} RETURN [i.name] }]]`,
  },
  {
    name: 'order-by-count',
    title: 'The 20 areas with most labs',
    text: '{ areas(first: 20, orderBy: [{ labs: { count: DESC } }]) { nodes { name labs { totalCount } } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (a:Area) WITH a, COUNT { (a)<-[:RESEARCHES]-() } AS c ORDER BY c DESC, a.id LIMIT 20 RETURN [a.name, c] }]`,
  },
  {
    name: 'order-by-year',
    title: 'The 20 labs recognised last, by a year that some lack',
    text: '{ labs(first: 20, orderBy: [{ yearRecognised: DESC }]) { nodes { slug name yearRecognised } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (l:Lab) WHERE l.yearRecognised IS NOT NULL WITH l ORDER BY l.yearRecognised DESC, l.id LIMIT 20
      RETURN [l.id, l.name, l.yearRecognised] }]`,
    peer: {
      // Cypher puts those without a year first.
      text: '{ labs(where: { yearRecognised: { gte: 0 } }, limit: 20, sort: [{ yearRecognised: DESC }, { id: ASC }]) { slug: id name yearRecognised } }',
      variables: nothing,
    },
  },
  {
    name: 'facets',
    title: 'Labs counted by designation, status and year',
    text: '{ labs { facets(by: [DESIGNATION, STATUS, YEAR_RECOGNISED], first: 5) { by buckets { value count } } } }',
    variables: none,
    cypher: `RETURN [[${[
      ['DESIGNATION', 'designation'],
      ['STATUS', 'status'],
      ['YEAR_RECOGNISED', 'yearRecognised'],
    ]
      .map(
        ([by, property]) =>
          `['${by}', COLLECT { MATCH (l:Lab) WHERE l.${property} IS NOT NULL WITH l.${property} AS v, count(*) AS c ORDER BY c DESC, v LIMIT 5 RETURN [toString(v), c] }]`,
      )
      .join(', ')}]]`,
  },
  {
    name: 'groups',
    title: 'Labs grouped by status, with the mean year of recognition',
    text: '{ labsGroupBy(by: [STATUS], first: 10) { nodes { keys { value } count avg(of: YEAR_RECOGNISED) } } }',
    variables: none,
    cypher: `RETURN [COLLECT { MATCH (l:Lab) WITH l.status AS v, count(*) AS c, sum(l.yearRecognised) AS s, count(l.yearRecognised) AS n
      ORDER BY c DESC, v LIMIT 10 RETURN [[[v]], c, CASE WHEN n > 0 THEN toFloat(s) / n END] }]`,
  },
];
