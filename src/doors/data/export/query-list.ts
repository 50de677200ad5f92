import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  Kind as Syntax,
  separateOperations,
} from 'graphql';
import { getOrInsert } from '../../../ontology/get-or-insert.ts';

/** Place of values in an item: names of response fields, from the item inwards. */
export type Column = readonly string[];

/** The list of objects that a query selects. */
export interface QueryList {
  /** Path in the response. */
  readonly path: readonly string[];
  /** What an item can hold. */
  readonly columns: readonly Column[];
  /** Of a list that comes in pages: how to ask for them. */
  readonly pages?: QueryPages;
}

export interface QueryPages {
  /** The query, with a variable for the start of a page and a field for its end. */
  readonly document: DocumentNode;
  /** Name of the variable with the start of a page. */
  readonly after: string;
  /** Start of the first page, as in the query. */
  readonly begin: string | undefined;
  /** Path in the response to the end of a page: `{ hasNextPage endCursor }`. */
  readonly info: readonly string[];
}

/** A query that cannot be exported; the message says how to change it. */
export class NoExport extends Error {
  override readonly name = 'NoExport';
}

const AFTER = 'exportAfter';
const INFO = 'exportPage';
/** Page size, unless the query sets one. */
const PAGE = '100';

interface Found extends Omit<QueryList, 'pages'> {
  readonly pages?: Omit<QueryPages, 'document'> & { readonly declares: boolean };
}

interface Rewritten {
  readonly found: Found;
  readonly selectionSet: SelectionSetNode;
}

/**
 * Finds the list of objects in a valid query; `undefined` if there is none.
 * @throws NoExport where the list cannot be read on, or another one stands beside it
 */
export function findList(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): QueryList | undefined {
  const fragments = fragmentsOf(document);
  // Nested fragments can multiply beyond any limit, so a fragment without a list is searched only once.
  const unsearched = new Map(fragments);
  const unsearchedForItems = new Map(fragments);
  const root = schema.getRootType(operation.operation);
  const rewritten = root && inSelection(operation.selectionSet, root);
  if (!rewritten) return undefined;
  const { pages, ...list } = rewritten.found;
  if (!pages) return list;
  const { declares, ...asking } = pages;
  const asked: OperationDefinitionNode = {
    ...operation,
    selectionSet: rewritten.selectionSet,
    ...(declares ? { variableDefinitions: [...(operation.variableDefinitions ?? []), afterVariable] } : {}),
  };
  const whole = { ...document, definitions: [asked, ...fragments.values()] };
  // An inlined fragment may no longer be used anywhere.
  const used = separateOperations(whole)[operation.name?.value ?? ''] ?? whole;
  return { ...list, pages: { ...asking, document: used } };

  /** The first list; with `isOnly`, it must have none beside it. */
  function inSelection(
    selectionSet: SelectionSetNode,
    type: GraphQLCompositeType,
    isOnly = true,
  ): Rewritten | undefined {
    for (const [index, selection] of selectionSet.selections.entries()) {
      const inside = inNode(selection, type, isOnly);
      if (!inside) continue;
      if (isOnly) refuseOthers(inside.found, selectionSet.selections.slice(index + 1), type);
      const selections = selectionSet.selections.map((other, at) => (at === index ? inside.node : other));
      return { found: inside.found, selectionSet: { ...selectionSet, selections } };
    }
    return undefined;
  }

  function refuseOthers({ path }: Found, selections: readonly SelectionNode[], type: GraphQLCompositeType): void {
    for (const selection of selections) {
      const other = inNode(selection, type, false)?.found.path;
      if (other === undefined || other.join('.') === path.join('.')) continue;
      throw new NoExport(
        `The query has several lists, ${path.join('.')} and ${other.join('.')}; a table or a file of JSON Lines has one. Export them one by one, or the whole as JSON.`,
      );
    }
  }

  function inNode(
    node: SelectionNode,
    type: GraphQLCompositeType,
    isOnly: boolean,
  ): { found: Found; node: SelectionNode } | undefined {
    if (node.kind === Syntax.FIELD) return inField(node, type, isOnly);
    const plain = node.kind === Syntax.FRAGMENT_SPREAD ? writtenOut(node.name.value) : node;
    const inside =
      plain && inSelection(plain.selectionSet, conditionOf(schema, plain.typeCondition?.name.value) ?? type, isOnly);
    if (!inside && node.kind === Syntax.FRAGMENT_SPREAD) unsearched.delete(node.name.value);
    const directives = [...(node.directives ?? []), ...((plain !== node && plain?.directives) || [])];
    return (
      inside && {
        found: inside.found,
        node: { ...plain, kind: Syntax.INLINE_FRAGMENT, directives, selectionSet: inside.selectionSet },
      }
    );
  }

  function writtenOut(name: string) {
    const fragment = unsearched.get(name);
    return fragment && { typeCondition: fragment.typeCondition, selectionSet: fragment.selectionSet, directives: [] };
  }

  function inField(
    node: FieldNode,
    parent: GraphQLCompositeType,
    isOnly: boolean,
  ): { found: Found; node: FieldNode } | undefined {
    const type = typeOf(parent, node);
    const named = type && getNamedType(type);
    if (!type || !node.selectionSet || !isCompositeType(named)) return undefined;
    const key = keyOf(node);
    if (isListType(getNullableType(type))) {
      const columns = columnsOf(schema, fragments, node.selectionSet, named);
      return { found: { path: [key], columns }, node };
    }
    const items = hasPages(named) ? itemsOf(node.selectionSet) : undefined;
    if (items) return inPages(node, named, items);
    const inside = inSelection(node.selectionSet, named, isOnly);
    if (!inside) return undefined;
    const { path, pages } = inside.found;
    return {
      found: {
        ...inside.found,
        path: [key, ...path],
        ...(pages ? { pages: { ...pages, info: [key, ...pages.info] } } : {}),
      },
      node: { ...node, selectionSet: inside.selectionSet },
    };
  }

  /** The field of a connection with its items: of two, the one selected first. */
  function itemsOf({ selections }: SelectionSetNode): FieldNode | undefined {
    for (const selection of selections) {
      if (selection.kind === Syntax.FIELD) {
        if (selection.name.value === 'nodes' || selection.name.value === 'edges') return selection;
        continue;
      }
      const set =
        selection.kind === Syntax.INLINE_FRAGMENT
          ? selection.selectionSet
          : unsearchedForItems.get(selection.name.value)?.selectionSet;
      const items = set && itemsOf(set);
      if (items) return items;
      if (selection.kind === Syntax.FRAGMENT_SPREAD) unsearchedForItems.delete(selection.name.value);
    }
    return undefined;
  }

  function inPages(node: FieldNode, type: GraphQLCompositeType, items: FieldNode): { found: Found; node: FieldNode } {
    const given = new Map((node.arguments ?? []).map((argument) => [argument.name.value, argument]));
    for (const name of ['last', 'before'])
      if (given.has(name))
        throw new NoExport(`An export reads all of ${node.name.value}, forwards. Leave out \`${name}\`.`);
    const after = given.get('after')?.value;
    const variable = after?.kind === Syntax.VARIABLE ? after.name.value : AFTER;
    const own: ArgumentNode[] = [
      ...(given.has('first') ? [] : [argument('first', { kind: Syntax.INT, value: PAGE })]),
      argument('after', { kind: Syntax.VARIABLE, name: nameNode(variable) }),
    ];
    const itemType = typeOf(type, items);
    const named = itemType && getNamedType(itemType);
    const key = keyOf(node);
    return {
      found: {
        path: [key, keyOf(items)],
        columns:
          items.selectionSet && isCompositeType(named) ? columnsOf(schema, fragments, items.selectionSet, named) : [],
        pages: {
          after: variable,
          declares: after?.kind !== Syntax.VARIABLE,
          begin: after?.kind === Syntax.STRING ? after.value : undefined,
          info: [key, INFO],
        },
      },
      node: {
        ...node,
        arguments: [...[...given.values()].filter(({ name }) => name.value !== 'after'), ...own],
        selectionSet: {
          kind: Syntax.SELECTION_SET,
          selections: [...(node.selectionSet?.selections ?? []), pageInfo],
        },
      },
    };
  }
}

