import { setTimeout as sleep } from 'node:timers/promises';
import type { AttackedServer } from '../tests/setup/attacks/attacked-server.ts';
import { attacks } from '../tests/setup/attacks/attacks.ts';
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

/** Duration of normal load without attacks, before and after, in seconds. */
const QUIET = 30;

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

/** All attacks mixed into normal load, round after round, for about so many minutes; prints how callers fared. */
export async function soakUnderAttack(attackable: Attackable, minutes: number): Promise<void> {
  const lanes = inLanes(attacks, LANES);
  const roundSeconds = Math.max(...lanes.map(({ length }) => length)) * (SECONDS + START) + REST / 1_000;
  const rounds = Math.max(1, Math.round((minutes * 60) / roundSeconds));
  let restarts = 0;
  let server: AttackedServer = await attackable.start();
  const normal = () => ({ origin: server.origin, key: attackable.key });
  try {
    await askInPeace(normal(), WARM_UP);
    const quiet = sharesOf(await askInPeace(normal(), QUIET, server));
    const held = [await holds(server)];
    console.log(`${rounds} rounds of ${roundSeconds} s with ${LANES} attacks at the same time.\n`);
    row([...columns, ...suffering]);
    row([...columns, ...suffering].map((name) => (words.includes(name) ? '---' : '--:')));
    row([...faring('quiet', quiet), ...suffering.map(() => '')]);
    const slowest: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const suffered = await attackUnderLoad(server, normal(), { lanes, seconds: SECONDS, patience: 60_000 });
      const shares = sharesOf(suffered.outcomes);
      slowest.push(shares.p99);
      const { peak, stall, recovered, answers, lastWords } = suffered;
      if (recovered) await sleep(REST);
      const after = recovered ? await holds(server) : undefined;
      if (after) held.push(after);
      row([
        ...faring(`round ${round}${recovered ? '' : ' (restarted)'}`, shares),
        `${stall.milliseconds.toFixed(0)} (${stall.during.join(', ')})`,
        ...[peak.rss, peak.heap, after?.rss ?? Number.NaN, after?.heap ?? Number.NaN].map(inMega),
      ]);
      if (recovered) continue;
      console.error(`Last attacks: ${Object.keys(answers).slice(-LANES).join(', ')}. ${lastWords ?? ''}`);
      restarts += 1;
      await server.close();
      server = await attackable.start();
    }
    const again = sharesOf(await askInPeace(normal(), QUIET, server));
    row([...faring('quiet again', again), ...suffering.map(() => '')]);
    held.push(await holds(server));
    const [before, first, last] = [held[0], held[1], held.at(-1)] as [Held, Held, Held];
    const grown = (since: Held) =>
      `RSS ${(last.rss / since.rss).toFixed(2)}, heap ${(last.heap / since.heap).toFixed(2)} times`;
    const times = slowest.map((p99) => (p99 / quiet.p99).toFixed(1)).join(', ');
    console.log(`\n${restarts} restarts. p99 of the rounds: ${times} times that of the quiet.`);
    console.log(`Before: ${memory(before)}. After: ${memory(last)}.`);
    console.log(
      `Grown since before: ${grown(before)}; since the first round, which fills the caches: ${grown(first)}.`,
    );
  } finally {
    await server.close();
  }
}
