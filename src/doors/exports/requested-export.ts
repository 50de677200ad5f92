import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { lastSequence } from '../../engine/changes/log/read-changes.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { checkText } from '../../graphql/check-text.ts';
import type { Context } from '../../graphql/context.ts';
import { checkDocument, checkVariables } from '../../graphql/cost/document-limits.ts';
import { isObject } from '../../graphql/internal-client/json.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { badRequest, checkParameters, graphUnavailable } from '../../server/bad-request.ts';
import { parseJsonBody } from '../../server/documents/json-bodies.ts';
import type { TrustedDocuments } from '../../server/documents/trusted-documents.ts';
import { checkTrusted, namedDocument } from '../../server/documents/use-persisted-documents.ts';
import { type Forward, forwardQuestion, onlyHeaders } from '../../server/forwarded-question.ts';
import type { Carrier } from '../../server/request-state.ts';
import { type CitationFileFormat, citationFile } from '../citations/citation-files.ts';
import {
  type Exported,
  exportedFileName,
  exportFile,
  exportFormats,
  exportWhole,
} from '../data/export/export-graph.ts';
import {
  exportQuery,
  type QueryAnswer,
  type QueryExport,
  QueryFailed,
  type Variables,
} from '../data/export/export-query.ts';
import { partContents, wholeContents } from '../graph-files/graph-contents.ts';
import { type GraphFileFormat, writeGraphFile } from '../graph-files/write-graph-file.ts';
import { createVocabulary } from '../linked-data/vocabulary.ts';
import { exportRdf } from '../linked-data/whole-graph.ts';
import { type FileFormat, fileFormats, isGraphFileFormat, isRdfFormat, isRecordFormat } from './export-files.ts';
import { listParameters, listQuery } from './list-query.ts';
import { namedExport } from './named-export.ts';
import { checkPresent, entitiesInAnswer, namedEntities, neighborhoodOf, refuseWalk } from './part-of-graph.ts';

