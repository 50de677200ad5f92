import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Kind } from '../../../../src/cooperation/kinds.ts';
import type { Change } from '../../../../src/engine/changes/change.ts';
import {
  type ChangeLog,
  concerns,
  createFeedOf,
  type FeedEvent,
  type Followed,
  WOKEN_AT_ONCE,
} from '../../../../src/engine/changes/log/change-feed.ts';
import { GraphError } from '../../../../src/engine/graph/errors.ts';
import { InvalidCursor } from '../../../../src/engine/reads/cursor.ts';
import { runs } from '../../../setup/runs.ts';

const logged = (sequence: number) => ({
  sequence,
  transaction: `t${sequence}`,
  at: '2026-01-01T00:00:00Z',
  author: 'a',
});

const entityChange = (sequence: number, kind: Kind = 'Lab', slug = 'some-lab'): Change => ({
  ...logged(sequence),
  subject: 'ENTITY',
  action: 'UPDATED',
  entity: { kind, slug },
  before: {},
  after: {},
  revision: sequence,
});

/** A log in memory, that can be away. */
function createLog() {
  const entries: Change[] = [];
  const log = {
    entries,
    isAway: false,
    restore: null as string | null,
    reads: 0,
    append(count = 1, kind: Kind = 'Lab', slug = 'some-lab') {
      for (let index = 0; index < count; index++) entries.push(entityChange(entries.length + 1, kind, slug));
    },
    async read({ after, first, ...followed }: Parameters<ChangeLog['read']>[0]) {
      log.reads += 1;
      if (log.isAway) throw new GraphError('UNAVAILABLE', 'away');
      const fitting = entries.filter((change) => change.sequence > after && concerns(change, followed));
      const changes = fitting.slice(0, first);
      const last = fitting.length > first ? (changes.at(-1)?.sequence ?? after) : Math.max(after, entries.length);
      const isFull = changes.length === first;
      return { changes, last, begun: entries[after - 1]?.transaction ?? null, restore: log.restore, isFull };
    },
    async last() {
      if (log.isAway) throw new GraphError('UNAVAILABLE', 'away');
      return entries.length;
    },
  };
  return log;
}

const positionOf = (event: FeedEvent) => (event.subject === 'LAGGED' ? `lagged ${event.after}` : event.sequence);

