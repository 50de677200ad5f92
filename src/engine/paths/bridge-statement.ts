import type { RelationType } from '../../ontology/vocabulary.ts';
import type { Statement } from '../graph/statement.ts';
import { degreeOf, isOfKind, typesIn, type Walk } from '../graph/walk.ts';
import type { StepTypes } from '../traversal/metapaths.ts';

/** Maximum number of connecting paths found in one step. */
export const MOST_BRIDGES = 1_500;

export interface BridgeParameters {
  readonly gaps: readonly (readonly [near: string, far: string])[];
  readonly blocked: readonly string[];
  readonly avoidHubs: number | null;
  readonly perGap: number;
}

type Inner = readonly [slug: string, labels: readonly string[], degree: number];
type Crossing = readonly [relation: RelationType, leads: boolean];

/** A connecting path: the ends of its gap, the entities between them and the relations, from end to end. */
export type Bridge = readonly [near: string, far: string, inner: readonly Inner[], crossings: readonly Crossing[]];

/**
 * Connecting paths of a length between two unexpanded entities. Each step is forced to start where the last one ended,
 * so Neo4j finds one path after the other and stops at the limit.
 */
export function bridgeStatement(
  types: StepTypes,
  { ontology, relations, kinds }: Walk,
): Statement<BridgeParameters, readonly [bridges: readonly Bridge[]]> {
  const { length } = types;
  const typed = types.map(typesIn);
  const inner = Array.from({ length: length - 1 }, (_, index) => `inner${index}`);
  const steps = inner.map((node, index) => {
    const before = inner.slice(0, index);
    const names = ['near', 'far', ...before, ...before.map((_, at) => `relation${at}`)];
    const others = ['near', 'far', ...before].map((other) => ` AND ${node} <> ${other}`).join('');
    return `WITH ${names.join(', ')} MATCH (${inner[index - 1] ?? 'near'})-[relation${index}:${typed[index]}]-(${node})
      WHERE ${isOfKind(node, kinds)} AND NOT ${node}.id IN $blocked${others} AND ($avoidHubs IS NULL OR ${degreeOf(ontology, node, relations)} <= $avoidHubs)`;
  });
  const names = ['near', 'far', ...inner, ...inner.map((_, at) => `relation${at}`)].join(', ');
  const starts = ['near', ...inner];
  const last = length - 1;
  const crossings = starts.map((node, at) => `[type(relation${at}), startNode(relation${at}) = ${node}]`);
  return {
    name: `paths-bridge-${length}`,
    text: `UNWIND $gaps AS gap
MATCH (near:Entity {id: gap[0]})
CALL (gap) { MATCH (far:Entity {id: gap[1]}) RETURN far }
CALL (near, far) {
  ${steps.join('\n  ')}
  WITH ${names} MATCH (${starts[last]})-[relation${last}:${typed[last]}]-(far)
  WITH ${names}, relation${last} LIMIT toInteger($perGap)
  RETURN [${inner.map((node) => `[${node}.id, labels(${node}), ${degreeOf(ontology, node, relations)}]`).join(', ')}] AS inner, [${crossings.join(', ')}] AS crossings
}
WITH near, far, inner, crossings LIMIT ${MOST_BRIDGES}
RETURN collect([near.id, far.id, inner, crossings]) AS bridges`,
  };
}
