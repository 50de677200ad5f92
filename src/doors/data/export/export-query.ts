import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  print,
  validate,
} from 'graphql';
import { fieldOf, isFields } from '../../../engine/changes/check/check-properties.ts';
import { csvRow, joinList } from '../files/csv-cell.ts';
import { guarded } from '../files/formula-guard.ts';
import type { ExportFormat } from './export-graph.ts';
import { type Column, columnsOf, findList, fragmentsOf, NoExport, type QueryList } from './query-list.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** A GraphQL response, as clients receive it. */
export interface QueryAnswer {
  readonly data?: ExecutionResult['data'];
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Executes a query, as for any client. */
export type Ask = (query: string, variables: Variables) => Promise<QueryAnswer>;

export interface QueryExport {
  readonly schema: GraphQLSchema;
  readonly query: string;
  readonly variables?: Variables;
  /** Name of the operation to execute; required if the document has several. */
  readonly operationName?: string | undefined;
  readonly format: ExportFormat;
  readonly ask: Ask;
  /** Checks the text before it is parsed; throws if it is too large. */
  readonly checkText?: (text: string) => void;
  /** Checks the document before it is validated; throws if it is too large. */
  readonly checkDocument?: (document: DocumentNode) => void;
}

/** A query returned errors, and an incomplete export could not show that. */
export class QueryFailed extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors.map(({ message }) => message).join('\n') || 'The query failed.');
    this.name = 'QueryFailed';
    this.errors = errors;
  }
}

/**
 * The text of a query's result, piece by piece. As JSON: the data. As JSON Lines or CSV: the items of the list in
 * it, from all pages; if the result has no list, its only object.
 * @throws QueryFailed, NoExport; and what `ask` and the checks throw
 */
export async function* exportQuery(request: QueryExport): AsyncGenerator<string> {
  const { schema, variables = {}, format, ask } = request;
  const { document, operation } = await read(request);
  if (format === 'json') {
    yield `${JSON.stringify(dataOf(await ask(print(document), variables)), null, 2)}\n`;
    return;
  }
  const list = findList(schema, document, operation);
  const root = schema.getRootType(operation.operation);
  const columns = list?.columns ?? (root ? columnsOf(schema, fragmentsOf(document), operation.selectionSet, root) : []);
  let header = format === 'csv' ? csvRow(columns.map((column) => column.join('.'))) : '';
  for await (const items of pagesOf(list, document, variables, ask)) {
    yield header +
      items.map((item) => (format === 'csv' ? rowOf(item, columns) : `${JSON.stringify(item)}\n`)).join('');
    header = '';
  }
}

/** The operation, which must be a query. */
async function read({ schema, query, variables = {}, operationName, ask, checkText, checkDocument }: QueryExport) {
  checkText?.(query);
  const document = parsed(query);
  if (document) checkDocument?.(document);
  // The server reports errors in it as to any client.
  if (!document || validate(schema, document, undefined, { maxErrors: 1 }).length > 0) {
    const { errors = [] } = await ask(query, variables);
    throw new QueryFailed(errors);
  }
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new NoExport('The document has several operations. Choose one with `operationName`.');
  if (operation.operation !== OperationTypeNode.QUERY)
    throw new NoExport(`Only a query can be exported; this is a ${operation.operation}.`);
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== 'OperationDefinition' || definition === operation,
  );
  return { document: { ...document, definitions }, operation };
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true });
  } catch {
    return undefined;
  }
}

function dataOf({ data, errors }: QueryAnswer): unknown {
  if (errors && errors.length > 0) throw new QueryFailed(errors);
  return data;
}

/** The items of the list, page by page; without a list, the data as the one item. */
async function* pagesOf(
  list: QueryList | undefined,
  document: DocumentNode,
  variables: Variables,
  ask: Ask,
): AsyncGenerator<readonly unknown[]> {
  const { path = [], pages } = list ?? {};
  const text = print(pages?.document ?? document);
  let after: unknown = pages?.begin ?? (pages && fieldOf(variables, pages.after));
  for (;;) {
    const data = dataOf(await ask(text, pages ? { ...variables, [pages.after]: after ?? null } : variables));
    const items = valueAt(data, path);
    yield list && Array.isArray(items) ? items : list ? [] : [data];
    const info = pages && valueAt(data, pages.info);
    if (!isFields(info) || fieldOf(info, 'hasNextPage') !== true) return;
    const next = fieldOf(info, 'endCursor');
    // A page of no items leads nowhere, though there is more.
    if (typeof next !== 'string' || next === after) return;
    after = next;
  }
}

const valueAt = (data: unknown, path: readonly string[]): unknown =>
  path.reduce((value, name) => (isFields(value) ? fieldOf(value, name) : undefined), data);

const rowOf = (item: unknown, columns: readonly Column[]): string =>
  csvRow(
    columns.map((column) => {
      const value = valuesAt(item, column);
      const text = Array.isArray(value) ? listText(value.map(textOf)) : textOf(value);
      // Numbers are no formula, though they may begin with a minus.
      return [value].flat().every((each) => typeof each === 'number' || each === null) ? text : guarded(text);
    }),
  );

const listText = (texts: readonly string[]): string => (texts.every((text) => text === '') ? '' : joinList(texts));

/**
 * The values at a place in an item: several, if there are lists on the way. An absent one keeps its place, so that the values of
 * one related entity stand at one place in all columns.
 */
function valuesAt(item: unknown, [name, ...rest]: Column): unknown {
  if (Array.isArray(item)) {
    return item.flatMap((one: unknown) => {
      const values = valuesAt(one, name === undefined ? [] : [name, ...rest]) ?? null;
      return Array.isArray(values) && values.length === 0 ? [null] : values;
    });
  }
  return name === undefined ? item : valuesAt(isFields(item) ? fieldOf(item, name) : undefined, rest);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