async function take(events: AsyncIterator<FeedEvent>, count: number): Promise<FeedEvent[]> {
  const taken: FeedEvent[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a change feed', () => {
  it('begins with the changes after the cursor, and continues with new ones', async () => {
    const log = createLog();
    log.append(450);
    const feed = createFeedOf(log, { interval: 5 });
    const events = await feed.follow({ after: 3 });
    expect((await take(events, 447)).map(positionOf)).toEqual(numbers(4, 450));
    const next = take(events, 3);
    log.append(3);
    expect((await next).map(positionOf)).toEqual([451, 452, 453]);
    await events.return?.();
  });

  it('begins with new changes without a cursor', async () => {
    const log = createLog();
    log.append(5);
    const feed = createFeedOf(log, { interval: 5 });
    const events = await feed.follow({});
    log.append(1);
    expect((await take(events, 1)).map(positionOf)).toEqual([6]);
    await events.return?.();
  });

  it('refuses a cursor beyond the end of the log', async () => {
    const feed = createFeedOf(createLog(), { interval: 5, timeout: 20 });
    await expect(feed.follow({ after: 1 })).rejects.toThrow(InvalidCursor);
    expect(feed.followers).toBe(0);
  });

  it('reads the end of the log once for all who begin while it is being read, and after they began', async () => {
    const log = createLog();
    const finish: ((last: number) => void)[] = [];
    const slow = { ...log, last: () => new Promise<number>((resolve) => finish.push(resolve)) };
    const feed = createFeedOf(slow, { interval: 5 });
    const first = feed.follow({});
    await expect.poll(() => finish.length).toBe(1);
    const others = [feed.follow({}), feed.follow({})];
    log.append(2);
    finish[0]?.(0);
    await first;
    await expect.poll(() => finish.length).toBe(2);
    finish[1]?.(2);
    log.append(1);
    for (const events of await Promise.all(others)) {
      expect((await take(events, 1)).map(positionOf)).toEqual([3]);
      await events.return?.();
    }
    expect(finish).toHaveLength(2);
    await (await first).return?.();
  });

  it('reads the end of the log again after a read that failed', async () => {
    const log = createLog();
    const feed = createFeedOf(log, { interval: 5 });
    log.isAway = true;
    await expect(feed.follow({})).rejects.toThrow('away');
    log.isAway = false;
    await (await feed.follow({})).return?.();
  });

  it('waits for a server that has not heard yet how far the log goes', async () => {
    const log = createLog();
    log.append(5);
    const ends = [3, 4];
    const late = { ...log, last: async () => ends.shift() ?? log.last() };
    const feed = createFeedOf(late, { interval: 5 });
    let waits = 0;
    const events = await feed.follow({ after: 5 }, () => {
      // It has asked once, and not waited yet.
      if (waits === 0) expect(ends).toEqual([4]);
      waits += 1;
    });
    expect(waits).toBe(2);
    expect(ends).toEqual([]);
    log.append(1);
    expect((await take(events, 1)).map(positionOf)).toEqual([6]);
    await events.return?.();
  });

  it('polls no faster than its interval if a known change is not yet visible', async () => {
    const log = createLog();
    log.append(5);
    let asked = 0;
    let isLate = true;
    const late = {
      ...log,
      async read(wanted: Parameters<ChangeLog['read']>[0]) {
        asked += 1;
        // Otherwise a feed that does not wait would block everything else.
        await new Promise((resolve) => setImmediate(resolve));
        return isLate
          ? { changes: [], last: wanted.after, begun: null, restore: null, isFull: false }
          : log.read(wanted);
      },
    };
    const feed = createFeedOf(late, { interval: 20 });
    const events = await feed.follow({ after: 0 });
    const all = take(events, 5);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // The reader and the feed itself, each ten times.
    expect(asked).toBeLessThan(25);
    isLate = false;
    expect((await all).map(positionOf)).toEqual(numbers(1, 5));
    await events.return?.();
  });

  it('looks into the log at once when it is woken', async () => {
    const log = createLog();
    const feed = createFeedOf(log, { interval: 60_000 });
    const events = await feed.follow({});
    const next = take(events, 1);
    log.append(1);
    feed.wake();
    expect((await next).map(positionOf)).toEqual([1]);
    await events.return?.();
  });

  it('delivers only changes that match the filter, replayed and live alike', async () => {
    const log = createLog();
    const mixed = () => {
      log.append(1, 'Lab', 'one');
      log.append(1, 'Area', 'two');
      log.append(1, 'Lab', 'three');
    };
    const wanted: [Followed, number[]][] = [
      [{ kinds: ['Area'] }, [2, 5]],
      [{ ids: ['one', 'two'] }, [1, 2, 4, 5]],
      [{ kinds: ['Lab'], ids: ['one', 'two'] }, [1, 4]],
    ];
    mixed();
    const feed = createFeedOf(log, { interval: 5 });
    const followers = await Promise.all(wanted.map(([followed]) => feed.follow({ ...followed, after: 0 })));
    const taken = followers.map((events, index) => take(events, wanted[index]?.[1].length ?? 0));
    mixed();
    expect((await Promise.all(taken)).map((events) => events.map(positionOf))).toEqual(wanted.map(([, all]) => all));
    for (const events of followers) await events.return?.();
  });

  it('notifies a reader that fell behind, once, and continues from there without loss', async () => {
    const log = createLog();
    const feed = createFeedOf(log, { interval: 2, window: 10, pageSize: 5 });
    const events = await feed.follow({});
    const first = take(events, 1);
    log.append(1);
    await first;
    log.append(50);
    await vi.waitFor(async () => {
      const other = await feed.follow({});
      const seen = other.next();
      log.append(1);
      expect((await seen).value).toMatchObject({ sequence: log.entries.length });
      await other.return?.();
    });
    const end = log.entries.length;
    const [lagged, ...rest] = await take(events, end);
    expect(lagged).toMatchObject({ subject: 'LAGGED', after: 1 });
    expect((lagged as { behind: number }).behind).toBeGreaterThan(10);
    expect(rest.map(positionOf)).toEqual(numbers(2, end));

    // Who resumes by the cursor in another place gets the same.
    const resumed = await feed.follow({ after: 1 });
    expect((await take(resumed, end - 1)).map(positionOf)).toEqual(numbers(2, end));
    await events.return?.();
    await resumed.return?.();
  });

  it('buffers no more for a thousand idle readers than for one', async () => {
    const log = createLog();
    const feed = createFeedOf(log, { interval: 2, window: 10 });
    const readers = await Promise.all(numbers(1, 1_000).map(() => feed.follow({})));
    log.append(100);
    const reads = log.reads;
    await vi.waitFor(() => expect(log.reads).toBeGreaterThan(reads + 3));
    // One reader for all: the thousand did not read the log themselves.
    expect(log.reads).toBeLessThan(500);
    expect(feed.followers).toBe(1_000);
    await Promise.all(readers.map((events) => events.return?.()));
    expect(feed.followers).toBe(0);
  });

  it('goes on for some of its readers in each turn of the event loop, and misses none', async () => {
    const log = createLog();
    const feed = createFeedOf(log, { interval: 2 });
    const readers = await Promise.all(numbers(1, 1_000).map(() => feed.follow({})));
    let received = 0;
    const events = readers.map((reader) => reader.next().then(() => (received += 1)));
    log.append(1);
    const inTurns: number[] = [];
    for (let before = 0; received < 1_000; before = received) {
      await new Promise(setImmediate);
      inTurns.push(received - before);
    }
    expect(Math.max(...inTurns)).toBe(WOKEN_AT_ONCE);
    await Promise.all([...events, ...readers.map((reader) => reader.return?.())]);
    expect(feed.followers).toBe(0);
  });

  it('waits while the database is unavailable, reports it once, and continues without loss', async () => {
    const log = createLog();
    log.append(10);
    const reported: unknown[] = [];
    const feed = createFeedOf(log, { interval: 2, pageSize: 5, report: (error) => reported.push(error) });
    const replaying = await feed.follow({ after: 0 });
    const live = await feed.follow({});
    await take(replaying, 2);
    const [rest, next] = [take(replaying, 10), take(live, 2)];
    log.isAway = true;
    await vi.waitFor(() => expect(reported).toHaveLength(1));
    log.append(2);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(reported).toHaveLength(1);
    await expect(feed.follow({})).rejects.toThrow(GraphError);
    log.isAway = false;
    expect((await next).map(positionOf)).toEqual([11, 12]);
    expect((await rest).map(positionOf)).toEqual(numbers(3, 12));
    await replaying.return?.();
    await live.return?.();
  });

  it.each([
    ['is longer', 12, 60_000, false],
    ['is as long', 10, 60_000, false],
    ['stays shorter', 5, 20, false],
    ['is shorter, where no log is ever behind,', 5, 0, false],
    ['is an earlier state of it', 5, 60_000, true],
  ])(
    'ends its readers where another log, which %s, took the place of the one that they follow',
    async (_, length, lostAfter, isRestored) => {
      const log = createLog();
      log.append(10);
      const feed = createFeedOf(log, { interval: 2, lostAfter });
      const readers = [await feed.follow({}), await feed.follow({ after: 8 })];
      const [live, replaying] = readers.map((reader) => take(reader, 3));
      const ends = [live, replaying].map((taken) => expect(taken).rejects.toThrow(InvalidCursor));
      await vi.waitFor(() => expect(log.reads).toBeGreaterThan(5));
      const restored = numbers(1, length).map((sequence) => ({
        ...entityChange(sequence),
        ...(isRestored ? {} : { transaction: `r${sequence}` }),
      }));
      log.entries.splice(0, 10, ...restored);
      if (isRestored) log.restore = 'restore-1';
      await Promise.all(ends);
      expect(feed.followers).toBe(0);
      const events = await feed.follow({});
      const next = take(events, 1);
      log.append();
      expect((await next).map(positionOf)).toEqual([length + 1]);
      await events.return?.();
    },
  );

  it('ends a reader with the fault that is not the database’s being away', async () => {
    const log = createLog();
    log.append(10);
    const feed = createFeedOf({ ...log, read: () => Promise.reject(new GraphError('STATEMENT', 'broken')) });
    const events = await feed.follow({ after: 0 });
    await expect(events.next()).rejects.toThrow('broken');
    expect(feed.followers).toBe(0);
  });
});

