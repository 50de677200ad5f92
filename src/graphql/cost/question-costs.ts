import { filterCost } from '../../engine/costs/list-cost.ts';
import { matchCost } from '../../engine/match/match-cost.ts';
import { isEverything } from '../../engine/reads/filter.ts';
import {
  entityCount,
  recordLength,
  relationCount,
  type Statistics,
  walkedDegrees,
} from '../../engine/reads/statistics.ts';
import { expectedMatches } from '../../engine/search/expected-matches.ts';
import { MOST_NAMEABLE } from '../../engine/search/meanings/named-in-question.ts';
import { mostDated } from '../../engine/search/meanings/times.ts';
import { normalQuery } from '../../engine/search/search.ts';
import { wordsLookedFor } from '../../engine/search/words.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseEdgeFilter, parseFilter } from '../arguments/filter-input.ts';
import { usuallyWalked } from '../arguments/walk-arguments.ts';
import type { PathEdgeInput } from '../explore/paths-between.ts';
import { limits } from '../limits.ts';
import { parsePattern } from '../match/match-pattern.ts';
import { entityConditionsOf } from '../match/named-conditions.ts';
import type { NamedFilter, PatternInput } from '../match/pattern-input.ts';
import { type Arguments, type CostRule, number, pageSize, sumOf } from './cost-rule.ts';
import { groupsOf } from './group-costs.ts';

/** Sources of a relation, which are read to test them. */
const PER_SOURCES = 5;

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

/** Reads of an entity whose date lies in the years that a search names: it is found, and looked up. */
const PER_DATED = 3;

/** Reads of a result of a search that is counted by what it is related to. */
const PER_FACETED = 4;

/** Characters of the texts of a result that are searched for words in the time of one read. */
const CHARACTERS_PER_READ = 10;

/** Finding out which words of a search the texts of a result have. */
const textsOfMatch: CostRule = (_, statistics) => ({ visits: recordLength(statistics) / CHARACTERS_PER_READ });

/** Matches of what is being typed that are ranked, and reads of each. */
const SUGGESTED = 200;
const PER_SUGGESTED = 11;

/** A text that is searched for. One that is too long is left to the resolver, which rejects it. */
const searchedText = (words: unknown): string => normalQuery(String(words).slice(0, limits.queryLength));

/** How many entities a search for some words is expected to find, at most as many as are ranked. */
const matched = (words: unknown, most: number, statistics: Statistics): number =>
  Math.min(most, expectedMatches(statistics, wordsLookedFor(searchedText(words))));

/** Changes between two revisions that are usually compared. */
const DIFF = 1_000;

const gapOf =
  (perEntity: (kind: Kind) => number, listed: number): CostRule =>
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

const entitiesOfGap: CostRule = ({ first }, statistics) => ({
  visits: all(statistics) / statistics.ontology.kindNames.length,
  sizes: { entities: pageSize(first) },
});

/** A page of changes, each of which is read from the log. */
const changesOf: CostRule = ({ first }) => ({
  visits: pageSize(first),
  sizes: { nodes: pageSize(first), edges: pageSize(first) },
});

/** Visits of what a traversal meets for filters of entities, each of those of one kind. */
const filtersCost = (filters: unknown, statistics: Statistics): number =>
  sumOf(
    entityConditionsOf(statistics.ontology, (filters ?? []) as readonly NamedFilter[]).map(({ kind, filter }) =>
      filterCost(filter, kind, statistics),
    ),
  );

/** Fields whose cost does not follow from their type, by type and field name. */
export const questionsOf = memoize((ontology: Ontology): Readonly<Record<string, CostRule>> => {
  const { kindNames, relationTypes, propertiesOf } = ontology;
  return {
    ...Object.fromEntries(kindNames.map((kind) => [`Query.${ontology.kind(kind).plural}GroupBy`, groupsOf(kind)])),
    'Query.nodes': ({ ids }) => ({ visits: lengthOf(ids), sizes: { nodes: lengthOf(ids) } }),
    'Query._entities': ({ representations }) => ({
      visits: lengthOf(representations),
      sizes: { _entities: lengthOf(representations) },
    }),
    'Query.entity': ({ identifier }) => ({ visits: identifier ? PER_SUGGESTED * SUGGESTED : 1 }),
    // Its document is an operation of its own.
    'Query.ask': () => ({ visits: MOST_NAMEABLE, sizes: { reading: 10, leftOut: 5, alternatives: 2 } }),
    'Query.search': ({ query, first }, statistics, asks) => {
      const size = pageSize(first);
      const facets = kindNames.filter((kind) => ontology.kind(kind).searchFacet).length;
      return {
        visits:
          SEARCH +
          PER_DATED * mostDated(searchedText(query), statistics) +
          matched(query, limits.matches, statistics) * (PER_MATCHED + (asks('facets') ? PER_FACETED : 0)),
        sizes: {
          ...{ nodes: size, edges: size, highlight: 2, matched: 3, kinds: kindNames.length },
          ...{ facets, buckets: limits.defaultBuckets },
        },
      };
    },
    'SearchEdge.highlight': textsOfMatch,
    'SearchEdge.matched': textsOfMatch,
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
      const edges = (args.edges ?? []) as readonly PathEdgeInput[];
      const sources = parseFilter(ontology, ontology.provenance?.kind ?? 'Entity', args.sources as FilterInput);
      const each =
        PER_STEP +
        filtersCost(args.entities, statistics) +
        sumOf(
          edges.map(({ relation, edge }) =>
            filterCost(parseEdgeFilter(ontology, relation, edge), 'Entity', statistics),
          ),
        ) +
        (isEverything(sources) ? 0 : PER_SOURCES * (1 + filterCost(sources, 'Entity', statistics)));
      const ends =
        lengthOf(args.from) * reached(near, args, statistics) +
        lengthOf(args.to) * reached(hops - near, args, statistics);
      const size = pageSize(args.first);
      return {
        visits: each * Math.min(ends, limits.pathRelations) + limits.countedPaths,
        sizes: { nodes: size, entities: hops + 1, hops, pairs: lengthOf(args.from) * lengthOf(args.to), properties: 1 },
      };
    },
    'Query.structure': ({ projection, first }, statistics) => {
      const size = pageSize(first);
      const links = Math.min(allRelations(statistics), limits.structureLinks);
      const tested = filtersCost((projection as Arguments).filter, statistics);
      return {
        // Entities are tested one by one, and both ends of each link.
        visits: Math.min(all(statistics), limits.structureEntities) * (1 + tested) + (PER_STEP + 2 * tested) * links,
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
      const isFound = ['nodes', 'edges', 'pageInfo', 'totalCount'].some(asks);
      // Each `groups` finds the matches anew.
      const times = Number(isFound) + asks('groups');
      if (times === 0) return { visits: 0 };
      const cost = matchCost(parsePattern(ontology, pattern as PatternInput, distinct !== false), statistics);
      const size = pageSize(first);
      const { entities = [], relations = [] } = pattern as PatternInput;
      return {
        // The field itself rejects anything more expensive without searching.
        visits: cost > limits.patternCost ? 0 : PER_MATCH * cost * times,
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
    'Query.changes': changesOf,
    ...Object.fromEntries(['Entity', ...kindNames].map((kind) => [`${kind}.history`, changesOf])),
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
