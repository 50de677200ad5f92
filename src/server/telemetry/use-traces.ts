import type { Attributes, Context, Span } from '@opentelemetry/api';
import { type DocumentNode, getOperationAST } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { PlanStep, RanStatement } from '../../engine/graph/graph.ts';
import type { Plans } from '../../graphql/plan-cache.ts';
import { memoizeOn } from '../../ontology/memoize.ts';
import { statusOfCode } from '../error-response.ts';
import { shortened } from '../observability/bounded-names.ts';
import type { OperationObserver } from '../observability/operation-observer.ts';
import type { RequestPlugin } from '../phases.ts';
import { requestIn, stateOf } from '../request-state.ts';
import { pathOf } from '../route.ts';
import { arrivalOf } from '../use-request-id.ts';
import { databaseAttributes } from './database-attributes.ts';
import { createOperationMeters } from './operation-meters.ts';
import type { Telemetry } from './telemetry.ts';

/** Traces of requests, and metrics of operations. */
export interface Traces {
  readonly plugin: RequestPlugin;
  readonly observer: OperationObserver;
  /** Calls an observer of the statements of a request, and traces each. */
  observing(request: Request, observe: (ran: RanStatement) => void): (ran: RanStatement) => void;
  /** The plans of a server, whose making is a part of the trace of a request. */
  plansOf(request: Request, plans: Plans): Plans;
}

interface Traced {
  readonly span: Span;
  /** The context of that span. */
  readonly root: Context;
  /** The context below which the next spans stand. */
  context: Context;
  /** Milliseconds from the clock of `performance.now()` to 1970, so that the times of one trace fit together. */
  readonly epoch: number;
  /** Whether it is named after the type of its operation. */
  isOperation?: boolean;
  /** When the result was complete, by `performance.now()`. */
  resultAt?: number;
}

/** The path of a request, without what names an entity. */
const routeOf = (path: string) =>
  /^\/(entity|explore\/assets|graphql\/assets)\//.test(path) ? `${path.slice(0, path.lastIndexOf('/'))}/{name}` : path;

/** Methods that may be named; any other is a value of the caller (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'QUERY']);

/** What load balancers and Prometheus ask all the time. */
const probes: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

const headersGetter = {
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
  keys: (headers: Headers) => [...headers.keys()],
};

/** The reads of the database for a profiled statement. */
const hitsOf = ({ dbHits = 0, children }: PlanStep): number =>
  children.reduce((sum, step) => sum + hitsOf(step), dbHits);

/**
 * Traces each request: parsing, validation, planning, every statement and serialisation, below the trace of the caller. No span
 * has the text of a document or of a statement, or the value of a variable.
 */
