import { stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type GraphQLSchema, graphql } from 'graphql';
import { citationFile } from '../../doors/citations/citation-files.ts';
import {
  allExported,
  type Exported,
  type ExportedGraph,
  exportedFileName,
  exportFile,
  exportWhole,
} from '../../doors/data/export/export-graph.ts';
import { type Ask, exportQuery, type QueryAnswer } from '../../doors/data/export/export-query.ts';
import { writeFiles, writeTo } from '../../doors/data/export/write-export.ts';
import {
  type FileFormat,
  fileFormats,
  isGraphFileFormat,
  isRdfFormat,
  isRecordFormat,
} from '../../doors/exports/export-files.ts';
import { namedExport } from '../../doors/exports/named-export.ts';
import { wholeContents } from '../../doors/graph-files/graph-contents.ts';
import { writeGraphFile } from '../../doors/graph-files/write-graph-file.ts';
import { createVocabulary } from '../../doors/linked-data/vocabulary.ts';
import { exportRdf } from '../../doors/linked-data/whole-graph.ts';
import type { Viewer } from '../../engine/access/viewer.ts';
import { lastSequence } from '../../engine/changes/log/read-changes.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { keepStatistics } from '../../engine/reads/statistics.ts';
import { createContext } from '../../graphql/index.ts';
import { createGraphStates } from '../../history/revisions/graph-states.ts';
import { findKnownRevision, type RevisionName } from '../../history/revisions/revision.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Silkgraph } from '../../service/silkgraph.ts';
import { readQuestion, readVariables } from './read-question.ts';
import { openGraph } from './session/open-graph.ts';
import { readRevision } from './session/read-revision.ts';
import type { Session } from './session/session.ts';
import { unlessStopped } from './session/unless-stopped.ts';

export interface ExportFlags {
  readonly format: string;
  readonly out: string;
  readonly kind?: string;
  readonly relation?: string;
  readonly query?: string;
  readonly variables?: string;
  readonly at?: string;
}

/** Parsed options of an export. */
interface Wanted {
  readonly format: FileFormat;
  readonly exported: Exported | undefined;
  readonly query: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The revision to export; absent for today. */
  readonly at: RevisionName | undefined;
}

/** The text of an export in chunks; the state is that of today, or of the revision asked for. */
type Text = (graph: Graph, state: ExportedGraph) => AsyncIterable<string>;

/** A user with access to the files of the database may read everything. */
const viewer: Viewer = { name: 'command line', role: 'admin' };

/** Exports the graph or the result of a query to files or standard output. @throws InvalidArgumentError */
export async function exportGraph(session: Session, flags: ExportFlags): Promise<void> {
  const { ontology, schema } = await session.silkgraph();
  const wanted = await wantedBy(ontology, flags);
  // Standard output contains only the export.
  const printed = flags.out === '-' ? onlyText(schema, wanted, session) : undefined;
  const files = printed ? [] : await filesOf(flags.out, wanted, session, { ontology, schema });
  const opened = await openGraph(printed ? { ...session, screen: { ...session.screen, say: () => {} } } : session);
  try {
    const { graph } = opened;
    const before = await lastSequence(graph);
    const state = wanted.at ? await stateAt(graph, wanted.at) : graph;
    if (printed) await unlessStopped(session.signal, writeTo(process.stdout, printed(graph, state)));
    else {
      const written = files.map(({ path, text }) => ({ path, pieces: text(graph, state) }));
      await unlessStopped(session.signal, writeFiles(written));
      for (const { path } of files) session.screen.say(`Wrote ${path}.`);
    }
    const after = await lastSequence(graph);
    if (after === before || wanted.at) return;
    const say = printed ? (text: string) => process.stderr.write(`${text}\n`) : session.screen.say;
    say(
      `The graph was changed during the export. The export may contain only some of the changes after ${before}. Export it again for a consistent snapshot.`,
    );
  } finally {
    await opened.close();
  }
}

/** The graph as it was at a revision. @throws NoSuchRevision, ImportInProgress, GraphError */
async function stateAt(graph: Graph, name: RevisionName): Promise<ExportedGraph> {
  const revision = await findKnownRevision(graph, name);
  // A command has the whole memory for itself.
  return createGraphStates(graph, { bytes: Number.MAX_SAFE_INTEGER }).at(revision);
}

