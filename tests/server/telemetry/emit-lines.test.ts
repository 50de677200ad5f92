import * as api from '@opentelemetry/api';
import { logs } from '@opentelemetry/sdk-node';
import { expect, it } from 'vitest';
import { emitLines } from '../../../src/server/telemetry/emit-lines.ts';

const exporter = new logs.InMemoryLogRecordExporter();
const provider = new logs.LoggerProvider({ processors: [new logs.SimpleLogRecordProcessor({ exporter })] });
const emit = emitLines(api, provider.getLogger('test'));

it('a record of the log belongs to the span that its line names, and to none without one', () => {
  const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  const line = { level: 40, time: '2026-01-01T00:00:00Z', msg: 'operation', ms: 7 };
  emit(JSON.stringify({ ...line, traceId, spanId }));
  emit(JSON.stringify({ ...line, traceId }));
  const [linked, alone] = exporter.getFinishedLogRecords();
  expect(linked?.spanContext).toMatchObject({ traceId, spanId });
  expect(linked).toMatchObject({ body: 'operation', severityText: 'WARN', attributes: { ms: 7, traceId } });
  expect(alone?.spanContext).toBeUndefined();
});
