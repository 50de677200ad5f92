import root from 'otlp-messages/build/src/generated/root.js';

interface Message {
  fromObject(object: unknown): object;
  toObject(message: object, options: object): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

/** What collectors take, by the published definitions. */
const { ExportTraceServiceRequest } = (
  root as unknown as {
    opentelemetry: { proto: { collector: { trace: { v1: { ExportTraceServiceRequest: Message } } } } };
  }
).opentelemetry.proto.collector.trace.v1;

/** The IDs are hexadecimal in OTLP, unlike other bytes in the JSON of Protobuf. */
function withIds(value: unknown, from: BufferEncoding, to: BufferEncoding): unknown {
  if (Array.isArray(value)) return value.map((item) => withIds(item, from, to));
  if (typeof value !== 'object' || value === null) return value;
  const change = (name: string, field: unknown) =>
    /^(trace|span|parentSpan)Id$/.test(name) && typeof field === 'string'
      ? Buffer.from(field, from).toString(to)
      : withIds(field, from, to);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, change(name, field)]));
}

/**
 * A request in one form, as the JSON of Protobuf has several: numbers as text, and without what is left out where it is 0
 * or empty.
 */
export function plainRequest(value: unknown): unknown {
  if (value === null || value === undefined || value === '' || value === 0 || value === '0') return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => plainRequest(item) ?? {});
  const fields = Object.entries(value).flatMap(([name, field]) => {
    // The value of an attribute is one of several, so it is there even if it is 0.
    const plain = name.endsWith('Value') && typeof field !== 'object' ? String(field) : plainRequest(field);
    return plain === undefined ? [] : [[name, plain] as const];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/**
 * What is left of a request to export traces that has been a message of Protobuf: a field that the definitions do not have,
 * or that is of another type there, is missing or changed.
 */
export function throughProtobuf(request: object): unknown {
  const message = ExportTraceServiceRequest.fromObject(withIds(request, 'hex', 'base64') as object);
  const read = ExportTraceServiceRequest.decode(ExportTraceServiceRequest.encode(message).finish());
  return withIds(ExportTraceServiceRequest.toObject(read, { longs: String, bytes: String }), 'base64', 'hex');
}
