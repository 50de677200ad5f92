import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Stall {
  /** The time between two good answers in milliseconds, less the pause between probes. */
  readonly milliseconds: number;
  /** What went on when it ended. */
  readonly during: readonly string[];
}

/** What a balancer sees that probes `/health` on a new connection each time, as most do. */
export interface HealthWatch {
  longestStall(): Stall;
  /**
   * Waits for a good answer to a probe that is sent from now on, as long as the server is alive.
   * @returns whether it came within `milliseconds`
   */
  isWellWithin(milliseconds: number, isAlive: () => boolean): Promise<boolean>;
  end(): Promise<void>;
}

/** Pause between two probes in milliseconds. */
const PAUSE = 20;

/** A probe that is not answered is given up after this, in milliseconds; the stall goes on. */
const PATIENCE = 10_000;

const probe = (origin: string) =>
  new Promise<boolean>((resolve) => {
    const asking = get(`${origin}/health`, { agent: false, timeout: PATIENCE }, (response) => {
      response.resume();
      response.once('close', () => resolve(response.statusCode === 200 && response.complete));
    });
    asking.once('timeout', () => asking.destroy());
    asking.once('error', () => resolve(false));
  });

/** @param goesOn tells what goes on at the moment */
export function watchHealth(origin: string, goesOn: () => readonly string[]): HealthWatch {
  let isOver = false;
  let lastGood = performance.now();
  let longest: Stall = { milliseconds: 0, during: [] };
  /** When the last probe that was answered well was sent. */
  let sentGood = 0;

  const longestStall = () => {
    const milliseconds = performance.now() - lastGood - PAUSE;
    return milliseconds > longest.milliseconds ? { milliseconds, during: goesOn() } : longest;
  };
  const watching = (async () => {
    while (!isOver) {
      const sent = performance.now();
      if (await probe(origin)) {
        longest = longestStall();
        lastGood = performance.now();
        sentGood = sent;
      }
      await sleep(PAUSE);
    }
  })();

  return {
    longestStall,
    async isWellWithin(milliseconds, isAlive) {
      const asked = performance.now();
      while (sentGood < asked && isAlive() && performance.now() - asked < milliseconds) await sleep(PAUSE);
      return sentGood >= asked;
    },
    async end() {
      isOver = true;
      await watching;
    },
  };
}
