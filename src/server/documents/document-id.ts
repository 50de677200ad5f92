import { isObject } from '../../graphql/internal-client/json.ts';
import { badRequest } from '../bad-request.ts';

/** Some tools put the name of the hash before the ID. */
export const withoutPrefix = (id: string) => id.replace(/^sha256:/, '');

/**
 * Names the document of a request in one way: clients send its ID as `documentId` (as the draft on persisted documents of
 * GraphQL over HTTP has it, and urql and gql.tada do) or in `extensions`, where everything else looks for it.
 * @throws GraphQLError if `documentId` is no text
 */
export function withIdInExtensions(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { documentId, ...others } = parameters;
  if (documentId === undefined || documentId === null) return others;
  if (typeof documentId !== 'string') throw badRequest('`documentId` must be a string, as in "sha256:…".');
  const extensions = others.extensions ?? {};
  // Anything but an object is refused where it is read.
  if (!isObject(extensions)) return others;
  const persistedQuery = { version: 1, sha256Hash: withoutPrefix(documentId) };
  return { ...others, extensions: { persistedQuery, ...extensions } };
}
