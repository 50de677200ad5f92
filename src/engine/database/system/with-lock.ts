import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt } from './attempt.ts';
import { tooLittleSpace } from './free-space.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { readIfThere } from './read-if-there.ts';

interface Holder extends ProcessIdentity {
  readonly id: string;
}

/**
 * The process that wrote the file; an empty or broken file, as left by a power cut, counts as one of a dead process.
 */
function read(path: string): Holder | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const holder: Holder | undefined = attempt(() => JSON.parse(text));
  const isWhole = typeof holder?.id === 'string' && typeof holder.started === 'string';
  return isWhole ? holder : { pid: 0, started: '', id: basename(path) };
}

/**
 * Creates the file complete, or not at all when it is there already.
 * @throws DatabaseError `start-failed` when the disk is full
 */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.id}.draft`;
  try {
    writeFileSync(draft, JSON.stringify(holder));
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw code === 'ENOSPC' ? tooLittleSpace(dirname(path)) : error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * A holder that died is followed by one successor, whose file name contains the id of the dead one: no two processes
 * can create the same file, so no two take over from the same holder. The holder is the last of that chain.
 */
function chain(path: string): { path: string; holder: Holder }[] {
  const links: { path: string; holder: Holder }[] = [];
  for (let next = path, holder = read(next); holder; next = `${path}.${holder.id}`, holder = read(next)) {
    links.push({ path: next, holder });
  }
  return links;
}

/**
 * Runs `work` while no other process (or other call) does so with the same path. A killed holder does not block: the
 * next one takes over. `onWait` is called once, with the holder, if this has to wait.
 * @throws DatabaseError `unreadable` when it cannot be read who holds the lock, `start-failed` when the disk is full
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: (holder: ProcessIdentity) => void = () => {},
  signal?: AbortSignal,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const me: Holder = { ...identify(process.pid), id: randomUUID() };
  signal?.throwIfAborted();
  for (let waiting = false; ; await sleep(100, undefined, { signal })) {
    const last = chain(path).at(-1);
    if (last && isRunning(last.holder)) {
      if (!waiting) onWait(last.holder);
      waiting = true;
      continue;
    }
    const mine = last ? `${path}.${last.holder.id}` : path;
    if (!create(mine, me)) continue;
    // Between the look and the creation, the chain may have been finished and begun anew by others.
    if (chain(path).at(-1)?.holder.id === me.id) break;
    rmSync(mine);
  }
  try {
    return await work();
  } finally {
    // The first file frees the lock; the rest of the chain is then out of reach.
    for (const link of chain(path)) rmSync(link.path);
  }
}
