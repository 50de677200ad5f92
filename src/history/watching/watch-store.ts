import { randomBytes } from 'node:crypto';
import neo4j, { type DateTime, type Integer } from 'neo4j-driver';
import { lastSequence } from '../../engine/changes/log/read-changes.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { instantText } from '../../engine/graph/instant.ts';
import type { NoParameters, Statement } from '../../engine/graph/statement.ts';

/** A stored question about changes: those that it finds are a feed, and are posted to its address if it has one. */
export interface Watch {
  readonly id: string;
  /** Where changes are posted; `null` for a feed alone. */
  readonly url: string | null;
  /** Which changes: arguments of the subscription `changes`; empty for all. */
  readonly scope: string;
  /** Identity of the caller who made it; `null` if it was made by command. */
  readonly owner: string | null;
  /** Everything up to this sequence was taken, or set aside. */
  readonly after: number;
  /** How often in a row the next delivery has failed. */
  readonly failures: number;
  /** Why it failed last; `null` if it did not. */
  readonly lastError: string | null;
  /** The receiver has answered 410 Gone: nothing is posted any longer. */
  readonly isGone: boolean;
  /** Deliveries that were given up, and not sent again since. */
  readonly deadLetters: number;
}

/** A watch with the secrets that its deliveries are signed with. */
export interface SecretWatch extends Watch {
  readonly secret: string;
  /** The secret before, for a week after another took its place. */
  readonly formerSecret: string | null;
}

/** A delivery that was given up after all its tries. */
export interface DeadLetter {
  readonly watch: string;
  /** It held the changes after this sequence, up to the next. */
  readonly after: number;
  readonly until: number;
  readonly error: string;
  readonly at: string;
}

export type WatchColumns = readonly [
  id: string,
  url: string | null,
  secret: string,
  scope: string,
  owner: string | null,
  after: number,
  failures: number,
  lastError: string | null,
  isGone: boolean,
  deadLetters: number,
  formerSecret: string | null,
];

export const returned = `RETURN watch.id, watch.url, watch.secret, watch.scope, watch.madeBy, watch.after, watch.failures,
  watch.lastError, watch.isGone, COUNT { MATCH (:\`_DeadLetter\` {watch: watch.id}) },
  CASE WHEN watch.formerUntil > datetime() THEN watch.formerSecret END`;

export const watchOf = (row: WatchColumns): SecretWatch => {
  const [id, url, secret, scope, owner, after, failures, lastError, isGone, deadLetters, formerSecret] = row;
  return { id, url, secret, scope, owner, after, failures, lastError, isGone, deadLetters, formerSecret };
};

interface CreateParameters {
  readonly id: string;
  readonly url: string | null;
  readonly secret: string;
  readonly scope: string;
  readonly owner: string | null;
  readonly after: Integer;
}

// Done again after a broken connection, it finds its own watch.
const create: Statement<CreateParameters, WatchColumns> = {
  name: 'watch-create',
  text: `MERGE (watch:\`_Watch\` {id: $id, secret: $secret})
ON CREATE SET watch.scope = $scope, watch.after = $after, watch.failures = 0, watch.isGone = false,
  watch.dueAt = datetime(), watch.leasedUntil = datetime(), watch.createdAt = datetime(),
  watch.url = $url, watch.madeBy = $owner
${returned}`,
};

const all: Statement<NoParameters, WatchColumns> = {
  name: 'watches',
  text: `MATCH (watch:\`_Watch\`) ${returned} ORDER BY watch.createdAt, watch.id`,
};

const byId: Statement<{ readonly id: string }, WatchColumns> = {
  name: 'watch',
  text: `MATCH (watch:\`_Watch\` {id: $id}) ${returned}`,
};

const remove: Statement<{ readonly id: string }, readonly [count: number]> = {
  name: 'watch-remove',
  text: `MATCH (watch:\`_Watch\` {id: $id})
OPTIONAL MATCH (letter:\`_DeadLetter\` {watch: $id})
WITH watch, collect(letter) AS letters
FOREACH (letter IN letters | DELETE letter)
DELETE watch
RETURN count(*)`,
};

const letters: Statement<
  NoParameters,
  readonly [watch: string, after: number, until: number, error: string, at: DateTime<number>]
> = {
  name: 'dead-letters',
  text: `MATCH (letter:\`_DeadLetter\`) RETURN letter.watch, letter.after, letter.until, letter.error, letter.at
ORDER BY letter.at, letter.after`,
};

