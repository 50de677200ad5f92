import { isObject, type JsonObject } from '../../graphql/internal-client/json.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { SOURCES_KEY } from './source-table.ts';

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/**
 * The response to a query of the tools in fewer words: without absent values, with connections as lists and with each edge in
 * one object with its node.
 */
export function compact(ontology: Ontology, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => compact(ontology, item));
  if (!isObject(value)) return value;
  const { __typename: type, [SOURCES_KEY]: sources, ...all } = value;
  const cited = sources === undefined ? {} : { sources };
  // Properties of an entity may have the names of the parts of a connection.
  if (typeof type === 'string' && ontology.isKind(type)) {
    return { kind: constantCase(type), ...fields(ontology, all), ...cited };
  }
  const { totalCount, edges, nodes, node, ...others } = all;
  if (Array.isArray(edges) || Array.isArray(nodes)) {
    const items = ((edges ?? nodes) as unknown[]).map((item) => compact(ontology, item));
    return { ...(totalCount === undefined ? {} : { total: totalCount }), items, ...fields(ontology, others) };
  }
  const own = {
    ...(typeof type === 'string' ? { kind: type } : {}),
    ...(totalCount === undefined ? {} : { totalCount }),
    ...fields(ontology, others),
    ...cited,
  };
  if (!isObject(node)) return own;
  const far = compact(ontology, node) as JsonObject;
  return Object.keys(own).length === 0 ? far : { ...far, relation: own };
}

const fields = (ontology: Ontology, object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([, inner]) => !isEmpty(inner))
      .map(([name, inner]) => [name, compact(ontology, inner)]),
  );
