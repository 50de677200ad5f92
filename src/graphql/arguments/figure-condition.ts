import type { Filter } from '../../engine/reads/filter.ts';
import type { Qualification } from '../../ontology/qualification.ts';

const oneOf = (property: string, values: readonly string[]): Filter => ({ property, is: 'IN', value: values });

/** That a number is exactly what is stated. What is not qualified at all is. */
export const isExact = ({ by, over = [], under = [], about = [] }: Qualification): Filter => ({
  not: oneOf(by, [...over, ...under, ...about]),
});

/**
 * That a number compares so for certain, whatever its qualifier leaves open. `ne` is the opposite of `eq`: it holds of every
 * number that is not known to be the operand.
 */
export function figureCondition(
  property: string,
  qualification: Qualification,
  operator: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte',
  operand: number,
): Filter {
  const exactly = (is: '=' | '<' | '<=' | '>' | '>='): Filter => ({
    all: [isExact(qualification), { property, is, value: operand }],
  });
  const { by, over = [], under = [], measured } = qualification;
  const isCounted: Filter = measured ? { not: oneOf(measured.property, measured.values) } : { all: [] };
  /** A counted number lies at least at the next whole one, so that a bound that lies further out is enough. */
  const beyond = (values: readonly string[], is: '<=' | '>=', ofCounted: number): Filter => ({
    all: [
      oneOf(by, values),
      { any: [{ property, is, value: operand }, { all: [isCounted, { property, is, value: ofCounted }] }] },
    ],
  });
  switch (operator) {
    case 'eq':
      return exactly('=');
    case 'ne':
      return { not: exactly('=') };
    case 'gt':
      return { any: [exactly('>'), beyond(over, '>=', Math.floor(operand))] };
    case 'gte':
      return { any: [exactly('>='), beyond(over, '>=', Math.ceil(operand) - 1)] };
    case 'lt':
      return { any: [exactly('<'), beyond(under, '<=', Math.ceil(operand))] };
    case 'lte':
      return { any: [exactly('<='), beyond(under, '<=', Math.floor(operand) + 1)] };
  }
}
