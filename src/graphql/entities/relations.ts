import type { GraphQLResolveInfo } from 'graphql';
import { type Connection, Edge, type Entity, type RelationAnswer } from '../../engine/reads/rows.ts';
import type { RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { ConnectionArguments } from '../arguments/paging.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { ownerOf, statedOfRelations } from '../names.ts';
import { readRelation } from '../planning/read-selection.ts';
import { EntityInterface, refOf, targetRef } from '../references.ts';
import { connectionArguments, relationConnectionRef, relationEdgeRef } from './connections.ts';

const describe = ({ description, relation }: RelationField) => `${description} (${relation})`;

function addConnection(base: SchemaBase, owner: Kind | 'Entity', field: RelationField) {
  const options = {
    type: relationConnectionRef(base, owner, field),
    nullable: true,
    args: connectionArguments(base, field.target),
    description: describe(field),
    resolve: (entity: Entity, args: ConnectionArguments, context: Context, info: GraphQLResolveInfo) =>
      readRelation(context, info, entity, field, args) as Promise<Connection | null>,
  } as const;
  if (owner === 'Entity') base.builder.interfaceField(EntityInterface(base), field.name, (t) => t.field(options));
  else base.builder.objectField(refOf(base, owner), field.name, (t) => t.field(options));
}

const nodeOf = (answer: RelationAnswer) => (answer instanceof Edge ? answer.node : null);

function addToOne(base: SchemaBase, kind: Kind, field: RelationField) {
  base.builder.objectField(refOf(base, kind), field.name, (t) =>
    t.field({
      type: targetRef(base, field.target),
      nullable: true,
      description: describe(field),
      // Not async: the relation is often read with its entity, and a promise for each would cost time.
      resolve: (entity, _, context, info) => {
        const answer = readRelation(context, info, entity, field, {});
        return answer instanceof Promise ? answer.then(nodeOf) : nodeOf(answer);
      },
    }),
  );
  if (Object.keys(field.properties).length === 0) return;
  base.builder.objectField(refOf(base, kind), `${field.name}Edge`, (t) =>
    t.field({
      type: relationEdgeRef(base, kind, field),
      nullable: true,
      description: `The relation behind \`${field.name}\`, with its ${statedOfRelations(base.ontology)}; null if there is none (${field.relation}).`,
      resolve: (entity, _, context, info) => readRelation(context, info, entity, field, {}) as Promise<Edge | null>,
    }),
  );
}

/** Adds the relations as fields of both their ends. */
export const addRelations = lazyType((base) => {
  const { ontology } = base;
  for (const field of ontology.relationFieldsOf('Entity').values()) addConnection(base, 'Entity', field);
  for (const kind of ontology.kindNames) {
    for (const field of ontology.relationFieldsOf(kind).values()) {
      if (ownerOf(ontology, kind, field) === 'Entity') continue;
      if (field.toOne) addToOne(base, kind, field);
      else addConnection(base, kind, field);
    }
  }
});
