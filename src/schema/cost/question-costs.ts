import { filterCost } from '../../graph/costs/list-cost.ts';
import { leftBy } from '../../graph/costs/selectivity.ts';
import type { GroupSource } from '../../graph/groups/group-keys.ts';
import { matchCost } from '../../graph/match/match-cost.ts';
import {
  averageFanOut,
  entityCount,
  expectedFollowed,
  relationCount,
  type Statistics,
  walkedDegrees,
} from '../../graph/reads/statistics.ts';
import { expectedMatches } from '../../graph/search/expected-matches.ts';
import { foldText } from '../../graph/search/folding.ts';
import { wordsLookedFor } from '../../graph/search/words.ts';
import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';
import { usuallyWalked } from '../arguments/walk-arguments.ts';
import { groupKeys, type KeyInput, parseKey } from '../groups/group-keys.ts';
import { limits } from '../limits.ts';
import { parsePattern } from '../match/match-pattern.ts';
import type { PatternInput } from '../match/pattern-input.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** Cost of a field itself, without the selection below it. */
export interface FieldCost {
  /** Number of entities and relations visited to find its result. */
  readonly visits: number;
  /** Lengths of the lists below it, by field name. */
  readonly sizes?: Readonly<Record<string, number>>;
}

/** @param asks whether a field of the result is selected */
type Question = (args: Arguments, statistics: Statistics, asks: (field: string) => boolean) => FieldCost;

/** A number or distance; a negative one counts as zero and is left to the resolver, which reports it. */
const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? Math.max(0, value) : otherwise;

/** The size of a page, at most what the resolver accepts. */
const pageSize = (first: unknown): number => Math.min(number(first, limits.defaultPageSize), limits.pageSize);

const lengthOf = (value: unknown, otherwise = 0): number => (Array.isArray(value) ? value.length : otherwise);

const all = (statistics: Statistics) => entityCount(statistics, 'Entity');
const allRelations = ({ relations }: Statistics) => Object.values(relations).reduce((sum, count) => sum + count, 0);

/** The types of relations that a traversal follows. */
const walked = ({ relations }: Arguments, { ontology }: Statistics): readonly RelationType[] =>
  Array.isArray(relations)
    ? ontology.relationTypes.filter((type) => relations.includes(type))
    : usuallyWalked(ontology);

/** Reads of one step of a traversal: the relation, the far end, its kind and its number of relations. */
const PER_STEP = 6;

/** Relations among which one to a certain entity is looked for: all in the chain that Neo4j follows. */
const PER_LOOKED_FOR = 50;

/** Reads of one visit in a pattern search: the entity or relation, its far end, and the sort keys. */
const PER_MATCH = limits.cost / limits.patternCost;

/** Maximum depth; resolvers reject anything deeper. */
const MOST_HOPS = 10;

/** Number of relations that lead from an entity to all within some hops, at most all from both ends. */
function reached(hops: number, args: Arguments, statistics: Statistics): number {
  const types = walked(args, statistics);
  const { start, met } = walkedDegrees(statistics, types);
  const ends = 2 * types.reduce((sum, type) => sum + relationCount(statistics, type), 0);
  let [sum, level] = [0, start];
  for (let hop = 1; hop <= Math.min(hops, MOST_HOPS); hop += 1) {
    sum += level;
    level *= met;
  }
  return Math.min(sum, ends + all(statistics));
}

/** Relations that are read for a neighbourhood: level by level, until it has as many entities as its limit. */
function readAround(limit: number, args: Arguments, statistics: Statistics): number {
  const depth = Math.min(number(args.depth, 1), MOST_HOPS);
  let hop = 1;
  while (hop < depth && reached(hop, args, statistics) < limit) hop += 1;
  return reached(hop, args, statistics);
}

/** Queries of the full-text index for a search, and reads of each match: its names, to rank it, and its labels. */
const SEARCH = 20;
const PER_MATCHED = 15;

/** Reads of a result of a search that is counted by what it is related to. */
const PER_FACETED = 4;

/** Matches of what is being typed that are ranked, and reads of each. */
const SUGGESTED = 200;
const PER_SUGGESTED = 11;

/**
 * How many entities a search for some words is expected to find, at most as many as are ranked. A text that is too long
 * is left to the resolver, which rejects it.
 */
const matched = (words: unknown, most: number, statistics: Statistics): number =>
  Math.min(most, expectedMatches(statistics, wordsLookedFor(foldText(String(words).slice(0, limits.queryLength)))));

/** Changes between two revisions that are usually compared. */
const DIFF = 1_000;

