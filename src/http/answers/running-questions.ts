import type { CachedAnswer } from './cached-answer.ts';

/** Questions that are being answered, each once. */
export interface RunningQuestions {
  /** The answer that is being made; it becomes `undefined` if that may not be shared. */
  get(question: string): Promise<CachedAnswer | undefined> | undefined;
  /** Begins to answer a question that nobody answers yet; the function returned ends it. */
  begin(question: string): (answer?: CachedAnswer) => void;
}

export function createRunningQuestions(): RunningQuestions {
  const running = new Map<string, Promise<CachedAnswer | undefined>>();
  return {
    get: (question) => running.get(question),
    begin(question) {
      let end: (answer?: CachedAnswer) => void = () => {};
      const answer = new Promise<CachedAnswer | undefined>((resolve) => {
        end = resolve;
      });
      running.set(question, answer);
      return (made) => {
        if (running.get(question) === answer) running.delete(question);
        end(made);
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
