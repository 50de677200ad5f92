import type { OrderKey, Scalar } from './plan.ts';

/** A cursor that this list did not make. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/**
 * An opaque keyset cursor: the values of an order's keys at an entity, and the signature of the list it belongs to.
 * It stays valid while entities come and go around it.
 */
export const encodeCursor = (signature: string, values: readonly Scalar[]): string =>
  Buffer.from(JSON.stringify([signature, ...values])).toString('base64url');

const broken = () => new InvalidCursor('The cursor is broken. Pass one exactly as an earlier answer gave it.');

/**
 * The values in a cursor of the list with this signature and order.
 * @throws InvalidCursor where the cursor is broken, or of another list or order
 */
export function decodeCursor(cursor: string, signature: string, order: readonly OrderKey[]): readonly Scalar[] {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw broken();
  }
  if (!Array.isArray(content)) throw broken();
  const [of, ...values] = content as readonly unknown[];
  if (of !== signature) {
    throw new InvalidCursor('The cursor is of another list or order. Pass one of this field with the same `orderBy`.');
  }
  if (encodeCursor(signature, values as Scalar[]) !== cursor) throw broken();
  const fits = ({ type, nullable }: OrderKey, index: number) =>
    values[index] === null ? nullable : typeof values[index] === type;
  if (values.length !== order.length || !order.every(fits)) throw broken();
  return values as Scalar[];
}