const gapOf =
  (perEntity: (kind: Kind) => number, listed: number): Question =>
  (_, statistics) => ({
    visits: statistics.ontology.kindNames.reduce(
      (sum, kind) => sum + entityCount(statistics, kind) * perEntity(kind),
      0,
    ),
    sizes: {
      withoutSource: listed,
      weakSourcesOnly: listed,
      lowConfidence: listed,
      conflicts: listed,
      missing: listed,
      absentRelations: listed,
    },
  });

const entitiesOfGap: Question = ({ first }, statistics) => ({
  visits: all(statistics) / statistics.ontology.kindNames.length,
  sizes: { entities: pageSize(first) },
});

/** Relations and entities that a key visits for one entity. */
function pathCost(source: GroupSource, kind: Kind, statistics: Statistics): number {
  if (!('steps' in source)) return 1;
  const { ontology } = statistics;
  let [at, reached, visits]: [Kind | 'Entity', number, number] = [kind, 1, source.level ? PER_LEVEL : 0];
  for (const { relation, filter, level } of source.steps) {
    reached *= averageFanOut(statistics, relation, at);
    at = ontology.kindsAt(relation.relation, relation.reading === 'BACKWARD' ? 'from' : 'to')[0] ?? at;
    visits += reached * (1 + filterCost(filter, at, statistics) + (level ? PER_LEVEL : 0));
  }
  return visits;
}

/** Climbing a hierarchy to one of its levels. */
const PER_LEVEL = 20;

const groupsOf =
  (kind: Kind): Question =>
  ({ by, keys, filter, first }, statistics, asks) => {
    const { ontology } = statistics;
    const parsed = parseFilter(ontology, kind, filter as FilterInput | null | undefined);
    const entities = entityCount(statistics, kind);
    const known = groupKeys(ontology, kind);
    const fields = (Array.isArray(by) ? by : []).map((name: string) => {
      const source = known.get(name)?.source;
      return source && 'relation' in source ? source.relation : undefined;
    });
    const combinations = fields.reduce(
      (product, field) => (field ? product * Math.max(averageFanOut(statistics, field, kind), 1) : product),
      entities * leftBy(parsed, kind, statistics),
    );
    const paths = (Array.isArray(keys) ? keys : []).map((key) => parseKey(ontology, kind, key as KeyInput).source);
    const ends = paths.map((path) => Math.max(pathCost(path, kind, statistics), 1));
    const grouped = combinations * ends.reduce((product, end) => product * end, 1);
    const size = pageSize(first);
    const followed = fields.reduce((sum, field) => sum + (field ? expectedFollowed(statistics, field, kind) : 0), 0);
    // The groups are put together once for their page, and once to count them.
    const times = Number(asks('nodes') || asks('edges') || asks('pageInfo')) + Number(asks('totalCount'));
    return {
      visits: times * (entities * (1 + filterCost(parsed, kind, statistics) + followed) + grouped),
      sizes: { nodes: size, edges: size, keys: lengthOf(by) + lengthOf(keys) || 1 },
    };
  };

