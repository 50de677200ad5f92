import type { Scope } from '../graph/scope.ts';
import { RUNNING } from './group-metrics.ts';

/** Groups are added only if the first and the last are at most this far apart. */
export const MOST_YEARS = 10_000;

/** Each group is compared with all others; with more of them nothing is summed up. */
export const MOST_GROUPS = 2_000;

interface SeriesOptions {
  /** Columns that are 0 in a group without entities; all others are null. */
  readonly zeros: readonly string[];
  /** How years are written: as dates cut to four characters, or as numbers. */
  readonly emptyYears: 'text' | 'number' | null;
  readonly running: boolean;
}

/** Clauses after those that find groups by a single key: they add empty years, and to each group what it sums up to. */
export function series(group: string, { zeros, emptyYears, running }: SeriesOptions, scope: Scope): string {
  const [all, other, year, sum] = [scope.variable('l'), scope.variable('g'), scope.variable('y'), scope.variable('s')];
  let clauses = ` WITH collect(${group}) AS ${all}`;
  if (emptyYears) {
    const [years, first, last] = [scope.variable('y'), scope.variable('y'), scope.variable('y')];
    const extreme = (comparison: '<' | '>') =>
      `reduce(${sum} = head(${years}), ${year} IN ${years} | CASE WHEN ${year} ${comparison} ${sum} THEN ${year} ELSE ${sum} END)`;
    const key = emptyYears === 'text' ? `right('000' + toString(${year}), 4)` : year;
    const empty = [`key0: ${key}`, ...zeros.map((column) => `${column}: 0`)].join(', ');
    clauses += ` WITH ${all}, [${other} IN ${all} WHERE ${other}.key0 IS NOT NULL | toInteger(${other}.key0)] AS ${years}`;
    clauses += ` WITH ${all}, ${extreme('<')} AS ${first}, ${extreme('>')} AS ${last}`;
    clauses += ` WITH ${all} + [${year} IN CASE WHEN ${first} IS NULL OR ${last} - ${first} > ${MOST_YEARS} THEN [] ELSE range(${first}, ${last}) END WHERE none(${other} IN ${all} WHERE coalesce(${other}.key0 = ${key}, false)) | {${empty}}] AS ${all}`;
  }
  const one = scope.variable('g');
  const summed = `reduce(${sum} = 0, ${other} IN ${all} | CASE WHEN ${other}.key0 <= ${one}.key0 THEN ${sum} + ${other}.count ELSE ${sum} END)`;
  const more = running
    ? `, ${RUNNING}: CASE WHEN ${one}.key0 IS NOT NULL AND size(${all}) <= ${MOST_GROUPS} THEN ${summed} END`
    : '';
  return `${clauses} UNWIND ${all} AS ${one} WITH ${one} {.*${more}} AS ${group}`;
}
