import { escapedName } from '../../../engine/database/escaped-name.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import { counted } from '../english.ts';
import { chooseKinds, type SeenLabel } from '../inference/choose-kinds.ts';
import { type Holder, itemsOf } from '../inference/renaming.ts';
import type { SeenGraph, SeenKind, SeenPair, SeenRelation } from '../inference/seen.ts';
import { seenProperties, type ValueRow } from '../inference/seen-properties.ts';
import { type Access, isOwnName } from '../neo4j-access.ts';

export interface LookOptions {
  /** Maximum number of nodes of each label, and of relationships of each type, whose values are read. @default 10000 */
  readonly sample?: number | undefined;
  /** Where the database is, for the first line of the ontology. */
  readonly place: string;
}

const SAMPLE = 10_000;

interface Sample {
  readonly sample: number;
}

const labels: Statement<NoParameters, readonly [label: string]> = {
  name: 'adoption-labels',
  text: 'CALL db.labels() YIELD label RETURN label ORDER BY label',
};

const types: Statement<NoParameters, readonly [type: string]> = {
  name: 'adoption-types',
  text: 'CALL db.relationshipTypes() YIELD relationshipType AS type RETURN type ORDER BY type',
};

const indexes: Statement<NoParameters, readonly [labels: readonly string[], properties: readonly string[]]> = {
  name: 'adoption-indexes',
  text: `SHOW INDEXES YIELD entityType, labelsOrTypes, properties, type
WHERE entityType = 'NODE' AND type IN ['RANGE', 'TEXT'] RETURN labelsOrTypes, properties`,
};

const countNodes = (label: string): Statement<NoParameters, readonly [count: number]> => ({
  name: 'adoption-count-nodes',
  text: `MATCH (node:${escapedName(label)}) RETURN count(*)`,
});

const countRelations = (type: string): Statement<NoParameters, readonly [count: number]> => ({
  name: 'adoption-count-relations',
  text: `MATCH ()-[relation:${escapedName(type)}]->() RETURN count(*)`,
});

const DATE = "'(?!0[0-9]{3}$)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?'";
const URL = "'https?://[^\\\\s/@]+(/\\\\S*)?'";
const CONSTANT = "'[A-Z][A-Z0-9]*(_[A-Z0-9]+)*'";

/**
 * Counts the values of each property by their type, but for those that Silkgraph adds. `isText` also holds for lists in
 * which every item does, `isBeyond` for those in which some does.
 */
const valuesOf = (owner: Holder): Statement<Sample, ValueRow> => {
  const isOwn = owner.isRelation ? "key =~ '_.+Folded'" : "key STARTS WITH '_' AND item:Entity";
  const isText = (pattern: string) => `CASE
    WHEN type STARTS WITH 'STRING' THEN value =~ ${pattern}
    WHEN type STARTS WITH 'LIST<STRING' THEN all(each IN value WHERE each =~ ${pattern})
    ELSE false END`;
  const isBeyond = (most: number) => `any(each IN integers WHERE each > ${most} OR each < -${most + 1})`;
  return {
    name: 'adoption-values',
    text: `MATCH ${itemsOf(owner)} WITH item LIMIT toInteger($sample)
UNWIND [key IN keys(item) WHERE NOT (${isOwn})] AS key
WITH key, item[key] AS value, valueType(item[key]) AS type
WITH key, value, type, CASE
  WHEN type STARTS WITH 'STRING' THEN trim(value) = ''
  WHEN type STARTS WITH 'LIST' THEN size(value) = 0
  ELSE false END AS isEmpty
WITH key, value, type, isEmpty, NOT isEmpty AND ${isText(DATE)} AS isDate, NOT isEmpty AND ${isText(URL)} AS isUrl,
  CASE WHEN type STARTS WITH 'STRING' AND value =~ ${CONSTANT} THEN value END AS constant,
  CASE WHEN type STARTS WITH 'INTEGER' THEN [value] WHEN type STARTS WITH 'LIST<INTEGER' THEN value ELSE [] END AS integers
WITH *, ${isBeyond(2 ** 31 - 1)} AS isWide, ${isBeyond(Number.MAX_SAFE_INTEGER)} AS isHuge
WITH key, type, count(*) AS all, count(constant) AS constants, count(DISTINCT constant) AS different,
  sum(toInteger(isEmpty)) AS empty, sum(toInteger(isDate)) AS dates, sum(toInteger(isUrl)) AS urls,
  sum(toInteger(isWide)) AS wide, sum(toInteger(isHuge)) AS huge
RETURN key, type, all, empty, dates, urls, wide, huge, CASE WHEN constants = all THEN different ELSE 0 END ORDER BY key, type`,
  };
};

