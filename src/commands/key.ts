import { userInfo } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { readApiKey } from '../access/api-key.ts';
import { createKey, listKeys, revokeKey, type StoredKey } from '../access/api-key-store.ts';
import { KEY_FRESHNESS } from '../access/key-check.ts';
import { type Role, roles } from '../access/viewer.ts';
import { attempt } from '../database/system/attempt.ts';
import type { Graph } from '../graph/graph.ts';
import { isFullyVisible } from '../ontology/plain-text.ts';
import { readDuration } from './duration.ts';
import { createLog } from './session/log.ts';
import { openGraph } from './session/open-graph.ts';
import type { Session } from './session/session.ts';
import { table } from './session/table.ts';
import { unlessStopped } from './session/unless-stopped.ts';

/** There is no key with this ID. */
export class NoSuchKey extends Error {
  constructor(id: string) {
    super(`There is no key ${id}. Run silkgraph key list to list the keys.`);
    this.name = 'NoSuchKey';
  }
}

const LONGEST_NAME = 100;

function readName(text: string): string {
  const name = text.trim();
  if (name !== '' && [...name].length <= LONGEST_NAME && isFullyVisible(name)) return name;
  throw new InvalidArgumentError(
    `Name the holder of the key, in up to ${LONGEST_NAME} visible characters, for example --name "Ana".`,
  );
}

function readRole(text: string): Role {
  const role = roles.find((one) => one === text);
  if (role) return role;
  throw new InvalidArgumentError(`Give the role of the key: --role ${roles.join(', --role ')}.`);
}

/** Accepts an ID or a complete key. The secret is never printed. */
function readId(text: string): string {
  const id = readApiKey(text)?.id ?? text;
  if (/^[a-z\d]{1,20}$/.test(id)) return id;
  throw new InvalidArgumentError('Give the ID of the key, as listed by silkgraph key list.');
}

const shown = (instant: number | null) =>
  instant === null ? '–' : `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const rowOf = ({ id, name, role, createdAt, expiresAt, revokedAt, lastUsedOn }: StoredKey) => [
  id,
  name,
  role,
  shown(createdAt),
  shown(expiresAt),
  shown(revokedAt),
  lastUsedOn ?? '–',
];

/** Runs a task on the graph and prints its result. */
async function withGraph(session: Session, work: (graph: Graph) => Promise<readonly string[]>): Promise<void> {
  const opened = await openGraph(session);
  try {
    for (const line of await unlessStopped(session.signal, work(opened.graph))) session.screen.say(line);
  } finally {
    await opened.close();
  }
}

/** Logs the creation or revocation of a key with the local user. Never logs the secret. */
function logAdministration({ config }: Session, { id, name, role }: StoredKey, message: string): void {
  createLog(config).info({ key: id, name, role, user: attempt(() => userInfo().username) }, message);
}

/**
 * Creates an API key and prints it once.
 * @throws InvalidArgumentError; and what `openGraph` throws
 */
export async function createApiKey(
  session: Session,
  asked: { readonly role: string; readonly name: string; readonly expires?: string },
): Promise<void> {
  const role = readRole(asked.role);
  const name = readName(asked.name);
  const expiresAt = asked.expires === undefined ? undefined : Date.now() + readDuration(asked.expires);
  await withGraph(session, async (graph) => {
    const { key, kept } = await createKey(graph, { role, name, expiresAt });
    logAdministration(session, kept, 'A key was created.');
    const until = kept.expiresAt === null ? 'until it is revoked' : `until ${shown(kept.expiresAt)}`;
    return [
      `The key of ${name} with the role ${role}, valid ${until}. It is shown only once:`,
      '',
      `  ${key.text}`,
      '',
      'Send it as the header Authorization: Bearer <key>, or X-API-Key: <key>.',
    ];
  });
}

/** Lists all keys without secrets. */
export const listApiKeys = (session: Session): Promise<void> =>
  withGraph(session, async (graph) => {
    const keys = await listKeys(graph);
    if (keys.length === 0) return ['There are no keys yet. Create one: silkgraph key create --role editor --name "…"'];
    return table([['Id', 'Name', 'Role', 'Created', 'Expires', 'Revoked', 'Last used'], ...keys.map(rowOf)]);
  });

/**
 * Revokes a key.
 * @throws InvalidArgumentError, NoSuchKey; and what `openGraph` throws
 */
export async function revokeApiKey(session: Session, text: string): Promise<void> {
  const id = readId(text);
  await withGraph(session, async (graph) => {
    const now = Date.now();
    const key = await revokeKey(graph, id, now);
    if (!key) throw new NoSuchKey(id);
    if (key.revokedAt === now) logAdministration(session, key, 'A key was revoked.');
    return key.revokedAt === now
      ? [`Revoked the key ${id} of ${key.name}. All servers reject it within ${KEY_FRESHNESS / 1000} seconds.`]
      : [`The key ${id} of ${key.name} was already revoked at ${shown(key.revokedAt)}.`];
  });
}
