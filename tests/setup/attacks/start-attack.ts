import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Attack } from './attack.ts';
import type { Target } from './attacker.ts';

/** What attackers got: statuses with error codes, or how connections failed, and how often. */
export type Answers = Readonly<Record<string, number>>;

/** Attackers have machines of their own. Here they give way to the server, whose processor they share (nice value). */
const PRIORITY = 10;

/** Longer than an attacker's start and farewell take on a busy machine, in milliseconds. */
const MARGIN = 60_000;

/**
 * Runs an attack in a process of its own, whose end closes all its connections.
 * @throws Error where the attacker fails or does not end
 */
export async function startAttack({ name }: Attack, target: Target): Promise<Answers> {
  const child = fork(fileURLToPath(new URL('./attacker-child.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  if (child.pid !== undefined) setPriority(child.pid, PRIORITY);
  let answers: Answers | undefined;
  child.once('message', (received) => {
    answers = received as Answers;
  });
  const exited = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), target.seconds * 1_000 + MARGIN);
  child.send({ name, target });
  await exited;
  clearTimeout(late);
  if (answers === undefined) throw new Error(`The attack ${name} did not take place.`);
  return answers;
}
