import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
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

/** Fields of a type for drawing, if it represents entities or relations. */
function neededOf(type: GraphQLOutputType, names: readonly string[]): readonly FieldNode[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = type.getFields();
  const has = (...wanted: readonly string[]) => wanted.every((name) => name in fields);
  const below = (...wanted: readonly string[]) =>
    wanted.flatMap((name) => {
      const needed = fields[name] ? neededOf(getNamedType(fields[name].type), names) : [];
      return needed.length > 0 ? [field(name, needed)] : [];
    });
  if (has('slug', 'name')) return entityWith(names);
  // A reference, such as that of a change, also to an entity that was deleted.
  if (has('slug', 'entity')) return [field('slug'), ...below('entity')];
  if (has('relation', 'from', 'to')) return [field('relation'), ...below('from', 'to')];
  if (has('nodes', 'hops')) return below('nodes', 'hops');
  if (has('cursor', 'node')) return below('node');
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
