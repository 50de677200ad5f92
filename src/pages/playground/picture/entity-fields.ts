import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** What a drawing needs of a type that stands for entities or relations, as a selection; empty for another type. */
function neededOf(type: GraphQLNamedType | null | undefined, entity: string): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = type.getFields();
  const has = (...names: readonly string[]) => names.every((name) => name in fields);
  const below = (...names: readonly string[]) =>
    names
      .map((name) => [name, fields[name] ? neededOf(getNamedType(fields[name].type), entity) : ''])
      .map(([name, needed]) => (needed === '' ? '' : `${name} { ${needed} }`))
      .join(' ');
  if (has('slug', 'name')) return entity;
  // A reference, such as that of a change.
  if (has('slug', 'entity')) return `slug ${below('entity')}`;
  if (has('relation', 'from', 'to')) return `relation ${below('from', 'to')}`;
  if (has('nodes', 'hops')) return below('nodes', 'hops');
  return has('cursor', 'node') ? below('node') : '';
}

function fieldsOf(selection: string): readonly FieldNode[] {
  if (selection.trim() === '') return [];
  const [operation] = parse(`{ ${selection} }`, { noLocation: true }).definitions;
  const selections = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  return selections.filter((field) => field.kind === Kind.FIELD);
}

const keyOf = (selection: SelectionNode) =>
  selection.kind === Kind.FIELD ? (selection.alias ?? selection.name).value : undefined;

/**
 * The same query with what a drawing needs: type, slug and name of entities, and the ends of relations.
 *
 * @param names fields with names in other languages
 * @returns undefined if the query already selects them
 */
export function withEntityFields(
  query: string,
  schema: GraphQLSchema,
  names: readonly string[] = [],
): string | undefined {
  const entity = ['__typename', 'slug', 'name', ...names].join(' ');
  const types = new TypeInfo(schema);
  const document = parse(query);
  const whole = visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(set) {
          const keys = new Set(set.selections.map(keyOf));
          const missing = fieldsOf(neededOf(types.getParentType(), entity)).filter((field) => !keys.has(keyOf(field)));
          return missing.length === 0 ? undefined : { ...set, selections: [...set.selections, ...missing] };
        },
      },
    }),
  );
  return whole === document ? undefined : print(whole);
}
