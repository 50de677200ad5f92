import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { Ontology } from '../ontology/ontology.ts';

interface Described {
  readonly name: string;
  description?: string | null | undefined;
}

/** Types that hundreds of others resemble come last, so that the one that is read first keeps its descriptions. */
function placeOf({ isKind }: Ontology, type: GraphQLNamedType, schema: GraphQLSchema): number {
  if (type === schema.getQueryType()) return 0;
  if (isInterfaceType(type)) return 1;
  if (isObjectType(type)) return isKind(type.name) ? 2 : isKind(type.name.replace(/(Connection|Edge)$/, '')) ? 3 : 4;
  return /^(Create|Delete|Transaction|Text|Int|Entity)/.test(type.name) ? 5 : 6;
}

/** Fields of every list and entity whose names say what they are. */
const plain = new Set([
  ...['cursor', 'edges', 'node', 'nodes', 'pageInfo', 'totalCount'],
  ...['createdAt', 'name', 'updatedAt'],
]);

/**
 * Leaves a description of a type of a list or an input, an argument, an input field, or a field whose name says what it is to
 * the first of them, where others say the same: repeated, they were two thirds of the schema. Other fields of objects, and
 * the values of enumerations, keep theirs.
 *
 * @returns the schema itself, changed
 */
export function describedOnce(schema: GraphQLSchema, ontology: Ontology): GraphQLSchema {
  const told = new Set<string>();
  const tellOnce = (one: Described, name = one.name) => {
    const text = `${name} ${one.description ?? ''}`;
    if (told.has(text)) one.description = undefined;
    told.add(text);
  };
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type))
    .map((type) => [placeOf(ontology, type, schema), type] as const)
    .sort(([left], [right]) => left - right);
  for (const [, type] of types) {
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) tellOnce(field);
    const isFacet = isEnumType(type) && type.name.endsWith('Facet');
    const isPart = /(Connection|Edge|Payload)$/.test(type.name) && !ontology.isKind(type.name);
    if (isPart || isFacet || isInputObjectType(type)) tellOnce(type, '');
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) tellOnce(argument);
      if (plain.has(field.name)) tellOnce(field, `${field.name} of ${isPart ? 'a part' : 'an entity'}`);
    }
  }
  return schema;
}
