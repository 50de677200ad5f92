import type * as OpenTelemetry from '@opentelemetry/api';
import type { AnyValueMap, Logger } from '@opentelemetry/api-logs';

/** Severities by the levels of the log (https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber). */
const severities: Readonly<Record<number, readonly [number: number, text: string]>> = {
  10: [1, 'TRACE'],
  20: [5, 'DEBUG'],
  30: [9, 'INFO'],
  40: [13, 'WARN'],
  50: [17, 'ERROR'],
  60: [21, 'FATAL'],
};

/** The context of a span that was recorded, by which a record belongs to it. */
function contextOf({ trace, ROOT_CONTEXT, TraceFlags }: typeof OpenTelemetry, traceId: unknown, spanId: unknown) {
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return {};
  return { context: trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED }) };
}

/** Sends lines of the log as records of the span that they name: the message as body, the rest as attributes. */
export const emitLines =
  (api: typeof OpenTelemetry, logger: Logger) =>
  (line: string): void => {
    const { level, time, msg, name: _, pid: __, hostname: ___, spanId, ...attributes } = JSON.parse(line);
    const [severityNumber, severityText] = severities[level as number] ?? [0, ''];
    logger.emit({
      ...contextOf(api, attributes.traceId, spanId),
      severityNumber,
      severityText,
      timestamp: new Date(time),
      body: msg,
      attributes: attributes as AnyValueMap,
    });
  };
