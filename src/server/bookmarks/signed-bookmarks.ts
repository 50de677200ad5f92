import { createHmac, timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { timeOf } from '../../engine/budgets/time-budget.ts';
import { GraphError } from '../../engine/graph/errors.ts';
import { createBookmarks, type Graph, type ReadOptions } from '../../engine/graph/graph.ts';
import { inTime } from '../../engine/graph/in-time.ts';
import { createSharedSecret } from '../../engine/graph/shared-secret.ts';
import type { NoParameters, Statement } from '../../engine/graph/statement.ts';
import { badRequest } from '../bad-request.ts';
import { createAdmissionQueue, NotAdmitted } from '../limits/admission-queue.ts';

/** Maximum number of bookmarks in one header: a change returns one, and a client may send several. */
const MOST_BOOKMARKS = 20;

/**
 * Age in seconds from which a bookmark whose state is not reached is lost, as where the database was restored from a backup:
 * no member of a cluster that is asked is so far behind the others.
 */
const LOST_AFTER = 600;

/** A signature of 128 bits, the second in which it was made, and a bookmark of Neo4j, separated by dots. */
const form = /^([\w-]{22})\.(([a-z\d]{1,10})\.([\w+/=:.-]{1,500}))$/;

const now = () => Math.floor(Date.now() / 1_000);

const reach: Statement<NoParameters> = { name: 'bookmark-reach', text: 'RETURN 1' };

export interface SignedBookmarksOptions {
  /** The graph with options; `undefined` while there is none. */
  readonly graphFor: (options: ReadOptions) => Graph | undefined;
  /** Maximum number of bookmarks that are waited for at the same time. */
  readonly places: number;
  /** Time in ms within which the database has to give the secret, and to reach the state of a bookmark. */
  readonly timeout?: number;
}

/** Signed bookmarks for clients: an invented one could name a state that the database never reaches. */
export interface SignedBookmarks {
  /** The header for bookmarks of Neo4j. @throws GraphError */
  sign(bookmarks: readonly string[]): Promise<string>;
  /**
   * The bookmarks of Neo4j in a header, once the database has reached them; it has one second to do so.
   * @throws GraphQLError
   */
  open(header: string): Promise<readonly string[]>;
}

const malformed = () =>
  badRequest(
    `The header Silkgraph-Bookmark takes up to ${MOST_BOOKMARKS} bookmarks, separated by commas, each as a response had it.`,
  );

const foreign = () =>
  badRequest(
    'The header Silkgraph-Bookmark contains a value that is not a bookmark of this graph. Send one from the response to a change, or none.',
  );

const late = () =>
  badRequest(
    'The database did not reach the state of the header Silkgraph-Bookmark in time. Try again.',
    504,
    'TIMEOUT',
    { 'retry-after': '1' },
  );

const lost = () =>
  badRequest(
    'The database no longer has the state of the header Silkgraph-Bookmark, as after a restore from a backup. Leave the header out.',
  );

const crowded = () =>
  badRequest('Too many requests wait for the state of a bookmark. Try again in a moment.', 503, 'OVERLOADED', {
    'retry-after': '1',
  });

const overdue = () => new GraphError('TIMEOUT', 'The secret for bookmarks was not read in time.');

const isLate = (error: unknown) => error instanceof GraphError && error.fault === 'TIMEOUT';

/** The error for a client whose bookmark could not be checked. */
function refusalOf(error: unknown): unknown {
  if (error instanceof NotAdmitted) return crowded();
  // It is not of this graph, or its state is lost. With the empty header, a client forgets what it would send in vain again.
  if (error instanceof GraphQLError) {
    return badRequest(error.message, 400, 'BAD_USER_INPUT', { 'silkgraph-bookmark': '' });
  }
  if (isLate(error)) return late();
  if (!(error instanceof GraphError)) return error;
  return badRequest('The database is not responding. Try again in a moment.', 503, 'DATABASE_UNAVAILABLE');
}

/** Signs bookmarks with a secret that is stored in the graph, so that all its servers accept them. */
export function createSignedBookmarks({
  graphFor,
  places,
  timeout: longest = timeOf('bookmarks') / 2,
}: SignedBookmarksOptions): SignedBookmarks {
  const secret = createSharedSecret(() => graphFor({}), 'bookmarks');
  const line = createAdmissionQueue({ places, capacity: places * 4, timeout: longest });
  /** Bookmarks that are waited for, once for all requests with the same one. */
  const waits = new Map<string, Promise<void>>();

  const signature = (text: string, key: string) =>
    createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);

  async function wait(bookmarks: readonly string[]): Promise<void> {
    const begun = performance.now();
    await line.enter();
    try {
      const timeout = longest - (performance.now() - begun);
      await graphFor({ bookmarks: createBookmarks(bookmarks), timeout })?.read(reach, {});
    } finally {
      line.leave();
    }
  }

  /** Whether the database responds, if it need not have reached any state. */
  const responds = () =>
    graphFor({ timeout: longest })
      ?.read(reach, {})
      .then(
        () => true,
        () => false,
      );

  function reached(bookmarks: readonly string[]): Promise<void> {
    const name = bookmarks.join(',');
    const known = waits.get(name);
    if (known) return known;
    const begun = wait(bookmarks).finally(() => waits.delete(name));
    waits.set(name, begun);
    return begun;
  }

  return {
    async sign(bookmarks) {
      const key = await secret();
      const texts = bookmarks.map((bookmark) => `${now().toString(36)}.${bookmark}`);
      return texts.map((text) => `${signature(text, key)}.${text}`).join(',');
    },
    async open(header) {
      const given = header.split(',', MOST_BOOKMARKS + 1).map((text) => form.exec(text.trim()) ?? []);
      try {
        if (given.length > MOST_BOOKMARKS || given.some(({ length }) => length === 0)) throw malformed();
        const key = await inTime(secret(), longest, overdue);
        const bookmarks = given.map(([, signed = '', text = '', , bookmark = '']) => {
          if (timingSafeEqual(Buffer.from(signed), Buffer.from(signature(text, key)))) return bookmark;
          throw foreign();
        });
        const areOld = given.every(([, , , second = '']) => now() - Number.parseInt(second, 36) > LOST_AFTER);
        await reached(bookmarks).catch(async (error: unknown) => {
          throw areOld && isLate(error) && (await responds()) ? lost() : error;
        });
        return bookmarks;
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}
