import type { Ontology } from '../../ontology/ontology.ts';
import type { Property, RelationType } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import type { FilterInput } from './property-condition.ts';
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

/**
 * Relations to one kind may have properties of one name and different types, which their input type cannot tell apart.
 * @throws GraphQLError BAD_USER_INPUT on a value that is not one of the enumeration, or an operator that does not apply to it
 */
export function checkEdgeValue(ontology: Ontology, relation: RelationType, name: string, input: FilterInput): void {
  const { enumeration, list } = edgePropertyOf(ontology, relation, name);
  if (enumeration === undefined || list) return;
  const { values } = ontology.enumeration(enumeration);
  for (const [operator, operand] of Object.entries(input)) {
    if (operator === 'exists' || operand === null) continue;
    if (!['eq', 'ne', 'in'].includes(operator)) {
      throw badUserInput(`\`${name}\` of ${relation} is of ${enumeration}; use \`eq\`, \`ne\`, \`in\` or \`exists\`.`);
    }
    const wrong = [operand].flat().find((value) => !Object.hasOwn(values, String(value)));
    if (wrong !== undefined) {
      const known = Object.keys(values).slice(0, 20).join(', ');
      throw badUserInput(
        `${quotedValue(wrong)} is not a value of \`${name}\` of ${relation}. Its values are ${known}.`,
      );
    }
  }
}
