import { InvalidCursor } from '../../engine/reads/cursor.ts';
import { SearchLimitExceeded } from '../../history/memory/condition-cache.ts';
import { refusalOf } from '../as-of/graph-reads.ts';
import { refusedCursor } from '../changes/changes.ts';
import { limitExceeded } from '../errors.ts';

/** The error that a caller receives where the changes of a scope cannot be read: a coded one where it can act on it. */
export function scopeRefusal(error: unknown): unknown {
  if (error instanceof InvalidCursor) return refusedCursor(error.message);
  return error instanceof SearchLimitExceeded ? limitExceeded(`${error.message} Narrow it.`) : refusalOf(error);
}
