import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a balancer sees that probes `/health` on a new connection each time, as most do. */
export interface HealthWatch {
  /** The longest time between two good answers so far, in milliseconds, less the pause between probes. */
  longestStall(): number;
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

export function watchHealth(origin: string): HealthWatch {
  let isOver = false;
  let lastGood = performance.now();
  let longest = 0;
  /** When the last probe that was answered well was sent. */
  let sentGood = 0;

  const sinceGood = () => Math.max(0, performance.now() - lastGood - PAUSE);
  const watching = (async () => {
    while (!isOver) {
      const sent = performance.now();
      if (await probe(origin)) {
        longest = Math.max(longest, sinceGood());
        lastGood = performance.now();
        sentGood = sent;
      }
      await sleep(PAUSE);
    }
  })();

  return {
    longestStall: () => Math.max(longest, sinceGood()),
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
