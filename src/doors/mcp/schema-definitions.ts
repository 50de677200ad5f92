import {
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  type GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printSchema,
  printType,
  type ResolvedSchemaElement,
  resolveSchemaCoordinate,
} from 'graphql';

/** The one of some members by its name. */
const pick = <Member>(members: Readonly<Record<string, Member>>, name: string): Record<string, Member> => {
  const member = members[name];
  return member === undefined ? {} : { [name]: member };
};

/** A type with one of its members alone. */
function withOnly(type: GraphQLNamedType, name: string): GraphQLNamedType {
  const bare = { name: type.name, description: null };
  if (isObjectType(type)) return new GraphQLObjectType({ ...bare, fields: pick(type.toConfig().fields, name) });
  if (isInterfaceType(type)) return new GraphQLInterfaceType({ ...bare, fields: pick(type.toConfig().fields, name) });
  if (isInputObjectType(type))
    return new GraphQLInputObjectType({ ...bare, fields: pick(type.toConfig().fields, name) });
  if (isEnumType(type)) return new GraphQLEnumType({ ...bare, values: pick(type.toConfig().values, name) });
  return type;
}

const printed = (directive: GraphQLDirective) =>
  printSchema(new GraphQLSchema({ directives: [new GraphQLDirective(directive.toConfig())] })).trim();

function textOf(element: ResolvedSchemaElement): string {
  switch (element.kind) {
    case 'NamedType':
      return printType(element.type);
    case 'Field':
    case 'FieldArgument':
      return printType(withOnly(element.type, element.field.name));
    case 'InputField':
      return printType(withOnly(element.type, element.inputField.name));
    case 'EnumValue':
      return printType(withOnly(element.type, element.enumValue.name));
    case 'Directive':
    case 'DirectiveArgument':
      return printed(element.directive);
  }
}

/**
 * The definition at a schema coordinate as SDL: a whole type, or its type with one member alone. `undefined` if the schema has
 * none there.
 * @see https://spec.graphql.org/September2025/#sec-Schema-Coordinates
 */
export function definitionAt(schema: GraphQLSchema, coordinate: string): string | undefined {
  try {
    const element = resolveSchemaCoordinate(schema, coordinate);
    return element && textOf(element);
  } catch {
    // It is no coordinate, or its type does not exist.
    return undefined;
  }
}
