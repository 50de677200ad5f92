import type { PatternComparison, PatternValue } from '../../engine/match/match-pattern.ts';
import type { Comparison } from '../../engine/reads/filter.ts';
import { periodOf } from '../../ontology/partial-date.ts';

const swapped: Readonly<Record<Comparison, Comparison>> = {
  ...{ '=': '=', '<>': '<>' },
  ...{ '<': '>', '>': '<', '<=': '>=', '>=': '<=' },
};

/** A comparison of dates, in which a constant stands for the whole period that it covers, as in filters. */
export function periodComparison({ left, is, right, orMissing }: PatternComparison): PatternComparison {
  const plain = { left, is, right, orMissing };
  if ('constant' in left === 'constant' in right) return plain;
  if ('constant' in left) return periodComparison({ left: right, is: swapped[is], right: left, orMissing });
  const { from, until } = periodOf(String((right as Extract<PatternValue, { readonly constant: unknown }>).constant));
  const compared = (by: Comparison, constant: string) => ({ ...plain, is: by, right: { constant } });
  if (is === '>') return compared('>=', until);
  if (is === '<=') return compared('<', until);
  return { ...compared(is, from), ...(is === '=' || is === '<>' ? { until } : {}) };
}
