import type { Attributes, Context, Span } from '@opentelemetry/api';
import { type DocumentNode, getOperationAST } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { PlanStep, RanStatement } from '../../graph/graph.ts';
import type { PlanCache } from '../../schema/plan-cache.ts';
import { createOperationMeters } from '../../telemetry/operation-meters.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { shortened } from '../observability/bounded-names.ts';
import type { OperationObserver } from '../observability/use-operation-records.ts';
import { stateOf } from '../request-state.ts';
import { pathOf } from '../route.ts';
import { arrivalOf } from '../use-request-id.ts';

/** Traces of requests, and metrics of operations. */
export interface Traces {
  /** Has to follow the plugin that gives requests their IDs, and to precede all others. */
  readonly plugin: Plugin;
  readonly observer: OperationObserver;
  /** Calls an observer of the statements of a request, and traces each. */
  observing(request: Request, observe: (ran: RanStatement) => void): (ran: RanStatement) => void;
  /** The plans of a server, whose making is a part of the trace of a request. */
  plansOf(request: Request, plans: PlanCache): PlanCache;
}

interface Traced {
  readonly span: Span;
  /** The context below which the next spans stand. */
  context: Context;
  execution?: Span;
  /** When the result was complete, in milliseconds since 1970. */
  resultAt?: number;
}

/** The path of a request, without what names an entity. */
const routeOf = (path: string) =>
  /^\/(entity|explore\/assets|graphql\/assets)\//.test(path) ? `${path.slice(0, path.lastIndexOf('/'))}/{name}` : path;

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
export function createTraces({ api, tracer, meter }: Telemetry): Traces {
  const traced = new WeakMap<Request, Traced>();
  const meters = createOperationMeters(meter);
  const { SpanKind, SpanStatusCode, ROOT_CONTEXT } = api;

  const within = (request: Request | undefined) => (request ? traced.get(request) : undefined);

  /** A span of something that has just ended. */
  function record(parent: Context, name: string, milliseconds: number, attributes: Attributes = {}): void {
    const end = Date.now();
    tracer.startSpan(name, { attributes, kind: SpanKind.INTERNAL, startTime: end - milliseconds }, parent).end(end);
  }

  /** A hook around a step, as yoga calls them: at its begin, and with what it returns at its end. */
  function step(name: string) {
    return ({ context }: { readonly context: unknown }) => {
      const trace = within((context as { readonly request?: Request }).request);
      if (!trace) return undefined;
      const span = tracer.startSpan(name, {}, trace.context);
      return () => span.end();
    };
  }

  const execution = (args: unknown): Traced | undefined => {
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
    trace.span.updateName(`${operation.operation}${name === '' ? '' : ` ${name}`}`);
    trace.span.setAttributes(attributes);
    trace.execution = tracer.startSpan('graphql.execute', { attributes }, trace.context);
    trace.context = api.trace.setSpan(trace.context, trace.execution);
    return trace;
  };

  const plugin: Plugin = {
    onRequest({ request }) {
      const path = pathOf(request.url);
      const parent = api.propagation.extract(ROOT_CONTEXT, request.headers, headersGetter);
      const span = tracer.startSpan(
        `${request.method} ${routeOf(path)}`,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method, 'http.route': routeOf(path) } },
        parent,
      );
      traced.set(request, { span, context: api.trace.setSpan(parent, span) });
      const arrival = arrivalOf(request);
      span.setAttribute('silkgraph.request.id', arrival.id);
      // The log and Neo4j's list of transactions name the trace, too.
      stateOf(request).arrival = { ...arrival, traceId: span.spanContext().traceId };
    },
    onParse: step('graphql.parse'),
    onValidate: step('graphql.validate'),
    onExecute({ args }) {
      const trace = execution(args);
      return trace && { onExecuteDone: () => void trace.execution?.end() };
    },
    onSubscribe({ args }) {
      const trace = execution(args);
      return trace && { onSubscribeResult: () => void trace.execution?.end() };
    },
    onResultProcess({ request, result }) {
      const trace = within(request);
      if (trace && !isAsyncIterable(result)) trace.resultAt = Date.now();
    },
    onResponse({ request, response: { status, headers } }) {
      const trace = within(request);
      if (!trace) return;
      traced.delete(request);
      const { span, resultAt } = trace;
      const { traceId, spanId, traceFlags } = span.spanContext();
      headers.set('traceresponse', `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`);
      const parent = api.trace.setSpan(ROOT_CONTEXT, span);
      if (resultAt !== undefined) record(parent, 'graphql.serialize', Date.now() - resultAt);
      const { outcome } = stateOf(request).operationRecord ?? {};
      span.setAttribute('http.response.status_code', status);
      if (outcome !== undefined && outcome !== 'OK') span.setAttribute('error.type', outcome);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
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
      const end = Date.now();
      const span = tracer.startSpan(
        name,
        {
          kind: SpanKind.CLIENT,
          startTime: end - milliseconds,
          attributes: {
            'db.system.name': 'neo4j',
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
        get hits() {
          return plans.hits;
        },
        get misses() {
          return plans.misses;
        },
        get characters() {
          return plans.characters;
        },
        once: (info, fields, statistics, purpose, make) =>
          plans.once(info, fields, statistics, purpose, () => {
            const begun = performance.now();
            const plan = make();
            const trace = within(request);
            if (trace)
              record(trace.context, 'silkgraph.plan', performance.now() - begun, {
                'graphql.field.path': String(info.path.key),
              });
            return plan;
          }),
      };
    },
  };
}
