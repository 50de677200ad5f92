// What attackers can do to a server with a heap of 512 MB, and what its normal callers notice: README.md says how.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Attack } from '../tests/setup/attacks/attack.ts';
import { attacks } from '../tests/setup/attacks/attacks.ts';
import { type Attackable, prepareAttackable } from '../tests/setup/attacks/prepare-attackable.ts';
import { askInPeace, attackUnderLoad, holds } from '../tests/setup/attacks/under-attack.ts';
import { seededGraph } from '../tests/setup/contents.ts';
import { throwAwayDatabase } from '../tests/setup/throw-away-database.ts';
import { type AttackFigures, attackSection, attackTable, figuresOf } from './attack-report.ts';
import { soakUnderAttack } from './attack-soak.ts';
import { writeResults } from './report.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    list: { type: 'boolean' },
    seconds: { type: 'string', default: '10' },
    patience: { type: 'string', default: '60' },
    missing: { type: 'boolean' },
    for: { type: 'string', default: '3600' },
    soak: { type: 'string' },
    json: { type: 'string' },
    report: { type: 'string' },
  },
});
const seconds = Number(options.seconds);
const patience = Number(options.patience) * 1_000;
if (!(seconds >= 1 && seconds <= 30)) throw new Error('--seconds takes 1 to 30.');
const minutes = Number(options.soak ?? 0);
if (!(minutes >= 0 && minutes <= 60)) throw new Error('--soak takes 1 to 60 minutes.');

/** Seconds of normal load in which caches are filled, and then of the quiet. */
const WARM_UP = 3;
const QUIET = 3;

/** Time in which what is left over may go, in milliseconds. */
const REST = 3_000;

const names = options.only?.split(',').map((name) => name.trim());
const unknown = names?.find((name) => attacks.every((attack) => attack.name !== name));
if (unknown !== undefined) throw new Error(`There is no attack ${unknown}. --list shows all.`);

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** What was measured into a file before; nothing where there is none. */
function readFigures(file: string | undefined): readonly AttackFigures[] {
  if (file === undefined) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Keeps what was measured of other attacks, so that the table can be measured piece by piece. */
function keep(figures: AttackFigures): void {
  if (options.json === undefined) return;
  const others = readFigures(options.json).filter(({ name }) => name !== figures.name);
  writeFileSync(options.json, `${JSON.stringify([...others, figures], null, 2)}\n`);
}

async function measure(attackable: Attackable, attack: Attack): Promise<AttackFigures> {
  const server = await attackable.start();
  try {
    const normal = { origin: server.origin, key: attackable.key };
    await askInPeace(normal, WARM_UP);
    const quiet = await askInPeace(normal, QUIET, server);
    const before = await holds(server);
    const delay = monitorEventLoopDelay();
    delay.enable();
    const suffered = await attackUnderLoad(server, normal, { lanes: [[attack]], seconds, patience });
    delay.disable();
    if (suffered.recovered) await sleep(REST);
    const after = suffered.recovered ? await holds(server) : undefined;
    return figuresOf(attack, { quiet, before, suffered, after, ownDelay: delay.max / 1e6 });
  } finally {
    await server.close();
  }
}

async function withDatabase(work: (attackable: Attackable) => Promise<void>): Promise<void> {
  const database = await throwAwayDatabase({ content: seededGraph, report: console.error, compilation: 'well' });
  try {
    await work(await prepareAttackable(database.address, [join(import.meta.dirname, '..', 'dist', 'main.js')]));
  } finally {
    await database.close();
  }
}

if (options.list) {
  for (const { name, sends } of attacks) console.log(`${name}: ${sends}`);
} else if (options.report !== undefined) {
  const [before, after] = options.report.split(',');
  writeResults('attacks', attackSection(readFigures(before), readFigures(after)));
} else if (minutes > 0) {
  await withDatabase((attackable) => soakUnderAttack(attackable, minutes));
} else {
  await withDatabase(async (attackable) => {
    const known = options.missing ? readFigures(options.json).map(({ name }) => name) : [];
    for (const attack of attacks) {
      if (names && !names.includes(attack.name)) continue;
      if (known.includes(attack.name) || performance.now() > Number(options.for) * 1_000) continue;
      const figures = await measure(attackable, attack);
      keep(figures);
      console.log(attackTable([], [figures]).split('\n').at(-1));
    }
  });
}
