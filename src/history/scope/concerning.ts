import { type Change, namedBy } from '../../engine/changes/change.ts';
import { concerns } from '../../engine/changes/log/change-feed.ts';
import { within } from '../memory/filter-reach.ts';
import type { GraphSnapshot } from '../memory/graph-snapshot.ts';
import type { ChangeScope, WatchQuery } from './change-scope.ts';
import { type Findings, findIn, mayMatter, reachOfQuestion } from './findings.ts';

/** Maximum number of entities near a change that are looked at one by one, before all of a kind are. */
const MOST_NEAR = 2_000;

const namesOf = (change: Change): readonly string[] => (change.subject === 'IMPORT' ? [] : namedBy(change).slugs);

/** The slugs of what one state has and the other lacks. */
const differing = (was: Findings, is: Findings): readonly string[] =>
  was === is ? [] : [...was, ...is].flatMap(([key, slugs]) => (was.has(key) === is.has(key) ? [] : slugs));

/** Which entities changes must name to concern a question; `null` for any. */
async function namedFor(
  question: WatchQuery,
  changes: readonly Change[],
  before: GraphSnapshot,
  after: GraphSnapshot,
): Promise<ReadonlySet<string> | null> {
  const reach = reachOfQuestion(question);
  const nearIn = (slugs: readonly string[]) => {
    const sets = [before, after].map((graph) => within(graph, reach, slugs, MOST_NEAR));
    return sets.some((set) => set === null) ? null : new Set(sets.flatMap((set) => [...(set ?? [])]));
  };
  const among = 'filter' in question ? nearIn(changes.flatMap(namesOf)) : null;
  const was = await findIn(before, question, among);
  const is = mayMatter(question, changes) ? await findIn(after, question, among) : was;
  const differences = differing(was, is);
  const reasons = differences.length === 0 ? new Set<string>() : nearIn(differences);
  return reasons && new Set([...reasons, ...[...was.values(), ...is.values()].flat()]);
}

/**
 * The changes of one transaction that concern a scope, given the states before and after it: those that name an entity
 * which a question finds in one of the two, and those for which it finds something else than before. An import that
 * lists nothing may concern anything.
 * @throws SearchLimitExceeded
 */
export async function concerning(
  changes: readonly Change[],
  scope: ChangeScope,
  before: GraphSnapshot,
  after: GraphSnapshot,
): Promise<readonly Change[]> {
  let left = changes.filter((change) => concerns(change, scope));
  for (const question of scope.questions) {
    if (left.length === 0) break;
    const named = await namedFor(question, changes, before, after);
    left = left.filter(
      (change) =>
        named === null ||
        (change.subject === 'IMPORT' ? !change.listed : namesOf(change).some((slug) => named.has(slug))),
    );
  }
  return left;
}
