import { readFileSync } from 'node:fs';
import { attempt } from '../../../engine/database/system/attempt.ts';
import { connectionsFor } from './open-graph.ts';

/** Open files beside connections to callers and to the database: modules, logs, pipes. */
const OTHERS = 50;

/**
 * Number of connections of callers for which this process may open files, beside those that it needs itself. Without this
 * limit, callers could take the last one, and none would be left for the database.
 * @returns `undefined` where the limit of open files is unknown, or there is none
 */
export function possibleConnections(
  { concurrency }: { readonly concurrency: number },
  limits = attempt(() => readFileSync('/proc/self/limits', 'utf8')) ?? '',
): number | undefined {
  const [, files] = /^Max open files +(\d+)/m.exec(limits) ?? [];
  return files === undefined ? undefined : Math.max(1, Number(files) - connectionsFor({ concurrency }) - OTHERS);
}
