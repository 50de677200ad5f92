import { collectSubFields } from '@graphql-tools/utils';
import { type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo, getArgumentValues } from 'graphql';
import type { Kind } from '../ontology/kinds.ts';
import { type GroupSelection, metricColumn } from './group-input.ts';
import { groupName } from './names.ts';

type Fields = ReadonlyMap<string, readonly FieldNode[]>;

const named = (fields: Fields, name: string): readonly FieldNode[] =>
  [...fields.values()].filter(([node]) => node?.name.value === name).flat();

/** What a field that groups asks for, through fragments, aliases and both ways into its connection. */
export interface GroupAsk extends GroupSelection {
  /** The fields `entity` of keys; none where entities are not asked for. */
  readonly entity: readonly FieldNode[];
}

/** Looks ahead at what is selected of groups of a kind. */
export function groupSelectionOf(info: GraphQLResolveInfo, kind: Kind): GroupAsk {
  const { schema, fragments, variableValues } = info;
  const typeNamed = (name: string) => schema.getType(name) as GraphQLObjectType;
  const below = (typeName: string, selection: readonly FieldNode[]): Fields =>
    selection.length === 0
      ? new Map()
      : collectSubFields(schema, fragments, variableValues, typeNamed(typeName), [...selection]).fields;

  const name = groupName(kind);
  const connection = below(`${name}Connection`, info.fieldNodes);
  const pageInfo = below('PageInfo', named(connection, 'pageInfo'));
  const edges = named(connection, 'edges');
  const nodes = [...named(connection, 'nodes'), ...named(below(`${name}Edge`, edges), 'node')];
  const group = below(name, nodes);

  const fields = typeNamed(name).getFields();
  const metrics = [...group.values()].flat().flatMap((node) => {
    const field = fields[node.name.value];
    if (!field || field.name === 'keys') return [];
    if (field.name === 'count') return [field.name];
    return [metricColumn(field.name, String(getArgumentValues(field, node, variableValues).of))];
  });
  return {
    metrics,
    entity: named(below('GroupKeyValue', named(group, 'keys')), 'entity'),
    wants: {
      rows: edges.length > 0 || nodes.length > 0 || pageInfo.size > 0,
      totalCount: named(connection, 'totalCount').length > 0,
      hasNextPage: named(pageInfo, 'hasNextPage').length > 0,
      hasPreviousPage: named(pageInfo, 'hasPreviousPage').length > 0,
    },
  };
}
