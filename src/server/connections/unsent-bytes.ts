import type { Socket } from 'node:net';
import { countMemory } from '../../engine/budgets/budgeted-cache.ts';
import type { QuotaOptions, QuotaScope } from '../limits/quotas.ts';

/** A connection to a client, or a stream in front of one. */
export interface Outlet {
  /** Number of bytes that this process buffers for the client. */
  unsent(): number;
  /** Number of bytes that have left this process. */
  taken(): number;
  cut(): void;
}

export interface UnsentBytesOptions extends QuotaOptions {
  /** Timeout for a client that reads nothing while bytes wait, in milliseconds. */
  readonly timeout: number;
}

/**
 * Counts the unsent bytes of all clients, on every transport. It cuts a client that reads nothing for too long, and, beyond
 * the limit for all, the clients with the most unsent bytes.
 */
export interface UnsentBytes {
  /** Watches an outlet until `forget`. Before it is attributed its bytes do not count, but the timeout applies. */
  watch(outlet: Outlet): void;
  forget(outlet: Outlet): void;
  /** Watches a connection until it closes. */
  watchSocket(socket: Socket): void;
  /** Counts the unsent bytes of a connection towards a caller from now on, or towards all only. */
  attribute(outlet: Outlet | Socket, caller: string | undefined): void;
  /** Does not count the unsent bytes of a connection: they are one copy for all, such as a file of a page. */
  exempt(socket: Socket): void;
  /** Counts the unsent bytes of a connection again, with bytes that are about to be written. It also happens periodically. */
  recount(outlet: Outlet | Socket, coming?: number): void;
  /** The limit that a caller exceeds at the moment. */
  exceeded(caller: string | undefined): QuotaScope | undefined;
  /** Number of unsent bytes of all clients together. */
  readonly held: number;
}

interface Account {
  readonly outlet: Outlet;
  caller: string | undefined;
  counts: boolean;
  bytes: number;
  taken: number;
  /** When the client last read something, or had nothing to read, by `performance.now()`. */
  since: number;
}

/** Polling interval in milliseconds: bytes that are produced within it can exceed the limits. */
const INTERVAL = 250;

/** Internal counters of Node.js: the public `socket.bytesWritten` counts a whole response at its first byte. */
interface Handle {
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

/** Number of bytes of a connection that the operating system has accepted. */
export function bytesTaken(socket: Socket): number {
  const { _handle: handle } = socket as Socket & { readonly _handle?: Handle | null };
  return handle ? handle.bytesWritten - handle.writeQueueSize : 0;
}

export function createUnsentBytes({ each, all, timeout }: UnsentBytesOptions): UnsentBytes {
  const accounts = new Map<Outlet | Socket, Account>();
  const byCaller = new Map<string, number>();
  let held = 0;
  let timer: NodeJS.Timeout | undefined;

  function count(account: Account, bytes: number): void {
    const { caller } = account;
    const more = bytes - account.bytes;
    account.bytes = bytes;
    held += more;
    if (caller === undefined || more === 0) return;
    const own = (byCaller.get(caller) ?? 0) + more;
    if (own > 0) byCaller.set(caller, own);
    else byCaller.delete(caller);
  }

  function cut(account: Account): void {
    count(account, 0);
    account.outlet.cut();
  }

  function sweep(): void {
    const now = performance.now();
    for (const account of accounts.values()) {
      const { outlet } = account;
      const unsent = outlet.unsent();
      const taken = outlet.taken();
      if (unsent === 0 || taken !== account.taken) {
        account.taken = taken;
        account.since = now;
      } else if (now - account.since > timeout) {
        cut(account);
        continue;
      }
      count(account, account.counts ? unsent : 0);
    }
    if (held <= all) return;
    for (const account of [...accounts.values()].sort((one, other) => other.bytes - one.bytes)) {
      if (held <= all) return;
      cut(account);
    }
  }

  function add(key: Outlet | Socket, outlet: Outlet): void {
    if (accounts.has(key)) return;
    accounts.set(key, {
      outlet,
      caller: undefined,
      counts: false,
      bytes: 0,
      taken: outlet.taken(),
      since: performance.now(),
    });
    timer ??= setInterval(sweep, Math.min(INTERVAL, timeout / 4)).unref();
  }

  function forget(key: Outlet | Socket): void {
    const account = accounts.get(key);
    if (!account) return;
    count(account, 0);
    accounts.delete(key);
    if (accounts.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  function assign(key: Outlet | Socket, counts: boolean, caller: string | undefined): void {
    const account = accounts.get(key);
    if (!account) return;
    const bytes = counts ? account.outlet.unsent() : 0;
    count(account, 0);
    Object.assign(account, { counts, caller });
    count(account, bytes);
  }

  const unsent: UnsentBytes = {
    watch: (outlet) => add(outlet, outlet),
    forget,
    watchSocket(socket) {
      add(socket, {
        unsent: () => socket.writableLength,
        taken: () => bytesTaken(socket),
        cut: () => void socket.destroy(),
      });
      socket.once('close', () => forget(socket));
    },
    attribute: (outlet, caller) => assign(outlet, true, caller),
    recount(key, coming = 0) {
      const account = accounts.get(key);
      if (account?.counts) count(account, account.outlet.unsent() + coming);
    },
    exempt: (socket) => assign(socket, false, undefined),
    exceeded(caller) {
      if (held > all) return 'ALL';
      return caller !== undefined && (byCaller.get(caller) ?? 0) > each ? 'CALLER' : undefined;
    },
    get held() {
      return held;
    },
  };
  countMemory('responses', unsent, () => held, all);
  return unsent;
}
