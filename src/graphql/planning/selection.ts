import { collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  print,
} from 'graphql';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';

/** Names of the properties that a hand-written field reads from its entity. */
export type FieldNeeds = { readonly needs?: readonly string[] };

/** Fields of the same type that a hand-written field reads: they are read with its entity, and not returned. */
export type FieldReads = { readonly reads?: readonly FieldNode[] };

/** The key under which a field is read for another one. No response key has a space. */
export const readKey = (field: string, read: string): string => `${field} ${read}`;

/** All nodes in the document that are merged into one field. */
export type Selection = readonly FieldNode[];

/** The selection of a type, by response key. A key holds several fields where selections of several places are merged. */
export type Fields = ReadonlyMap<string, Selection>;

/** The nodes of all fields of a name, whatever their response keys. */
export const named = (fields: Fields, name: string): Selection =>
  [...fields.values()].flat().filter((node) => node.name.value === name);

/** Whether any field of these names is selected. */
export const selects = (fields: Fields, ...names: readonly string[]): boolean =>
  [...fields.values()].some((nodes) => nodes.some((node) => names.includes(node.name.value)));

type Arguments = Readonly<Record<string, unknown>>;

type ArgumentsByField = Map<FieldNode, Map<GraphQLField<unknown, unknown>, Arguments>>;

/** By the variables of an operation. */
const argumentsByField = memoize((_: object): ArgumentsByField => new Map());

/** Arguments are read once per operation, regardless of fragment spreads. */
function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variableValues: GraphQLResolveInfo['variableValues'],
): Arguments {
  const ofNode = getOrInsert(argumentsByField(variableValues), node, () => new Map());
  return getOrInsert(ofNode, field, () => getArgumentValues(field, node, variableValues));
}

/** Reads the selections of one operation: fragments, `@skip`, `@include` and variables are resolved. */
export class SelectionReader {
  readonly #info: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

  constructor(info: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>) {
    this.#info = info;
  }

  /** The selection below a field of this type. For an interface, the fields selected of every kind. */
  fields(typeName: string, selection: Selection): Fields {
    const { schema, fragments, variableValues } = this.#info;
    const type = schema.getType(typeName) as GraphQLObjectType;
    const { fields } = collectSubFields(schema, fragments, variableValues, type, [...selection]);
    const names = new Set([...fields.values()].map(([node]) => node?.name.value ?? ''));
    for (const name of names) {
      const { reads = [] } = this.extensions(typeName, name) as FieldReads;
      for (const node of reads) fields.set(readKey(name, node.name.value), [node]);
    }
    return fields;
  }

  /** The arguments of a field of this type. @throws GraphQLError if a variable does not fit */
  arguments(typeName: string, [node]: Selection): Arguments {
    const field = node && this.#typeNamed(typeName).getFields()[node.name.value];
    return field ? argumentsOf(field, node, this.#info.variableValues) : {};
  }

  /** A response key can refer to different fields of different parents; a column can contain only one of them. */
  isOneField(typeName: string, selection: Selection): boolean {
    if (selection.length === 1) return true;
    const [first = '', ...others] = selection.map((node) =>
      JSON.stringify([node.name.value, this.arguments(typeName, [node])]),
    );
    return others.every((other) => other === first);
  }

  /** Names of the fields that are selected under several keys. */
  repeatedIn(fields: Fields): ReadonlySet<string> {
    const [met, repeated] = [new Set<string>(), new Set<string>()];
    for (const [node] of fields.values()) {
      const name = node?.name.value ?? '';
      if (met.has(name)) repeated.add(name);
      met.add(name);
    }
    return repeated;
  }

  /** What a field selects, as text without its key: equal texts of one operation give equal results. */
  textOf(typeName: string, selection: Selection): string {
    const [first] = selection;
    const below = selection.map(({ selectionSet }) => (selectionSet ? print(selectionSet) : ''));
    return JSON.stringify([first?.name.value, this.arguments(typeName, selection), below]);
  }

  /** Extensions of a hand-written field of a type. */
  extensions(typeName: string, fieldName: string): Readonly<Record<string, unknown>> {
    const type = this.#typeNamed(typeName);
    return ('getFields' in type ? type.getFields()[fieldName]?.extensions : undefined) ?? {};
  }

  #typeNamed(name: string): GraphQLObjectType | GraphQLInterfaceType {
    return this.#info.schema.getType(name) as GraphQLObjectType | GraphQLInterfaceType;
  }
}
