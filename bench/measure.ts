import { readFileSync } from 'node:fs';
import type { Contestant } from './contestants.ts';
import type { Query, Variables } from './queries.ts';

/** What one contestant did with one query in one round. */
export interface Measurement {
  /** How long each operation took, one after the other, in milliseconds. */
  readonly serial: readonly number[];
  /** Operations a second with several in flight. */
  readonly throughput: number;
  readonly statements: number;
  /** CPU milliseconds for each operation. */
  readonly serverCpu: number;
  readonly neo4jCpu: number;
}

/** Measurements of one query by contestant, one for each round. */
export type Measurements = ReadonlyMap<Query, ReadonlyMap<string, readonly Measurement[]>>;

export interface Budget {
  readonly serialMilliseconds: number;
  readonly leastOperations: number;
  readonly parallelMilliseconds: number;
  readonly inFlight: number;
}

/** One query as one contestant is asked it. */
export interface Task {
  readonly query: Query;
  readonly contestant: Contestant;
  readonly variables: readonly Variables[];
}

/** Linux counts the time of processes in hundredths of a second. */
const TICK = 10;

/** CPU time of a process so far, in milliseconds. */
export function processCpu(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Consecutive operations of one contestant before the next has its turn. */
export const TURN = 5;

const variablesOf = ({ variables }: Task, index: number): Variables => variables[index % variables.length] ?? {};

/**
 * How long each operation takes, one after the other. The contestants take turns after a few operations each, so that
 * whatever else the machine does meets all of them.
 */
async function inTurns(tasks: readonly Task[], milliseconds: number, least: number): Promise<readonly number[][]> {
  const times = tasks.map((): number[] => []);
  const end = performance.now() + milliseconds * tasks.length;
  for (let turn = 0; performance.now() < end || turn * TURN < least; turn += 1) {
    for (const [place, task] of tasks.entries()) {
      for (let index = 0; index < TURN; index += 1) {
        const started = performance.now();
        await task.contestant.ask(task.query, variablesOf(task, turn * TURN + index));
        times[place]?.push(performance.now() - started);
      }
    }
  }
  return times;
}

/** Operations and milliseconds, with so many in flight. */
async function atOnce(task: Task, milliseconds: number, inFlight: number) {
  const started = performance.now();
  const end = started + milliseconds;
  let operations = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() < end) {
        await task.contestant.ask(task.query, variablesOf(task, operations++));
      }
    }),
  );
  return { operations, milliseconds: performance.now() - started };
}

/** The same items, beginning with another one, so that each comes first in some round. */
export const turned = <Item>(items: readonly Item[], by: number): readonly Item[] =>
  items.map((_, index) => items[(index + by) % items.length] as Item);

/** Asks without measuring, so that both sides have compiled what they run. */
export async function warmUp(tasks: readonly Task[], milliseconds: number, inFlight: number): Promise<void> {
  await inTurns(tasks, milliseconds / 2, TURN);
  for (const task of tasks) await atOnce(task, milliseconds / 2, inFlight);
}

/** Asks one after the other, then with several in flight: one round of one query. */
export async function measure(
  tasks: readonly Task[],
  { serialMilliseconds, leastOperations, parallelMilliseconds, inFlight }: Budget,
  neo4j: number | undefined,
): Promise<readonly Measurement[]> {
  const times = await inTurns(tasks, serialMilliseconds, leastOperations);
  const measurements: Measurement[] = [];
  for (const [place, task] of tasks.entries()) {
    const { contestant } = task;
    const before = { ...(await contestant.usage()), neo4j: processCpu(neo4j) };
    const { operations, milliseconds } = await atOnce(task, parallelMilliseconds, inFlight);
    const after = { ...(await contestant.usage()), neo4j: processCpu(neo4j) };
    measurements.push({
      serial: times[place] ?? [],
      throughput: (operations / milliseconds) * 1000,
      statements: (after.statements - before.statements) / operations,
      serverCpu: (after.cpuMilliseconds - before.cpuMilliseconds) / operations,
      neo4jCpu: (after.neo4j - before.neo4j) / operations,
    });
  }
  return measurements;
}
