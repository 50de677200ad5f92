import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { parseExactJson } from '../../ontology/exact-json.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { badRequest } from '../../server/bad-request.ts';

/** A list with its columns, as a query. */
export interface ListQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Parameters of the address of a list, beside `format`. */
export const listParameters = ['list', 'fields', 'filter', 'orderBy'] as const;

/** Columns of one table, and names in the path to one. */
const MOST_FIELDS = 50;
const LONGEST_PATH = 4;

/** Related entities in one cell. */
const EACH = 100;

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;

const fieldsOf = (type: unknown): Fields | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : undefined;

/** The type of the nodes of a connection; `undefined` if a type is none. */
const nodesOf = (type: unknown): GraphQLObjectType | undefined => {
  const nodes = fieldsOf(type)?.nodes;
  return nodes ? (getNamedType(nodes.type) as GraphQLObjectType) : undefined;
};

const listNames = (fields: Fields) =>
  Object.values(fields)
    .filter(
      ({ type, args }) =>
        nodesOf(getNamedType(type)) &&
        args.some(({ name }) => name === 'filter') &&
        !args.some(({ name }) => name === 'by'),
    )
    .map(({ name }) => name);

/** A tree of selections by field. */
interface Selection extends Map<string, Selection> {}

/** @throws GraphQLError BAD_USER_INPUT if a type has no such field */
function selectionText(selection: Selection, type: unknown): string {
  const fields = fieldsOf(type) ?? {};
  const texts = [...selection].map(([name, inner]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field)
      throw badRequest(
        `${String(type)} has no field ${name.slice(0, 50)}. Its fields are ${Object.keys(fields).join(', ')}.`,
      );
    const target = getNamedType(field.type);
    if (isLeafType(target)) {
      if (inner.size === 0) return name;
      throw badRequest(`${name} of ${String(type)} is a value: write it without anything after it.`);
    }
    const node = nodesOf(target);
    const parts = Object.keys(fieldsOf(node ?? target) ?? {});
    if (inner.size === 0 && !parts.includes('name')) {
      const paths = parts.map((part) => `${name}.${part}`).join(', ');
      throw badRequest(`${name} of ${String(type)} is not one value. Choose from ${paths}.`);
    }
    const wanted: Selection = inner.size > 0 ? inner : new Map([['name', new Map()]]);
    return node
      ? `${name}(first: ${EACH}) { nodes { ${selectionText(wanted, node)} } }`
      : `${name} { ${selectionText(wanted, target)} }`;
  });
  return texts.join(' ');
}

/** What a table has unless fields are named: the values of an entity, with its slug first. */
const usualFields = (type: unknown): string[] => {
  const names = Object.values(fieldsOf(type) ?? {})
    .filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0)
    .map(({ name }) => name);
  return ['slug', 'name', ...names.filter((name) => !['id', 'slug', 'name'].includes(name))];
};

function readFields(text: string | null, type: unknown): Selection {
  const paths = (text ?? usualFields(type).join()).split(',').map((path) => path.trim().split('.'));
  if (paths.length > MOST_FIELDS && text !== null) throw badRequest(`\`fields\` takes at most ${MOST_FIELDS} fields.`);
  const root: Selection = new Map();
  for (const path of paths) {
    if (path.length > LONGEST_PATH)
      throw badRequest(`A field leads over at most ${LONGEST_PATH} names, as in country.name.`);
    let at = root;
    for (const name of path) at = getOrInsert(at, name, () => new Map());
  }
  return root;
}

function readJson(name: string, text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return parseExactJson(text);
  } catch {
    throw badRequest(`\`${name}\` must be JSON, as in {"name": {"contains": "…"}}.`);
  }
}

/**
 * The query for a list with some of its fields, as an address names them. Its values are variables, which the schema checks.
 * @throws GraphQLError BAD_USER_INPUT with the names that there are
 */
export function listQuery(schema: GraphQLSchema, parameters: URLSearchParams): ListQuery {
  const root = schema.getQueryType()?.getFields() ?? {};
  const list = parameters.get('list') ?? '';
  const names = listNames(root);
  const field = names.includes(list) ? root[list] : undefined;
  if (!field) throw badRequest(`There is no list ${list.slice(0, 50)}. The lists are ${names.join(', ')}.`);
  const node = nodesOf(getNamedType(field.type));
  const selection = selectionText(readFields(parameters.get('fields'), node), node);
  const given = ['filter', 'orderBy'].flatMap((name) => {
    const value = readJson(name, parameters.get(name));
    const argument = field.args.find((each) => each.name === name);
    return value === undefined || !argument ? [] : [{ name, type: argument.type, value }];
  });
  const inBrackets = (texts: readonly string[]) => (texts.length === 0 ? '' : `(${texts.join(', ')})`);
  const declared = inBrackets(given.map(({ name, type }) => `$${name}: ${type}`));
  const passed = inBrackets(given.map(({ name }) => `${name}: $${name}`));
  return {
    query: `query ExportList${declared} { ${list}${passed} { nodes { ${selection} } } }`,
    variables: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
}
