import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallerLeft, createAdmissionQueue, NotAdmitted } from '../../../src/server/limits/admission-queue.ts';
import { runs } from '../../setup/runs.ts';

const pause = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a waiting line', () => {
  it('lets in whoever came first, once somebody leaves', async () => {
    const line = createAdmissionQueue({ places: 1, capacity: 2, timeout: 10_000 });
    const order: string[] = [];
    expect(line.enter()).toBeUndefined();
    const second = line.enter()?.then(() => order.push('second'));
    const third = line.enter()?.then(() => order.push('third'));
    expect(line).toMatchObject({ atWork: 1, waiting: 2 });
    expect(order).toEqual([]);
    line.leave();
    await second;
    expect(order).toEqual(['second']);
    line.leave();
    await third;
    expect(order).toEqual(['second', 'third']);
    line.leave();
    expect(line).toMatchObject({ atWork: 0, waiting: 0 });
    expect(line.enter()).toBeUndefined();
  });

  it('turns away whom there is no capacity for, at once', () => {
    const line = createAdmissionQueue({ places: 1, capacity: 1, timeout: 10_000 });
    line.enter();
    const waiting = line.enter();
    expect(() => line.enter()).toThrow(NotAdmitted);
    line.leave();
    return waiting;
  });

  it('turns away who has waited too long, and lets in the next', async () => {
    const line = createAdmissionQueue({ places: 1, capacity: 5, timeout: 20 });
    line.enter();
    await expect(line.enter()).rejects.toThrow(NotAdmitted);
    expect(line).toMatchObject({ atWork: 1, waiting: 0 });
    const next = line.enter();
    line.leave();
    await next;
    expect(line).toMatchObject({ atWork: 1, waiting: 0 });
  });

  it('closes all places but a few when it is told to, and opens one more each time that it is told to', async () => {
    const line = createAdmissionQueue({ places: 4, capacity: 1, timeout: 10_000 });
    line.shrink();
    const comers = Array.from({ length: 5 }, () => line.enter());
    expect(line).toMatchObject({ atWork: 2, waiting: 3 });
    expect(() => line.enter()).toThrow(NotAdmitted);
    line.grow();
    await comers[2];
    expect(line).toMatchObject({ atWork: 3, waiting: 2 });
    for (const _ of comers) line.grow();
    expect(line).toMatchObject({ atWork: 4, waiting: 1 });
    line.shrink();
    line.leave();
    line.leave();
    expect(line).toMatchObject({ atWork: 2, waiting: 1 });
    line.leave();
    await comers[4];
    expect(line).toMatchObject({ atWork: 2, waiting: 0 });
    const last = line.enter();
    expect(line.waiting).toBe(1);
    line.leave();
    await last;
  });

  it('forgets who went away while waiting', async () => {
    const line = createAdmissionQueue({ places: 1, capacity: 5, timeout: 10_000 });
    line.enter();
    const controller = new AbortController();
    const gone = line.enter(controller.signal);
    const staying = line.enter();
    controller.abort();
    await expect(gone).rejects.toThrow(CallerLeft);
    expect(line.waiting).toBe(1);
    line.leave();
    await staying;
    expect(() => line.enter(AbortSignal.abort())).toThrow(CallerLeft);
  });

  it('never lets in more than it has places for, and loses none, whatever its callers do', async () => {
    const visit = fc.record({
      changes: fc.constantFrom('shrink' as const, 'grow' as const),
      comes: fc.nat(12),
      stays: fc.nat(6),
      goesAway: fc.option(fc.nat(12), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(6), fc.nat(4), fc.array(visit, { maxLength: 20 }), async (more, capacity, visits) => {
        const places = more + 1;
        const line = createAdmissionQueue({ places, capacity, timeout: 5 });
        let inside = 0;
        let most = 0;
        await Promise.all(
          visits.map(async ({ changes, comes, stays, goesAway }) => {
            await pause(comes);
            line[changes]();
            const controller = new AbortController();
            if (goesAway !== undefined) setTimeout(() => controller.abort(), goesAway);
            try {
              await line.enter(controller.signal);
            } catch {
              return;
            }
            inside += 1;
            most = Math.max(most, inside);
            await pause(stays);
            inside -= 1;
            line.leave();
          }),
        );
        expect(most).toBeLessThanOrEqual(places);
        expect(line).toMatchObject({ atWork: 0, waiting: 0 });
      }),
      runs(60),
    );
  }, 30_000);
});

