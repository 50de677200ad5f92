import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { getOrInsert } from '../ontology/get-or-insert.ts';

/** The SHA-256 of a text. */
export type TextHashes = (text: string) => string;

/** About what a text takes beside its characters. */
const BESIDE = 100;

/**
 * Hashes of texts of which most come again and again, and are not hashed anew.
 * @param characters of the texts that are known, at most
 */
export function createTextHashes(encoding: 'base64url' | 'hex', characters: number): TextHashes {
  const known = new LRUCache<string, string>({
    maxSize: characters,
    sizeCalculation: (_, text) => text.length + BESIDE,
  });
  return (text) => getOrInsert(known, text, () => hash('sha256', text, encoding));
}