export function createTraces({ api, tracer, meter, database }: Telemetry): Traces {
  /** The root lasts, for requests that the server makes in the name of this one; the trace ends with the response. */
  const tracing = memoizeOn((_: Request): { root?: Context; trace?: Traced | undefined } => ({}));
  const meters = createOperationMeters(meter);
  const { SpanKind, SpanStatusCode, ROOT_CONTEXT } = api;

  const within = (request: Request | undefined) => request && tracing(request).trace;

  /** Begins a span now; the returned function ends it. */
  function begin({ epoch, context }: Traced, name: string, attributes: Attributes = {}) {
    const span = tracer.startSpan(name, { attributes, startTime: epoch + performance.now() }, context);
    return { span, end: () => span.end(epoch + performance.now()) };
  }

  /** A span of something that has just ended. */
  function record({ epoch }: Traced, parent: Context, name: string, begun: number, attributes: Attributes = {}): void {
    tracer.startSpan(name, { attributes, startTime: epoch + begun }, parent).end(epoch + performance.now());
  }

  /** A hook around a step, as yoga calls them: at its begin, and with what it returns at its end. */
  function step(name: string) {
    return ({ context }: { readonly context: unknown }) => {
      const trace = within(requestIn(context));
      return trace && begin(trace, name).end;
    };
  }

  /** Begins the execution; the returned function ends it. */
  function execution(args: unknown): (() => void) | undefined {
    const { document, operationName, contextValue } = args as {
      readonly document: DocumentNode;
      readonly operationName?: string | null;
      readonly contextValue: { readonly request?: Request };
    };
    const trace = within(contextValue.request);
    const operation = getOperationAST(document, operationName);
    if (!trace || !operation) return undefined;
    const name = shortened(operation.name?.value ?? '');
    const attributes = {
      'graphql.operation.type': operation.operation,
      ...(name === '' ? {} : { 'graphql.operation.name': name }),
    };
    trace.isOperation = true;
    // Not its name, of which clients may have any number (https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/).
    trace.span.updateName(operation.operation);
    trace.span.setAttributes(attributes);
    const { span, end } = begin(trace, 'graphql.execute', attributes);
    trace.context = api.trace.setSpan(trace.root, span);
    return () => {
      end();
      // What runs now, such as reading sources, is no longer a part of it.
      trace.context = trace.root;
    };
  }

  /** What HTTP says of a request. One that the server itself made, or that came over a WebSocket, has nothing of its own. */
  function httpAttributes(request: Request): Attributes {
    const { askedBy, isOverSocket } = stateOf(request);
    if (askedBy) return {};
    const known = methods.has(request.method);
    return {
      'url.path': shortened(routeOf(pathOf(request.url))),
      'url.scheme': 'http',
      ...(isOverSocket
        ? { 'network.protocol.name': 'websocket' }
        : {
            'http.request.method': known ? request.method : '_OTHER',
            ...(known ? {} : { 'http.request.method_original': shortened(request.method) }),
          }),
    };
  }

  const plugin: RequestPlugin = {
    phase: 'identify',
    onRequest({ request }) {
      if (probes.has(pathOf(request.url))) return;
      const { askedBy, isOverSocket } = stateOf(request);
      const outer = askedBy && tracing(askedBy).root;
      const parent = outer ?? api.propagation.extract(ROOT_CONTEXT, request.headers, headersGetter);
      const epoch = Date.now() - performance.now();
      const arrival = arrivalOf(request);
      const span = tracer.startSpan(
        isOverSocket ? 'websocket' : methods.has(request.method) ? request.method : 'HTTP',
        {
          kind: outer ? SpanKind.INTERNAL : SpanKind.SERVER,
          attributes: { ...httpAttributes(request), 'silkgraph.request.id': arrival.id },
          startTime: epoch + arrival.time,
        },
        parent,
      );
      const root = api.trace.setSpan(parent, span);
      const own = tracing(request);
      own.root = root;
      own.trace = { span, root, context: root, epoch };
      // The log and Neo4j's list of transactions name the trace, too.
      const { traceId, spanId } = span.spanContext();
      stateOf(request).arrival = { ...arrival, traceId, ...(span.isRecording() ? { spanId } : {}) };
    },
    onParse: step('graphql.parse'),
    onValidate: step('graphql.validate'),
    onExecute({ args }) {
      const end = execution(args);
      return end && { onExecuteDone: end };
    },
    onSubscribe({ args }) {
      const end = execution(args);
      return end && { onSubscribeResult: end };
    },
    onResultProcess({ request, result }) {
      const trace = within(request);
      if (trace && !isAsyncIterable(result)) trace.resultAt = performance.now();
    },
    onResponse({ request, response: { status, headers } }) {
      const trace = within(request);
      if (!trace) return;
      tracing(request).trace = undefined;
      const { span, root, epoch, resultAt } = trace;
      const { traceId, spanId, traceFlags } = span.spanContext();
      headers.set('traceresponse', `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`);
      if (resultAt !== undefined) record(trace, root, 'graphql.serialize', resultAt);
      const { askedBy, isOverSocket, operationRecord } = stateOf(request);
      const { outcome } = operationRecord ?? {};
      if (!askedBy && !isOverSocket) {
        span.setAttribute('http.response.status_code', status);
        const route = routeOf(pathOf(request.url));
        // Whatever else a caller makes up is no route.
        if (status !== 404 || route.endsWith('/{name}')) {
          span.setAttribute('http.route', route);
          if (!trace.isOperation) span.updateName(`${methods.has(request.method) ? request.method : 'HTTP'} ${route}`);
        }
      }
      const failure = outcome !== undefined && outcome !== 'OK' ? outcome : undefined;
      const isOurs = status >= 500 || (failure !== undefined && (statusOfCode(failure) ?? 0) >= 500);
      if (failure !== undefined) span.setAttribute('error.type', failure);
      else if (isOurs) span.setAttribute('error.type', String(status));
      if (isOurs) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(epoch + performance.now());
    },
  };

  return {
    plugin,
    observer: {
      ended({ type, outcome, codes, milliseconds }) {
        if (type !== 'subscription') meters.operation(milliseconds, { type: type ?? '', code: outcome });
        for (const code of codes) meters.error(code);
      },
      subscribed: meters.subscribed,
    },
    observing: (request, observe) => (ran) => {
      observe(ran);
      const { name, milliseconds, rows, error, plan } = ran;
      meters.statement(milliseconds, rows, { outcome: error?.fault ?? 'OK' });
      const trace = within(request);
      if (!trace) return;
      const end = trace.epoch + performance.now();
      const span = tracer.startSpan(
        name,
        {
          kind: SpanKind.CLIENT,
          startTime: end - milliseconds,
          attributes: {
            'db.system.name': 'neo4j',
            ...databaseAttributes(database?.()),
            'db.query.summary': name,
            'db.response.returned_rows': rows,
            ...(plan?.dbHits === undefined ? {} : { 'silkgraph.db.hits': hitsOf(plan) }),
            ...(error ? { 'error.type': error.fault } : {}),
          },
        },
        trace.context,
      );
      if (error) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(end);
    },
    plansOf(request, plans) {
      return {
        once: (info, fields, statistics, purpose, make) =>
          plans.once(info, fields, statistics, purpose, () => {
            const begun = performance.now();
            const plan = make();
            const trace = within(request);
            const attributes = { 'graphql.field.path': String(info.path.key) };
            if (trace) record(trace, trace.context, 'silkgraph.plan', begun, attributes);
            return plan;
          }),
      };
    },
  };
}
