import { type ReadonlySignal, signal } from '@preact/signals';
import { AskError } from './ask.ts';

/** Loading state of a resource. */
export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | {
      readonly state: 'failed';
      readonly message: string;
      /** Whether a retry is scheduled. */
      readonly isRepeated: boolean;
      /** Words to search for instead, if what was asked for does not exist. */
      readonly instead?: string | undefined;
    };

export interface Resource<Value> {
  readonly loaded: ReadonlySignal<Loaded<Value>>;
  /** Retries after a failure. */
  again(): void;
}

const loading = { state: 'loading' } as const;

/** Delays before each retry in milliseconds; the last one is repeated, but for what the server has no time for. */
const PAUSES = [1_500, 3_000, 6_000, 12_000, 24_000, 48_000];

/** Starts loading, and retries temporary failures: after pauses, and once the device is connected again. */
function start<Value>(load: () => Promise<Value>): Resource<Value> {
  const loaded = signal<Loaded<Value>>(loading);
  /** Ends what the last attempt waits for. */
  let last = new AbortController();
  function attempt(times: number): void {
    last.abort();
    const own = new AbortController();
    last = own;
    load().then(
      (value) => {
        if (!own.signal.aborted) loaded.value = { state: 'ready', value };
      },
      (error: unknown) => {
        // Another attempt may have been started by hand meanwhile.
        if (own.signal.aborted) return;
        const isPassing = error instanceof AskError && error.isPassing;
        const lasting = error instanceof AskError && error.code === 'TIMEOUT' ? undefined : PAUSES.at(-1);
        const pause = isPassing ? (PAUSES[times] ?? lasting) : undefined;
        const message = error instanceof Error ? error.message : String(error);
        const instead = error instanceof AskError ? error.instead : undefined;
        loaded.value = {
          ...{ state: 'failed', message, isRepeated: pause !== undefined },
          ...(instead !== undefined && { instead }),
        };
        if (!isPassing) return;
        // There is no window in a unit test.
        globalThis.addEventListener?.('online', () => attempt(0), { signal: own.signal });
        if (pause === undefined) return;
        const waiting = setTimeout(() => attempt(times + 1), pause);
        own.signal.addEventListener('abort', () => clearTimeout(waiting));
      },
    );
  }
  function again(): void {
    loaded.value = loading;
    attempt(0);
  }
  again();
  return { loaded, again };
}

/** A cache of resources by key. Each is loaded on first use. */
export function keyedResource<Value>(load: (key: string) => Promise<Value>): (key: string) => Resource<Value> {
  const known = new Map<string, Resource<Value>>();
  return (key) => {
    const resource = known.get(key) ?? start(() => load(key));
    known.set(key, resource);
    return resource;
  };
}

/** A single resource, loaded on first use and cached. */
export function singleResource<Value>(load: () => Promise<Value>): () => Resource<Value> {
  let resource: Resource<Value> | undefined;
  return () => {
    resource ??= start(load);
    return resource;
  };
}

/** The value, once it is loaded. */
export const arrived = <Value>({ loaded }: Resource<Value>): Value | undefined =>
  loaded.value.state === 'ready' ? loaded.value.value : undefined;

/**
 * Waits for the value while retries are scheduled. Loads it again if it failed permanently before.
 * @throws AskError
 */
export function awaited<Value>({ loaded, again }: Resource<Value>): Promise<Value> {
  const before = loaded.peek();
  if (before.state === 'failed' && !before.isRepeated) again();
  return new Promise((resolve, reject) => {
    const stop = loaded.subscribe((now) => {
      if (now.state === 'loading' || (now.state === 'failed' && now.isRepeated)) return;
      if (now.state === 'ready') resolve(now.value);
      else reject(new AskError(now.message));
      // `subscribe` may call the listener before `stop` is assigned.
      queueMicrotask(() => stop());
    });
  });
}
