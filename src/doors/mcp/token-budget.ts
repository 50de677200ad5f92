import { isObject, type JsonObject } from '../../graphql/internal-client/json.ts';
import { beginningOf } from '../../ontology/plain-text.ts';
import { estimateTokens } from './token-estimate.ts';

/** Limits of the budget of a tool, in tokens. */
export const budgetBounds = { least: 1_000, usual: 4_000, most: 20_000 } as const;

/** Entries that a list lost to the budget. */
export interface LeftOut {
  /** Place of the list, with `[]` for its position in another one. */
  readonly at: string;
  readonly count: number;
}

export interface Fitted {
  readonly value: JsonObject;
  readonly leftOut: readonly LeftOut[];
}

/** The budget cannot be kept, however much is left out. */
export class BudgetTooSmall extends Error {
  override readonly name = 'BudgetTooSmall';
}

interface List {
  readonly at: string;
  readonly depth: number;
  readonly items: unknown[];
  /** The object that it is a value of. */
  readonly owner: Record<string, unknown> | undefined;
}

/** Lists of facts; those of numbers refer to sources and stay whole. */
function listsIn(value: unknown, at = '', depth = 0, owner?: Record<string, unknown>): List[] {
  if (Array.isArray(value)) {
    const own = value.length > 0 && typeof value[0] !== 'number' ? [{ at, depth, items: value, owner }] : [];
    return [...own, ...value.flatMap((item) => listsIn(item, `${at}[]`, depth + 1))];
  }
  if (!isObject(value)) return [];
  const object: Record<string, unknown> = value;
  return Object.entries(object).flatMap(([name, inner]) =>
    listsIn(inner, at === '' ? name : `${at}.${name}`, depth, object),
  );
}

/** Cuts a list, and says so beside it: an agent would take what is left for all there is. That of the answer says it in `next`. */
function cut({ at, depth, items, owner }: List, count: number): void {
  items.length -= count;
  if (!owner || depth === 0) return;
  const name = at.slice(at.lastIndexOf('.') + 1);
  const said = `${name}LeftOut`;
  owner[said] = Number(owner[said] ?? 0) + count;
  if (items.length === 0) delete owner[name];
}

/** A copy with texts of up to a length. */
function shortened(value: unknown, length: number): unknown {
  if (typeof value === 'string') return value.length > length ? `${beginningOf(value, length)}…` : value;
  if (Array.isArray(value)) return value.map((item) => shortened(item, length));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner, length)]));
}

const tokensOf = (value: JsonObject) => estimateTokens(JSON.stringify(value));

/** Whether a value keeps a budget. */
export const isWithin = (value: JsonObject, budget: number): boolean => tokensOf(value) <= budget;

/** Lengths of texts, tried one after the other. The first one cuts nothing but whole articles. */
const LENGTHS = [2_000, 600, 200] as const;

/**
 * Leaves out the ends of the longest lists, and shortens long texts, until a value keeps a budget.
 * @param complete what is sent with a value, for example with the sources that it refers to
 * @throws BudgetTooSmall
 */
export function fitToBudget(
  whole: JsonObject,
  budget: number,
  complete: (value: JsonObject, leftOut: readonly LeftOut[]) => JsonObject,
): Fitted {
  for (const length of LENGTHS) {
    const value = shortened(whole, length) as JsonObject;
    const counts = new Map<string, number>();
    const leftOut = () => [...counts].map(([at, count]) => ({ at, count }));
    for (;;) {
      const tokens = tokensOf(complete(value, leftOut()));
      if (tokens <= budget) return { value, leftOut: leftOut() };
      // Of an only answer, the details go first.
      const lists = listsIn(value);
      const [longest] = lists
        .filter(({ items, depth }) => items.length > 1 || depth > 0)
        .sort((one, other) => other.items.length - one.items.length || other.depth - one.depth);
      // Beyond that, the texts are what is long.
      if (!longest || (longest.items.length === 1 && length !== LENGTHS.at(-1))) break;
      const share = (1 - budget / tokens) / 2;
      const shareOf = (length: number) => Math.max(1, Math.floor(length * share));
      const most = longest.items.length - shareOf(longest.items.length);
      // Those of other entities are as long: one at a time, an answer of thousands of lists would be measured as often.
      const alike = lists.filter(({ at, items }) => at === longest.at && items.length > most);
      let rest = shareOf(alike.reduce((sum, { items }) => sum + items.length, 0));
      for (const list of alike.toReversed()) {
        const count = Math.min(rest, list.items.length - most);
        cut(list, count);
        rest -= count;
        counts.set(longest.at, (counts.get(longest.at) ?? 0) + count);
        if (rest === 0) break;
      }
    }
  }
  throw new BudgetTooSmall(
    `A budget of ${budget} tokens is too small for this answer. Pass a larger \`maxTokens\`, at most ${budgetBounds.most}.`,
  );
}
