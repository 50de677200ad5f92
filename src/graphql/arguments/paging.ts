import { decodeCursor, InvalidCursor } from '../../engine/reads/cursor.ts';
import type { OrderKey, Page } from '../../engine/reads/plan.ts';
import { badUserInput, codedError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { FilterInput } from './filter-input.ts';
import type { OrderInput } from './order-input.ts';

/** The arguments of a list that is read forward. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The arguments that every connection takes. */
export interface ConnectionArguments extends PageArguments {
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly filter?: FilterInput | null | undefined;
  readonly orderBy?: readonly OrderInput[] | null | undefined;
}

function size(name: 'first' | 'last', value: number): number {
  if (value < 0) throw badUserInput(`\`${name}\` must not be negative; got ${value}.`);
  if (value > limits.pageSize) {
    throw badUserInput(`\`${name}\` must be at most ${limits.pageSize}; got ${value}. Request several pages instead.`);
  }
  return value;
}

/**
 * Parses the paging arguments of a connection.
 * @throws GraphQLError BAD_USER_INPUT on sizes that contradict or exceed, INVALID_CURSOR on a cursor not of this list
 */
export function pageOf(
  { first, last, after, before }: Pick<ConnectionArguments, 'first' | 'last' | 'after' | 'before'>,
  signature: string,
  order: readonly OrderKey[],
): Page {
  if (typeof first === 'number' && typeof last === 'number') {
    throw badUserInput('Pass either `first` or `last`, not both.');
  }
  const bound = (cursor: string | null | undefined) => {
    if (cursor === null || cursor === undefined) return null;
    try {
      return decodeCursor(cursor, signature, order);
    } catch (error) {
      if (error instanceof InvalidCursor) throw codedError('INVALID_CURSOR', error.message);
      throw error;
    }
  };
  const backward = typeof last === 'number';
  const byDefault = !backward && typeof first !== 'number' && typeof before !== 'string';
  return {
    ...(byDefault && { byDefault }),
    size: backward ? size('last', last) : size('first', first ?? limits.defaultPageSize),
    backward,
    after: bound(after),
    before: bound(before),
  };
}
