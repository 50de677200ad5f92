import { setTimeout } from 'node:timers/promises';

const PATIENCE = 1_000;

/** Waits until something holds, but no longer than a client that does not read may hold up. */
export async function settled(holds: () => boolean, patience = PATIENCE): Promise<void> {
  const end = performance.now() + patience;
  while (!holds() && performance.now() < end) await setTimeout(5);
}