/** The values that objects of a type can have in the selected fields. */
export function columnsOf(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  selectionSet: SelectionSetNode,
  type: GraphQLCompositeType,
): readonly Column[] {
  /** Of each fragment, which has one type wherever it is spread. */
  const known = new Map<string, readonly Column[]>();
  return inSelection(selectionSet, type);

  function inSelection({ selections }: SelectionSetNode, parent: GraphQLCompositeType): readonly Column[] {
    const columns = selections.flatMap((selection) => inNode(selection, parent));
    return [...new Map(columns.map((column) => [column.join('.'), column])).values()];
  }

  function inNode(node: SelectionNode, parent: GraphQLCompositeType): readonly Column[] {
    if (node.kind === Syntax.FIELD) {
      const fieldType = typeOf(parent, node);
      const named = fieldType && getNamedType(fieldType);
      if (!node.selectionSet || !isCompositeType(named)) return [[keyOf(node)]];
      return inSelection(node.selectionSet, named).map((column) => [keyOf(node), ...column]);
    }
    if (node.kind === Syntax.INLINE_FRAGMENT) return inFragment(node, parent);
    const name = node.name.value;
    const fragment = fragments.get(name);
    return getOrInsert(known, name, () => (fragment ? inFragment(fragment, parent) : []));
  }

  function inFragment(
    { typeCondition, selectionSet }: FragmentDefinitionNode | InlineFragmentNode,
    parent: GraphQLCompositeType,
  ): readonly Column[] {
    return inSelection(selectionSet, conditionOf(schema, typeCondition?.name.value) ?? parent);
  }
}

export const fragmentsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Syntax.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );

const keyOf = ({ alias, name }: FieldNode) => (alias ?? name).value;

function typeOf(parent: GraphQLCompositeType, { name }: FieldNode): GraphQLOutputType | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value]?.type : undefined;
}

function conditionOf(schema: GraphQLSchema, name: string | undefined): GraphQLCompositeType | undefined {
  const type = name === undefined ? undefined : schema.getType(name);
  return isCompositeType(type) ? type : undefined;
}

/** Whether a type is a page of items: a connection, or an answer that has pages beside other values. */
const hasPages = (type: GraphQLCompositeType) => isObjectType(type) && Object.hasOwn(type.getFields(), 'pageInfo');

const nameNode = (value: string) => ({ kind: Syntax.NAME, value }) as const;

const argument = (name: string, value: ArgumentNode['value']): ArgumentNode => ({
  kind: Syntax.ARGUMENT,
  name: nameNode(name),
  value,
});

const field = (name: string, selections?: readonly FieldNode[], alias?: string): FieldNode => ({
  kind: Syntax.FIELD,
  name: nameNode(name),
  ...(alias === undefined ? {} : { alias: nameNode(alias) }),
  ...(selections ? { selectionSet: { kind: Syntax.SELECTION_SET, selections } } : {}),
});

const pageInfo = field('pageInfo', [field('hasNextPage'), field('endCursor')], INFO);

const afterVariable = {
  kind: Syntax.VARIABLE_DEFINITION,
  variable: { kind: Syntax.VARIABLE, name: nameNode(AFTER) },
  type: { kind: Syntax.NAMED_TYPE, name: nameNode('String') },
} as const;
