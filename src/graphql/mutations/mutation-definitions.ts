import { uncapitalized } from '../../ontology/letter-case.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { relationTypeName } from '../names.ts';

/** A mutation of an entity of one kind. */
export interface EntityMutation {
  readonly action: 'CREATE' | 'UPDATE' | 'UPSERT' | 'DELETE';
  readonly kind: Kind;
}

/** A mutation of a relation of one type. */
export interface RelationMutation {
  readonly action: 'LINK' | 'UNLINK';
  readonly relation: RelationType;
}

export type MutationDefinition = EntityMutation | RelationMutation;

/** The mutations of one operation, by the names of their root fields and of the operations of a transaction. */
export const actions = {
  create: { action: 'CREATE', of: 'entity', description: 'Creates an entity.' },
  update: { action: 'UPDATE', of: 'entity', description: 'Updates an entity. Fields left out keep their values.' },
  upsert: { action: 'UPSERT', of: 'entity', description: 'Creates an entity, or replaces the one with this slug.' },
  delete: { action: 'DELETE', of: 'entity', description: 'Deletes an entity and the relations that start at it.' },
  link: { action: 'LINK', of: 'relation', description: 'Creates or replaces a relation.' },
  unlink: { action: 'UNLINK', of: 'relation', description: 'Deletes a relation.' },
} as const;

export type ActionName = keyof typeof actions;

/** Names of the mutations; those of relations only where there are relations. */
export const actionNames = memoize(({ relationTypes }: Ontology): readonly ActionName[] =>
  (Object.keys(actions) as ActionName[]).filter((name) => actions[name].of === 'entity' || relationTypes.length > 0),
);

/** `HOSTED_BY` as `hostedBy`: the field of a relation in the input of `link`. */
export const linkField = (relation: RelationType): string => uncapitalized(relationTypeName(relation));

const kindsByField = memoize(
  ({ kindNames, kind }: Ontology) => new Map(kindNames.map((name) => [kind(name).singular, name])),
);
const relationsByField = memoize(
  ({ relationTypes }: Ontology) => new Map(relationTypes.map((type) => [linkField(type), type])),
);

/** What an input of a mutation asks for: its definition, its innermost input, and the path to that. */
export interface NamedMutation {
  readonly mutation: MutationDefinition;
  readonly input: Readonly<Record<string, unknown>>;
  readonly path: readonly string[];
}

/** Reads an operation, which names its kind or its relation. */
export function namedMutation(
  ontology: Ontology,
  name: ActionName,
  input: Readonly<Record<string, unknown>>,
): NamedMutation {
  const { action } = actions[name];
  if (action === 'DELETE') return { mutation: { action, kind: String(input.kind) }, input, path: [] };
  if (action === 'UNLINK') return { mutation: { action, relation: String(input.type) }, input, path: [] };
  const [[field, inner] = ['', {}]] = Object.entries(input);
  const found = { input: inner as Readonly<Record<string, unknown>>, path: [field] };
  if (action === 'LINK') {
    const relation = relationsByField(ontology).get(field);
    if (relation === undefined) throw new Error(`No relation ${field}.`);
    return { mutation: { action, relation }, ...found };
  }
  const kind = kindsByField(ontology).get(field);
  if (kind === undefined) throw new Error(`No kind ${field}.`);
  return { mutation: { action, kind }, ...found };
}
