import { type Connection, Edge, type RelationAnswer } from '../../graph/reads/rows.ts';
import { type RelationField, relationFieldsOf } from '../../ontology/fields.ts';
import { type Kind, kindNames } from '../../ontology/kinds.ts';
import { builder } from '../builder.ts';
import { ownerOf } from '../names.ts';
import { readRelation } from '../planning/read-selection.ts';
import { EntityInterface, refs, targetRef } from '../references.ts';
import { connectionArguments, relationConnectionRef, relationEdgeRef } from './connections.ts';

const describe = ({ description, relation }: RelationField) => `${description} (${relation})`;

function addConnection(owner: Kind | 'Entity', field: RelationField) {
  const options = {
    type: relationConnectionRef(owner, field),
    nullable: true,
    args: connectionArguments(field.target),
    description: describe(field),
  } as const;
  if (owner === 'Entity') {
    builder.interfaceField(EntityInterface, field.name, (t) =>
      t.field({
        ...options,
        resolve: (entity, args, context, info) =>
          readRelation(context, info, entity, field, args) as Promise<Connection | null>,
      }),
    );
  } else {
    builder.objectField(refs[owner], field.name, (t) =>
      t.field({
        ...options,
        resolve: (entity, args, context, info) =>
          readRelation(context, info, entity, field, args) as Promise<Connection | null>,
      }),
    );
  }
}

const nodeOf = (answer: RelationAnswer) => (answer instanceof Edge ? answer.node : null);

function addToOne(kind: Kind, field: RelationField) {
  builder.objectField(refs[kind], field.name, (t) =>
    t.field({
      type: targetRef(field.target),
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
  builder.objectField(refs[kind], `${field.name}Edge`, (t) =>
    t.field({
      type: relationEdgeRef(kind, field),
      nullable: true,
      description: `The relation behind \`${field.name}\`, with its properties and sources; null if there is none (${field.relation}).`,
      resolve: (entity, _, context, info) => readRelation(context, info, entity, field, {}) as Promise<Edge | null>,
    }),
  );
}

for (const field of relationFieldsOf('Entity').values()) addConnection('Entity', field);

for (const kind of kindNames) {
  for (const field of relationFieldsOf(kind).values()) {
    if (ownerOf(kind, field) === 'Entity') continue;
    if (field.toOne) addToOne(kind, field);
    else addConnection(kind, field);
  }
}