describe('leaving', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends what a reader waits for, and leaves no timer after a thousand of them', async () => {
    const log = createLog();
    const feed = createFeedOf(log);
    for (const after of numbers(1, 1_000).map((count) => (count % 2 === 0 ? undefined : 0))) {
      const events = await feed.follow({ after });
      const waiting = events.next();
      await Promise.resolve();
      expect(feed.followers).toBe(1);
      expect(vi.getTimerCount()).toBe(1);
      await events.return?.();
      expect((await waiting).done).toBe(true);
      expect((await events.next()).done).toBe(true);
    }
    expect(feed.followers).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(log.reads).toBe(0);
  });

  it('frees a reader that never read, or waits for the database', async () => {
    const log = createLog();
    const feed = createFeedOf(log);
    await (await feed.follow({})).return?.();
    expect(vi.getTimerCount()).toBe(0);

    log.append(1);
    const events = await feed.follow({ after: 0 });
    log.isAway = true;
    const waiting = events.next();
    await vi.advanceTimersByTimeAsync(1);
    await events.return?.();
    expect((await waiting).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('under any sequence of events', () => {
  it('each reader gets each change once and in order, however they come and go', async () => {
    const step = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ does: fc.constant('write' as const), count: fc.integer({ min: 1, max: 30 }) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ does: fc.constant('read' as const), count: fc.integer({ min: 1, max: 20 }) }),
      },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('resume' as const), count: fc.constant(0) }) },
      {
        weight: 1,
        arbitrary: fc.record({ does: fc.constant('away' as const), count: fc.integer({ min: 1, max: 5 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const log = createLog();
        const feed = createFeedOf(log, { interval: 1, window: 8, pageSize: 4 });
        const got: number[] = [];
        let events = await feed.follow({ after: 0 });
        const read = async (count: number) => {
          const wanted = Math.min(count, log.entries.length - got.length);
          for (const end = got.length + wanted; got.length < end; ) {
            const { value } = await events.next();
            if (value.subject !== 'LAGGED') got.push(value.sequence);
            else expect(value.after).toBe(got.length);
          }
        };
        for (const { does, count } of steps) {
          if (does === 'write') log.append(count);
          if (does === 'read') await read(count);
          if (does === 'resume') {
            await events.return?.();
            events = await feed.follow({ after: got.length });
          }
          if (does === 'away') {
            log.isAway = true;
            await new Promise((resolve) => setTimeout(resolve, count));
            log.isAway = false;
          }
        }
        await read(log.entries.length);
        expect(got).toEqual(numbers(1, log.entries.length));
        await events.return?.();
        expect(feed.followers).toBe(0);
      }),
      runs(40),
    );
  });
});
