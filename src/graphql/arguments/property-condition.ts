import { foldedForm } from '../../engine/indexes/searched.ts';
import { type Comparison, type Filter, nothing, type TextMatch } from '../../engine/reads/filter.ts';
import { foldText } from '../../engine/search/folding.ts';
import { periodOf } from '../../ontology/partial-date.ts';
import type { Qualification } from '../../ontology/qualification.ts';
import type { Property, ScalarType } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';

/** A filter as passed by GraphQL: validated against its input type, except for nulls. */
export type FilterInput = Readonly<Record<string, unknown>>;

export const comparisons = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const satisfies Record<
  string,
  Comparison
>;
const textMatches = {
  contains: 'CONTAINS',
  startsWith: 'STARTS WITH',
  endsWith: 'ENDS WITH',
} as const satisfies Record<string, TextMatch>;

export const isComparison = (name: string): name is keyof typeof comparisons => Object.hasOwn(comparisons, name);
const isTextMatch = (name: string): name is keyof typeof textMatches => Object.hasOwn(textMatches, name);

export const orders = ['lt', 'lte', 'gt', 'gte'] as const;

const compared = ['eq', 'ne', 'in', ...orders, 'exists'] as const;

/** The operators that apply to a value of each type. */
export const operatorsOf = {
  text: [...compared, 'contains', 'startsWith', 'endsWith'],
  ...{ int: compared, float: compared, date: compared },
  url: ['eq', 'ne', 'in', 'exists'],
  enumeration: ['eq', 'ne', 'in', 'exists'],
  boolean: ['eq', 'ne', 'exists'],
} as const satisfies Readonly<Record<ScalarType, readonly string[]>>;

/** The operators that apply to a list of such values. */
export const listOperators = ['has', 'hasAny', 'isEmpty'] as const;

/** A property as Neo4j stores it, with the name of its folded form. */
export interface StoredProperty {
  readonly name: string;
  readonly folded: string;
  readonly type: Property['type'];
  readonly qualified?: Qualification | undefined;
}

/** A property of an entity or of a relation as it is stored. */
export const storedProperty = (name: string, { type, qualified }: Property): StoredProperty => ({
  name,
  folded: foldedForm(name),
  type,
  qualified,
});

/** Slugs need no folding. */
export const slugProperty: StoredProperty = { name: 'id', folded: 'id', type: 'text' };

/** One operator on a property. @throws GraphQLError BAD_USER_INPUT if there is none of this name */
export function propertyCondition(stored: StoredProperty, operator: string, operand: unknown): Filter {
  const { name, folded, type, qualified } = stored;
  if (operator === 'exists') return { property: name, exists: operand === true };
  if (operator === 'isEmpty') return { property: name, exists: operand === false };
  if (operator === 'has') return { property: name, has: operand };
  if (operator === 'hasAny') return { property: name, hasAny: operand as readonly unknown[] };
  if (isTextMatch(operator)) return { property: folded, is: textMatches[operator], value: foldText(String(operand)) };
  if (operator === 'in') {
    const values = operand as readonly unknown[];
    if (type === 'date') return { any: values.map((value) => inPeriod(name, 'eq', String(value))) };
    if (values.length === 0) return nothing;
    const among: Filter = { property: name, is: 'IN', value: values };
    return qualified ? { all: [isExact(qualified), among] } : among;
  }
  if (!isComparison(operator)) throw badUserInput(`The filter has no operator \`${operator}\`.`);
  if (type === 'date') return inPeriod(name, operator, String(operand));
  return qualified
    ? figureCondition(name, qualified, operator, Number(operand))
    : { property: name, is: comparisons[operator], value: operand };
}

/** A partial date as an operand means its whole period, as one range of texts. */
function inPeriod(property: string, operator: keyof typeof comparisons, operand: string): Filter {
  const { from, until } = periodOf(operand);
  const within: Filter = {
    all: [
      { property, is: '>=', value: from },
      { property, is: '<', value: until },
    ],
  };
  const filters: Readonly<Record<keyof typeof comparisons, Filter>> = {
    eq: within,
    ne: { not: within },
    lt: { property, is: '<', value: from },
    lte: { property, is: '<', value: until },
    gt: { property, is: '>=', value: until },
    gte: { property, is: '>=', value: from },
  };
  return filters[operator];
}

const oneOf = (property: string, values: readonly string[]): Filter => ({ property, is: 'IN', value: values });

/** That a number is exactly what is stated. What is not qualified at all is. */
const isExact = ({ by, over = [], under = [], about = [] }: Qualification): Filter => ({
  not: oneOf(by, [...over, ...under, ...about]),
});

/**
 * That a number compares so for certain, whatever its qualifier leaves open. `ne` is the opposite of `eq`: it holds of every
 * number that is not known to be the operand.
 */
function figureCondition(
  property: string,
  qualification: Qualification,
  operator: keyof typeof comparisons,
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