// The lease ends, so that a delivery on its way does not delay what it repeats.
const resend: Statement<{ readonly id: string }, readonly [count: number]> = {
  name: 'watch-resend',
  text: `MATCH (watch:\`_Watch\` {id: $id})
OPTIONAL MATCH (letter:\`_DeadLetter\` {watch: $id})
WITH watch, collect(letter) AS letters, min(letter.after) AS first
FOREACH (letter IN letters | DELETE letter)
SET watch.after = CASE WHEN first < watch.after THEN first ELSE watch.after END, watch.failures = 0,
  watch.isGone = false, watch.dueAt = datetime(), watch.leasedUntil = datetime(), watch.owner = null
RETURN count(*)`,
};

// Done again after a broken connection, it leaves the former secret as it is.
const rotate: Statement<{ readonly id: string; readonly secret: string }, WatchColumns> = {
  name: 'watch-rotate',
  text: `MATCH (watch:\`_Watch\` {id: $id})
SET watch.formerSecret = CASE watch.secret WHEN $secret THEN watch.formerSecret ELSE watch.secret END, watch.formerUntil = datetime() + duration({days: 7}), watch.secret = $secret
${returned}`,
};

/** The watch cannot be had; the message says why. */
export class WatchRefused extends Error {
  override readonly name = 'WatchRefused';
}

/** Each one costs a look into the log for every change. */
const MOST_WATCHES = 1_000;

/** Maximum number of characters of an address. */
const LONGEST_ADDRESS = 2_000;

/** Maximum number of watches of one caller. */
export const MOST_OF_ONE = 50;

/** What to watch, and where to post it. The scope must have been read once: only one that can be is stored. */
export interface NewWatch extends Pick<Watch, 'url' | 'scope' | 'owner'> {
  /** Changes after this sequence. @default those from now on */
  readonly after?: number | undefined;
}

function checkAddress(url: string): void {
  const { protocol = '', username = '', password = '' } = URL.canParse(url) ? new URL(url) : {};
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '' || url.length > LONGEST_ADDRESS) {
    throw new WatchRefused(
      `The address must be one of HTTP or HTTPS without a user name or password and have at most ${LONGEST_ADDRESS} characters, as in https://example.org/hook.`,
    );
  }
}

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** Stores a new watch. @throws WatchRefused, GraphError */
export async function createWatch(graph: Graph, { url, scope, owner, after }: NewWatch): Promise<SecretWatch> {
  if (url !== null) checkAddress(url);
  const known = await readWatches(graph);
  if (known.length >= MOST_WATCHES) {
    throw new WatchRefused(`The graph has ${MOST_WATCHES} watches, the maximum. Remove one first.`);
  }
  if (owner !== null && known.filter((one) => one.owner === owner).length >= MOST_OF_ONE) {
    throw new WatchRefused(`You have ${MOST_OF_ONE} watches, the maximum. Remove one first.`);
  }
  const last = await lastSequence(graph);
  const parameters = {
    id: randomBytes(6).toString('hex'),
    secret: newSecret(),
    ...{ url, scope, owner },
    after: neo4j.int(Math.min(after ?? last, last)),
  };
  const [row] = await graph.write((run) => run(create, parameters));
  if (!row) throw new Error('The watch was not created.');
  return watchOf(row);
}

/** All watches, oldest first. @throws GraphError */
export const readWatches = async (graph: Graph): Promise<readonly SecretWatch[]> =>
  (await graph.read(all, {})).map(watchOf);

/** The watch of an ID; `undefined` if there is none. @throws GraphError */
export async function readWatch(graph: Graph, id: string): Promise<SecretWatch | undefined> {
  const [row] = await graph.read(byId, { id });
  return row && watchOf(row);
}

/**
 * Gives a watch a new secret. For a week its deliveries are signed with the former one too, unless it is replaced again.
 * @returns the watch; `undefined` if there is none @throws GraphError
 */
export async function rotateSecret(graph: Graph, id: string): Promise<SecretWatch | undefined> {
  const secret = newSecret();
  const [row] = await graph.write((run) => run(rotate, { id, secret }));
  return row && watchOf(row);
}

/** Removes a watch and its dead letters. @returns whether there was one @throws GraphError */
export async function removeWatch(graph: Graph, id: string): Promise<boolean> {
  const [[count] = [0]] = await graph.write((run) => run(remove, { id }));
  return count > 0;
}

/** All deliveries that were given up, oldest first. @throws GraphError */
export const readDeadLetters = async (graph: Graph): Promise<readonly DeadLetter[]> =>
  (await graph.read(letters, {})).map(([watch, after, until, error, at]) => ({
    ...{ watch, after, until, error },
    at: instantText(at),
  }));

/**
 * Has a watch begin again with the first delivery that was given up. Later ones are repeated, in order.
 * @returns whether there is such a watch @throws GraphError
 */
export async function resendDeadLetters(graph: Graph, id: string): Promise<boolean> {
  const [[count] = [0]] = await graph.write((run) => run(resend, { id }));
  return count > 0;
}
