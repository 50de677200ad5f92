import type * as OpenTelemetry from '@opentelemetry/api';
import type { Meter, Tracer } from '@opentelemetry/api';
import { times } from '../../engine/budgets/time-budget.ts';
import type { DatabaseName } from './database-attributes.ts';
import { emitLines } from './emit-lines.ts';
import { reasonIn } from './reason-in.ts';

/** Telemetry is switched on, but its packages are not installed. */
export class TelemetryMissing extends Error {
  override readonly name = 'TelemetryMissing';
}

/** Traces, metrics and logs of this process, sent as the environment says. */
export interface Telemetry {
  readonly api: typeof OpenTelemetry;
  readonly tracer: Tracer;
  readonly meter: Meter;
  /** Sends a line of the log, which is JSON. */
  emit(line: string): void;
  /** Reports faults in the variables, and what could not be sent, seldom. */
  reportTo(report: (message: string) => void): void;
  /** The database of the statements; absent until it is open. */
  readonly database?: () => DatabaseName | undefined;
  /** Sends what is left, for a few seconds at most. */
  close(): Promise<void>;
}

/** Minimum time in milliseconds between two reports of what could not be sent. */
const BETWEEN_REPORTS = 60_000;

const packages = ['@opentelemetry/api', '@opentelemetry/api-logs', '@opentelemetry/sdk-node'];

async function load() {
  try {
    const [api, logs, sdk] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/api-logs'),
      import('@opentelemetry/sdk-node'),
    ]);
    return { api, logs, sdk };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new TelemetryMissing(
      `Telemetry is switched on by OTEL_ variables, but its packages are not installed. Run npm install ${packages.join(' ')}, or set OTEL_SDK_DISABLED=true.`,
    );
  }
}

/**
 * Starts OpenTelemetry. Exporters, endpoints, sampling and the name of the service follow from the OTEL_ variables; the packages
 * are loaded here only, so that a server without telemetry takes no time and no memory for them.
 * @throws TelemetryMissing
 */
export async function startTelemetry(version: string): Promise<Telemetry> {
  const { api, logs, sdk: node } = await load();
  /** What was reported before anybody listened: faults in the variables, each of which is reported once. */
  const early = new Set<string>();
  let report = (reason: string): unknown => early.add(reason);
  let reportedAt = Number.NEGATIVE_INFINITY;
  const complain = (...reported: readonly unknown[]) => {
    if (performance.now() - reportedAt < BETWEEN_REPORTS) return;
    report(reasonIn(reported));
  };
  const silent = () => {};
  api.diag.setLogger(
    { error: complain, warn: complain, info: silent, debug: silent, verbose: silent },
    { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const sdk = new node.NodeSDK({
    serviceName: 'silkgraph',
    resource: node.resources.resourceFromAttributes({ 'service.version': version }),
    // The spans of Silkgraph say more than those of a library that it uses.
    instrumentations: [],
  });
  sdk.start();
  return {
    api,
    tracer: api.trace.getTracer('silkgraph', version),
    meter: api.metrics.getMeter('silkgraph', version),
    emit: emitLines(api, logs.logs.getLogger('silkgraph', version)),
    reportTo(next) {
      for (const reason of early) next(reason);
      report = (reason) => {
        reportedAt = performance.now();
        next(reason);
      };
    },
    async close() {
      const late = new Promise<void>((resolve) => void setTimeout(resolve, times.telemetryEnd.ms).unref());
      await Promise.race([sdk.shutdown().catch(complain), late]);
    },
  };
}
