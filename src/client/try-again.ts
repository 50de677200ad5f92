import { type ErrorCode, SilkgraphError } from './silkgraph-error.ts';

const SHORTEST = 200;
const LONGEST = 10_000;

/** What passes by itself. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'NO_CONNECTION',
  'OVERLOADED',
  'RATE_LIMITED',
  'DATABASE_UNAVAILABLE',
]);

/** Statuses with which proxies, too, say that it passes. */
const passingStatuses: ReadonlySet<number | undefined> = new Set([429, 502, 503, 504]);

/** Whether nothing was answered. What came in part is not thrown away for another try. */
const isEmpty = (data: unknown) => Object.values(data ?? {}).every((value) => value === null);

/** Whether the same question may be answered in a while. */
export const mayPass = (error: unknown): error is SilkgraphError =>
  error instanceof SilkgraphError &&
  isEmpty(error.data) &&
  (passing.has(error.code) || passingStatuses.has(error.status));

/** How long to wait before the next try, in milliseconds: as the server says, else longer each time; never all at once. */
export function waitBefore(attempt: number, { retryAfter }: Pick<SilkgraphError, 'retryAfter'>): number {
  if (retryAfter !== undefined) return retryAfter + Math.random() * SHORTEST;
  return Math.min(LONGEST, SHORTEST * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** Lets time pass. @throws the reason of the signal, as soon as it is aborted */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

export interface TryAgainOptions {
  /** How often more than once. */
  readonly retries: number;
  /** Where the server asks to wait longer than this, in milliseconds, its refusal is thrown at once. */
  readonly longestWait: number;
  readonly signal?: AbortSignal | undefined;
}

/** Does something again as long as what is against it may pass, so often. */
export async function tryAgain<Result>(
  work: () => Promise<Result>,
  { retries, longestWait, signal }: TryAgainOptions,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= retries || !mayPass(error) || (error.retryAfter ?? 0) > longestWait) throw error;
      await pause(waitBefore(attempt, error), signal);
    }
  }
}
