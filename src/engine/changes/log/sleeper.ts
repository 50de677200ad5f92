/** A waiting follower, until it is woken or times out. */
export function createSleeper() {
  let awake: (() => void) | undefined;
  return {
    wake: () => awake?.(),
    sleep: (milliseconds?: number) =>
      new Promise<void>((resolve) => {
        const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
        awake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

export type Sleeper = ReturnType<typeof createSleeper>;
