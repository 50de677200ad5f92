import { type InputRef, lazyType } from '../builder.ts';
import type { ComparisonInput, DifferenceInput, ValueInput } from './pattern-input.ts';

const MatchComparator = lazyType(({ builder }) =>
  builder.enumType('MatchComparator', {
    description: 'How two values are compared.',
    values: {
      EQ: { value: '=', description: 'They are equal.' },
      NE: { value: '<>', description: 'They differ.' },
      LT: { value: '<', description: 'The left one is smaller or earlier.' },
      LTE: { value: '<=', description: 'The left one is smaller, earlier or equal.' },
      GT: { value: '>', description: 'The left one is greater or later.' },
      GTE: { value: '>=', description: 'The left one is greater, later or equal.' },
    } as const,
  }),
);

export const MatchFunction = lazyType(({ builder }) =>
  builder.enumType('MatchFunction', {
    description: 'How several values are taken together. Absent values do not count.',
    values: {
      COUNT: { description: 'Number of sets of entities.' },
      MIN: { description: 'Smallest or earliest value; absent if there are none.' },
      MAX: { description: 'Greatest or latest value; absent if there are none.' },
      SUM: { description: 'Sum of numbers; 0 if there are none.' },
      AVG: { description: 'Arithmetic mean of numbers; absent if there are none.' },
      MEDIAN: {
        description: 'Median of numbers, between the middle two if their number is even; absent if there are none.',
      },
    } as const,
  }),
);

const MatchUnit = lazyType(({ builder }) =>
  builder.enumType('MatchUnit', {
    description: 'Unit of the time between two dates.',
    values: {
      DAYS: { description: 'Days.' },
      YEARS: { description: 'Years of 365.2425 days, with fractions.' },
    } as const,
  }),
);

const differenceRef = lazyType(({ builder }) => builder.inputRef<DifferenceInput>('MatchDifference'));

/** A value of a match. */
export const MatchValue = lazyType((base): InputRef<ValueInput> => {
  const { builder } = base;
  const ref = builder.inputRef<ValueInput>('MatchValue').implement({
    description:
      'A value: a property, a number of relations, a value of the pattern, a constant or a difference. Exactly one of these, beside `as`.',
    fields: (t) => ({
      as: t.string({
        description:
          'Name of the entity, for `property` and `count`, or of a relation that is in reach, for `property`: in `where` and `over`.',
      }),
      property: t.string({
        description: 'Name of a property with a single value, as a field of the entity or of the edge of the relation.',
      }),
      count: t.string({ description: 'Name of a relation field of the entity, whose relations are counted.' }),
      value: t.string({ description: 'Name of a value of the pattern that is defined before this one.' }),
      number: t.float({ description: 'A constant number.' }),
      date: t.field({
        type: 'PartialDate',
        description: 'A constant date. In a comparison it stands for the whole period that it covers.',
      }),
      difference: t.field({ type: differenceRef(base), description: 'A difference of two values.' }),
    }),
  });
  differenceRef(base).implement({
    description:
      'The difference of two numbers, or the time between two dates, of which a year or month counts as its first day. Absent if a value is missing.',
    fields: (t) => ({
      of: t.field({ type: ref, required: true, description: 'What is subtracted from: the later date of a lag.' }),
      from: t.field({ type: ref, required: true, description: 'What is subtracted: the earlier date of a lag.' }),
      unit: t.field({ type: MatchUnit(base), description: 'Unit; required for dates, and left out for numbers.' }),
    }),
  });
  return ref;
});

export const MatchComparison = lazyType(
  (base): InputRef<ComparisonInput> =>
    base.builder.inputRef<ComparisonInput>('MatchComparison').implement({
      description:
        'A comparison of two values. Both must be of one type; it does not hold if one is missing. Dates are compared as written, so `2019` is before `2019-03`.',
      fields: (t) => ({
        left: t.field({ type: MatchValue(base), required: true, description: 'Left value.' }),
        is: t.field({ type: MatchComparator(base), required: true, description: 'How they are compared.' }),
        right: t.field({ type: MatchValue(base), required: true, description: 'Right value.' }),
        orMissing: t.boolean({
          required: true,
          defaultValue: false,
          description: 'Whether it also holds if a value is missing.',
        }),
      }),
    }),
);