export interface RequestedExportOptions {
  readonly schema: GraphQLSchema;
  /** The graph for a request, and its statistics; without them while there is none. */
  readonly readsFor: (request: Request) => Partial<Pick<Context, 'graph' | 'statistics'>>;
  readonly forward: Forward;
  readonly graphqlPath: string;
  /** Address of the server in the names of entities in RDF. @default that of each request */
  readonly publicUrl?: string | undefined;
  /** The only documents that are accepted; absent if all are. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
}

/** An export: its text as a stream of parts. */
export interface Export {
  readonly pieces: AsyncGenerator<string>;
  /** `graph` for the whole graph, a kind, a relation type, or `answer` for the result of a query. */
  readonly subject: string;
  readonly fileName: string;
  readonly format: FileFormat;
  /** Complete once there is a part. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A page was refused. */
export class PageRefused extends QueryFailed {
  /** The response to the page, without its errors. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(errors: readonly GraphQLFormattedError[], headers: Readonly<Record<string, string>>) {
    super(errors);
    this.headers = headers;
  }
}

const known = ['format', 'kind', 'relation', 'of', 'depth', 'limit'];

/** Whether a URL names a list rather than a part of the graph. */
export const asksForList = ({ url }: Request): boolean => new URL(url).searchParams.has('list');

const ownNames = (header: string) => header.replaceAll('.nodes.', '.');

/** Pieces of a table whose columns are called as the address names them. */
async function* withOwnColumns(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  const { value: first = '', done } = await pieces.next();
  const end = String(first).search(/[\r\n]|$/);
  if (done) return;
  yield `${ownNames(first.slice(0, end))}${first.slice(end)}`;
  yield* pieces;
}

/** JSON Lines of a list as one document, which is shaped like the answer of the API. */
const asJson = (list: string | null) =>
  async function* (lines: AsyncGenerator<string>): AsyncGenerator<string> {
    let before = `{${JSON.stringify(list)}: {"nodes": [\n`;
    for await (const piece of lines) {
      const items = piece.split('\n').filter((line) => line !== '');
      if (items.length === 0) continue;
      yield before + items.join(',\n');
      before = ',\n';
    }
    yield before === ',\n' ? '\n]}}\n' : `${before}]}}\n`;
  };

const asLines = (lines: AsyncGenerator<string>) => lines;

/**
 * The export of a list that a URL names: one row for each entity, with all pages.
 * @throws GraphQLError; its parts throw PageRefused and NoExport
 */
export function listExport(request: Request, carrier: Carrier, options: RequestedExportOptions): Export {
  const { searchParams } = new URL(request.url);
  const names = ['format', ...listParameters];
  checkParameters(searchParams, names, `A list takes ${names.join(', ')}.`);
  const format = formatOf(searchParams.get('format'));
  if (!isRecordFormat(format))
    throw badRequest(`A list is exported as ${exportFormats.join(', ')}; as ${format}, POST a query.`);
  const asked = listQuery(options.schema, searchParams);
  const list = searchParams.get('list');
  // JSON of a query is its answer: one page.
  const body = JSON.stringify({ ...asked, format: format === 'json' ? 'jsonl' : format });
  const exported = queryExport(request, body, carrier, options);
  const shown = { csv: withOwnColumns, json: asJson(list), jsonl: asLines }[format];
  return { ...exported, pieces: shown(exported.pieces), format, fileName: `${list}.${format}` };
}

/** The export of the graph that a URL requests. @throws GraphQLError, GraphError */
export async function graphExport(request: Request, { readsFor, publicUrl }: RequestedExportOptions): Promise<Export> {
  const { searchParams } = new URL(request.url);
  checkParameters(searchParams, known, `The parameters are ${known.join(', ')}, or ${listParameters.join(', ')}.`);
  const format = formatOf(searchParams.get('format'));
  const { graph, statistics } = readsFor(request);
  if (!graph) throw graphUnavailable();
  const exported = exportedOf(graph.ontology, searchParams);
  // Changes during the export may be missing from it: the change log from this cursor on contains all of them.
  const headers: Export['headers'] = graph.ontology.partOf
    ? {}
    : { 'silkgraph-sequence': String(await lastSequence(graph)) };
  const of = namedEntities(graph.ontology, searchParams);
  if (of === null || !isGraphFileFormat(format)) refuseWalk(searchParams);
  if (!isRecordFormat(format)) {
    if (exported !== undefined)
      throw badRequest(`As ${format}, only the whole graph is exported. Leave out the kind or relation.`);
    const subject = of === null ? 'graph' : 'neighborhood';
    const shared = { subject, fileName: `${subject}.${format}`, format, headers };
    if (isRdfFormat(format)) {
      if (of !== null)
        throw badRequest(`As ${format}, an entity is at /entity/<slug>.${format}; \`of\` is for graph files.`);
      const vocabulary = createVocabulary(graph.ontology, publicUrl ?? new URL(request.url).origin);
      return { ...shared, pieces: exportRdf(graph, vocabulary, format) };
    }
    if (!isGraphFileFormat(format)) {
      if (of !== null) await checkPresent(graph, of);
      return { ...shared, pieces: citationFile(graph, format, of) };
    }
    const { ontology } = graph;
    if (of === null) return { ...shared, pieces: writeGraphFile(ontology, format, wholeContents(graph)) };
    if (!statistics) throw graphUnavailable();
    const slugs = await neighborhoodOf(graph, of, searchParams, await statistics());
    const contents = await partContents(graph, slugs, ontology.skippedRelations);
    return { ...shared, pieces: writeGraphFile(ontology, format, contents) };
  }
  if (of !== null) throw badRequest(`\`of\` is for graph files and citations, not for ${format}.`);
  if (exported !== undefined)
    return {
      pieces: exportFile(graph, exported, format),
      subject: exported,
      fileName: exportedFileName(graph.ontology, exported, format),
      format,
      headers,
    };
  if (format === 'csv') {
    const [kind = ''] = graph.ontology.kindNames.map(constantCase);
    const [relation] = graph.ontology.relationTypes;
    throw badRequest(
      `A table contains one kind of record: name it, as in kind=${kind}, relation=${relation} or relation=ALL.`,
    );
  }
  const fileName = exportedFileName(graph.ontology, 'graph', format);
  return { pieces: exportWhole(graph, format), subject: 'graph', fileName, format, headers };
}

function formatOf(value: unknown): FileFormat {
  const format = fileFormats.find((name) => name === value);
  if (format) return format;
  throw badRequest(`Name the format, as in format=jsonl. The formats are ${fileFormats.join(', ')}.`);
}

function exportedOf(ontology: Ontology, parameters: URLSearchParams): Exported | undefined {
  const [kind, relation] = ['kind', 'relation'].map((name) => parameters.get(name) ?? undefined);
  if (kind !== undefined && relation !== undefined) throw badRequest('Take `kind` or `relation`, not both.');
  const { exported, fault } = namedExport(ontology, kind, relation);
  if (fault !== undefined) throw badRequest(fault);
  return exported;
}

const EXAMPLE = '{"query": "…", "variables": {…}, "format": "csv"}';

/**
 * The export of the result of a query.
 * @throws GraphQLError; its parts throw PageRefused and NoExport
 */
export function queryExport(request: Request, text: string, carrier: Carrier, options: RequestedExportOptions): Export {
  const { schema, trustedDocuments, readsFor } = options;
  const body = parseJsonBody(text, EXAMPLE);
  const { variables, operationName } = body;
  const query = body.query ?? namedDocument(body.extensions, trustedDocuments);
  if (typeof query !== 'string') throw badRequest(`Send ${EXAMPLE}.`);
  if (!isObject(variables ?? {})) throw badRequest('`variables` must be an object.');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw badRequest('`operationName` must be a string.');
  const format = formatOf(body.format);
  if (isRdfFormat(format))
    throw badRequest(`As ${format}, only the whole graph is exported: GET /export?format=${format}.`);
  checkTrusted(query, trustedDocuments);
  checkVariables(variables);
  const headers: Record<string, string> = {};
  const exported = {
    schema,
    query,
    variables: Object(variables ?? {}),
    operationName: operationName ?? undefined,
    checkText,
    checkDocument,
    async ask(page: string, values: Variables) {
      const { forward, graphqlPath } = options;
      const response = await forwardQuestion(request, carrier, {
        body: { query: page, variables: values },
        graphqlPath,
        forward,
        // Its document was derived here from a trusted one.
        isTrusted: true,
      });
      Object.assign(headers, onlyHeaders(returnedHeaders, response.headers));
      const answer = (await response.json()) as QueryAnswer;
      if (answer.errors && answer.errors.length > 0) throw new PageRefused(answer.errors, headers);
      return answer;
    },
  };
  const pieces = isRecordFormat(format)
    ? exportQuery({ ...exported, format })
    : answerFile(exported, format, readsFor(request).graph);
  return { pieces, subject: 'answer', fileName: `answer.${format}`, format, headers };
}

/** The entities of a result as a graph file, or their sources. @throws GraphQLError, GraphError, QueryFailed */
async function* answerFile(
  exported: Omit<QueryExport, 'format'>,
  format: GraphFileFormat | CitationFileFormat,
  graph: Graph | undefined,
): AsyncGenerator<string> {
  if (!graph) throw graphUnavailable();
  let text = '';
  for await (const piece of exportQuery({ ...exported, format: 'json' })) text += piece;
  const slugs = entitiesInAnswer(graph.ontology, JSON.parse(text));
  if (isGraphFileFormat(format)) yield* writeGraphFile(graph.ontology, format, await partContents(graph, slugs));
  else yield* citationFile(graph, format, slugs);
}

/** Headers of the response to a page that are passed on to the client. */
const returnedHeaders = ['retry-after', 'ratelimit', 'ratelimit-policy'];
