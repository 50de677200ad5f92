import type { Graph } from '../graph/graph.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';
import { type ApiKey, hashOf, newApiKey } from './api-key.ts';
import type { Role } from './viewer.ts';

/** A key as the graph keeps it. Instants are in milliseconds since 1970. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** `null`: it does not end by itself. */
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** The last day it was used, as in `2025-06-20`. */
  readonly lastUsedOn: string | null;
}

/** What one is asked for who wants a key. */
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

/** Makes a key and keeps its hash. What comes back is the only time that its secret is seen. */
export async function createKey(
  graph: Graph,
  { name, role, expiresAt }: KeyRequest,
  now = Date.now(),
): Promise<{ readonly key: ApiKey; readonly kept: StoredKey }> {
  const key = newApiKey();
  const parameters = { id: key.id, hash: hashOf(key), name, role, createdAt: now, expiresAt: expiresAt ?? null };
  const kept = decodeFirst(await graph.write((run) => run(create, parameters)));
  if (!kept) throw new Error('A key that was just made is not there.');
  return { key, kept };
}

/** All keys, oldest first, those that no longer count too. */
export const listKeys = async (graph: Graph): Promise<readonly StoredKey[]> => (await graph.read(list, {})).map(decode);

/** Whether there is a key at all. */
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

/** Takes a key out of use for good; one that already is stays as it is. Nothing where there is none of this id. */
export const revokeKey = async (graph: Graph, id: string, now = Date.now()): Promise<StoredKey | undefined> =>
  decodeFirst(await graph.write((run) => run(revoke, { id, revokedAt: now })));

/** Remembers that a key was used on a day. */
export const noteKeyUse = async (graph: Graph, id: string, day: string): Promise<void> => {
  await graph.write((run) => run(noteUse, { id, day }));
};
