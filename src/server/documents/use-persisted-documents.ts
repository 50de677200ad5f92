import { createHash } from 'node:crypto';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import { codedError } from '../../graphql/errors.ts';
import { isObject } from '../../graphql/internal-client/json.ts';
import { limits } from '../../graphql/limits.ts';
import { memoize } from '../../ontology/memoize.ts';
import { badRequest } from '../bad-request.ts';
import type { RequestPlugin } from '../phases.ts';
import { stateOf } from '../request-state.ts';
import { withoutPrefix } from './document-id.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** Trusted documents and some more, which have their SHA-256 as ID. */
export const withDocuments = (trusted: TrustedDocuments, more: readonly string[]): TrustedDocuments =>
  new Map([...more.map((text) => [sha256(text), text] as const), ...trusted]);

/** Names of the operations in trusted documents. */
export const operationNamesOf = (documents: TrustedDocuments): ReadonlySet<string> =>
  new Set(
    [...documents.values()].flatMap(
      (text) => text.match(/(?<=\b(?:query|mutation|subscription)\s+)[_A-Za-z]\w*/g) ?? [''],
    ),
  );

const onlyTrusted =
  'This server accepts trusted documents only. Name one of them: {"documentId": "…"} or {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "…"}}}.';

const untrusted = () => badRequest(onlyTrusted, 403, 'FORBIDDEN');

/** Texts of trusted documents, collected once for all requests. */
const textsOf = memoize((trusted: TrustedDocuments): ReadonlySet<string> => new Set(trusted.values()));

/** Whether a text is one of the trusted documents. */
export const isTrusted = (text: string, trusted: TrustedDocuments): boolean => textsOf(trusted).has(text);

/** @throws GraphQLError if there are trusted documents, and a text is not among them */
export function checkTrusted(text: string, trusted: TrustedDocuments | undefined): void {
  if (trusted && !isTrusted(text, trusted)) throw untrusted();
}

/**
 * The ID of the document that a request names in its `extensions`; `undefined` if it names none.
 * @throws GraphQLError if it names one in another form, or in that of a future version
 */
export function namedId(extensions: unknown): string | undefined {
  const named = isObject(extensions) ? (extensions.persistedQuery ?? undefined) : undefined;
  if (named === undefined) return undefined;
  if (isObject(named) && named.version === 1 && typeof named.sha256Hash === 'string') return named.sha256Hash;
  throw badRequest(
    '`extensions.persistedQuery` must be {"version": 1, "sha256Hash": "…"}: no other version of persisted queries is supported.',
  );
}

/** The trusted document that a request names in its `extensions`; `undefined` if there is none. */
export function namedDocument(extensions: unknown, trusted: TrustedDocuments | undefined): string | undefined {
  const id = namedId(extensions);
  return id === undefined ? undefined : trusted?.get(withoutPrefix(id));
}

/** Clients recognise this text. Those of `application/json` get it with 200: the gateway of Apollo reads no body of another status. */
const notFound = () =>
  codedError('BAD_USER_INPUT', 'PersistedQueryNotFound', {
    extensions: { http: { status: 404, spec: true, headers: { 'cache-control': 'no-store' } } },
  });

/**
 * Lets clients send the SHA-256 of a document instead of its text: of one that was sent with its hash before (automatic
 * persisted queries), or, with trusted documents, of one of these and no other. It applies to every transport.
 */
export function usePersistedDocuments(trusted: TrustedDocuments | undefined): RequestPlugin {
  const sent = createStore();
  return {
    phase: 'parse',
    onParams({ params, setParams }) {
      const id = namedId(params.extensions);
      const given: unknown = params.query;
      if (given) {
        // Yoga refuses what is no text.
        if (trusted || id === undefined || typeof given !== 'string') return;
        if (id !== sha256(given)) throw badRequest('PersistedQueryMismatch');
        sent.set(id, given);
        return;
      }
      if (id === undefined) {
        if (trusted) throw badRequest(onlyTrusted);
        return;
      }
      const query = trusted ? trusted.get(withoutPrefix(id)) : sent.get(id);
      if (query === undefined) throw notFound();
      setParams({ ...params, query });
    },
    // Not every transport calls the hook for parameters before parsing.
    onParse({ context: { request }, params: { source } }) {
      if (trusted && !stateOf(request).isFromTrustedDocument)
        checkTrusted(typeof source === 'string' ? source : source.body, trusted);
    },
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function createStore() {
  const texts = createCache<string>('persisted', { sizeOf: (text, hash) => textBytes(text, hash) });
  return {
    get: (hash: string) => texts.get(hash),
    // A text that would be refused anyway must not displace another.
    set: (hash: string, text: string) => (text.length > limits.characters ? undefined : texts.set(hash, text)),
  };
}
