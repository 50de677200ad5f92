import {
  type DocumentNode,
  type FieldNode,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLFieldResolver,
  GraphQLID,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

type Row = readonly unknown[];
type Resolver = GraphQLFieldResolver<Row, FixedContext>;
type Fields = GraphQLFieldConfigMap<Row, FixedContext>;

/** What the resolvers of a fixed schema find in their context. */
export interface FixedContext {
  /** The one statement's answer: the values of the root fields. */
  readonly answer: () => Promise<Row>;
}

/**
 * A schema that answers one query and no other, in the way that a person would write it by hand for that query: each
 * field takes its value from a known place in the row that the root field has read.
 */
export function fixedSchema(full: GraphQLSchema, document: DocumentNode): GraphQLSchema {
  const names = new Map<string, number>();
  const types: GraphQLNamedType[] = [];

  // A type that occurs at several places has another row at each.
  function nameAt(name: string): string {
    const count = names.get(name) ?? 0;
    names.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }

  function typeAt(type: GraphQLNamedType, selection: SelectionSetNode | undefined): GraphQLNamedType {
    if (!selection) return type;
    if (isInterfaceType(type)) return interfaceAt(type, selection);
    if (!isObjectType(type)) throw new Error(`${type.name} cannot be fixed.`);
    return objectAt(type, fieldNodes(selection));
  }

  function objectAt(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    start = 0,
    interfaces = [] as GraphQLInterfaceType[],
  ) {
    const name = nameAt(type.name);
    const made = new GraphQLObjectType({ name, interfaces, fields: fieldsAt(type, nodes, start) });
    types.push(made);
    return made;
  }

  /** The row of an entity of any kind begins with the kind. */
  function interfaceAt(type: GraphQLInterfaceType, selection: SelectionSetNode): GraphQLNamedType {
    const shared = fieldNodes(selection);
    const made = new GraphQLInterfaceType({
      name: nameAt(type.name),
      fields: fieldsAt(type, shared, 1),
      resolveType: (row: Row) => row[0] as string,
    });
    for (const fragment of selection.selections) {
      if (fragment.kind !== Kind.INLINE_FRAGMENT) continue;
      const kind = full.getType(fragment.typeCondition?.name.value ?? '');
      if (!isObjectType(kind)) throw new Error('A fragment has to be on a kind.');
      objectAt(kind, [...shared, ...fieldNodes(fragment.selectionSet)], 1, [made]);
    }
    return made;
  }

  function fieldsAt(
    type: GraphQLObjectType | GraphQLInterfaceType,
    nodes: readonly FieldNode[],
    start: number,
  ): Fields {
    const places = new Map<string, Map<string, number>>();
    for (const [index, node] of nodes.entries()) {
      const name = node.name.value;
      const keys = places.get(name) ?? new Map<string, number>();
      places.set(name, keys.set(node.alias?.value ?? name, start + index));
    }
    const isPart = type.name.endsWith('Connection') && nodes.length === 1;
    const fields: Record<string, GraphQLFieldConfig<Row, FixedContext>> = {};
    for (const [name, keys] of places) {
      const field = type.getFields()[name];
      const node = nodes.find((candidate) => candidate.name.value === name);
      if (!field || !node) throw new Error(`${type.name} has no field ${name}.`);
      const args = Object.fromEntries(field.args.map(({ name, type, defaultValue }) => [name, { type, defaultValue }]));
      fields[name] = {
        type: rewrapped(field.type, typeAt(getNamedType(field.type), node.selectionSet)),
        args,
        resolve:
          type.name === 'Query'
            ? rootResolver(keys)
            : isPart
              ? (row) => row
              : resolver(type.name, name, field.type, keys),
      };
    }
    return fields;
  }

  const [operation] = document.definitions;
  const query = full.getQueryType();
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !query) throw new Error('A query is expected.');
  return new GraphQLSchema({ query: objectAt(query, fieldNodes(operation.selectionSet)), types });
}

const fieldNodes = ({ selections }: SelectionSetNode): readonly FieldNode[] =>
  selections.filter((node) => node.kind === Kind.FIELD).filter(({ name }) => name.value !== '__typename');

function rewrapped(type: GraphQLOutputType, inner: GraphQLNamedType): GraphQLOutputType {
  if (isNonNullType(type)) return new GraphQLNonNull(rewrapped(type.ofType, inner) as never);
  if (isListType(type)) return new GraphQLList(rewrapped(type.ofType, inner));
  return inner as GraphQLOutputType;
}

function placeOf(keys: ReadonlyMap<string, number>): number | undefined {
  const [place] = keys.values();
  return keys.size === 1 ? place : undefined;
}

function rootResolver(keys: ReadonlyMap<string, number>): Resolver {
  return async (_, __, { answer }, { path }) => (await answer())[keys.get(String(path.key)) ?? -1];
}

function resolver(owner: string, name: string, type: GraphQLOutputType, keys: ReadonlyMap<string, number>): Resolver {
  const place = placeOf(keys);
  if (place === undefined) return (row, _, __, { path }) => row[keys.get(String(path.key)) ?? -1];
  // The kind stands before the slug in the row of an interface.
  if (getNamedType(type) === GraphQLID) {
    return (row) => Buffer.from(`${place === 0 ? owner : row[0]}:${row[place]}`).toString('base64url');
  }
  if (/cursor$/i.test(name))
    return (row) => Buffer.from(JSON.stringify(['', ...(row[place] as Row)])).toString('base64url');
  const isList = isNonNullType(type) && isListType(type.ofType);
  return isList ? (row) => row[place] ?? [] : (row) => row[place];
}
