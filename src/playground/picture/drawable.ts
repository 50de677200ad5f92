import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isUnionType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { isObject } from '../answers/is-object.ts';
import type { Question } from '../requests/exchange.ts';

/** A selection of the fields of a type. */
interface Selected {
  readonly type: GraphQLCompositeType;
  readonly set: SelectionSetNode;
}

/** A selected field, with the type that has it. */
interface SelectedField {
  readonly parent: GraphQLCompositeType;
  readonly node: FieldNode;
}

const typeOfField = (parent: GraphQLCompositeType, name: string) => {
  const field = isUnionType(parent) ? undefined : parent.getFields()[name];
  return field && getNamedType(field.type);
};

/** Whether a field is the slug of a reference, such as a change, which is no entity but has one. */
const isReference = ({ parent, node }: SelectedField) =>
  node.name.value === 'slug' && typeOfField(parent, 'entity') !== undefined;

/** A value without objects in it. */
function leafOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(leafOf);
  return isObject(value) ? JSON.stringify(value) : value;
}

/**
 * A response in which, by its types, all that looks like an entity is one: JSON values are text, and references that were
 * selected without their `entity` have none.
 */
export function drawableOf(data: unknown, { query, operationName }: Question, schema: GraphQLSchema): unknown {
  const document = parse(query);
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );

  function fieldsIn({ type, set }: Selected): readonly SelectedField[] {
    return set.selections.flatMap((selection): readonly SelectedField[] => {
      if (selection.kind === Kind.FIELD) return [{ parent: type, node: selection }];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      return fragment && isCompositeType(on) ? fieldsIn({ type: on, set: fragment.selectionSet }) : [];
    });
  }

  function partOf(value: unknown, selected: readonly Selected[]): unknown {
    if (Array.isArray(value)) return value.map((item) => partOf(item, selected));
    if (!isObject(value)) return value;
    const fields = selected.flatMap(fieldsIn);
    const parts = Object.entries(value).map(([key, inner]): readonly [string, unknown] => {
      const below = fields.flatMap(({ parent, node }): readonly Selected[] => {
        const type = typeOfField(parent, node.name.value);
        if ((node.alias ?? node.name).value !== key || !node.selectionSet || !isCompositeType(type)) return [];
        return [{ type, set: node.selectionSet }];
      });
      return [key, below.length > 0 ? partOf(inner, below) : leafOf(inner)];
    });
    return { ...(fields.some(isReference) && { entity: null }), ...Object.fromEntries(parts) };
  }

  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  return root ? partOf(data, [{ type: root, set: operation.selectionSet }]) : data;
}