const integersIn = (owner: Holder, key: string): Statement<NoParameters, readonly [value: unknown]> => {
  const value = `item.${escapedName(key)}`;
  return {
    name: 'adoption-integers',
    text: `MATCH ${itemsOf(owner)} WHERE valueType(${value}) STARTS WITH 'LIST<INTEGER' RETURN ${value} LIMIT 1`,
  };
};

/** What was counted of the properties of an owner. */
async function readValues(access: Access, owner: Holder, sample: number): Promise<readonly ValueRow[]> {
  const rows: ValueRow[] = [];
  for (const row of await access.read(valuesOf(owner), { sample })) {
    const [key, type, ...counts] = row;
    // Cypher calls bytes integers too; the driver tells them apart.
    const [[value] = []] = type.startsWith('LIST<INTEGER') ? await access.read(integersIn(owner, key), {}) : [];
    rows.push(ArrayBuffer.isView(value) ? [key, 'BYTES', ...counts] : row);
  }
  return rows;
}

/** The labels that occur together with this one, and on how many of the nodes looked at. */
const togetherWith = (label: string): Statement<Sample, readonly [label: string, count: number]> => ({
  name: 'adoption-labels-together',
  text: `MATCH (node:${escapedName(label)}) WITH node LIMIT toInteger($sample)
UNWIND labels(node) AS label RETURN label, count(*) ORDER BY label`,
});

type PairColumns = readonly [from: readonly string[], to: readonly string[], count: number];

const pairsOf = (type: string): Statement<Sample, PairColumns> => ({
  name: 'adoption-pairs',
  text: `MATCH (from)-[relation:${escapedName(type)}]->(to) WITH from, to LIMIT toInteger($sample)
RETURN labels(from), labels(to), count(*)`,
});

const startsTwo = (from: string, type: string, to: string): Statement<Sample> => ({
  name: 'adoption-starts-two',
  text: `MATCH (from:${escapedName(from)}) WITH from LIMIT toInteger($sample)
WITH from WHERE COUNT { (from)-[:${escapedName(type)}]->(:${escapedName(to)}) } > 1 RETURN 1 LIMIT 1`,
});

const numberOf = async (access: Access, statement: Statement<NoParameters, readonly [count: number]>) =>
  (await access.read(statement, {}))[0]?.[0] ?? 0;

/** Counts the nodes of a label that have no label of a kind. */
const countUnnamed = (label: string): Statement<NoParameters, readonly [count: number]> => ({
  name: 'adoption-count-unnamed',
  text: `MATCH (node:${escapedName(label)}) WHERE all(label IN labels(node) WHERE label STARTS WITH '_') RETURN count(*)`,
});

/** What is said of nodes whose labels could be Silkgraph's own. */
async function unnamed(access: Access): Promise<readonly string[]> {
  const told: string[] = [];
  for (const [name] of await access.read(labels, {})) {
    const count = isOwnName(name) ? await numberOf(access, countUnnamed(name)) : 0;
    if (count === 0) continue;
    told.push(
      `left out: ${name} (${counted(count, 'node')}): labels that begin with _ are those of Silkgraph's own records. Give these nodes another label if they are none.`,
    );
  }
  return told;
}