describe('a caller with much to do', () => {
  const options = { places: 5, capacity: 4, timeout: 10_000, each: { places: 3, capacity: 2 } };

  it('leaves places to others, and capacity to wait', async () => {
    const line = createAdmissionQueue(options);
    for (let turn = 0; turn < 3; turn += 1) expect(line.enter(undefined, 'one')).toBeUndefined();
    const waiting = [line.enter(undefined, 'one'), line.enter(undefined, 'one')];
    expect(() => line.enter(undefined, 'one')).toThrow(expect.objectContaining({ bound: 'CALLER' }));
    expect([line.atWork, line.waiting]).toEqual([3, 2]);
    for (const caller of ['other', undefined]) expect(line.enter(undefined, caller)).toBeUndefined();
    const other = line.enter(undefined, 'other');
    // Others do not wait for what the first one has to wait for.
    line.leave('other');
    await other;
    expect([line.atWork, line.waiting]).toEqual([5, 2]);
    line.leave('one');
    await waiting[0];
    line.leave('one');
    await waiting[1];
    expect([line.atWork, line.waiting]).toEqual([5, 0]);
  });

  it('gives everything back, also what it waited for in vain', async () => {
    const line = createAdmissionQueue({ ...options, timeout: 20 });
    const left = new AbortController();
    for (let place = 0; place < 3; place += 1) line.enter(undefined, 'one');
    const late = line.enter(undefined, 'one');
    const leaving = line.enter(left.signal, 'one');
    left.abort();
    await expect(leaving).rejects.toThrow(CallerLeft);
    await expect(late).rejects.toMatchObject({ bound: 'CALLER' });
    for (let place = 0; place < 3; place += 1) line.leave('one');
    expect([line.atWork, line.waiting]).toEqual([0, 0]);
    for (let place = 0; place < 3; place += 1) expect(line.enter(undefined, 'one')).toBeUndefined();
  });
});

describe('callers with little to do', () => {
  const options = { places: 4, capacity: 4, timeout: 10_000 };
  const names = (settled: string[], name: string) => () => void settled.push(name);

  it('get the next place before those with more operations in flight', async () => {
    const line = createAdmissionQueue(options);
    const order: string[] = [];
    for (const caller of ['busy', 'busy', 'busy', 'quiet']) line.enter(undefined, caller);
    const waiting = ['busy', 'quiet', 'new'].map((caller) => line.enter(undefined, caller)?.then(names(order, caller)));
    for (const caller of ['busy', 'busy', 'busy']) line.leave(caller);
    await Promise.all(waiting);
    expect(order).toEqual(['new', 'busy', 'quiet']);
  });

  it('get a place in a full queue, which the caller with the most in it loses last come, first gone', async () => {
    const line = createAdmissionQueue(options);
    const turnedAway: string[] = [];
    for (let place = 0; place < 4; place += 1) line.enter(undefined, 'busy');
    const waiting = ['first', 'second', 'third'].map((name) =>
      line.enter(undefined, 'busy')?.catch(names(turnedAway, name)),
    );
    const others = [line.enter(undefined, 'quiet'), line.enter(undefined, 'new')];
    await waiting[2];
    expect(turnedAway).toEqual(['third']);
    expect(line.waiting).toBe(4);
    // Nobody has more than one in the queue that could make room for a second one.
    expect(() => line.enter(undefined, 'quiet')).toThrow(expect.objectContaining({ bound: 'ALL' }));
    expect(turnedAway).toEqual(['third']);
    for (let place = 0; place < 4; place += 1) line.leave('busy');
    await Promise.all([...waiting, ...others]);
    expect(line).toMatchObject({ atWork: 4, waiting: 0 });
  });
});
