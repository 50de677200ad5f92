import type { Integer } from 'neo4j-driver';
import { describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { createGraphRevisions, EVERYTHING } from '../../../../src/engine/changes/log/graph-revisions.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';

/** A log that a test writes; each read of it can be held up. */
function createLog() {
  const state = {
    last: 0,
    log: 'first',
    names: [] as string[],
    hasImports: false,
    isImporting: false,
    reads: 0,
    isAway: false,
    held: undefined as Promise<void> | undefined,
  };
  const graph: Graph = {
    ontology: cooperation,
    // biome-ignore lint/suspicious/noExplicitAny: it answers one statement.
    read: async (_: unknown, parameters: object): Promise<any> => {
      state.reads += 1;
      const { last, log, names, hasImports, isImporting, isAway } = state;
      const { after, transaction } = parameters as { readonly after: Integer; readonly transaction: string | null };
      await state.held;
      if (isAway) throw new Error('The log cannot be read.');
      const place = (sequence: number) => (sequence > 0 && sequence <= last ? `${log} ${sequence}` : null);
      const isSame = after.toNumber() <= 0 || place(after.toNumber()) === transaction;
      return [[last, place(last), isSame, names, hasImports, isImporting]];
    },
    write: () => Promise.reject(new Error('Nothing is written.')),
  };
  const change = (...names: string[]) => {
    state.last += 1;
    state.names = names;
  };
  return { state, graph, change };
}

const labs = new Set(['Lab', 'RESEARCHES']);

/** Revisions that have read the log twice, so that its last transaction counts no more. */
async function settled(log: ReturnType<typeof createLog>, { staleness = 3_600_000, isRouted = false } = {}) {
  const revisions = createGraphRevisions(log.graph, { staleness, isRouted });
  for (let time = 0; time < 2; time += 1) {
    revisions.expire();
    await revisions.refresh();
    log.state.names = [];
  }
  log.state.reads = 0;
  return revisions;
}

describe('what a server knows of its graph', () => {
  it('costs no read while it is young, and one for all who ask when it is old', async () => {
    const log = createLog();
    const revisions = await settled(log);
    expect(revisions.refresh()).toBe(true);
    expect(log.state.reads).toBe(0);
    revisions.expire();
    const asked = await Promise.all(Array.from({ length: 50 }, () => revisions.refresh()));
    expect(asked).toEqual(asked.map(() => true));
    expect(log.state.reads).toBe(1);
  });

  it('is per kind and relation type', async () => {
    const log = createLog();
    const revisions = await settled(log);
    const { mark } = revisions;
    log.change('Country', 'PARTNERS_WITH');
    revisions.expire();
    await revisions.refresh();
    expect(revisions.isCurrent(labs, mark)).toBe(true);
    expect(revisions.isCurrent(EVERYTHING, mark)).toBe(false);
    log.change('RESEARCHES');
    revisions.expire();
    await revisions.refresh();
    expect(revisions.isCurrent(labs, mark)).toBe(false);
    expect(revisions.isCurrent(labs, revisions.mark)).toBe(true);
  });

  it('counts the last transaction once more with the next read, since its indexes may have been behind', async () => {
    const log = createLog();
    const revisions = await settled(log);
    log.change('Lab');
    revisions.expire();
    await revisions.refresh();
    const { mark } = revisions;
    log.state.names = [];
    for (const isCurrent of [false, false]) {
      revisions.expire();
      await revisions.refresh();
      expect(revisions.isCurrent(labs, mark)).toBe(isCurrent);
    }
    expect(revisions.mark).toBe(mark + 1);
  });

  it('does not take a read for new that began before a change', async () => {
    const log = createLog();
    const revisions = await settled(log);
    let release = () => {};
    log.state.held = new Promise((resolve) => {
      release = resolve;
    });
    revisions.expire();
    const early = revisions.refresh();
    const { mark } = revisions;
    log.change('Lab');
    revisions.expire();
    const late = revisions.refresh();
    release();
    expect(await Promise.all([early, late])).toEqual([true, true]);
    expect(log.state.reads).toBe(2);
    expect(revisions.isCurrent(labs, mark)).toBe(false);
  });

  it.each<[string, (log: ReturnType<typeof createLog>) => void]>([
    [
      'an import',
      ({ state, change }) => {
        change();
        state.hasImports = true;
      },
    ],
    [
      'too many changes',
      ({ state }) => {
        state.last += 1_001;
      },
    ],
    [
      'a log that is shorter than before, after a backup was restored',
      ({ state }) => {
        state.last -= 1;
      },
    ],
    [
      'a log that is as long as before, but is that of another database',
      ({ state }) => {
        state.log = 'second';
      },
    ],
  ])('is that everything has changed after %s', async (_, happen) => {
    const log = createLog();
    log.state.last = 5;
    const revisions = await settled(log);
    const { mark } = revisions;
    happen(log);
    revisions.expire();
    expect(await revisions.refresh()).toBe(true);
    expect(revisions.isCurrent(labs, mark)).toBe(false);
  });

  it('is nothing while an import is incomplete, and everything has changed at its end', async () => {
    const log = createLog();
    const revisions = await settled(log);
    log.state.isImporting = true;
    revisions.expire();
    expect(await revisions.refresh()).toBe(false);
    expect(revisions.refresh()).toBe(false);
    const { mark } = revisions;
    log.state.isImporting = false;
    revisions.expire();
    expect(await revisions.refresh()).toBe(true);
    expect(revisions.isCurrent(labs, mark)).toBe(false);
  });

  it('is nothing while the log cannot be read, which is not tried for each request', async () => {
    const log = createLog();
    const revisions = await settled(log);
    log.state.isAway = true;
    revisions.expire();
    for (let time = 0; time < 100; time += 1) expect(await revisions.refresh()).toBe(false);
    expect(log.state.reads).toBe(1);
  });

  it('is that everything has changed once the log can be read again: a backup may have been restored meanwhile', async () => {
    const log = createLog();
    log.state.last = 5;
    const revisions = await settled(log);
    const { mark } = revisions;
    log.state.isAway = true;
    revisions.expire();
    expect(await revisions.refresh()).toBe(false);
    log.state.isAway = false;
    log.change('Country');
    await vi.waitFor(async () => expect(await revisions.refresh()).toBe(true), { timeout: 5_000, interval: 100 });
    expect(revisions.isCurrent(labs, mark)).toBe(false);
  });

  it('has bookmarks of the states that callers have reached in a cluster, until the log cannot be read', async () => {
    const log = createLog();
    const revisions = await settled(log, { isRouted: true });
    revisions.expire(['FB:one', 'FB:two']);
    expect([...((await revisions.bookmarks()) ?? [])].sort()).toEqual(['FB:one', 'FB:two']);
    log.state.isAway = true;
    await revisions.refresh();
    expect(await revisions.bookmarks()).toEqual([]);
  });

  it('has no bookmarks where one server answers all reads, so that none waits for what it has already', async () => {
    const revisions = await settled(createLog());
    revisions.expire(['FB:one']);
    expect(await revisions.bookmarks()).toBeUndefined();
  });
});
