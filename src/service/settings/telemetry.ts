import type { SettingsReader } from './settings-reader.ts';

/** Variables that switch telemetry on (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables). */
const switches = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'Collector to which traces, metrics and logs are sent (OpenTelemetry).',
  OTEL_TRACES_EXPORTER: 'Exporter of traces, such as otlp or console; none for no traces.',
  OTEL_METRICS_EXPORTER: 'Exporter of metrics, such as otlp or console; none for no metrics.',
  OTEL_LOGS_EXPORTER: 'Exporter of logs, such as otlp or console; none for no logs.',
};

/** Whether anything is to be sent. What else there is to say about it, the SDK reads itself. */
export function readTelemetry(read: SettingsReader): boolean {
  const given = Object.entries(switches).map(([name, description]) => read.text(name, description));
  const disabled = read.text('OTEL_SDK_DISABLED', 'Switches OpenTelemetry off, whatever else is set.', {
    schema: { enum: ['true', 'false'] },
  });
  return disabled?.toLowerCase() !== 'true' && given.some((value) => value !== undefined && value !== 'none');
}
