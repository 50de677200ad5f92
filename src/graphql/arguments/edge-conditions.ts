import type { Ontology } from '../../ontology/ontology.ts';
import { isPartialDate } from '../../ontology/partial-date.ts';
import { isListed, type Property, type RelationType, type ScalarType } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { type FilterInput, listOperators, operatorsOf } from './property-condition.ts';
import { quotedValue } from './quoted-value.ts';

/** A property of a relation. @throws GraphQLError BAD_USER_INPUT if the relation has none of this name */
export function edgePropertyOf(ontology: Ontology, relation: RelationType, name: string): Property {
  const properties = ontology.edgePropertiesOf(relation);
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property) return property;
  const known = Object.keys(properties).map((each) => `\`${each}\``);
  throw badUserInput(
    `${relation} has no property \`${name}\`. ${known.length > 0 ? `It has ${known.join(', ')}.` : 'It has no properties.'}`,
  );
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);

/** Whether a value is of a type, and what one is called. */
const types: Readonly<Record<Property['type'], readonly [fits: (value: unknown) => boolean, one: string]>> = {
  text: [(value) => typeof value === 'string', 'a text'],
  int: [(value) => isNumber(value) && Number.isInteger(value), 'an integer'],
  float: [isNumber, 'a number'],
  boolean: [(value) => typeof value === 'boolean', 'true or false'],
  date: [
    (value) => typeof value === 'string' && isPartialDate(value),
    'a date such as "2019", "2019-06" or "2019-06-20"',
  ],
  url: [(value) => typeof value === 'string' && URL.canParse(value), 'an absolute URL'],
  enumeration: [(value) => typeof value === 'string', 'the name of a value'],
  ...{ milestones: [() => false, ''], identifiers: [() => false, ''], locations: [() => false, ''] },
};

/** Number of values of an enumeration that a message names. */
const MOST_NAMED = 20;

/**
 * Checks conditions on a property of a relation. Relations may have properties of one name and different types, which their
 * input type cannot tell apart.
 * @throws GraphQLError BAD_USER_INPUT on a value of another type, or an operator that does not apply to the property
 */
export function checkEdgeValue(ontology: Ontology, relation: RelationType, name: string, input: FilterInput): void {
  const property = edgePropertyOf(ontology, relation, name);
  const { type, enumeration, list } = property;
  const operators: readonly string[] = list
    ? listOperators
    : isListed(property)
      ? []
      : operatorsOf[property.type as ScalarType];
  const values = enumeration === undefined ? undefined : ontology.enumeration(enumeration).values;
  const [isOfType, one] = types[type];
  const fits = (value: unknown) => (values ? Object.hasOwn(values, String(value)) : isOfType(value));
  for (const [operator, operand] of Object.entries(input)) {
    if (!operators.includes(operator)) {
      const what = `${list ? 'a list of' : 'of'} ${enumeration ?? type}`;
      throw badUserInput(
        `\`${name}\` of ${relation} is ${what}; use ${operators.map((each) => `\`${each}\``).join(', ')}.`,
      );
    }
    if (operator === 'exists' || operator === 'isEmpty' || operand === null) continue;
    const wrong = [operand].flat().find((value) => !fits(value));
    if (wrong === undefined) continue;
    throw badUserInput(
      values
        ? `${quotedValue(wrong)} is not a value of \`${name}\` of ${relation}. Its values are ${Object.keys(values).slice(0, MOST_NAMED).join(', ')}.`
        : `\`${name}\` of ${relation} must be compared with ${one}; got ${quotedValue(wrong)}.`,
    );
  }
}
