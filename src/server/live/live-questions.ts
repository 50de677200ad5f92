import type { ExecutionResult } from 'graphql';
import { bytesOf } from '../../engine/budgets/memory-budget.ts';
import { times } from '../../engine/budgets/time-budget.ts';
import { type ChangeFeed, wakeInTurns } from '../../engine/changes/log/change-feed.ts';
import { type Dependencies, isTouched } from '../../engine/changes/log/graph-revisions.ts';
import { createSemaphore } from '../../engine/graph/semaphore.ts';
import { InvalidCursor } from '../../engine/reads/cursor.ts';
import { codedError, type ErrorCode, limitExceeded } from '../../graphql/errors.ts';
import { refusal } from '../bad-request.ts';
import { createQuotas, type QuotaOptions } from '../limits/quotas.ts';

/** A question whose answer is followed. */
export interface LiveQuestion {
  /** Equal for those who ask the same and may see the same. */
  readonly key: string;
  /** The first caller; its answers count as theirs. */
  readonly caller: string | undefined;
  readonly dependencies: Dependencies;
  readonly feed: ChangeFeed;
  /** Reads the answer. */
  execute(signal: AbortSignal): Promise<ExecutionResult>;
  /** The code of an error in an answer that passes automatically; `undefined` if there is none. */
  transientErrorCode(result: ExecutionResult): ErrorCode | undefined;
}

export interface LiveQuestionOptions {
  /** Maximum size of the latest answers of all questions, in bytes. */
  readonly bytes?: QuotaOptions;
  /** Maximum number of answers that are read at the same time. */
  readonly atOnce?: number;
  /** Time in ms until a question is read again whose answer could not be read, unless that took long. */
  readonly pause?: number;
}

/** Followed questions, each read once for all who follow it. */
export interface LiveQuestions {
  /** Number of different questions. */
  readonly count: number;
  /** The first answer and each later one that differs; only the result, if the question is refused. */
  follow(question: LiveQuestion): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>>;
}

const tooMuch = () =>
  refusal(limitExceeded('The answers to live questions take too much memory. Select less, or end other ones first.'));

const later = (work: () => void, milliseconds: number) => setTimeout(work, milliseconds).unref();

/** How many times as long as a reading that failed has taken the next one waits, so that others have their turn. */
const REST = 4;

