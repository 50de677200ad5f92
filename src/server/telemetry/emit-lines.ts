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

/** Sends lines of the log as records: the message as body, the rest as attributes. */
export const emitLines =
  (logger: Logger) =>
  (line: string): void => {
    const { level, time, msg, name: _, pid: __, hostname: ___, ...attributes } = JSON.parse(line);
    const [severityNumber, severityText] = severities[level as number] ?? [0, ''];
    logger.emit({
      severityNumber,
      severityText,
      timestamp: new Date(time),
      body: msg,
      attributes: attributes as AnyValueMap,
    });
  };
