import { isDateTime } from 'neo4j-driver';

/** An instant of Neo4j as RFC 3339 writes it, with every digit and the offset that it was stored with. */
export function instantText(value: unknown): string {
  if (!(value instanceof Object) || !isDateTime(value)) throw new Error(`${String(value)} is not an instant.`);
  const [text = ''] = value.toString().split('[');
  return text.replace(/(\.\d*?)0+(?=Z|[+-])/, '$1').replace(/\.(?=Z|[+-])/, '');
}