type IndexedProperties = ReadonlyMap<string, ReadonlySet<string>>;

async function indexedProperties(access: Access): Promise<IndexedProperties> {
  const found = new Map<string, Set<string>>();
  for (const [[label], [property, ...others]] of await access.read(indexes, {})) {
    if (label === undefined || property === undefined || others.length > 0) continue;
    found.set(label, (found.get(label) ?? new Set()).add(property));
  }
  return found;
}

/** The labels of nodes, but for those of Silkgraph. */
async function seenLabels(access: Access, sample: number): Promise<readonly SeenLabel[]> {
  const isSeen = (label: string) => !isOwnName(label) && label !== 'Entity';
  const found: SeenLabel[] = [];
  for (const [name] of await access.read(labels, {})) {
    const count = isSeen(name) ? await numberOf(access, countNodes(name)) : 0;
    if (count === 0) continue;
    const together = await access.read(togetherWith(name), { sample });
    const others = new Map(together.filter(([label]) => label !== name && isSeen(label)));
    found.push({ name, count, lookedAt: Math.min(count, sample), others });
  }
  return found;
}

type Pair = Omit<SeenPair, 'toOne'>;

function pairsIn(rows: readonly PairColumns[], kinds: readonly { readonly name: string }[]): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  const kindIn = (found: readonly string[]) => kinds.find(({ name }) => found.includes(name))?.name;
  for (const [fromLabels, toLabels, count] of rows) {
    const [from, to] = [kindIn(fromLabels), kindIn(toLabels)];
    const key = `${from} ${to}`;
    pairs.set(key, { from, to, count: count + (pairs.get(key)?.count ?? 0) });
  }
  return [...pairs.values()].sort((left, right) => right.count - left.count);
}

async function isToOne(access: Access, type: string, { from, to }: Pair, sample: number): Promise<boolean> {
  if (from === undefined || to === undefined) return false;
  return (await access.read(startsTwo(from, type, to), { sample })).length === 0;
}

/** Looks at the labels, types and properties of a database. Reads a bounded number of values, and writes nothing. */
export async function lookAtNeo4j(access: Access, { sample = SAMPLE, place }: LookOptions): Promise<SeenGraph> {
  const indexed = await indexedProperties(access);
  const found = chooseKinds(await seenLabels(access, sample));
  const kinds: SeenKind[] = [];
  for (const { name, count, remarks } of found.kinds) {
    const rows = await readValues(access, { name, isRelation: false }, sample);
    const properties = seenProperties(rows, indexed.get(name) ?? new Set());
    kinds.push({ name, count, lookedAt: Math.min(count, sample), properties, remarks });
  }
  const relations: SeenRelation[] = [];
  for (const [type] of await access.read(types, {})) {
    const count = await numberOf(access, countRelations(type));
    if (count === 0) continue;
    const pairs: SeenPair[] = [];
    for (const pair of pairsIn(await access.read(pairsOf(type), { sample }), found.kinds)) {
      pairs.push({ ...pair, toOne: await isToOne(access, type, pair, sample) });
    }
    const rows = await readValues(access, { name: type, isRelation: true }, sample);
    const properties = seenProperties(rows, new Set());
    relations.push({ type, count, lookedAt: Math.min(count, sample), pairs, properties });
  }
  return {
    about: [
      `First draft of an ontology for the data in ${place}, written by silkgraph ontology from-neo4j.`,
      `At most ${sample.toLocaleString('en')} nodes of each label and relationships of each type were looked at.`,
      'Decide what is marked with "decide:". Then check and adopt the data: silkgraph adopt --graph <this file>',
    ],
    kinds,
    relations,
    leftOut: [...found.leftOut, ...(await unnamed(access))],
    areTexts: false,
    naming: (kind, property) =>
      property === undefined
        ? `Choose one: silkgraph adopt --name ${kind}=property.`
        : `silkgraph adopt copies it to \`name\`; choose another with --name ${kind}=property.`,
  };
}
