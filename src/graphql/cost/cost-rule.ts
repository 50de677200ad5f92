import type { Statistics } from '../../engine/reads/statistics.ts';
import { limits } from '../limits.ts';
import type { Selection, SelectionReader } from '../planning/selection.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** Cost of a field itself, without the selection below it. */
interface FieldCost {
  /** Number of entities and relations visited to find its result. */
  readonly visits: number;
  /** Lengths of the lists below it, by field name. */
  readonly sizes?: Readonly<Record<string, number>>;
}

/** The fields that ask a question, with all that is selected of its result. */
interface Asked {
  readonly reader: SelectionReader;
  readonly nodes: Selection;
}

/** @param asks how often a field of the result is selected */
export type CostRule = (
  args: Arguments,
  statistics: Statistics,
  asks: (field: string) => number,
  asked: Asked,
) => FieldCost;

/** A number or distance; a negative one counts as zero and is left to the resolver, which reports it. */
export const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? Math.max(0, value) : otherwise;

/** The size of a page, at most what the resolver accepts. */
export const pageSize = (first: unknown): number => Math.min(number(first, limits.defaultPageSize), limits.pageSize);

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
