import { randomBytes } from 'node:crypto';
import neo4j, { type DateTime, type Integer } from 'neo4j-driver';
import { lastSequence } from '../changes/log/read-changes.ts';
import type { Graph } from '../graph/graph.ts';
import { instantText } from '../graph/instant.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';
import type { Kind } from '../ontology/vocabulary.ts';

/** Changes that are posted to an address. */
export interface Watch {
  readonly id: string;
  readonly url: string;
  /** Only changes that concern one of these kinds; `null` for all. */
  readonly kinds: readonly Kind[] | null;
  /** Only changes that concern one of these entities, by slug; `null` for all. */
  readonly ids: readonly string[] | null;
  /** Everything up to this sequence was taken, or set aside. */
  readonly after: number;
  /** How often in a row the next delivery has failed. */
  readonly failures: number;
  /** Why it failed last; `null` if it did not. */
  readonly lastError: string | null;
  /** The receiver has answered 410 Gone: nothing is posted any longer. */
  readonly isGone: boolean;
}

/** A watch with the secret that its deliveries are signed with. */
export interface SecretWatch extends Watch {
  readonly secret: string;
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

type WatchColumns = readonly [
  id: string,
  url: string,
  secret: string,
  kinds: readonly string[] | null,
  ids: readonly string[] | null,
  after: number,
  failures: number,
  lastError: string | null,
  isGone: boolean,
];

const returned = `RETURN watch.id, watch.url, watch.secret, watch.kinds, watch.ids, watch.after, watch.failures,
  watch.lastError, watch.isGone`;

const watchOf = (graph: Graph, row: WatchColumns): SecretWatch => {
  const [id, url, secret, kinds, ids, after, failures, lastError, isGone] = row;
  return {
    id,
    url,
    secret,
    kinds: kinds?.filter(graph.ontology.isKind) ?? null,
    ids,
    after,
    failures,
    lastError,
    isGone,
  };
};

interface CreateParameters {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly kinds: readonly string[] | null;
  readonly ids: readonly string[] | null;
  readonly after: Integer;
}

const create: Statement<CreateParameters, WatchColumns> = {
  name: 'watch-create',
  text: `CREATE (watch:\`_Watch\` {id: $id, url: $url, secret: $secret, after: $after, failures: 0, isGone: false,
  dueAt: datetime(), leasedUntil: datetime(), createdAt: datetime()})
SET watch.kinds = $kinds, watch.ids = $ids
${returned}`,
};

const all: Statement<NoParameters, WatchColumns> = {
  name: 'watches',
  text: `MATCH (watch:\`_Watch\`) ${returned} ORDER BY watch.createdAt, watch.id`,
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

const due: Statement<NoParameters, readonly [count: number]> = {
  name: 'watches-due',
  text: `MATCH (log:\`_ChangeLog\` {name: 'changes'})
MATCH (watch:\`_Watch\`)
WHERE watch.after < log.last AND NOT watch.isGone AND watch.dueAt <= datetime() AND watch.leasedUntil <= datetime()
RETURN count(watch)`,
};

// The lock comes before the condition, so that two servers never take the same one.
const lease: Statement<{ readonly owner: string; readonly most: Integer; readonly seconds: Integer }, WatchColumns> = {
  name: 'watches-lease',
  text: `MATCH (watch:\`_Watch\`) SET watch.\`_lock\` = true REMOVE watch.\`_lock\`
WITH watch
MATCH (log:\`_ChangeLog\` {name: 'changes'})
WHERE watch.after < log.last AND NOT watch.isGone AND watch.dueAt <= datetime() AND watch.leasedUntil <= datetime()
WITH watch ORDER BY watch.dueAt LIMIT $most
SET watch.leasedUntil = datetime() + duration({seconds: $seconds}), watch.owner = $owner
${returned}`,
};

interface Moved {
  readonly id: string;
  readonly owner: string;
  readonly after: Integer;
}

// Only while the lease is ours: after it, another server may have gone on from the same place.
const advance: Statement<Moved & { readonly seconds: Integer }, readonly [count: number]> = {
  name: 'watch-advance',
  text: `MATCH (watch:\`_Watch\` {id: $id, owner: $owner})
SET watch.after = $after, watch.failures = 0, watch.lastError = null, watch.dueAt = datetime(),
  watch.leasedUntil = datetime() + duration({seconds: $seconds})
RETURN count(*)`,
};

const release: Statement<{ readonly id: string; readonly owner: string }> = {
  name: 'watch-release',
  text: 'MATCH (watch:`_Watch` {id: $id, owner: $owner}) SET watch.leasedUntil = datetime(), watch.owner = null',
};

const fail: Statement<{
  readonly id: string;
  readonly owner: string;
  readonly error: string;
  readonly milliseconds: Integer;
  readonly isGone: boolean;
}> = {
  name: 'watch-fail',
  text: `MATCH (watch:\`_Watch\` {id: $id, owner: $owner})
SET watch.failures = watch.failures + 1, watch.lastError = $error, watch.isGone = $isGone,
  watch.dueAt = datetime() + duration({milliseconds: $milliseconds}), watch.leasedUntil = datetime(), watch.owner = null`,
};

const setAside: Statement<Moved & { readonly error: string }> = {
  name: 'watch-set-aside',
  text: `MATCH (watch:\`_Watch\` {id: $id, owner: $owner})
CREATE (letter:\`_DeadLetter\` {watch: $id, after: watch.after, until: $after, error: $error, at: datetime()})
SET watch.after = $after, watch.failures = 0, watch.dueAt = datetime(), watch.leasedUntil = datetime(), watch.owner = null`,
};

const letters: Statement<
  NoParameters,
  readonly [watch: string, after: number, until: number, error: string, at: DateTime<number>]
> = {
  name: 'dead-letters',
  text: `MATCH (letter:\`_DeadLetter\`) RETURN letter.watch, letter.after, letter.until, letter.error, letter.at
ORDER BY letter.at, letter.after`,
};

const resend: Statement<{ readonly id: string }, readonly [count: number]> = {
  name: 'watch-resend',
  text: `MATCH (watch:\`_Watch\` {id: $id})
OPTIONAL MATCH (letter:\`_DeadLetter\` {watch: $id})
WITH watch, collect(letter) AS letters, min(letter.after) AS first
FOREACH (letter IN letters | DELETE letter)
SET watch.after = CASE WHEN first < watch.after THEN first ELSE watch.after END, watch.failures = 0,
  watch.isGone = false, watch.dueAt = datetime()
RETURN count(*)`,
};

/** The watch cannot be had; the message says why. */
export class WatchRefused extends Error {
  override readonly name = 'WatchRefused';
}

/** Each one costs a look into the log for every change. */
const MOST_WATCHES = 1_000;

/** What to watch, and where to post it. */
export interface NewWatch extends Pick<Watch, 'url' | 'kinds' | 'ids'> {
  /** Changes after this sequence. @default those from now on */
  readonly after?: number | undefined;
}

/** Stores a new watch. @throws WatchRefused, GraphError */
export async function createWatch(graph: Graph, { url, kinds, ids, after }: NewWatch): Promise<SecretWatch> {
  const { protocol = '', username = '', password = '' } = URL.canParse(url) ? new URL(url) : {};
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') {
    throw new WatchRefused(
      'The address must be one of HTTP or HTTPS without a user name or password, as in https://example.org/hook.',
    );
  }
  if ((await readWatches(graph)).length >= MOST_WATCHES) {
    throw new WatchRefused(`The graph has ${MOST_WATCHES} watches, the maximum. Remove one first.`);
  }
  const last = await lastSequence(graph);
  const parameters = {
    id: randomBytes(6).toString('hex'),
    secret: `whsec_${randomBytes(32).toString('base64')}`,
    ...{ url, kinds, ids },
    after: neo4j.int(Math.min(after ?? last, last)),
  };
  const [row] = await graph.write((run) => run(create, parameters));
  if (!row) throw new Error('The watch was not created.');
  return watchOf(graph, row);
}

/** All watches, oldest first. @throws GraphError */
export const readWatches = async (graph: Graph): Promise<readonly SecretWatch[]> =>
  (await graph.read(all, {})).map((row) => watchOf(graph, row));

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

/** What one server does with the watches that it has taken. */
export const createLeases = (graph: Graph, owner: string, seconds: number) => ({
  /** Takes watches that have something to deliver. @throws GraphError */
  async take(most: number): Promise<readonly SecretWatch[]> {
    // Looks before it writes: mostly there is nothing to do.
    const [[count] = [0]] = await graph.read(due, {});
    if (count === 0) return [];
    const rows = await graph.write((run) => run(lease, { owner, most: neo4j.int(most), seconds: neo4j.int(seconds) }));
    return rows.map((row) => watchOf(graph, row));
  },
  /** @returns false if the lease is over @throws GraphError */
  async advance(id: string, after: number): Promise<boolean> {
    const moved = { id, owner, after: neo4j.int(after), seconds: neo4j.int(seconds) };
    const [[count] = [0]] = await graph.write((run) => run(advance, moved));
    return count > 0;
  },
  async release(id: string): Promise<void> {
    await graph.write((run) => run(release, { id, owner }));
  },
  async fail(id: string, error: string, milliseconds: number, isGone = false): Promise<void> {
    await graph.write((run) =>
      run(fail, { id, owner, error, milliseconds: neo4j.int(Math.round(milliseconds)), isGone }),
    );
  },
  async setAside(id: string, until: number, error: string): Promise<void> {
    await graph.write((run) => run(setAside, { id, owner, after: neo4j.int(until), error }));
  },
});

export type Leases = ReturnType<typeof createLeases>;
