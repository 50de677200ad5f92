import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { relationTypeName } from '../names.ts';

/** A mutation of entities of one kind, such as `createLab`. */
export interface EntityMutation {
  readonly name: string;
  readonly action: (typeof entityActions)[number];
  readonly kind: Kind;
}

/** A mutation of relations of one type, such as `linkHostedBy`. */
export interface RelationMutation {
  readonly name: string;
  readonly action: (typeof relationActions)[number];
  readonly relation: RelationType;
}

export type MutationDefinition = EntityMutation | RelationMutation;

const entityActions = ['CREATE', 'UPDATE', 'UPSERT', 'DELETE'] as const;
const relationActions = ['LINK', 'UNLINK'] as const;

export const entityMutations = oncePer(({ kindNames }: Ontology): readonly EntityMutation[] =>
  kindNames.flatMap((kind) =>
    entityActions.map((action) => ({ name: `${action.toLowerCase()}${kind}`, action, kind })),
  ),
);

export const relationMutations = oncePer(({ relationTypes }: Ontology): readonly RelationMutation[] =>
  relationTypes.flatMap((relation) =>
    relationActions.map((action) => ({
      name: `${action.toLowerCase()}${relationTypeName(relation)}`,
      action,
      relation,
    })),
  ),
);

/** All mutations, by the names of the root fields and of the operations of a transaction. */
export const mutationDefinitions = oncePer((ontology: Ontology): readonly MutationDefinition[] => [
  ...entityMutations(ontology),
  ...relationMutations(ontology),
]);

const descriptions: Readonly<Record<EntityMutation['action'], (what: string) => string>> = {
  CREATE: (what) => `Creates ${what}.`,
  UPDATE: (what) => `Updates ${what}. Fields left out keep their values.`,
  UPSERT: (what) => `Creates ${what}, or replaces the one with this slug.`,
  DELETE: (what) => `Deletes ${what} and the relations that start at it.`,
};

/** Description of a mutation. */
export function descriptionOf(ontology: Ontology, mutation: MutationDefinition): string {
  if ('kind' in mutation) return descriptions[mutation.action](ontology.kind(mutation.kind).one);
  const { action, relation } = mutation;
  const { description } = ontology.relation(relation);
  return action === 'LINK'
    ? `Creates or replaces a relation ${relation}. ${description}`
    : `Deletes a relation ${relation}. ${description}`;
}
