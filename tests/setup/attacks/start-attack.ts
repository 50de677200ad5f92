import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Attack } from './attack.ts';
import type { Target } from './attacker.ts';

/** What attackers got: statuses with error codes, or how connections failed, and how often. */
export type Answers = Readonly<Record<string, number>>;

/** Attackers have machines of their own. Here they give way to the server, whose processor they share as far as they can. */
const PRIORITY = constants.priority.PRIORITY_LOW;

/** Longer than an attacker's start and farewell take on a busy machine, in milliseconds. */
const MARGIN = 60_000;

const program = fileURLToPath(new URL('./attacker-child.ts', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

let bundled: Promise<string> | undefined;

/** The attacker's program, bundled once: to compile it for each attack would take a second of the attacked machine. */
function attackerProgram(): Promise<string> {
  bundled ??= build({
    ...{ entryPoints: [program], bundle: true, packages: 'external', write: false },
    ...{ platform: 'node', format: 'esm', minify: true },
  }).then(({ outputFiles: [file] }) => file?.text ?? '');
  return bundled;
}

/**
 * Runs an attack in a process of its own, whose end closes all its connections.
 * @throws Error where the attacker fails or does not end
 */
export async function startAttack({ name }: Attack, target: Target): Promise<Answers> {
  const source = await attackerProgram();
  const child = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: root,
    stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
  });
  child.stdin?.end(source);
  if (child.pid !== undefined) setPriority(child.pid, PRIORITY);
  let answers: Answers | undefined;
  child.once('message', (received) => {
    answers = received as Answers;
  });
  // Its answers may arrive after its end, but before the channel is closed.
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const late = setTimeout(() => child.kill('SIGKILL'), target.seconds * 1_000 + MARGIN);
  child.send({ name, target });
  await ended;
  clearTimeout(late);
  if (answers === undefined) throw new Error(`The attack ${name} did not take place.`);
  return answers;
}
