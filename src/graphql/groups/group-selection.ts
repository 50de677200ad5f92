import type { FieldNode } from 'graphql';
import type { Metric } from '../../engine/groups/group-metrics.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type Fields, named, type Selection, type SelectionReader } from '../planning/selection.ts';
import { metricsOfField } from './defined-metrics.ts';
import type { GroupSelection } from './group-input.ts';

/** The selection of a field that groups, through fragments, aliases and both ways into its connection. */
export interface GroupAsk extends GroupSelection {
  /** The fields `entity` of keys; empty if none is selected. */
  readonly entity: readonly FieldNode[];
}

/** Reads the selection of groups of a kind. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
export function groupSelectionOf(ontology: Ontology, kind: Kind, reader: SelectionReader, fields: Selection): GroupAsk {
  const below = (typeName: string, selection: Selection): Fields =>
    selection.length === 0 ? new Map() : reader.fields(typeName, selection);

  const connection = below('EntityGroupConnection', fields);
  const pageInfo = below('PageInfo', named(connection, 'pageInfo'));
  const edges = named(connection, 'edges');
  const nodes = [...named(connection, 'nodes'), ...named(below('EntityGroupEdge', edges), 'node')];
  const group = below('EntityGroup', nodes);

  const metrics = new Map<string, Metric>();
  const defined = new Set<string>();
  for (const node of [...group.values()].flat()) {
    const field = node.name.value;
    if (field === 'keys' || field.startsWith('__')) continue;
    const found = metricsOfField(ontology, kind, field, reader.arguments('EntityGroup', [node]));
    for (const [column, metric] of found.metrics) {
      metrics.set(column, metric);
      if (found.defined) defined.add(column);
    }
  }
  return {
    metrics,
    defined,
    entity: named(below('GroupKeyValue', named(group, 'keys')), 'entity'),
    wants: {
      rows: edges.length > 0 || nodes.length > 0 || pageInfo.size > 0,
      totalCount: named(connection, 'totalCount').length > 0,
      hasNextPage: named(pageInfo, 'hasNextPage').length > 0,
      hasPreviousPage: named(pageInfo, 'hasPreviousPage').length > 0,
    },
  };
}
