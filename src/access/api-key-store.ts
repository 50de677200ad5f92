import type { Graph } from '../graph/graph.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';
import { type ApiKey, hashOf, newApiKey } from './api-key.ts';
import type { Role } from './viewer.ts';

/** A key as stored in the graph. Times are in milliseconds since 1970. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
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
  readonly role: Role;
  readonly expiresAt?: number | undefined;
}

const columns =
  'key.id, key.name, key.role, key.createdAt.epochMillis, key.expiresAt.epochMillis, key.revokedAt.epochMillis, toString(key.lastUsedOn)';

type KeyColumns = readonly [
  id: string,
  name: string,
  role: Role,
  createdAt: number,
  expiresAt: number | null,
  revokedAt: number | null,
  lastUsedOn: string | null,
];

interface CreateParameters extends Omit<KeyRequest, 'expiresAt'> {
  readonly id: string;
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

const create: Statement<CreateParameters, KeyColumns> = {
  name: 'key-create',
  text: `CREATE (key:\`_Key\` {id: $id, hash: $hash, name: $name, role: $role})
SET key.createdAt = datetime({epochMillis: toInteger($createdAt)}),
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

const noteUse: Statement<{ readonly id: string; readonly day: string }> = {
  name: 'key-note-use',
  text: 'MATCH (key:`_Key` {id: $id}) SET key.lastUsedOn = date($day) RETURN 1',
};

const any: Statement<NoParameters> = { name: 'key-any', text: 'MATCH (key:`_Key`) RETURN 1 LIMIT 1' };

const decode = ([id, name, role, createdAt, expiresAt, revokedAt, lastUsedOn]: KeyColumns): StoredKey => ({
  id,
  name,
  role,
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedOn,
});

const decodeFirst = ([row]: readonly KeyColumns[]): StoredKey | undefined => row && decode(row);

/** Creates a key and stores its hash. The secret is in the result only. */
export async function createKey(
  graph: Graph,
  { name, role, expiresAt }: KeyRequest,
  now = Date.now(),
): Promise<{ readonly key: ApiKey; readonly kept: StoredKey }> {
  const key = newApiKey();
  const parameters = { id: key.id, hash: hashOf(key), name, role, createdAt: now, expiresAt: expiresAt ?? null };
  const kept = decodeFirst(await graph.write((run) => run(create, parameters)));
  if (!kept) throw new Error('The API key that was just created cannot be found.');
  return { key, kept };
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
  const [row] = await graph.read(find, { id });
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
