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

/** Duration of normal load without attacks, before and after, in seconds. */
const QUIET = 30;

/** Time in which what is left over may go, in milliseconds. */
const REST = 30_000;

const line = (name: string, { asked, inTime, p50, p99, others }: Shares, more: readonly string[] = []) =>
  `| ${[name, asked, `${(100 * inTime).toFixed(1)} %`, p50.toFixed(1), p99.toFixed(1), ...more, JSON.stringify(others)].join(' | ')} |`;

const memory = ({ rss, heap, files, subscriptions, operations }: Held) =>
  `RSS ${(rss / MEGA).toFixed(0)} MB, heap in use ${(heap / MEGA).toFixed(0)} MB, ${files} open files, ${subscriptions} subscriptions, ${operations} operations`;

/** All attacks mixed into normal load, round after round, for about so many minutes; prints how callers fared. */
export async function soakUnderAttack(attackable: Attackable, minutes: number): Promise<void> {
  const lanes = inLanes(attacks, LANES);
  const roundSeconds = Math.max(...lanes.map(({ length }) => length)) * (SECONDS + START);
  const rounds = Math.max(1, Math.round((minutes * 60) / roundSeconds));
  let restarts = 0;
  let server: AttackedServer = await attackable.start();
  const normal = () => ({ origin: server.origin, key: attackable.key });
  try {
    await askInPeace(normal(), QUIET);
    const quiet = sharesOf(await askInPeace(normal(), QUIET));
    const before = await holds(server);
    console.log(
      `${rounds} rounds of ${roundSeconds} s with ${LANES} attacks at the same time. Before: ${memory(before)}.\n`,
    );
    console.log(
      '| | asked | in time | p50 ms | p99 ms | RSS peak, MB | heap peak, MB | stall of /health, ms | others |',
    );
    console.log('| --- | --: | --: | --: | --: | --: | --: | --: | --- |');
    console.log(line('quiet', quiet, ['', '', '']));
    let worst = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const suffered = await attackUnderLoad(server, normal(), { lanes, seconds: SECONDS, patience: 60_000 });
      const shares = sharesOf(suffered.outcomes);
      worst = Math.max(worst, shares.p99);
      const { peak, stall, recovered } = suffered;
      const more = [peak.rss / MEGA, peak.heap / MEGA, stall].map((figure) => figure.toFixed(0));
      console.log(line(`round ${round}${recovered ? '' : ' (restarted)'}`, shares, more));
      if (recovered) continue;
      console.error(
        `Last attacks: ${Object.keys(suffered.answers).slice(-LANES).join(', ')}. ${suffered.lastWords ?? ''}`,
      );
      restarts += 1;
      await server.close();
      server = await attackable.start();
    }
    await sleep(REST);
    const again = sharesOf(await askInPeace(normal(), QUIET));
    console.log(line('quiet again', again, ['', '', '']));
    const after = await holds(server);
    const times = (part: 'rss' | 'heap') => `${(after[part] / before[part]).toFixed(2)} times`;
    console.log(
      `\n${restarts} restarts. Worst p99 ${(worst / quiet.p99).toFixed(1)} times that of the quiet. After: ${memory(after)}: RSS ${times('rss')}, heap ${times('heap')}.`,
    );
  } finally {
    await server.close();
  }
}
