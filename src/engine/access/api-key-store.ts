import type { Graph } from '../graph/graph.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';
import { type ApiKey, hashOf, newApiKey } from './api-key.ts';

/** A number of requests within a number of seconds. */
export interface KeyRate {
  readonly requests: number;
  readonly seconds: number;
}

/** A key as stored in the graph. Times are in milliseconds since 1970. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  /** A role, or one that the server declares. */
  readonly role: string;
  /** Kinds that its holder may write; `null` for all. */
  readonly kinds: readonly string[] | null;
  /** Maximum rate of its requests; `null` for that of the server. */
  readonly rate: KeyRate | null;
  readonly createdAt: number;
  /** `null` if the key does not expire. */
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** Date of the last use, for example `2025-06-20`. */
  readonly lastUsedOn: string | null;
}

/** Properties of a new key. */
export interface KeyRequest {
  readonly name: string;
  /** A role, or one that the server declares. */
  readonly role: string;
  /** Kinds that its holder may write. @default all */
  readonly kinds?: readonly string[] | null | undefined;
  /** @default the rate of the server */
  readonly rate?: KeyRate | null | undefined;
  readonly expiresAt?: number | null | undefined;
}

const columns =
  'key.id, key.name, key.role, key.kinds, key.rateRequests, key.rateSeconds, key.createdAt.epochMillis, key.expiresAt.epochMillis, key.revokedAt.epochMillis, toString(key.lastUsedOn)';

type KeyColumns = readonly [
  id: string,
  name: string,
  role: string,
  kinds: readonly string[] | null,
  rateRequests: number | null,
  rateSeconds: number | null,
  createdAt: number,
  expiresAt: number | null,
  revokedAt: number | null,
  lastUsedOn: string | null,
];

