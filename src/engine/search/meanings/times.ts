import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Graph, Parameters, ReadOptions } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import { type Counts, entityCount } from '../../reads/statistics.ts';
import { foldText } from '../folding.ts';
import { type Token, tokensOf, wholeRuns } from './tokens.ts';

/** Years that a query names, and the dates that are meant. */
export interface NamedTime {
  /** The places of its words in the query. */
  readonly positions: ReadonlySet<number>;
  /** The first and the last year. */
  readonly from: number;
  readonly until: number;
  /** The dates that are meant: those that its words name, else all. */
  readonly properties: ReadonlySet<string>;
}

interface TimeProperty {
  readonly name: string;
  readonly isYear: boolean;
  readonly words: readonly (readonly Token[])[];
}

/** The times by which entities of each kind are found; kinds without any are left out. */
export const timesOf = memoize(
  (ontology: Ontology): ReadonlyMap<Kind, readonly TimeProperty[]> =>
    new Map(
      ontology.kindNames.flatMap((kind) => {
        const times = Object.entries(ontology.propertiesOf(kind)).flatMap(([name, { type, timeOf }]) =>
          timeOf ? [{ name, isYear: type === 'int', words: timeOf.map((word) => tokensOf(foldText(word))) }] : [],
        );
        return times.length > 0 ? [[kind, times] as const] : [];
      }),
    ),
);

/** The properties by which entities are found by years. */
export const timeProperties = memoize((ontology: Ontology): readonly string[] => [
  ...new Set([...timesOf(ontology).values()].flat().map(({ name }) => name)),
]);

/** Follows a year in Chinese, and says nothing more. */
export const YEAR = '年';

const FIRST = 1000;
const LAST = 2999;
const isYear = ({ text }: Token) => /^[12]\d{3}$/.test(text);

/** How words limit the years before or after one. */
const bounds: readonly {
  readonly words: readonly string[];
  readonly of: (year: number) => readonly [number, number];
}[] = [
  { words: ['after', '以后', '之后', '年后'], of: (year) => [year + 1, LAST] },
  { words: ['since', '以来', '年起'], of: (year) => [year, LAST] },
  { words: ['before', '以前', '之前', '年前'], of: (year) => [FIRST, year - 1] },
  { words: ['until', 'till', '截至', '截止'], of: (year) => [FIRST, year] },
];

const runsOfWord = (query: readonly Token[], word: readonly Token[]): readonly number[] =>
  wholeRuns(query, word).flatMap(({ start, length }) => Array.from({ length }, (_, index) => start + index));

/**
 * The time that a query names: a year, those before or after it, or those between two. Words for what happened count if the
 * kinds that the query names have such a date.
 */
export function timeIn(query: readonly Token[], kinds: readonly Kind[], ontology: Ontology): NamedTime | null {
  const years = query.flatMap((token, at) => (isYear(token) ? [{ year: Number(token.text), at }] : []));
  const times = [...timesOf(ontology)].flatMap(([kind, each]) =>
    kinds.length === 0 || kinds.includes(kind) ? each : [],
  );
  const [one] = years;
  if (!one || times.length === 0) return null;
  const positions = new Set(years.flatMap(({ at }) => (query[at + 1]?.text === YEAR ? [at, at + 1] : [at])));
  let [from, until] = [Math.min(...years.map(({ year }) => year)), Math.max(...years.map(({ year }) => year))];
  if (years.length === 1) {
    for (const { words, of } of bounds) {
      const found = words.flatMap((word) => runsOfWord(query, tokensOf(word)));
      if (found.length > 0) [from, until] = of(one.year);
      for (const at of found) positions.add(at);
    }
  }
  const named = times.flatMap(({ name, words }) => {
    const found = words.flatMap((word) => runsOfWord(query, word));
    for (const at of found) positions.add(at);
    return found.length > 0 ? [name] : [];
  });
  return { positions, from, until, properties: new Set(named.length > 0 ? named : times.map(({ name }) => name)) };
}

/** Whether a value of a property, a date or a year, lies in a time. */
export const isWithin = ({ from, until, properties }: NamedTime, property: string, value: string): boolean => {
  const year = Number(value.slice(0, 4));
  return properties.has(property) && year >= from && year <= until;
};

/** Years before or after one that are marked in texts. */
const MOST_MARKED = 50;

/** The years of a time, as texts may contain them. */
export function yearsIn({ from, until }: Pick<NamedTime, 'from' | 'until'>): readonly string[] {
  const first = from === FIRST ? Math.max(FIRST, until - MOST_MARKED + 1) : from;
  return Array.from({ length: Math.min(until - first + 1, MOST_MARKED) }, (_, index) => String(first + index));
}

/** Entities of one kind looked at. */
const MOST_DATED = 10_000;

/** Maximum number of entities that a search reads because of the years in its folded query. */
export const mostDated = (folded: string, counts: Counts): number =>
  tokensOf(folded).some(isYear)
    ? [...timesOf(counts.ontology).keys()].reduce(
        (sum, kind) => sum + Math.min(entityCount(counts, kind), MOST_DATED),
        0,
      )
    : 0;

/** The kind and the properties are of the ontology. */
const datedStatement = (
  kind: Kind,
  properties: readonly TimeProperty[],
): Statement<Parameters, readonly [slug: string]> => {
  const within = properties.map(
    ({ name }) => `(node.${name} >= $time.ranges.${name}[0] AND node.${name} < $time.ranges.${name}[1])`,
  );
  return {
    name: 'search-dated',
    text: `MATCH (node:${kind}) WHERE ${within.join(' OR ')} RETURN node.id AS slug LIMIT toInteger($time.limit)`,
  };
};

/** For each property, the first value in a time and the first one after it; nothing is between them if it is not meant. */
const parametersOf = (
  properties: readonly TimeProperty[],
  { from, until, properties: meant }: Pick<NamedTime, 'from' | 'until' | 'properties'>,
) => {
  const ranges = properties.map(({ name, isYear }) => {
    const range = meant.has(name) ? [from, until + 1] : [FIRST, FIRST];
    return [name, isYear ? range : range.map(String)] as const;
  });
  return { time: { ranges: Object.fromEntries(ranges), limit: MOST_DATED } };
};

/** The entities with a date in a time, of some kinds; of all if these are none. @throws GraphError */
export async function datedIn(graph: Graph, time: NamedTime, kinds: readonly Kind[]): Promise<readonly string[]> {
  const reads = [...timesOf(graph.ontology)].flatMap(([kind, times]) => {
    const isMeant = times.some(({ name }) => time.properties.has(name));
    const isWanted = isMeant && (kinds.length === 0 || kinds.includes(kind));
    return isWanted ? [graph.read(datedStatement(kind, times), parametersOf(times, time))] : [];
  });
  return (await Promise.all(reads)).flat().map(([slug]) => slug);
}

const nothing = { from: FIRST, until: FIRST, properties: new Set<string>() };

/** Runs the statements of this file on nothing, so that Neo4j has planned them. @throws GraphError */
export async function planDated(graph: Graph, options: ReadOptions): Promise<void> {
  for (const [kind, times] of timesOf(graph.ontology)) {
    await graph.read(datedStatement(kind, times), parametersOf(times, nothing), options);
  }
}
