import { userInfo } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { type ApiKey, readApiKey } from '../../engine/access/api-key.ts';
import {
  createKey,
  type KeyRate,
  listKeys,
  revokeKey,
  rotateKey,
  type StoredKey,
} from '../../engine/access/api-key-store.ts';
import { type DeclaredRoles, rightsOf, roleNames } from '../../engine/access/declared-roles.ts';
import { times } from '../../engine/budgets/time-budget.ts';
import { attempt } from '../../engine/database/system/attempt.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import { namedKind, noSuchKind } from '../../ontology/named-kind.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { isFullyVisible } from '../../ontology/plain-text.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { rate as parseRate } from '../../service/settings/values.ts';
import { readDuration } from './duration.ts';
import { createLog } from './session/log.ts';
import type { Session } from './session/session.ts';
import { table } from './session/table.ts';
import { withGraph } from './session/with-graph.ts';

/** There is no key with this ID, or no valid one. */
export class NoSuchKey extends Error {
  constructor(id: string, which: '' | 'valid ' = '') {
    super(`There is no ${which}key ${id}. Run silkgraph key list to list the keys.`);
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

function readRole(text: string, declared: DeclaredRoles): string {
  const names = roleNames(declared);
  if (names.includes(text)) return text;
  throw new InvalidArgumentError(`Give the role of the key: --role ${names.join(', --role ')}.`);
}

/** Accepts an ID or a complete key. The secret is never printed. */
function readId(text: string): string {
  const id = readApiKey(text)?.id ?? text;
  if (/^[a-z\d]{1,20}$/.test(id)) return id;
  throw new InvalidArgumentError('Give the ID of the key, as listed by silkgraph key list.');
}

/** Default validity of a key. */
const A_YEAR = '365d';
const NEVER = 'never';

/** @returns when a key ends; `null` if it does so only when it is revoked */
const readEnd = (text: string, now: number): number | null => (text.trim() === NEVER ? null : now + readDuration(text));

/** Time for which a key and the one that replaces it are both valid. */
const A_WEEK = '7d';

/** Kinds by the names of `EntityKind`. */
function readKinds(ontology: Ontology, text: string): readonly Kind[] {
  const named = text.split(',').map((name) => {
    const kind = namedKind(ontology, name.trim().toUpperCase());
    if (kind === undefined) throw new InvalidArgumentError(noSuchKind(ontology, name.trim()));
    return kind;
  });
  return ontology.kindNames.filter((kind) => named.includes(kind));
}

function readRate(text: string): KeyRate {
  const read = parseRate(text.trim());
  if (read) return read;
  throw new InvalidArgumentError('Give a number of requests per s, min or h, for example --rate 600/min.');
}

const shown = (instant: number | null) =>
  instant === null ? '–' : `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const shownRate = (rate: KeyRate | null) => (rate === null ? '–' : `${rate.requests} in ${rate.seconds} s`);

/** Kinds that a key may write. A declared role, and one that is no longer declared, writes nothing. */
const writesOf = ({ role, kinds }: StoredKey) =>
  role === 'editor' || role === 'admin' ? (kinds?.map(constantCase).join(',') ?? 'all') : 'none';

const rowOf = (key: StoredKey) => {
  const { id, name, role, rate, createdAt, expiresAt, revokedAt, lastUsedOn } = key;
  const dates = [createdAt, expiresAt, revokedAt].map(shown);
  return [id, name, role, writesOf(key), shownRate(rate), ...dates, lastUsedOn ?? '–'];
};

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
  asked: {
    readonly role: string;
    readonly name: string;
    readonly expires?: string;
    readonly kinds?: string;
    readonly rate?: string;
  },
): Promise<void> {
  const role = readRole(asked.role, session.config.roles);
  const name = readName(asked.name);
  const expiresAt = readEnd(asked.expires ?? A_YEAR, Date.now());
  const kinds = asked.kinds === undefined ? undefined : readKinds((await session.silkgraph()).ontology, asked.kinds);
  const rate = asked.rate === undefined ? undefined : readRate(asked.rate);
  if (kinds && rightsOf(role, session.config.roles)?.role === 'reader') {
    throw new InvalidArgumentError('A reader writes nothing. Leave out --kinds, or give the role editor.');
  }
  await withGraph(session, async (graph) => {
    const { key, kept } = await createKey(graph, { role, name, kinds, rate, expiresAt });
    logAdministration(session, kept, 'A key was created.');
    return describeNewKey(kept, key);
  });
}

function describeNewKey({ name, role, kinds, expiresAt }: StoredKey, { text }: ApiKey): readonly string[] {
  const until = expiresAt === null ? 'until it is revoked' : `until ${shown(expiresAt)}`;
  const writes = kinds === null ? '' : `, which writes only ${kinds.map(constantCase).join(', ')}`;
  return [
    `The key of ${name} with the role ${role}${writes}, valid ${until}. It is shown only once:`,
    '',
    `  ${text}`,
    '',
    'Send it as the header Authorization: Bearer <key>, or X-API-Key: <key>.',
  ];
}

/**
 * Creates a key in place of another, which stays valid for a time, and prints it once.
 * @throws InvalidArgumentError, NoSuchKey; and what `openGraph` throws
 */
export async function rotateApiKey(
  session: Session,
  text: string,
  asked: { readonly expires?: string; readonly overlap?: string } = {},
): Promise<void> {
  const id = readId(text);
  const now = Date.now();
  const expiresAt = readEnd(asked.expires ?? A_YEAR, now);
  const previousEnds = now + readDuration(asked.overlap ?? A_WEEK);
  await withGraph(session, async (graph) => {
    const rotated = await rotateKey(graph, id, { expiresAt, previousEnds }, now);
    if (!rotated) throw new NoSuchKey(id, 'valid ');
    const { key, kept, previous } = rotated;
    logAdministration(session, kept, 'A key was created.');
    return [...describeNewKey(kept, key), `The key ${id} stays valid until ${shown(previous.expiresAt)}.`];
  });
}

/** Lists all keys without secrets. */
export const listApiKeys = (session: Session): Promise<void> =>
  withGraph(session, async (graph) => {
    const keys = await listKeys(graph);
    if (keys.length === 0) return ['There are no keys yet. Create one: silkgraph key create --role editor --name "…"'];
    return table([
      ['Id', 'Name', 'Role', 'Writes', 'Rate', 'Created', 'Expires', 'Revoked', 'Last used'],
      ...keys.map(rowOf),
    ]);
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
      ? [`Revoked the key ${id} of ${key.name}. All servers reject it within ${times.keyFreshness.ms / 1000} seconds.`]
      : [`The key ${id} of ${key.name} was already revoked at ${shown(key.revokedAt)}.`];
  });
}
