import type { Attacker } from './attacker.ts';

/** One way to do a server harm. */
export interface Attack {
  readonly name: string;
  /** What is sent, with the bounds. */
  readonly sends: string;
  /** Ends by the end of the attacker's time; connections that are open then are closed. */
  run(attacker: Attacker): Promise<unknown>;
}
