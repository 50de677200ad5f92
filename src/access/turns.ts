export interface TurnOptions {
  /** Number of pieces of work that run at the same time. */
  readonly atOnce: number;
  /** Maximum number of those that wait for their turn. */
  readonly mostWaiting: number;
  /** What is thrown where that is exceeded. */
  readonly refusal: () => Error;
}

/** Runs work in the order in which it comes, a few pieces at a time. */
export function createTurns({ atOnce, mostWaiting, refusal }: TurnOptions) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (running < atOnce) running += 1;
    else if (waiting.length >= mostWaiting) throw refusal();
    else await new Promise<void>((resolve) => void waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Whoever is next takes over this one's turn.
      if (next) next();
      else running -= 1;
    }
  };
}
