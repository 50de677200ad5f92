import { type GraphQLType, isInterfaceType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';

/** Most fields of a type that has no name. */
const MOST = 8;

/**
 * Fields that are selected of a type where a query selects none: names and slugs rather than opaque IDs, entities rather
 * than edges, and nothing that needs an argument.
 */
export function defaultFields(type: GraphQLType): string[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const those = (...names: readonly string[]) => names.filter((name) => fields.some((field) => field.name === name));
  if (those('nodes').length > 0) return those('totalCount', 'nodes');
  if (those('node').length > 0) return those('node');
  if (those('name').length > 0) return those('slug', 'name');
  const leaves = fields.filter((field) => isLeafType('ofType' in field.type ? field.type.ofType : field.type));
  return leaves.slice(0, MOST).map(({ name }) => name);
}
