import { type ErrorCode, SilkgraphError } from './silkgraph-error.ts';

const SHORTEST = 200;
const LONGEST = 10_000;

/** What a timer can wait; with more, it would not wait at all. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Codes of temporary errors. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'NO_CONNECTION',
  'OVERLOADED',
  'RATE_LIMITED',
  'DATABASE_UNAVAILABLE',
]);

/** Statuses of temporary errors, also from proxies. */
const passingStatuses: ReadonlySet<number | undefined> = new Set([429, 502, 503, 504]);

/** Whether there is no data. Partial results are not discarded for a retry. */
const isEmpty = (data: unknown) => Object.values(data ?? {}).every((value) => value === null);

/** Whether a retry may succeed. */
export const mayPass = (error: unknown): error is SilkgraphError =>
  error instanceof SilkgraphError &&
  isEmpty(error.data) &&
  (passing.has(error.code) || passingStatuses.has(error.status));

/** Delay before the next retry in milliseconds: `Retry-After`, or exponential backoff, with jitter. */
export function waitBefore(attempt: number, { retryAfter }: Pick<SilkgraphError, 'retryAfter'>): number {
  if (retryAfter !== undefined) return retryAfter + Math.random() * SHORTEST;
  return Math.min(LONGEST, SHORTEST * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** Waits. @throws the reason of the signal when it is aborted */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      },
      Math.min(milliseconds, LONGEST_TIMER),
    );
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

export interface TryAgainOptions {
  /** Maximum number of retries. */
  readonly retries: number;
  /** Maximum delay in milliseconds. If `Retry-After` is longer, the error is thrown at once. */
  readonly longestWait: number;
  readonly signal?: AbortSignal | undefined;
}

/** Retries after temporary errors. */
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
