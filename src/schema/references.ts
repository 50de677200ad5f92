import type { Entity } from '../graph/reads/rows.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import { builder } from './builder.ts';

const entityRef = (kind: Kind) => builder.objectRef<Entity>(kind);

/** The object type of each kind. Hand-written fields are added to these, in a file named after the kind. */
export const refs = Object.fromEntries(kindNames.map((kind) => [kind, entityRef(kind)])) as Record<
  Kind,
  ReturnType<typeof entityRef>
>;

export const NodeInterface = builder.interfaceRef<Entity>('Node');
export const EntityInterface = builder.interfaceRef<Entity>('Entity');

/** The type at the far end of a relation. */
export const targetRef = (target: Kind | 'Entity') => (target === 'Entity' ? EntityInterface : refs[target]);
