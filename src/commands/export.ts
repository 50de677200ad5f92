import { stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { graphql } from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import { lastSequence } from '../changes/log/read-changes.ts';
import {
  allExported,
  type Exported,
  type ExportFormat,
  exportedFileName,
  exportFile,
  exportFormats,
  exportWhole,
} from '../data/export/export-graph.ts';
import { type Ask, exportQuery, type QueryAnswer } from '../data/export/export-query.ts';
import { writeFiles, writeTo } from '../data/export/write-export.ts';
import type { Graph } from '../graph/graph.ts';
import { keepStatistics } from '../graph/reads/statistics.ts';
import { namedExport } from '../http/exports/named-export.ts';
import { createContext, schema } from '../schema/index.ts';
import { openGraph } from './open-graph.ts';
import { readQuestion, readVariables } from './read-question.ts';
import type { Session } from './session.ts';
import { unlessStopped } from './unless-stopped.ts';

export interface ExportFlags {
  readonly format: string;
  readonly out: string;
  readonly kind?: string;
  readonly relation?: string;
  readonly query?: string;
  readonly variables?: string;
}

/** What is to be exported. */
interface Wanted {
  readonly format: ExportFormat;
  readonly exported: Exported | undefined;
  readonly query: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The text of an export, piece by piece. */
type Text = (graph: Graph) => AsyncIterable<string>;

/** Whoever may read the files of the database may read all that is in it. */
const viewer: Viewer = { name: 'command line', role: 'admin' };

/** Writes the graph, or what a query is answered with, to files or to standard output. @throws InvalidArgumentError */
export async function exportGraph(session: Session, flags: ExportFlags): Promise<void> {
  const wanted = await wantedBy(flags);
  // What is printed is the export, and nothing beside it.
  const printed = flags.out === '-' ? onlyText(wanted, session) : undefined;
  const files = printed ? [] : await filesOf(flags.out, wanted, session);
  const opened = await openGraph(printed ? { ...session, screen: { ...session.screen, say: () => {} } } : session);
  try {
    const { graph } = opened;
    const before = await lastSequence(graph);
    if (printed) await unlessStopped(session.signal, writeTo(process.stdout, printed(graph)));
    else {
      const written = files.map(({ path, text }) => ({ path, pieces: text(graph) }));
      await unlessStopped(session.signal, writeFiles(written));
      for (const { path } of files) session.screen.say(`Wrote ${path}.`);
    }
    const after = await lastSequence(graph);
    if (after === before) return;
    const say = printed ? (text: string) => process.stderr.write(`${text}\n`) : session.screen.say;
    say(
      `The graph was changed meanwhile: what the changes after ${before} wrote may be in the export or not. Export it again for one picture.`,
    );
  } finally {
    await opened.close();
  }
}

async function wantedBy({ format: name, kind, relation, query, variables }: ExportFlags): Promise<Wanted> {
  const format = exportFormats.find((format) => format === name);
  if (!format) throw new InvalidArgumentError(`--format is ${name}; take ${exportFormats.join(', ')}.`);
  if ([kind, relation, query].filter((flag) => flag !== undefined).length > 1)
    throw new InvalidArgumentError('Take one of --kind, --relation and --query.');
  if (variables !== undefined && query === undefined)
    throw new InvalidArgumentError('--variables belong to a --query.');
  const { exported, fault } = namedExport(kind, relation);
  if (fault !== undefined) throw new InvalidArgumentError(fault);
  const wanted = { format, exported };
  if (query === undefined) return { ...wanted, query, variables: {} };
  return { ...wanted, query: await readQuestion(query), variables: readVariables(variables) };
}

/** What goes into which files: one for each kind, where a folder is named. @throws InvalidArgumentError */
async function filesOf(
  out: string,
  wanted: Wanted,
  session: Session,
): Promise<readonly { readonly path: string; readonly text: Text }[]> {
  const { format, exported, query } = wanted;
  const ending = (await isFolder(out)) ? '' : extname(out);
  if (ending !== '' && ending !== `.${format}`)
    throw new InvalidArgumentError(
      `--out is ${out}; take a file that ends in .${format}, or a folder: one with a dot that is not there yet ends in /.`,
    );
  if (ending !== '') return [{ path: out, text: onlyText(wanted, session) }];
  if (query !== undefined) return [{ path: join(out, `answer.${format}`), text: onlyText(wanted, session) }];
  return (exported === undefined ? allExported : [exported]).map((exported) => ({
    path: join(out, exportedFileName(exported, format)),
    text: (graph) => exportFile(graph, exported, format),
  }));
}

async function isFolder(path: string): Promise<boolean> {
  if (path.endsWith('/') || path.endsWith(sep)) return true;
  const status = await stat(path).catch(() => undefined);
  return status?.isDirectory() === true;
}

/** The export as one text. @throws InvalidArgumentError */
function onlyText({ format, exported, query, variables }: Wanted, { config, signal }: Session): Text {
  if (query !== undefined)
    return (graph) => exportQuery({ schema, query, variables, format, ask: askOf(graph, config.timeout, signal) });
  if (exported !== undefined) return (graph) => exportFile(graph, exported, format);
  if (format !== 'csv') return (graph) => exportWhole(graph, format);
  throw new InvalidArgumentError(
    'One table holds one sort of records: name a folder with --out, or take --kind or --relation.',
  );
}

function askOf(graph: Graph, timeout: number, signal: AbortSignal): Ask {
  const statistics = keepStatistics(graph);
  return async (source, variableValues): Promise<QueryAnswer> => {
    const contextValue = createContext(graph, statistics, { viewer, timeout, signal });
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
    return { data, ...(errors ? { errors: errors.map((error) => error.toJSON()) } : {}) };
  };
}