interface CreateParameters extends Omit<KeyRequest, 'kinds' | 'rate' | 'expiresAt'> {
  readonly id: string;
  readonly hash: string;
  readonly kinds: readonly string[] | null;
  readonly rateRequests: number | null;
  readonly rateSeconds: number | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

// Done again after a broken connection, it finds its own key.
const create: Statement<CreateParameters, KeyColumns> = {
  name: 'key-create',
  text: `MERGE (key:\`_Key\` {id: $id, hash: $hash})
SET key.name = $name, key.role = $role, key.kinds = $kinds, key.rateRequests = $rateRequests, key.rateSeconds = $rateSeconds,
    key.createdAt = datetime({epochMillis: toInteger($createdAt)}),
    key.expiresAt = CASE WHEN $expiresAt IS NULL THEN null ELSE datetime({epochMillis: toInteger($expiresAt)}) END
RETURN ${columns}`,
};

const list: Statement<NoParameters, KeyColumns> = {
  name: 'key-list',
  text: `MATCH (key:\`_Key\`) RETURN ${columns} ORDER BY key.createdAt, key.id`,
};

const find: Statement<{ readonly id: string }, readonly [hash: string, ...key: KeyColumns]> = {
  name: 'key-find',
  text: `MATCH (key:\`_Key\` {id: $id}) RETURN key.hash, ${columns}`,
};

const revoke: Statement<{ readonly id: string; readonly revokedAt: number }, KeyColumns> = {
  name: 'key-revoke',
  text: `MATCH (key:\`_Key\` {id: $id})
SET key.revokedAt = coalesce(key.revokedAt, datetime({epochMillis: toInteger($revokedAt)}))
RETURN ${columns}`,
};

const limit: Statement<{ readonly id: string; readonly expiresAt: number }, KeyColumns> = {
  name: 'key-limit',
  text: `MATCH (key:\`_Key\` {id: $id})
WITH key, datetime({epochMillis: toInteger($expiresAt)}) AS end
SET key.expiresAt = CASE WHEN key.expiresAt < end THEN key.expiresAt ELSE end END
RETURN ${columns}`,
};

const noteUse: Statement<{ readonly id: string; readonly day: string }> = {
  name: 'key-note-use',
  text: 'MATCH (key:`_Key` {id: $id}) SET key.lastUsedOn = date($day) RETURN 1',
};

const any: Statement<NoParameters> = { name: 'key-any', text: 'MATCH (key:`_Key`) RETURN 1 LIMIT 1' };

/** Statements of the server itself, which are planned at its start. */
export const ownStatements: readonly Statement[] = [find, any, noteUse];

const decode = (columns: KeyColumns): StoredKey => {
  const [id, name, role, kinds, requests, seconds, createdAt, expiresAt, revokedAt, lastUsedOn] = columns;
  const rate = requests === null || seconds === null ? null : { requests, seconds };
  return { id, name, role, kinds, rate, createdAt, expiresAt, revokedAt, lastUsedOn };
};

const decodeFirst = ([row]: readonly KeyColumns[]): StoredKey | undefined => row && decode(row);

/** Creates a key and stores its hash. The secret is in the result only. */
export async function createKey(
  graph: Graph,
  asked: KeyRequest,
  now = Date.now(),
): Promise<{ readonly key: ApiKey; readonly kept: StoredKey }> {
  const key = newApiKey();
  const kept = decodeFirst(await graph.write((run) => run(create, parametersOf(key, asked, now))));
  if (!kept) throw new Error('The API key that was just created cannot be found.');
  return { key, kept };
}

const parametersOf = (
  key: ApiKey,
  { name, role, kinds, rate, expiresAt }: KeyRequest,
  now: number,
): CreateParameters => ({
  ...{ id: key.id, hash: hashOf(key), name, role },
  kinds: kinds ?? null,
  rateRequests: rate?.requests ?? null,
  rateSeconds: rate?.seconds ?? null,
  createdAt: now,
  expiresAt: expiresAt ?? null,
});

/** A key that takes the place of another, which ends after both were valid for a time. */
export interface RotatedKey {
  readonly key: ApiKey;
  readonly kept: StoredKey;
  readonly previous: StoredKey;
}

/**
 * Creates a key with the holder, role and kinds of another one, and lets that one expire at `previousEnds`, unless it does so
 * earlier. Both happen or neither. Returns undefined if there is no valid key with this ID.
 */
export async function rotateKey(
  graph: Graph,
  id: string,
  { expiresAt, previousEnds }: { readonly expiresAt: number | null; readonly previousEnds: number },
  now = Date.now(),
): Promise<RotatedKey | undefined> {
  const key = newApiKey();
  return graph.write(async (run) => {
    const old = decodeFound(await run(find, { id }))?.kept;
    if (!old) return undefined;
    // If the answer to a commit was lost, the other one may have ended by now.
    const isDone = (await run(find, { id: key.id })).length > 0;
    const hasEnded = old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= now);
    if (hasEnded && !isDone) return undefined;
    const kept = decodeFirst(await run(create, parametersOf(key, { ...old, expiresAt }, now)));
    const previous = decodeFirst(await run(limit, { id, expiresAt: previousEnds }));
    if (!kept || !previous) throw new Error('A key that was just written cannot be found.');
    return { key, kept, previous };
  });
}

/** All keys, oldest first, including expired and revoked ones. */
export const listKeys = async (graph: Graph): Promise<readonly StoredKey[]> => (await graph.read(list, {})).map(decode);

/** Whether any key exists. */
export const hasKeys = async (graph: Graph): Promise<boolean> => (await graph.read(any, {})).length > 0;

/** A key by its id, with its hash. */
export async function findKey(
  graph: Graph,
  id: string,
): Promise<{ readonly kept: StoredKey; readonly hash: string } | undefined> {
  return decodeFound(await graph.read(find, { id }));
}

function decodeFound([row]: readonly (readonly [hash: string, ...key: KeyColumns])[]) {
  if (!row) return undefined;
  const [hash, ...key] = row;
  return { kept: decode(key), hash };
}

/** Revokes a key permanently. A revoked key is not changed. Returns undefined if there is no key with this ID. */
export const revokeKey = async (graph: Graph, id: string, now = Date.now()): Promise<StoredKey | undefined> =>
  decodeFirst(await graph.write((run) => run(revoke, { id, revokedAt: now })));

/** Records the date of the last use of a key. */
export const noteKeyUse = async (graph: Graph, id: string, day: string): Promise<void> => {
  await graph.write((run) => run(noteUse, { id, day }));
};