/** Fields whose cost does not follow from their type, by type and field name. */
export const questionsOf = oncePer((ontology: Ontology): Readonly<Record<string, Question>> => {
  const { kindNames, relationTypes, propertiesOf } = ontology;
  return {
    ...Object.fromEntries(kindNames.map((kind) => [`Query.${ontology.kind(kind).plural}GroupBy`, groupsOf(kind)])),
    'Query.nodes': ({ ids }) => ({ visits: lengthOf(ids), sizes: { nodes: lengthOf(ids) } }),
    'Query._entities': ({ representations }) => ({
      visits: lengthOf(representations),
      sizes: { _entities: lengthOf(representations) },
    }),
    'Query.entity': ({ identifier }) => ({ visits: identifier ? PER_SUGGESTED * SUGGESTED : 1 }),
    'Query.search': ({ query, first }, statistics, asks) => {
      const size = pageSize(first);
      const facets = kindNames.filter((kind) => ontology.kind(kind).searchFacet).length;
      return {
        visits:
          SEARCH + matched(query, limits.matches, statistics) * (PER_MATCHED + (asks('facets') ? PER_FACETED : 0)),
        sizes: {
          ...{ nodes: size, edges: size, highlight: 2, matched: 3, kinds: kindNames.length },
          ...{ facets, buckets: limits.defaultBuckets },
        },
      };
    },
    'Query.suggest': ({ prefix, limit }, statistics) => ({
      visits: SEARCH + PER_SUGGESTED * matched(prefix, SUGGESTED, statistics),
      sizes: { suggest: number(limit, 10) },
    }),
    'Query.paths': (args, statistics) => {
      const hops = number(args.maxHops, 4);
      // Searched from both ends.
      const visits = 2 * PER_STEP * reached(Math.ceil(hops / 2), args, statistics) * (1 + lengthOf(args.via));
      return {
        visits,
        sizes: { paths: number(args.limit, 5), nodes: hops + 1, hops, because: Math.max(0, hops - 1), properties: 1 },
      };
    },
    'Query.pathsBetween': (args, statistics) => {
      const hops = number(args.maxHops, 3);
      const near = Math.ceil(hops / 2);
      const ends =
        lengthOf(args.from) * reached(near, args, statistics) +
        lengthOf(args.to) * reached(hops - near, args, statistics);
      const size = pageSize(args.first);
      return {
        visits: PER_STEP * Math.min(ends, limits.pathRelations) + limits.countedPaths,
        sizes: { nodes: size, entities: hops + 1, hops, pairs: lengthOf(args.from) * lengthOf(args.to), properties: 1 },
      };
    },
    'Query.structure': ({ first }, statistics) => {
      const size = pageSize(first);
      const links = Math.min(allRelations(statistics), limits.structureLinks);
      return {
        visits: Math.min(all(statistics), limits.structureEntities) + PER_STEP * links,
        sizes: { nodes: size, because: 5, communities: 10, members: 10 },
      };
    },
    'Query.neighborhood': (args, statistics) => {
      const limit = number(args.limit, 50);
      const asked = lengthOf(args.of, 1);
      const found = Math.min(limit, asked * (1 + reached(number(args.depth, 1), args, statistics)));
      const { start } = walkedDegrees(statistics, walked(args, statistics));
      return {
        visits: PER_STEP * asked * readAround(limit / asked, args, statistics) + 2 * found * start + found,
        sizes: { nodes: found, edges: Math.min(found * start, 4 * found), properties: 1 },
      };
    },
    'Query.match': ({ pattern, distinct, first }, statistics, asks) => {
      if (!['nodes', 'edges', 'pageInfo', 'totalCount', 'groups'].some(asks)) return { visits: 0 };
      const cost = matchCost(parsePattern(ontology, pattern as PatternInput, distinct !== false), statistics);
      const size = pageSize(first);
      const { entities = [], relations = [] } = pattern as PatternInput;
      return {
        // The field itself rejects anything more expensive without searching.
        visits: cost > limits.patternCost ? 0 : PER_MATCH * cost,
        sizes: { nodes: size, edges: size, entities: entities.length, relations: relations.length },
      };
    },
    'Query.similar': (args, statistics) => ({
      visits: PER_STEP * reached(2, args, statistics),
      sizes: { similar: number(args.limit, 10), sharedBecause: 5 },
    }),
    'Query.compare': (args, statistics) => {
      const ids = lengthOf(args.ids, 1);
      return {
        // Each neighbour of one is looked for among the relations of the others.
        visits: ids * reached(1, args, statistics) * (PER_STEP + PER_LOOKED_FOR),
        sizes: { entities: ids, shared: 20, differing: ids, neighbors: 20, properties: 20, values: ids },
      };
    },
    'Query.diff': ({ first, around, depth }, statistics) => {
      const size = pageSize(first);
      const hops = lengthOf(around) > 0 ? number(depth, 1) : 0;
      return {
        visits: DIFF + 2 * lengthOf(around) * reached(hops, {}, statistics),
        sizes: { nodes: size, edges: size, properties: 5, changes: 2, sources: 3 },
      };
    },
    'Query.tags': () => ({ visits: 10, sizes: { tags: 10 } }),
    'Query.watches': () => ({ visits: 50, sizes: { watches: 50 } }),
    'Query.ontology': () => ({
      visits: relationTypes.length + kindNames.length,
      sizes: { kinds: kindNames.length, relations: relationTypes.length, properties: 10 },
    }),
    'Gaps.withoutSource': gapOf(() => 1, kindNames.length),
    'Gaps.weakSourcesOnly': gapOf(() => 6, kindNames.length),
    'Gaps.lowConfidence': gapOf(() => 2, kindNames.length),
    'Gaps.conflicts': gapOf(() => 2, kindNames.length),
    'Gaps.missing': gapOf((kind) => Object.keys(propertiesOf(kind)).length / 2, 100),
    'Gaps.absentRelations': gapOf(() => 1, 20),
    'Gaps.totals': (_, statistics) => ({
      visits: all(statistics) / 4 + allRelations(statistics) / 10,
      sizes: { totals: 5 },
    }),
    'EntityGap.entities': entitiesOfGap,
    'PropertyGap.entities': entitiesOfGap,
    'RelationGap.entities': entitiesOfGap,
    'OfficialTotal.entities': entitiesOfGap,
  };
});
