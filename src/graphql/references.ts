import type { Entity } from '../engine/reads/rows.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { lazyType, lazyTypeFor, type SchemaBase } from './builder.ts';

/** The object type of a kind. */
export const refOf = lazyTypeFor(({ builder, ontology }, kind: Kind) => {
  if (!ontology.isKind(kind)) throw new Error(`The ontology has no kind ${kind}.`);
  return builder.objectRef<Entity>(kind);
});

export const NodeInterface = lazyType(({ builder }) => builder.interfaceRef<Entity>('Node'));
export const EntityInterface = lazyType(({ builder }) => builder.interfaceRef<Entity>('Entity'));

/** The type at the far end of a relation. */
export const targetRef = (base: SchemaBase, target: Kind | 'Entity') =>
  target === 'Entity' ? EntityInterface(base) : refOf(base, target);
