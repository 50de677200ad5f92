import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import type { Logger } from 'pino';
import { refuseExport } from '../../server/access/access-refusal.ts';
import { callerName, callerOf, viewerOf } from '../../server/access/caller.ts';
import type { Exporting } from '../../server/access/exporting.ts';
import { badRequest, checkParameters, notReady } from '../../server/bad-request.ts';
import type { SignedBookmarks } from '../../server/bookmarks/signed-bookmarks.ts';
import { openBookmarks } from '../../server/bookmarks/use-bookmarks.ts';
import type { JsonBodies } from '../../server/documents/json-bodies.ts';
import { reportedError, statusOfCode } from '../../server/error-response.ts';
import type { QuotaScope, Quotas } from '../../server/limits/quotas.ts';
import { noteRefusal } from '../../server/note-refusal.ts';
import type { Audit } from '../../server/observability/audit.ts';
import { createBoundedLog } from '../../server/observability/bounded-log.ts';
import type { RequestPlugin } from '../../server/phases.ts';
import { type Carrier, stateOf } from '../../server/request-state.ts';
import { pathOf } from '../../server/route.ts';
import { encodingOf } from '../../server/use-compression.ts';
import { namesOf } from '../../server/use-request-id.ts';
import { QueryFailed } from '../data/export/export-query.ts';
import { NoExport } from '../data/export/query-list.ts';
import { ImportPending } from '../data/import-marker.ts';
import { contentTypes } from './export-files.ts';
import {
  asksForList,
  type Export,
  graphExport,
  listExport,
  PageRefused,
  queryExport,
  type RequestedExportOptions,
} from './requested-export.ts';

export const exportPath = '/export';

export interface ExportOptions extends RequestedExportOptions {
  /** Who may export the graph. */
  readonly exporting: Exporting;
  /** Why no operation is served at the moment, as a sentence; `undefined` once they are. */
  readonly waitingFor: () => string | undefined;
  readonly bodies: JsonBodies;
  readonly exportPlaces: Quotas;
  readonly bookmarks: SignedBookmarks;
  /** Timeout for a client that reads nothing, in milliseconds. */
  readonly clientTimeout: number;
  readonly log: Logger;
  /** Called at the end of each export. */
  readonly exported?: Audit['exported'] | undefined;
}

const retryLater = { 'retry-after': '10' };

const refusals: Readonly<Record<QuotaScope, () => GraphQLError>> = {
  CALLER: () =>
    badRequest(
      'You have reached the maximum number of exports. Try again once one has finished.',
      429,
      'RATE_LIMITED',
      retryLater,
    ),
  ALL: () => badRequest('Other exports are running. Try again once they have finished.', 503, 'OVERLOADED', retryLater),
};

/** The highest qualities would take as long as reading does. */
const encoders = {
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: () => createGzip({ level: 4 }),
} as const;

/** A request, and what is needed to respond to it. */
interface Exchange {
  readonly request: Request;
  /** Absent for a request made in this process. */
  readonly response: ServerResponse | undefined;
  readonly fetchAPI: FetchAPI;
}

/** The progress of an export. */
interface Sent {
  /** Size before compression. */
  bytes: number;
  isComplete: boolean;
}

/**
 * GET returns the graph, or the entities of one kind or the relations of one type, in a form that an import reads, or the
 * fields of a list; POST returns the result of a query. Both are streams, read from the database no faster than the client reads them.
 */
