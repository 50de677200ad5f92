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

/** Fields of an entity for drawing. */
const entityWith = (names: readonly string[]) => ['__typename', 'slug', 'name', ...names].map((name) => field(name));

const connects = (type: GraphQLCompositeType, ...names: readonly string[]) => {
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const fields = type.getFields();
  return names.every((name) => name in fields);
};

/** Fields of a type for drawing, if it represents entities or relations. */
function neededOf(type: GraphQLCompositeType, names: readonly string[]): readonly FieldNode[] {
  const entity = entityWith(names);
  const hop = [field('relation'), field('from', entity), field('to', entity)];
  if (connects(type, 'slug', 'name')) return entity;
  if (connects(type, 'relation', 'from', 'to')) return hop;
  if (connects(type, 'nodes', 'hops')) return [field('nodes', entity), field('hops', hop)];
  if (connects(type, 'cursor', 'node')) return [field('node', entity)];
  return [];
}

const keyOf = ({ alias, name }: FieldNode) => (alias ?? name).value;

function completed(
  set: SelectionSetNode,
  type: GraphQLCompositeType,
  names: readonly string[],
): SelectionSetNode | undefined {
  const keys = new Set(
    set.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [keyOf(selection)] : [])),
  );
  const missing = neededOf(type, names).filter((needed) => !keys.has(keyOf(needed)));
  return missing.length === 0 ? undefined : { ...set, selections: [...set.selections, ...missing] };
}

/**
 * The same query with additional fields for drawing: type, slug and name of entities, and the ends of relations.
 *
 * @param names fields with names in other languages
 * @returns undefined if the query already selects them
 */
export function questionForPicture(
  document: DocumentNode,
  schema: GraphQLSchema,
  names: readonly string[] = [],
): DocumentNode | undefined {
  const types = new TypeInfo(schema);
  let isOther = false;
  const asked = visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(set) {
          const type = types.getParentType();
          const whole = type ? completed(set, type, names) : undefined;
          if (!whole) return undefined;
          isOther = true;
          return whole;
        },
      },
    }),
  );
  return isOther ? asked : undefined;
}
