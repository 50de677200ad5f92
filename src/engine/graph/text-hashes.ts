import { hash } from 'node:crypto';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { createCache, textBytes } from '../budgets/budgeted-cache.ts';

/** The SHA-256 of a text. */
export type TextHashes = (text: string) => string;

/** Hashes of texts of which most come again and again, and are not hashed anew. */
export function createTextHashes(encoding: 'base64url' | 'hex'): TextHashes {
  const known = createCache<string>('hashes', { sizeOf: (hashed, text) => textBytes(hashed, text) });
  return (text) => getOrInsert(known, text, () => hash('sha256', text, encoding));
}
