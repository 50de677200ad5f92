import {
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
} from 'graphql';
import MiniSearch from 'minisearch';
import { memoize } from '../../ontology/memoize.ts';

/** What is found of a schema. */
export interface FoundDefinition {
  readonly coordinate: string;
  /** From 0 to 1; the first has 1. */
  readonly score: number;
  /** Coordinates of fields from a root field to it; empty for what no field leads to. */
  readonly pathsToRoot: readonly (readonly string[])[];
}

/** A definition as it is looked for. */
interface Indexed {
  readonly coordinate: string;
  readonly name: string;
  /** The names of its type and of what it returns. */
  readonly types: string;
  readonly description: string;
}

/** `labsGroupBy` and `MADE_BY` as words. */
const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Words that stand in every question, and would find fields such as `of`. */
const filling = new Set(
  'a an and are by do does for from has have how in is it its of on or that the their there these to two was what when where which who with'.split(
    ' ',
  ),
);

/** A word without the ending of its plural; `null` if it says nothing. */
const termOf = (word: string): string | null =>
  filling.has(word) ? null : word.replace(/ies$/, 'y').replace(/([^su])s$/, '$1');

function definitionsOf(schema: GraphQLSchema): readonly Indexed[] {
  const found: Indexed[] = [];
  const add = (coordinate: string, name: string, description: string | null | undefined, types: string[] = []) => {
    found.push({ coordinate, name, types: types.join(' '), description: description ?? '' });
  };
  for (const directive of schema.getDirectives()) {
    if (!isSpecifiedDirective(directive)) add(`@${directive.name}`, directive.name, directive.description);
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    add(type.name, type.name, type.description);
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        const returned = getNamedType(field.type as GraphQLType).name;
        add(`${type.name}.${field.name}`, field.name, field.description, [type.name, returned]);
      }
    }
    if (isEnumType(type)) {
      for (const value of type.getValues()) {
        add(`${type.name}.${value.name}`, value.name, value.description, [type.name]);
      }
    }
  }
  return found;
}

/** The shortest way of fields from a query to each type, by its name. */
function waysIn(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  const queue: GraphQLNamedType[] = [];
  const reach = (type: GraphQLNamedType | null | undefined, way: readonly string[]) => {
    if (!type || ways.has(type.name)) return;
    ways.set(type.name, way);
    queue.push(type);
  };
  reach(schema.getQueryType(), []);
  reach(schema.getMutationType(), []);
  for (const type of queue) {
    const way = ways.get(type.name) ?? [];
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name, type: returned } of Object.values(type.getFields())) {
      reach(getNamedType(returned), [...way, `${type.name}.${name}`]);
    }
  }
  return ways;
}

/** Weights: a name tells more than the type that it stands in, and that more than a description. */
const boost = { name: 4, types: 1.5, description: 1 };

/** A query begins with a root field, so that is the better answer. */
const ROOT_FIELD = 2;

/** The index of a schema, made when it is first searched. */
const indexOf = memoize((schema: GraphQLSchema) => {
  const root = `${schema.getQueryType()?.name}.`;
  const index = new MiniSearch<Indexed>({
    idField: 'coordinate',
    fields: Object.keys(boost),
    tokenize: (text) => [...wordsOf(text)],
    processTerm: termOf,
    searchOptions: {
      boostDocument: (coordinate) => (String(coordinate).startsWith(root) ? ROOT_FIELD : 1),
      boost,
      prefix: (word) => word.length > 3,
      fuzzy: (word) => (word.length > 5 ? 0.2 : false),
    },
  });
  index.addAll(definitionsOf(schema));
  return { index, ways: waysIn(schema) };
});

/**
 * The definitions of a schema that fit a description, the most relevant first.
 * @see https://github.com/graphql/ai-wg/blob/main/rfcs/semantic-introspection.md, "Semantic Search Introspection"
 */
export function searchSchema(schema: GraphQLSchema, query: string, first: number): readonly FoundDefinition[] {
  const { index, ways } = indexOf(schema);
  const found = index.search(query);
  const best = found[0]?.score ?? 1;
  return found.slice(0, first).map(({ id, score }) => {
    const coordinate = String(id);
    const [type = '', member] = coordinate.split('.');
    const owner = schema.getType(type);
    const isField = member !== undefined && (isObjectType(owner) || isInterfaceType(owner));
    const path = [...(ways.get(type) ?? []), ...(isField && ways.has(type) ? [coordinate] : [])];
    return {
      coordinate,
      score: Math.round((score / best) * 100) / 100,
      pathsToRoot: path.length > 0 ? [path] : [],
    };
  });
}
