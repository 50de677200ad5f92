import { type Change, isOfRecord } from '../../engine/changes/change.ts';
import type { PatternPart } from '../../engine/match/match-pattern.ts';
import { memoize } from '../../ontology/memoize.ts';
import { fits } from '../memory/condition.ts';
import { ConditionCache, SearchLimitExceeded } from '../memory/condition-cache.ts';
import { noReach, type Reach, reachOf, widest } from '../memory/filter-reach.ts';
import type { GraphSnapshot } from '../memory/graph-snapshot.ts';
import { matchesIn } from '../memory/match-snapshot.ts';
import { reachedFrom } from '../memory/memory-reads.ts';
import type { WatchQuery } from './change-scope.ts';

/** What a question finds in a state: sets of slugs, each under a key. */
export type Findings = ReadonlyMap<string, readonly string[]>;

/** Maximum number of entities of a neighbourhood. */
const MOST_AROUND = 20_000;

/** Maximum number of relations followed for one entity. */
const MOST_FOLLOWED = 200_000;

/** Milliseconds that a question keeps the event loop before others have their turn. */
const TURN = 10;

/** Turns of others, as often as they are due. */
function turns(): () => Promise<void> | undefined {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < TURN) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        begun = performance.now();
        resolve();
      });
    });
  };
}

const partsOf = ({ pattern }: Extract<WatchQuery, { readonly pattern: object }>): readonly PatternPart[] => [
  pattern.required,
  ...pattern.optional,
  ...pattern.negated,
  ...pattern.alternatives.flat(),
];

const conditionsOf = (question: Extract<WatchQuery, { readonly pattern: object }>): readonly Reach[] => [
  ...question.pattern.entities.map(({ filter }) => reachOf(filter)),
  ...partsOf(question).flatMap(({ relations }) => relations.map(({ edge }) => reachOf(edge))),
];

const countedIn = (question: Extract<WatchQuery, { readonly pattern: object }>) =>
  partsOf(question).flatMap(({ comparisons }) =>
    comparisons.flatMap(({ left, right }) =>
      [left, right].flatMap((value) => ('relation' in value ? [value.relation.relation] : [])),
    ),
  );

/** How far from what a question finds the reasons lie for which it finds it. */
export const reachOfQuestion = memoize((question: WatchQuery): Reach => {
  if ('filter' in question) return reachOf(question.filter);
  // Whatever brings an entity near names one that is near.
  if ('around' in question) return noReach;
  const conditions = widest(conditionsOf(question));
  const relations = partsOf(question).flatMap((part) => part.relations);
  const hops = relations.reduce((sum, { maxHops }) => sum + maxHops, countedIn(question).length > 0 ? 1 : 0);
  return {
    relations: new Set([...conditions.relations, ...relations.flatMap(({ types }) => types), ...countedIn(question)]),
    depth: conditions.depth === null ? null : conditions.depth + hops,
  };
});

/** Kinds and relation types on which a pattern depends; `undefined` for all. */
const readBy = memoize((question: WatchQuery): ReadonlySet<string> | undefined => {
  if (!('pattern' in question)) return undefined;
  const { entities } = question.pattern;
  if (entities.some(({ kind }) => kind === 'Entity')) return undefined;
  if (conditionsOf(question).some(({ depth }) => depth !== 0)) return undefined;
  const types = partsOf(question).flatMap(({ relations }) => relations.flatMap((relation) => relation.types));
  return new Set([...entities.map(({ kind }) => kind), ...types, ...countedIn(question)]);
});

/** Whether changes may make a question find something else. */
export function mayMatter(question: WatchQuery, changes: readonly Change[]): boolean {
  const names = readBy(question);
  if (!names) return true;
  return changes.some(
    (change) => !isOfRecord(change) || names.has(change.subject === 'ENTITY' ? change.entity.kind : change.relation),
  );
}

const one = (slugs: Iterable<string>): Findings => new Map([...slugs].map((slug) => [slug, [slug]]));

/** States are kept with what was found in them, as the state after one change is that before the next. */
const wholeFindings = memoize((graph: GraphSnapshot) =>
  memoize(async (question: WatchQuery): Promise<Findings> => {
    if ('around' in question) {
      const { around, depth, relations } = question;
      const reached = reachedFrom(graph, relations, around, depth, MOST_AROUND);
      if (reached.size >= MOST_AROUND) {
        throw new SearchLimitExceeded(`More than ${MOST_AROUND} entities are within reach. Watch a smaller \`depth\`.`);
      }
      return one(reached);
    }
    if (!('pattern' in question)) throw new Error('A filter is asked of some entities.');
    const rows = await matchesIn(graph, question.pattern, turns());
    return new Map(rows.map((row) => [row.join(' '), row.filter((slug) => slug !== null)]));
  }),
);

/** What a question finds in a state. A filter is asked of some entities only, if these are given. @throws SearchLimitExceeded */
export async function findIn(
  graph: GraphSnapshot,
  question: WatchQuery,
  among: ReadonlySet<string> | null,
): Promise<Findings> {
  if (!('filter' in question)) return wholeFindings(graph)(question);
  const { kind, filter } = question;
  const found = new Set<string>();
  const cache = new ConditionCache(MOST_FOLLOWED);
  const turn = turns();
  for (const entity of among ? [...among].flatMap((slug) => graph.entity(slug) ?? []) : graph.entities(kind)) {
    if ((kind === 'Entity' || entity.kind === kind) && fits(graph, filter, entity, null, cache)) found.add(entity.slug);
    await turn();
  }
  return one(found);
}
