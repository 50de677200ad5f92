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

/**
 * Leaves a description of an argument, an input field, a sort key or a part of a list to the first of them, where others
 * of the same name say the same: repeated, they were two thirds of the schema. Types, and fields of entities, keep theirs.
 *
 * @returns the schema itself, changed
 */
export function describedOnce(schema: GraphQLSchema, ontology: Ontology): GraphQLSchema {
  const told = new Set<string>();
  const tellOnce = (one: Described) => {
    const text = `${one.name} ${one.description ?? ''}`;
    if (told.has(text)) one.description = undefined;
    told.add(text);
  };
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type))
    .map((type) => [placeOf(ontology, type, schema), type] as const)
    .sort(([left], [right]) => left - right);
  for (const [, type] of types) {
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) tellOnce(field);
    if (isEnumType(type) && /(Facet|Key)$/.test(type.name)) for (const value of type.getValues()) tellOnce(value);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const isPart = /(Connection|Edge|Group|Payload)$/.test(type.name) && !ontology.isKind(type.name);
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) tellOnce(argument);
      if (isPart) tellOnce(field);
    }
  }
  return schema;
}
