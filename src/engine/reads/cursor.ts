import { createCache, textBytes } from '../budgets/budgeted-cache.ts';
import { detachedText } from '../graph/detached-text.ts';
import type { OrderKey, Scalar } from './plan.ts';

/** A cursor that this list did not create. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/**
 * An opaque keyset cursor: the values of an order's keys at an entity, and the signature of the list it belongs to.
 * It stays valid while entities come and go around it.
 */
export const encodeCursor = (signature: string, values: readonly Scalar[]): string =>
  Buffer.from(JSON.stringify([signature, ...values])).toString('base64url');

const broken = () => new InvalidCursor('The cursor is malformed. Pass a cursor exactly as the API returned it.');

/** Cursors that were read before, with their contents: many fields of a request may be given the same one. */
const read = createCache<{ readonly content?: readonly unknown[] }>('cursors', {
  // Its content is about as long as the cursor.
  sizeOf: (_, cursor) => textBytes(cursor, cursor),
});

/** What a cursor says; nothing where no list made it. */
function contentOf(cursor: string): readonly unknown[] | undefined {
  const known = read.get(cursor);
  if (known) return known.content;
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Buffer.from(JSON.stringify(content)).toString('base64url') !== cursor) content = undefined;
  } catch {
    content = undefined;
  }
  read.set(detachedText(cursor), Array.isArray(content) ? { content } : {});
  return Array.isArray(content) ? content : undefined;
}

/**
 * The values in a cursor of the list with this signature and order.
 * @throws InvalidCursor where the cursor is broken, or of another list or order
 */
export function decodeCursor(cursor: string, signature: string, order: readonly OrderKey[]): readonly Scalar[] {
  const content = contentOf(cursor);
  if (!content) throw broken();
  if (content[0] !== signature) {
    throw new InvalidCursor(
      'The cursor belongs to another list or sort order. Pass a cursor of this field with the same `orderBy`.',
    );
  }
  // Before its values are copied, of which it may have very many.
  if (content.length !== order.length + 1) throw broken();
  const values = content.slice(1);
  const fits = ({ type, nullable }: OrderKey, index: number) =>
    values[index] === null ? nullable : typeof values[index] === type;
  if (!order.every(fits)) throw broken();
  return values as Scalar[];
}
