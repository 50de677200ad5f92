import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

type Navigation = typeof import('../../../../src/pages/explorer/navigation/navigation.ts');

/** A window whose history refuses more than 100 entries in 30 seconds, as that of Safari does. */
const there = new EventTarget();
const location = { hash: '' };
let [written, entries]: [number[], string[]] = [[], ['']];

function write(address: string, isNew: boolean): void {
  written = [...written.filter((at) => at > performance.now() - 30_000), performance.now()];
  if (written.length > 100) throw new DOMException('The operation is insecure.', 'SecurityError');
  entries = [...(isNew ? entries : entries.slice(0, -1)), address];
  location.hash = address;
}

let { change, view }: Navigation = {} as Navigation;

beforeAll(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', there.addEventListener.bind(there));
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', {
    pushState: (_: null, __: string, address: string) => write(address, true),
    replaceState: (_: null, __: string, address: string) => write(address, false),
  });
  ({ change, view } = await import('../../../../src/pages/explorer/navigation/navigation.ts'));
});
beforeEach(async () => {
  await vi.advanceTimersByTimeAsync(60_000);
  entries = [''];
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What a slider does that is moved for 40 seconds. */
async function slide(): Promise<void> {
  for (let step = 0; step < 400; step += 1) {
    change({ until: 2_000 + (step % 20) }, { replace: true });
    await vi.advanceTimersByTimeAsync(100);
  }
}

describe('the address of a view that changes many times a second', () => {
  it('is written less often than browsers refuse, at once at first, and at last as the view is', async () => {
    change({ until: 1_990 }, { replace: true });
    expect(entries).toEqual(['#/?until=1990']);
    await slide();
    expect(view.value.until).toBe(2_019);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(entries).toEqual(['#/?until=2019']);
  });

  it('is written before another view follows, so that the way back leads to it', async () => {
    change({ until: 2_001 }, { replace: true });
    change({ until: 2_002 }, { replace: true });
    change({ picked: 'ke' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(entries).toEqual(['#/?until=2002', '#/?pick=ke&until=2002']);
  });

  it('is not written over the one that the user goes to meanwhile', async () => {
    change({ until: 2_003 }, { replace: true });
    change({ until: 2_004 }, { replace: true });
    location.hash = '#/list?of=labs';
    entries = [location.hash];
    there.dispatchEvent(new Event('popstate'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(entries).toEqual(['#/list?of=labs']);
  });

  it('is written before the page is left', () => {
    change({ until: 2_005, picked: undefined }, { replace: true });
    change({ until: 2_006 }, { replace: true });
    there.dispatchEvent(new Event('pagehide'));
    expect(entries.at(-1)).toContain('until=2006');
  });
});

describe('the address of another page', () => {
  it('has nothing of the view that is left, and leads back to the graph as it was', async () => {
    const { addressOfPage, graphOf, go } = await import('../../../../src/pages/explorer/navigation/navigation.ts');
    const { firstView } = await import('../../../../src/pages/explorer/navigation/address.ts');
    go({ ...firstView, page: 'graph', steps: [{ do: 'open', slug: 'ke' }], as: 'table', picked: 'ke' });
    expect(addressOfPage('list')).toBe('#/list');
    go({ ...firstView, page: 'search', words: 'water', list: 'labs' });
    expect(addressOfPage('ask')).toBe('#/ask');
    expect(addressOfPage('graph')).toBe('#/graph?do=open~ke&as=table');
    expect(graphOf(view.value)).toMatchObject({ page: 'graph', words: '', steps: [{ slug: 'ke' }] });
  });
});
