import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const field = (name: string, selections?: readonly SelectionNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: name },
  ...(selections && { selectionSet: { kind: Kind.SELECTION_SET, selections } }),
});

/** What a picture needs of an entity. */
const entity = [field('__typename'), field('slug'), field('name')];

const hop = [field('relation'), field('from', entity), field('to', entity)];

const connects = (type: GraphQLCompositeType, ...names: readonly string[]) => {
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const fields = type.getFields();
  return names.every((name) => name in fields);
};

/** What a picture needs of a type, if it is one of those that entities and relations are told by. */
function neededOf(type: GraphQLCompositeType): readonly FieldNode[] {
  if (connects(type, 'slug', 'name')) return entity;
  if (connects(type, 'relation', 'from', 'to')) return hop;
  if (connects(type, 'nodes', 'hops')) return [field('nodes', entity), field('hops', hop)];
  if (connects(type, 'cursor', 'node')) return [field('node', entity)];
  return [];
}

const keyOf = ({ alias, name }: FieldNode) => (alias ?? name).value;

function completed(set: SelectionSetNode, type: GraphQLCompositeType): SelectionSetNode | undefined {
  const keys = new Set(
    set.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [keyOf(selection)] : [])),
  );
  const missing = neededOf(type).filter((needed) => !keys.has(keyOf(needed)));
  return missing.length === 0 ? undefined : { ...set, selections: [...set.selections, ...missing] };
}

/**
 * The same question, asking also for what a picture is drawn from: which entity each one is, and between which a relation is.
 *
 * @returns nothing where it asks for all that already
 */
export function questionForPicture(document: DocumentNode, schema: GraphQLSchema): DocumentNode | undefined {
  const types = new TypeInfo(schema);
  let isOther = false;
  const asked = visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(set) {
          const type = types.getParentType();
          const whole = type ? completed(set, type) : undefined;
          if (!whole) return undefined;
          isOther = true;
          return whole;
        },
      },
    }),
  );
  return isOther ? asked : undefined;
}
