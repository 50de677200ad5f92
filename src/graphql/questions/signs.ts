import type { Sign } from './language/grammar-words.ts';
import type { Operators } from './meant.ts';

/** How words compare with a number. */
export const comparisons: Readonly<Partial<Record<Sign, (number: number) => Operators>>> = {
  more: (number) => ({ gt: number }),
  fewer: (number) => ({ lt: number }),
  atLeast: (number) => ({ gte: number }),
  atMost: (number) => ({ lte: number }),
  exactly: (number) => ({ eq: number }),
  orMore: (number) => ({ gte: number }),
};

/** How words limit the years before or after one. */
export const bounds: Readonly<Partial<Record<Sign, (year: number) => Operators>>> = {
  after: (year) => ({ gt: year }),
  since: (year) => ({ gte: year }),
  before: (year) => ({ lt: year }),
  until: (year) => ({ lte: year }),
};
