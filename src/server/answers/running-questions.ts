import type { CachedAnswer } from './cached-answer.ts';

/** Questions that are being answered, each once. */
export interface RunningQuestions {
  has(question: string): boolean;
  /** The answer that is being made; it becomes `undefined` if that may not be shared. */
  get(question: string): Promise<CachedAnswer | undefined> | undefined;
  /** Begins to answer a question that nobody answers yet; the function returned ends it. */
  begin(question: string): (answer?: CachedAnswer) => void;
}

/** A question that is being answered. Most are asked by one caller only, and then nobody waits. */
interface Running {
  answer?: Promise<CachedAnswer | undefined>;
  end?: (answer?: CachedAnswer) => void;
}

export function createRunningQuestions(): RunningQuestions {
  const running = new Map<string, Running>();
  return {
    has: (question) => running.has(question),
    get(question) {
      const entry = running.get(question);
      if (entry && !entry.answer) {
        entry.answer = new Promise((resolve) => {
          entry.end = resolve;
        });
      }
      return entry?.answer;
    },
    begin(question) {
      const entry: Running = {};
      running.set(question, entry);
      return (made) => {
        if (running.get(question) === entry) running.delete(question);
        entry.end?.(made);
      };
    },
  };
}

/** Waits for an answer until the caller leaves or its time is over; then `undefined`. */
export async function answerInTime(
  answer: Promise<CachedAnswer | undefined>,
  signal: AbortSignal,
  milliseconds: number,
): Promise<CachedAnswer | undefined> {
  let leave = () => {};
  const left = new Promise<undefined>((resolve) => {
    leave = () => resolve(undefined);
  });
  const timer = setTimeout(leave, milliseconds);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([answer, left]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}