/** One question, as long as somebody follows it. */
function createFollowed(
  question: LiveQuestion,
  run: <Answer>(work: () => Promise<Answer>) => Promise<Answer>,
  pause: number,
  /** Whether an answer of this size, in characters, may replace the last one. */
  fits: (characters: number) => boolean,
) {
  const ending = new AbortController();
  const waiting = new Set<() => void>();
  let latest: ExecutionResult | undefined;
  let text = '';
  let version = 0;
  let isRunning = false;
  let isOutdated = false;
  let isLast = false;
  let followers = 0;
  let retry: NodeJS.Timeout | undefined;

  function publish(result: ExecutionResult): void {
    const next = JSON.stringify(result);
    if (next === text) return;
    const isKept = fits(next.length);
    isLast = !isKept;
    text = isKept ? next : '';
    latest = isKept ? result : { errors: [tooMuch()] };
    version += 1;
    wakeInTurns([...waiting]);
    waiting.clear();
  }

  async function refresh(): Promise<void> {
    isOutdated = true;
    if (isRunning) return;
    isRunning = true;
    while (isOutdated && !ending.signal.aborted && !isLast) {
      isOutdated = false;
      let begun = performance.now();
      const result = await run(() => {
        begun = performance.now();
        return question.execute(ending.signal);
      }).catch((error) => ({ errors: [codedError('INTERNAL_SERVER_ERROR', String(error))] }));
      if (ending.signal.aborted) break;
      const fault = question.transientErrorCode(result);
      // While the database is away, the last answer stays. A timeout may recur at each reading, so it is reported.
      if (fault === undefined || fault === 'TIMEOUT' || version === 0) publish(result);
      if (fault === undefined) continue;
      clearTimeout(retry);
      retry = later(() => void refresh(), Math.max(pause, REST * (performance.now() - begun)));
      break;
    }
    isRunning = false;
  }

  return {
    dependencies: question.dependencies,
    refresh,
    join(leave: () => void): AsyncIterableIterator<ExecutionResult> {
      followers += 1;
      let seen = 0;
      let hasLeft = false;
      let goOn = () => {};
      const changed = () =>
        new Promise<void>((resolve) => {
          goOn = resolve;
          waiting.add(resolve);
        });
      const end = () => {
        if (hasLeft) return;
        hasLeft = true;
        followers -= 1;
        waiting.delete(goOn);
        goOn();
        if (followers > 0) return;
        ending.abort();
        leave();
      };
      return {
        async next() {
          while (!hasLeft && version === seen) await changed();
          if (hasLeft || !latest) return { done: true, value: undefined };
          seen = version;
          const value = latest;
          if (isLast) end();
          return { done: false, value };
        },
        async return() {
          end();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

type Followed = ReturnType<typeof createFollowed>;

/** Follows questions by the change feed: one follower of the feed serves all. */
export function createLiveQuestions({
  bytes = { each: bytesOf('live') / 4, all: bytesOf('live') },
  atOnce = 4,
  pause = times.liveAgain.ms,
}: LiveQuestionOptions = {}): LiveQuestions {
  const questions = new Map<string, Followed>();
  const quotas = createQuotas(bytes, 'live');
  const run = createSemaphore({ atOnce, mostWaiting: Number.POSITIVE_INFINITY, refusal: tooMuch });
  let feeding: Promise<{ stop(): void }> | undefined;
  let joining = 0;

  async function start(feed: ChangeFeed): Promise<{ stop(): void }> {
    let isStopped = false;
    let events = await feed.follow({});
    const listen = async (): Promise<void> => {
      try {
        for await (const event of events)
          for (const one of questions.values()) if (isTouched(one.dependencies, event)) void one.refresh();
      } catch (error) {
        // Another log took its place: the answers are those of another graph.
        if (error instanceof InvalidCursor) return again();
        // The log could not be read; what was missed is not known.
      }
      if (!isStopped) later(() => void again(), pause);
    };
    const again = async (): Promise<void> => {
      if (isStopped) return;
      try {
        events = await feed.follow({});
      } catch {
        later(() => void again(), pause);
        return;
      }
      // Everybody may have left meanwhile.
      if (isStopped) return void events.return?.();
      for (const one of questions.values()) void one.refresh();
      void listen();
    };
    void listen();
    return {
      stop() {
        isStopped = true;
        void events.return?.();
      },
    };
  }

  function follow(question: LiveQuestion): Followed {
    const known = questions.get(question.key);
    if (known) return known;
    const { caller } = question;
    let held = 0;
    const made = createFollowed(question, run, pause, (characters) => {
      quotas.give(caller, held);
      held = quotas.take(caller, characters) ? 0 : characters;
      return held === characters;
    });
    const followed: Followed = {
      ...made,
      join: (leave) =>
        made.join(() => {
          quotas.give(caller, held);
          held = 0;
          leave();
        }),
    };
    questions.set(question.key, followed);
    void followed.refresh();
    return followed;
  }

  /** The last one has left. */
  function forget(key: string, followed: Followed): void {
    if (questions.get(key) === followed) questions.delete(key);
    stopIfIdle();
  }

  function stopIfIdle(): void {
    if (questions.size + joining > 0) return;
    void feeding?.then(({ stop }) => stop());
    feeding = undefined;
  }

  return {
    get count() {
      return questions.size;
    },
    async follow(question) {
      // Before the first answer is read, so that no change is missed in between.
      const starting = feeding ?? start(question.feed);
      feeding = starting;
      joining += 1;
      try {
        await starting;
      } catch (error) {
        if (feeding === starting) feeding = undefined;
        throw error;
      } finally {
        joining -= 1;
      }
      const followed = follow(question);
      const answers = followed.join(() => forget(question.key, followed));
      const first = await answers.next();
      if (first.done || first.value.data === undefined || first.value.data === null) {
        await answers.return?.();
        return first.value ?? {};
      }
      return startingWith(first.value, answers);
    },
  };
}

/** Puts a result that was taken back in front. */
function startingWith(
  first: ExecutionResult,
  rest: AsyncIterableIterator<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  let isTaken = false;
  return {
    async next() {
      if (isTaken) return rest.next();
      isTaken = true;
      return { done: false, value: first };
    },
    return: async () => rest.return?.() ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