async function wantedBy(
  ontology: Ontology,
  { format: name, kind, relation, query, variables, at: revision }: ExportFlags,
): Promise<Wanted> {
  const format = fileFormats.find((format) => format === name);
  if (!format) throw new InvalidArgumentError(`Unknown --format ${name}. Use one of ${fileFormats.join(', ')}.`);
  if ([kind, relation, query].filter((flag) => flag !== undefined).length > 1)
    throw new InvalidArgumentError('Use only one of --kind, --relation and --query.');
  if (variables !== undefined && query === undefined) throw new InvalidArgumentError('--variables requires --query.');
  const { exported, fault } = namedExport(ontology, kind, relation);
  if (fault !== undefined) throw new InvalidArgumentError(fault);
  if (!isRecordFormat(format) && (exported !== undefined || query !== undefined))
    throw new InvalidArgumentError(
      `As ${format}, only the whole graph is exported. Leave out --kind, --relation and --query.`,
    );
  const at = revision === undefined ? undefined : readRevision(revision);
  if (at && query !== undefined)
    throw new InvalidArgumentError('Use --at without --query. A query asks about an earlier revision with @asOf.');
  if (at && !isRecordFormat(format))
    throw new InvalidArgumentError(
      `As ${format}, only the graph of today is exported. Use json, jsonl or csv with --at.`,
    );
  const wanted = { format, exported, at };
  if (query === undefined) return { ...wanted, query, variables: {} };
  return { ...wanted, query: await readQuestion(query), variables: readVariables(variables) };
}

/** The files to write: one for each kind if the target is a folder. @throws InvalidArgumentError */
async function filesOf(
  out: string,
  wanted: Wanted,
  session: Session,
  { ontology, schema }: Pick<Silkgraph, 'ontology' | 'schema'>,
): Promise<readonly { readonly path: string; readonly text: Text }[]> {
  const { format, exported, query } = wanted;
  const ending = (await isFolder(out)) ? '' : extname(out);
  if (ending !== '' && ending !== `.${format}`)
    throw new InvalidArgumentError(
      `Invalid --out ${out}. Use a file that ends in .${format}, or a folder. End the name of a new folder with / if it contains a dot.`,
    );
  if (ending !== '') return [{ path: out, text: onlyText(schema, wanted, session) }];
  if (query !== undefined) return [{ path: join(out, `answer.${format}`), text: onlyText(schema, wanted, session) }];
  if (!isRecordFormat(format)) return [{ path: join(out, `graph.${format}`), text: onlyText(schema, wanted, session) }];
  return (exported === undefined ? allExported(ontology) : [exported]).map((exported) => ({
    path: join(out, exportedFileName(ontology, exported, format)),
    text: (_, state) => exportFile(state, exported, format),
  }));
}

async function isFolder(path: string): Promise<boolean> {
  if (path.endsWith('/') || path.endsWith(sep)) return true;
  const status = await stat(path).catch(() => undefined);
  return status?.isDirectory() === true;
}

/** The export as one text. @throws InvalidArgumentError */
function onlyText(
  schema: GraphQLSchema,
  { format, exported, query, variables }: Wanted,
  { config, signal }: Session,
): Text {
  if (!isRecordFormat(format)) {
    const base = config.publicUrl ?? `http://${config.host}:${config.port}`;
    if (isRdfFormat(format)) return (graph) => exportRdf(graph, createVocabulary(graph.ontology, base), format);
    if (isGraphFileFormat(format)) return (graph) => writeGraphFile(graph.ontology, format, wholeContents(graph));
    return (graph) => citationFile(graph, format, null);
  }
  if (query !== undefined)
    return (graph) =>
      exportQuery({ schema, query, variables, format, ask: askOf(schema, graph, config.timeout, signal) });
  if (exported !== undefined) return (_, state) => exportFile(state, exported, format);
  if (format !== 'csv') return (_, state) => exportWhole(state, format);
  throw new InvalidArgumentError(
    'A CSV file contains one type of record. Use a folder for --out, or add --kind or --relation.',
  );
}

function askOf(schema: GraphQLSchema, graph: Graph, timeout: number, signal: AbortSignal): Ask {
  const statistics = keepStatistics(graph);
  return async (source, variableValues): Promise<QueryAnswer> => {
    const contextValue = createContext(graph, statistics, { viewer, timeout, signal });
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
    return { data, ...(errors ? { errors: errors.map((error) => error.toJSON()) } : {}) };
  };
}
