import { loadavg } from 'node:os';
import type { Attack } from '../tests/setup/attacks/attack.ts';
import type { Outcome } from '../tests/setup/attacks/normal-load.ts';
import type { Held, Suffered } from '../tests/setup/attacks/under-attack.ts';
import { quantile } from './statistics.ts';

const MEGA = 1024 * 1024;

/** What normal callers were answered. */
export interface Shares {
  readonly asked: number;
  /** Share of questions that were answered well and in time. */
  readonly inTime: number;
  readonly p50: number;
  readonly p99: number;
  /** How often each other end came. */
  readonly others: Readonly<Record<string, number>>;
}

/** How one attack went; the memory in MB, times in milliseconds. */
export interface AttackFigures {
  readonly name: string;
  readonly sends: string;
  readonly survived: boolean;
  readonly recovered: boolean;
  readonly lastWords?: string;
  readonly stall: number;
  readonly quiet: Shares;
  readonly attacked: Shares;
  readonly rss: { readonly before: number; readonly peak: number; readonly after: number };
  readonly heap: { readonly before: number; readonly peak: number; readonly after: number };
  readonly held: { readonly before: Held; readonly after: Held | null };
  readonly answers: Suffered['answers'];
  /** How long this process itself was held up at most: where it is long, the machine was busy with other work. */
  readonly ownDelay: number;
  readonly loadAverage: number;
}

export interface Measured {
  readonly quiet: readonly Outcome[];
  readonly before: Held;
  readonly suffered: Suffered;
  readonly after: Held | undefined;
  /** In milliseconds. */
  readonly ownDelay: number;
}

export function sharesOf(outcomes: readonly Outcome[]): Shares {
  const others: Record<string, number> = {};
  for (const { question, code } of outcomes) {
    if (code !== 'OK') others[`${question}: ${code}`] = (others[`${question}: ${code}`] ?? 0) + 1;
  }
  const times = outcomes.map(({ milliseconds }) => milliseconds);
  const good = outcomes.filter(({ code }) => code === 'OK').length;
  return {
    asked: outcomes.length,
    inTime: good / outcomes.length,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    others,
  };
}

const mega = (bytes: number) => Math.round(bytes / MEGA);

export function figuresOf(
  { name, sends }: Attack,
  { quiet, before, suffered, after, ownDelay }: Measured,
): AttackFigures {
  const { survived, recovered, lastWords, stall, peak, outcomes, answers } = suffered;
  const grown = (part: 'rss' | 'heap') => ({
    before: mega(before[part]),
    peak: mega(peak[part]),
    after: mega(after?.[part] ?? Number.NaN),
  });
  return {
    name,
    sends,
    survived,
    recovered,
    ...(lastWords === undefined ? {} : { lastWords }),
    stall: Math.round(stall.milliseconds),
    quiet: sharesOf(quiet),
    attacked: sharesOf(outcomes),
    rss: grown('rss'),
    heap: grown('heap'),
    held: { before, after: after ?? null },
    answers,
    ownDelay: Math.round(ownDelay),
    loadAverage: loadavg()[0] ?? Number.NaN,
  };
}

/** How the process did, in a word. */
const fateOf = ({ survived, recovered }: AttackFigures) =>
  survived ? (recovered ? 'survives' : '**does not answer**') : '**ends**';

const percent = (share: number) => `${(100 * share).toFixed(share > 0.995 && share < 1 ? 1 : 0)} %`;

/** A figure before and after; one alone where there is no other. */
const both = (
  before: AttackFigures | undefined,
  after: AttackFigures | undefined,
  show: (figures: AttackFigures) => string,
) => [before, after].flatMap((figures) => (figures ? [show(figures)] : [])).join(' → ');

/** What most of the others were told instead of an answer. */
const faultsOf = ({ attacked }: AttackFigures) =>
  Object.entries(attacked.others)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2)
    .map(([fault, count]) => `${fault} (${count})`)
    .join(', ');

const columns: Readonly<Record<string, (figures: AttackFigures) => string>> = {
  process: fateOf,
  'RSS before / peak / after, MB': ({ rss }) => `${rss.before} / ${rss.peak} / ${rss.after || '–'}`,
  'heap peak, MB': ({ heap }) => String(heap.peak),
  'heap in use before / after, MB': ({ heap }) => `${heap.before} / ${heap.after || '–'}`,
  'subscriptions left behind': ({ held }) => String(held.after?.subscriptions ?? '–'),
  'longest stall of `/health`, ms': ({ stall, recovered }) => (recovered ? stall.toLocaleString('en') : 'no answer'),
  'others answered in time': ({ attacked }) => percent(attacked.inTime),
  'most of the rest': faultsOf,
  'p99 of others, quiet / attacked, ms': ({ quiet, attacked }) =>
    `${quiet.p99.toFixed(0)} / ${attacked.p99.toFixed(0)}`,
};

/** The table of attacks, before and after where there are figures of both. */
export function attackTable(before: readonly AttackFigures[], after: readonly AttackFigures[]): string {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const rows = names.map((name) => {
    const [old, now] = [before, after].map((all) => all.find((figures) => figures.name === name));
    const cells = Object.values(columns).map((show) => both(old, now, show));
    return `| ${[`${name}: ${(now ?? old)?.sends}`, ...cells].join(' | ')} |`;
  });
  const heads = ['attack', ...Object.keys(columns)];
  return [`| ${heads.join(' | ')} |`, `| --- | --- |${' --: |'.repeat(heads.length - 2)}`, ...rows].join('\n');
}

/** The section of RESULTS.md. */
export const attackSection = (before: readonly AttackFigures[], after: readonly AttackFigures[]): string =>
  `## Attacks

A server with a heap of 512 MB, on the seeds. Each attack comes from a process and an address of its own for ten seconds;
attackers give way to the server, whose two processors they share here.
Meanwhile normal callers ask about 20 questions a second with a deadline of one second each: look-ups, pages, nested lists,
searches, changes, a subscription to them, event streams, exports. \`/health\` is probed every 20 ms on a new connection; "no
answer" means that it did not answer again, as a rule because the process ended. Heap in use is measured after a garbage
collection, before the attack and three seconds after it. Where two figures stand beside an arrow, the first was measured
before the limits of this version, with attackers that did not give way.

${attackTable(before, after)}
`;