export function useExport(options: ExportOptions): RequestPlugin {
  const { exporting, waitingFor, bodies, exportPlaces, bookmarks, clientTimeout, log } = options;
  const write = createBoundedLog(log);

  /** The operator should know who exports the whole graph. */
  function logWhole({ subject, format }: Export, request: Request): void {
    if (subject !== 'graph') return;
    const facts = {
      format,
      address: stateOf(request).address,
      caller: callerName(request),
      ...namesOf(request),
    };
    write({ level: 'info', sort: 'export', facts, message: 'The whole graph is exported.' });
  }

  /** @returns a function that gives the place back, once even if it is called several times */
  function takePlace(request: Request): () => void {
    const caller = callerOf(request);
    const bound = exportPlaces.take(caller);
    if (bound) throw refusals[bound]();
    let isTaken = true;
    return () => {
      if (isTaken) exportPlaces.give(caller);
      isTaken = false;
    };
  }

  async function answer(exchange: Exchange, carrier: Carrier): Promise<Response> {
    const { request } = exchange;
    // Lists are queries, which everybody with read access may send.
    const isPost = request.method === 'POST';
    if (isPost) checkParameters(new URL(request.url).searchParams, [], 'The body of a POST has all of them.');
    const isQuery = isPost || asksForList(request);
    const refusal = isQuery ? undefined : refuseExport(viewerOf(request), exporting);
    if (refusal) throw refusal;
    const reason = waitingFor();
    if (reason !== undefined) throw notReady(reason);
    // A slow upload occupies no place.
    const body = isPost ? await bodies.read(request) : undefined;
    // Nor does a request that waits for its bookmark.
    await openBookmarks(request, bookmarks);
    const leave = takePlace(request);
    try {
      const exported =
        body !== undefined
          ? queryExport(request, body, carrier, options)
          : isQuery
            ? listExport(request, carrier, options)
            : await graphExport(request, options);
      return await respond(exported, exchange, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function respond(exported: Export, exchange: Exchange, leave: () => void): Promise<Response> {
    const { pieces, fileName, format } = exported;
    const { request, response, fetchAPI } = exchange;
    const encoding = encodingOf(request.headers.get('accept-encoding'));
    // Errors before the first part can still be reported.
    const first = request.method === 'HEAD' ? undefined : await pieces.next();
    const headers = {
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
      vary: 'accept-encoding',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      ...exported.headers,
    };
    if (!first) {
      leave();
      return new fetchAPI.Response(null, { headers });
    }
    logWhole(exported, request);
    const sent: Sent = { bytes: 0, isComplete: false };
    const text = Readable.from(written(first, pieces, exchange, sent), { objectMode: false });
    // A client that disconnects requests no further part, and a generator does not end without such a request.
    text.once('close', () => {
      leave();
      void pieces.return(undefined);
      const outcome = sent.isComplete ? 'OK' : 'BROKEN_OFF';
      options.exported?.(request, { subject: exported.subject, format, outcome, bytes: sent.bytes });
    });
    const { signal } = request;
    if (signal.aborted) text.destroy();
    else signal.addEventListener('abort', () => text.destroy(), { once: true });
    // A client that reads nothing would occupy the place permanently; if no bytes wait, the database is what is slow.
    // Yoga sets the timeout of the connection itself, right before it begins to write.
    response?.once('pipe', () => {
      response.setTimeout(clientTimeout, () => {
        if (response.writableLength > 0) response.destroy();
      });
    });
    const zip = encoding && encoders[encoding]();
    if (zip) pipeline(text, zip, () => {});
    // Yoga's Response accepts streams of Node.js, although its types are those of browsers.
    return new fetchAPI.Response((zip ?? text) as unknown as ReadableStream, { headers });
  }

  async function* written(
    first: IteratorResult<string>,
    pieces: AsyncGenerator<string>,
    { request, response }: Exchange,
    sent: Sent,
  ): AsyncGenerator<string> {
    try {
      for (let step = first; !step.done; step = await pieces.next()) {
        sent.bytes += Buffer.byteLength(step.value);
        yield step.value;
      }
      sent.isComplete = true;
    } catch (error) {
      if (!request.signal.aborted) log.error({ err: error, ...namesOf(request) }, 'An export was aborted.');
      if (!response) throw error;
      // The connection is aborted, so that no client mistakes a part for the whole.
      response.destroy();
    }
  }

  return {
    phase: 'route',
    onRequest({ request, serverContext, fetchAPI, endResponse }) {
      if (pathOf(request.url) !== exportPath) return;
      if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
        const allowed = { allow: 'GET, HEAD, POST' };
        const error = badRequest(`${exportPath} supports GET and POST.`, 405, 'BAD_USER_INPUT', allowed);
        return endResponse(refused(refusalOf(error, request, log)));
      }
      const carrier = serverContext as Carrier;
      return answer({ request, response: carrier.res, fetchAPI }, carrier)
        .catch((error: unknown) => refused(refusalOf(error, request, log)))
        .then(endResponse);
    },
  };
}

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors: readonly GraphQLFormattedError[];
}

const refused = ({ status, headers, errors }: Refusal): Response =>
  new Response(`${JSON.stringify({ errors })}\n`, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });

/** The error of a failed export, for its client; internal details are in the log. */
function refusalOf(error: unknown, request: Request, log: Logger): Refusal {
  if (error instanceof GraphQLError) noteRefusal(request, error);
  if (error instanceof QueryFailed) {
    const [first] = error.errors;
    const headers = error instanceof PageRefused ? error.headers : {};
    return { status: statusOfCode(String(first?.extensions?.code)) ?? 400, headers, errors: error.errors };
  }
  if (error instanceof ImportPending)
    return refusalOf(badRequest(error.message, 503, 'DATABASE_UNAVAILABLE'), request, log);
  if (error instanceof NoExport) return refusalOf(badRequest(error.message), request, log);
  const {
    message,
    extensions: { http, ...extensions },
  } = reportedError(error, request, log, 'An export failed.');
  return { status: http?.status ?? 400, headers: http?.headers ?? {}, errors: [{ message, extensions }] };
}
