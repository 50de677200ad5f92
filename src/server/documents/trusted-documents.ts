import { readFileSync } from 'node:fs';
import { isObject } from '../../graphql/internal-client/json.ts';
import { withoutPrefix } from './document-id.ts';

/** Documents by ID. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** The file of trusted documents is invalid. */
export class TrustedDocumentsError extends Error {
  override readonly name = 'TrustedDocumentsError';
}

/** `{ id: document }`, as GraphQL Code Generator writes it, or Apollo's `{ operations: [{ id, body }] }`. */
function entriesOf(manifest: unknown): readonly (readonly [unknown, unknown])[] {
  if (!isObject(manifest)) return [];
  const { operations } = manifest;
  if (!Array.isArray(operations)) return Object.entries(manifest);
  return operations.map((operation) => (isObject(operation) ? [operation.id, operation.body] : [undefined, undefined]));
}

/**
 * Reads trusted documents, by the IDs that clients send.
 * @throws TrustedDocumentsError
 */
export function readTrustedDocuments(path: string): TrustedDocuments {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TrustedDocumentsError(`The trusted documents in ${path} cannot be read: ${reason}`);
  }
  const documents = new Map<string, string>();
  for (const [id, document] of entriesOf(manifest)) {
    if (typeof id !== 'string' || typeof document !== 'string') {
      throw new TrustedDocumentsError(`${path} must map ids to documents as text.`);
    }
    documents.set(withoutPrefix(id), document);
  }
  if (documents.size === 0) {
    throw new TrustedDocumentsError(
      `${path} contains no documents. Expected: {"<sha256 of the document>": "<document>", …}, or a manifest of Apollo’s.`,
    );
  }
  return documents;
}
