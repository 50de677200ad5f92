import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DatabaseError } from '../database-error.ts';
import { attempt } from './attempt.ts';

/** A process, distinguishable from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** As `startOf`, wherever there is `ps`; the same for everybody, whatever their time zone and language. */
export function startByPs(pid: number): string | undefined {
  const command = ['TZ=UTC', 'LC_ALL=C', 'ps', '-o', 'stat=,lstart=', '-p', String(pid)];
  // ps fails when there is no such process.
  const line = attempt(() => execFileSync('env', command, { encoding: 'utf8' }));
  const [state, ...started] = line?.trim().split(/\s+/) ?? [];
  return !state || state.startsWith('Z') ? undefined : started.join(' ');
}

/** When the process began, in a form that only compares; `undefined` when it is not running (a zombie is not). */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return startByPs(pid);
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The command's name, in parentheses, may hold spaces: what counts comes after it (state is field 3, start 22).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  if (!fields[0] || 'ZX'.includes(fields[0])) return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
}

/**
 * Identifies a running process.
 * @throws DatabaseError `unavailable` where the system does not show this process to itself; Error when there is none of
 * that number
 */
export function identify(pid: number, startedAt = startOf): ProcessIdentity {
  const started = startedAt(pid);
  if (started !== undefined) return { pid, started };
  if (pid !== process.pid) throw new Error(`There is no process ${pid}.`);
  const source = process.platform === 'linux' ? '/proc is not mounted' : 'the command ps does not run';
  throw new DatabaseError(
    'unavailable',
    `A local Neo4j cannot be run here, as ${source}. Fix that, or set NEO4J_URI to a Neo4j that runs elsewhere.`,
  );
}

/** Whether exactly this process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return startOf(pid) === started;
}

/** Asks this process to stop, and kills it if it has not after `timeout` milliseconds. */
export async function end(target: ProcessIdentity, timeout = 60_000): Promise<void> {
  const deadline = Date.now() + timeout;
  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; isRunning(target); signal = Date.now() > deadline ? 'SIGKILL' : 0) {
    attempt(() => process.kill(target.pid, signal));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
