import { setTimeout as sleep } from 'node:timers/promises';
import type { AttackedServer } from '../tests/setup/attacks/attacked-server.ts';
import { attacks } from '../tests/setup/attacks/attacks.ts';
import type { Outcome } from '../tests/setup/attacks/normal-load.ts';
import type { Attackable } from '../tests/setup/attacks/prepare-attackable.ts';
import { askInPeace, attackUnderLoad, type Held, holds, inLanes } from '../tests/setup/attacks/under-attack.ts';
import { type Shares, sharesOf } from './attack-report.ts';

const MEGA = 1024 * 1024;

/** Attacks at the same time, and seconds of each. */
const LANES = 3;
const SECONDS = 10;

/** An attacker's start, in seconds. */
const START = 1;

/** Seconds of normal load in which Neo4j compiles its code and caches are filled. */
const WARM_UP = 120;

/** Rounds of attacks before anything is measured: they fill every cache up to its bound. */
const FILLING = 2;

/** Duration of normal load without attacks, before and after, in seconds, so that 1 % of it is over 20 questions. */
const QUIET = 120;

/** Time in which what is left over may go, in milliseconds. */
const REST = 30_000;

const columns = ['', 'asked', 'in time', 'p50 ms', 'p99 ms', 'others'];
const suffering = ['stall of /health, ms', 'RSS peak, MB', 'heap peak, MB', 'RSS after, MB', 'heap after, MB'];

/** Columns of words; all others are aligned as numbers. */
const words = ['', 'others'];

const row = (cells: readonly unknown[]) => console.log(`| ${cells.join(' | ')} |`);

const faring = (name: string, { asked, inTime, p50, p99, others }: Shares) => [
  ...[name, asked, `${(100 * inTime).toFixed(1)} %`, p50.toFixed(1), p99.toFixed(1), JSON.stringify(others)],
];

const inMega = (bytes: number) => (bytes / MEGA).toFixed(0);

const memory = ({ rss, heap, files, subscriptions, operations }: Held) =>
  `RSS ${inMega(rss)} MB, heap in use ${inMega(heap)} MB, ${files} open files, ${subscriptions} subscriptions, ${operations} operations`;

/**
 * All attacks mixed into normal load, round after round, for about so many minutes; prints how callers fared. What is held
 * is compared with what was held once the caches were full.
 */
export async function soakUnderAttack(attackable: Attackable, minutes: number): Promise<void> {
  const lanes = inLanes(attacks, LANES);
  const roundSeconds = Math.max(...lanes.map(({ length }) => length)) * (SECONDS + START) + REST / 1_000;
  const rounds = Math.max(1, Math.round((minutes * 60) / roundSeconds));
  let restarts = 0;
  let server: AttackedServer = await attackable.start();
  const normal = () => ({ origin: server.origin, key: attackable.key });

  async function attackRound(name: string): Promise<readonly Outcome[]> {
    const suffered = await attackUnderLoad(server, normal(), { lanes, seconds: SECONDS, patience: 60_000 });
    const { peak, stall, recovered, answers, lastWords, outcomes } = suffered;
    if (recovered) await sleep(REST);
    const after = recovered ? await holds(server) : undefined;
    row([
      ...faring(`${name}${recovered ? '' : ' (restarted)'}`, sharesOf(outcomes)),
      `${stall.milliseconds.toFixed(0)} (${stall.during.join(', ')})`,
      ...[peak.rss, peak.heap, after?.rss ?? Number.NaN, after?.heap ?? Number.NaN].map(inMega),
    ]);
    if (!recovered) {
      console.error(`Last attacks: ${Object.keys(answers).slice(-LANES).join(', ')}. ${lastWords ?? ''}`);
      restarts += 1;
      await server.close();
      server = await attackable.start();
    }
    return outcomes;
  }

  async function quietly(name: string): Promise<readonly Outcome[]> {
    const outcomes = await askInPeace(normal(), QUIET, server);
    row([...faring(name, sharesOf(outcomes)), ...suffering.map(() => '')]);
    return outcomes;
  }

  try {
    await askInPeace(normal(), WARM_UP);
    console.log(`${rounds} rounds of ${roundSeconds} s with ${LANES} attacks at the same time, after ${FILLING}.\n`);
    row([...columns, ...suffering]);
    row([...columns, ...suffering].map((name) => (words.includes(name) ? '---' : '--:')));
    for (let round = 1; round <= FILLING; round += 1) await attackRound(`filling caches ${round}`);
    const quiet = [...(await quietly('quiet'))];
    const before = await holds(server);
    const attacked: Outcome[] = [];
    for (let round = 1; round <= rounds; round += 1) attacked.push(...(await attackRound(`round ${round}`)));
    quiet.push(...(await quietly('quiet again')));
    const after = await holds(server);
    row([...faring('all quiet', sharesOf(quiet)), ...suffering.map(() => '')]);
    row([...faring('all rounds', sharesOf(attacked)), ...suffering.map(() => '')]);
    const times = (sharesOf(attacked).p99 / sharesOf(quiet).p99).toFixed(1);
    console.log(`\n${restarts} restarts. p99 of all rounds: ${times} times that of the quiet.`);
    console.log(`Before: ${memory(before)}. After: ${memory(after)}.`);
    const [rss, heap] = [after.rss / before.rss, after.heap / before.heap].map((grown) => grown.toFixed(2));
    console.log(`Grown since before: RSS ${rss}, heap ${heap} times.`);
  } finally {
    await server.close();
  }
}
