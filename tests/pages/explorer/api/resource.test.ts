import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AskError } from '../../../../src/pages/explorer/api/ask.ts';
import { awaited, singleResource } from '../../../../src/pages/explorer/api/resource.ts';

/** The window, which says when the device is connected again. */
let there: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  there = new EventTarget();
  vi.stubGlobal('addEventListener', there.addEventListener.bind(there));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Something that the server is asked for, and how it answers, time after time; at last it is there. */
function askedFor(...failures: readonly Error[]) {
  const load = vi.fn(async () => {
    const failure = failures[load.mock.calls.length - 1];
    if (failure) throw failure;
    return 'there';
  });
  return { load, resource: singleResource(load)() };
}

const away = new AskError('The database is away.', { isPassing: true });
const slow = new AskError('The server took too long.', { isPassing: true, code: 'TIMEOUT' });
const refused = new AskError('Refused.');

/** Lets everything be done that is due by then. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('what is waited for', () => {
  it('is there at once where it has come already', async () => {
    const { load, resource } = askedFor();
    await pass(0);
    expect(await awaited(resource)).toBe('there');
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('comes by itself once what is in the way has passed, though it had failed when it was wanted', async () => {
    const { load, resource } = askedFor(away, away);
    await pass(0);
    expect(resource.loaded.value).toMatchObject({ state: 'failed', isRepeated: true });
    const value = awaited(resource);
    await pass(10_000);
    expect(await value).toBe('there');
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('is asked for once more when the device is connected again, however often that failed before', async () => {
    const { load, resource } = askedFor(...Array.from({ length: 7 }, () => slow));
    await pass(1_000_000);
    expect(resource.loaded.value).toMatchObject({ state: 'failed', isRepeated: false });
    there.dispatchEvent(new Event('online'));
    await pass(0);
    expect(resource.loaded.value).toEqual({ state: 'ready', value: 'there' });
    there.dispatchEvent(new Event('online'));
    await pass(1_000_000);
    expect(load).toHaveBeenCalledTimes(8);
  });

  it('is asked for as long as the server is away', async () => {
    const { load, resource } = askedFor(...Array.from({ length: 20 }, () => away));
    await pass(600_000);
    expect(resource.loaded.value).toMatchObject({ state: 'failed', isRepeated: true });
    await pass(600_000);
    expect(resource.loaded.value).toEqual({ state: 'ready', value: 'there' });
    expect(load).toHaveBeenCalledTimes(21);
  });

  it('fails with words for people where it is not asked for again', async () => {
    const { resource } = askedFor(refused);
    const failure = awaited(resource).catch((error: unknown) => error);
    await pass(0);
    expect(await failure).toBeInstanceOf(AskError);
    expect(await failure).toMatchObject({ message: 'Refused.' });
  });

  it('stays there if an attempt from before it was asked for by hand fails late', async () => {
    const attempts: ((failure?: Error) => void)[] = [];
    const load = () =>
      new Promise<string>((resolve, reject) => {
        attempts.push((failure) => (failure ? reject(failure) : resolve('there')));
      });
    const resource = singleResource(load)();
    attempts[0]?.(away);
    await pass(2_000);
    resource.again();
    attempts[2]?.();
    await pass(0);
    attempts[1]?.(away);
    await pass(100_000);
    expect(resource.loaded.value).toEqual({ state: 'ready', value: 'there' });
    expect(attempts).toHaveLength(3);
  });

  it('is asked for once more where it had failed for good before', async () => {
    const { load, resource } = askedFor(refused, refused);
    await pass(0);
    const second = awaited(resource).catch((error: unknown) => error);
    await pass(0);
    expect(await second).toMatchObject({ message: 'Refused.' });
    expect(load).toHaveBeenCalledTimes(2);
    const third = awaited(resource);
    await pass(0);
    expect(await third).toBe('there');
  });
});
