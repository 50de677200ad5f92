import { type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';
import { named, SelectionReader } from './selection.ts';

/** The fields at a path below the resolved field, through all fragments and aliases. */
export function selectedAt(info: GraphQLResolveInfo, path: readonly string[]): readonly FieldNode[] {
  const selected = new SelectionReader(info);
  let type = getNamedType(info.returnType) as GraphQLObjectType;
  let nodes: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) {
    if (nodes.length === 0) return [];
    nodes = named(selected.fields(type.name, nodes), name);
    type = getNamedType(type.getFields()[name]?.type) as GraphQLObjectType;
  }
  return nodes;
}
