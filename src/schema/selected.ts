import { collectSubFields } from '@graphql-tools/utils';
import { type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';

/** The fields that a selection has at a path below the field that is being resolved, over all fragments and aliases. */
export function selectedAt(info: GraphQLResolveInfo, path: readonly string[]): readonly FieldNode[] {
  const { schema, fragments, variableValues } = info;
  let type = getNamedType(info.returnType) as GraphQLObjectType;
  let nodes: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) {
    if (nodes.length === 0) return [];
    const { fields } = collectSubFields(schema, fragments, variableValues, type, [...nodes]);
    nodes = [...fields.values()].flat().filter((node) => node.name.value === name);
    type = getNamedType(type.getFields()[name]?.type) as GraphQLObjectType;
  }
  return nodes;
}
