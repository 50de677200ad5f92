import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Answers, type Asked, PATIENCE, type timeNothing } from './asking.ts';
import type { Round } from './import-round.ts';
import { type Measurement, type Measurements, TURN } from './measure.ts';
import type { Query } from './queries.ts';
import { type Question, questions } from './questions.ts';
import { geometricMean, median, quantile } from './statistics.ts';

export const shown = (value: number, digits = 2) =>
  Number.isFinite(value)
    ? value >= 100
      ? value.toFixed(0)
      : value.toFixed(value >= 10 ? Math.min(1, digits) : digits)
    : '–';

export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

type Rounds = readonly Measurement[];

const p50 = ({ serial }: Measurement) => median(serial);
const middle = (rounds: Rounds, value: (measurement: Measurement) => number) => median(rounds.map(value));

/** How many times as long, or as few operations a second, round by round; of these the median. */
const timeRatio = (over: Rounds, under: Rounds) =>
  median(over.map((measurement, round) => p50(measurement) / p50(under[round] as Measurement)));
const throughputRatio = (over: Rounds, under: Rounds) =>
  median(over.map(({ throughput }, round) => (under[round] as Measurement).throughput / throughput));

interface Ratios {
  readonly query: Query;
  readonly statements: number;
  readonly ceiling: number;
  readonly ceilingThroughput: number;
  readonly hand: number;
  readonly peer: number;
  readonly peerThroughput: number;
  readonly unplanned: number;
  readonly ceilingCpu: number;
  readonly peerCpu: number;
}

/** How many times as much CPU time of server and Neo4j together. */
const cpuRatio = (over: Rounds, under: Rounds) => middle(over, cpu) / middle(under, cpu);
const cpu = ({ serverCpu, neo4jCpu }: Measurement) => serverCpu + neo4jCpu;

function ratiosOf(results: Measurements): readonly Ratios[] {
  return [...results].map(([query, byName]) => {
    const of = (name: string) => byName.get(name) ?? [];
    return {
      query,
      statements: middle(of('silkgraph'), ({ statements }) => statements),
      ceiling: timeRatio(of('silkgraph'), of('ceiling')),
      ceilingThroughput: throughputRatio(of('silkgraph'), of('ceiling')),
      hand: timeRatio(of('silkgraph'), of('hand')),
      peer: timeRatio(of('peer'), of('silkgraph')),
      peerThroughput: throughputRatio(of('peer'), of('silkgraph')),
      unplanned: timeRatio(of('unplanned'), of('silkgraph')),
      ceilingCpu: cpuRatio(of('silkgraph'), of('ceiling')),
      peerCpu: cpuRatio(of('peer'), of('silkgraph')),
    };
  });
}

const columns = [
  'ceiling',
  'ceilingThroughput',
  'ceilingCpu',
  'hand',
  'peer',
  'peerThroughput',
  'peerCpu',
  'unplanned',
] as const;
const heads = ['c ÷ b', 'c ÷ b at 16', 'c ÷ b CPU', 'c ÷ a', 'e ÷ c', 'e ÷ c at 16', 'e ÷ c CPU', 'd ÷ c'];

/** Without the queries that a contestant was not asked. */
const known = (ratios: readonly Ratios[], column: (typeof columns)[number]) =>
  ratios.map((entry) => entry[column]).filter((ratio) => !Number.isNaN(ratio));

function ratioTable(ratios: readonly Ratios[]): string {
  const row = (entry: Ratios) => columns.map((column) => shown(entry[column]));
  const means = columns.map((column) => `**${shown(geometricMean(known(ratios, column)))}**`);
  return table(
    ['query', 'statements', ...heads],
    [
      ...ratios.map((entry) => [entry.query.name, shown(entry.statements, 2), ...row(entry)]),
      ['**geometric mean**', '', ...means],
    ],
  );
}

function verdicts(ratios: readonly Ratios[]): string {
  const mean = (column: (typeof columns)[number]) => geometricMean(known(ratios, column));
  const extreme = (column: (typeof columns)[number], pick: (...values: number[]) => number) =>
    pick(...known(ratios, column));
  const most = Math.max(...ratios.map(({ statements }) => statements));
  const line = (wanted: string, found: string, met: boolean) => [wanted, found, met ? 'yes' : '**no**'];
  return table(
    ['wanted', 'found', 'reached'],
    [
      line('c ≤ 1.25 × b in geometric mean', `${shown(mean('ceiling'))} ×`, mean('ceiling') <= 1.25),
      line(
        'c ≤ 1.6 × b for every query',
        `at most ${shown(extreme('ceiling', Math.max))} ×`,
        extreme('ceiling', Math.max) <= 1.6,
      ),
      line('e ≥ 1.6 × c in geometric mean, one at a time', `${shown(mean('peer'))} ×`, mean('peer') >= 1.6),
      line(
        'e ≥ 1.6 × c in geometric mean, 16 in flight',
        `${shown(mean('peerThroughput'))} ×`,
        mean('peerThroughput') >= 1.6,
      ),
      line(
        'e faster than c for no query',
        `at least ${shown(Math.min(extreme('peer', Math.min), extreme('peerThroughput', Math.min)))} ×`,
        extreme('peer', Math.min) >= 1 && extreme('peerThroughput', Math.min) >= 1,
      ),
      line('one statement for each query without a cut', `at most ${shown(most)}`, most < 1.01),
    ],
  );
}

function numberTable(results: Measurements): string {
  const letters: Readonly<Record<string, string>> = {
    hand: 'a',
    ceiling: 'b',
    silkgraph: 'c',
    unplanned: 'd',
    peer: 'e',
  };
  const rows = [...results].flatMap(([{ name }, byName]) =>
    [...byName]
      .sort(([left], [right]) => (letters[left] ?? left).localeCompare(letters[right] ?? right))
      .map(([contestant, rounds]) => [
        letters[contestant] === 'a' ? `${name} a` : `${name} ${letters[contestant] ?? contestant}`,
        shown(middle(rounds, p50)),
        shown(
          quantile(
            rounds.flatMap(({ serial }) => serial),
            0.99,
          ),
        ),
        shown(
          middle(rounds, ({ throughput }) => throughput),
          0,
        ),
        shown(middle(rounds, ({ statements }) => statements)),
        shown(middle(rounds, ({ serverCpu }) => serverCpu)),
        shown(middle(rounds, ({ neo4jCpu }) => neo4jCpu)),
      ]),
  );
  return table(['query', 'p50 ms', 'p99 ms', 'ops/s at 16', 'statements', 'CPU ms server', 'CPU ms Neo4j'], rows);
}

/** The ratios, for a terminal. */
export const summary = (results: Measurements): string =>
  [ratioTable(ratiosOf(results)), verdicts(ratiosOf(results)), numberTable(results)].join('\n\n');

export interface Comparison {
  readonly results: Measurements;
  readonly contestants: readonly { readonly name: string; readonly description: string }[];
  readonly rounds: number;
  /** The load average before and after. */
  readonly load: readonly [number, number];
  readonly inFlight: number;
}

const machine = (load: readonly [number, number]) =>
  `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB; Node.js ${process.version}; Neo4j 5.26 Community with a heap of 1 GB; load average ${load.map((value) => value.toFixed(1)).join(' before, ')} after. Clients, server and Neo4j share the machine.`;

export function comparisonSection({ results, contestants, rounds, load, inFlight }: Comparison): string {
  const ratios = ratiosOf(results);
  return `## Compared on \`medium\`

${machine(load)}

${contestants.map(({ description }, index) => `- **${'abcde'[index]}** ${description}`).join('\n')}

Medians of ${rounds} rounds; in each, every query is asked of one after the other, ${inFlight} in flight after one at a time.

### Ratios

${ratioTable(ratios)}

${verdicts(ratios)}

### Numbers

The CPU of the server of **a** is that of the whole measuring process.

${numberTable(results)}

### Queries

${ratios.map(({ query }) => `- \`${query.name}\`: ${query.title}`).join('\n')}
`;
}

export interface Growth {
  readonly results: Measurements;
  readonly bytes: ReadonlyMap<Query, readonly number[]>;
  readonly scale: string;
  readonly rounds: number;
  readonly load: readonly [number, number];
}

export function growthSection({ results, bytes, scale, rounds, load }: Growth): string {
  const rows = [...results].map(([query, byName]) => {
    const [small = [], big = []] = [byName.get('medium'), byName.get(scale)];
    const [before = 0, after = 0] = bytes.get(query) ?? [];
    return {
      query,
      growth: timeRatio(big, small),
      cells: [shown(middle(small, p50)), shown(middle(big, p50)), shown(after / before)],
    };
  });
  const pages = rows.filter(({ query }) => query.page).map(({ growth }) => growth);
  return `## From \`medium\` to \`${scale}\`

${machine(load)} Two Neo4j run at the same time, and Silkgraph is asked of one and the other in turn; medians of ${rounds} rounds.
A page query may grow by 1.2 ×: they grow by ${shown(geometricMean(pages))} × in geometric mean, by ${shown(Math.max(...pages))} × at most.

${table(
  ['query', 'medium, p50 ms', `${scale}, p50 ms`, 'bytes of the answer', 'growth'],
  rows.map(({ query, cells, growth }) => [query.page ? `${query.name} (page)` : query.name, ...cells, shown(growth)]),
)}
`;
}

export interface Asking {
  readonly field: Question['field'];
  readonly asked: readonly Asked[];
  readonly floor: Awaited<ReturnType<typeof timeNothing>>;
  readonly scale: string;
  readonly rounds: number;
  readonly load: readonly [number, number];
}

const ended = (milliseconds: number) => (Number.isFinite(milliseconds) ? shown(milliseconds) : 'does not end');

/** The median, the 95th of a hundred, the worst. */
const spread = (times: readonly number[]) =>
  times.length === 0 ? ['–', '–', '–'] : [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1)].map(ended);

/** What came out for the questions of one field. */
export function askingSection({ field, asked, floor, scale, rounds, load }: Asking): string {
  const answered = (title: string, { times, truncated, failures }: Answers) => [
    title,
    ...spread(times),
    '',
    ...['LIMIT', 'SEARCH_LIMIT', 'TIME_LIMIT'].map((reason) => String(truncated.get(reason) ?? 0)),
    String(failures.length),
  ];
  const rows = asked.flatMap(({ question, comparisons }) =>
    comparisons.flatMap(({ way, answers, byHand }) => {
      const own = answered(`\`${question.field}\`: ${question.title}${way === 'http' ? ', over HTTP' : ''}`, answers);
      if (!byHand) return [own];
      const { statement, times } = byHand;
      const ratio = quantile(answers.times, 0.5) / quantile(times, 0.5);
      const failures = times.filter((time) => !Number.isFinite(time)).length;
      return [own, [`by hand: ${statement.name}`, ...spread(times), `${shown(ratio)} ×`, '', '', '', String(failures)]];
    }),
  );
  const all = asked.flatMap(({ comparisons }) => comparisons.map(({ answers }) => answers));
  const worst = Math.max(...all.flatMap(({ times }) => times));
  const failed = all.reduce((sum, { failures }) => sum + failures.length, 0);
  return `## \`${field}\` on \`${scale}\`

${machine(load)}

Asked ${rounds} times once answers came no faster. A request that asks nothing of the graph takes ${shown(floor.called)} ms by a call and
${shown(floor.http)} ms over HTTP. ${failed === 0 ? 'No question failed' : `**${failed} questions failed**`}; the slowest took ${shown(worst)} ms, of ${PATIENCE} allowed.

${table(['question', 'p50 ms', 'p95 ms', 'worst ms', 'ratio', 'cut: limit', 'cut: search', 'cut: time', 'failed'], rows)}
`;
}

/** An import beside bare statements. */
export function importSection({
  rounds,
  scale,
}: {
  readonly rounds: readonly Round[];
  readonly scale: string;
}): string {
  const rate = ({ records }: Round['bare'], milliseconds: number) => Math.round((records / milliseconds) * 1000);
  const share = ({ bare, silkgraph }: Round, of: 'milliseconds' | 'inStatements') =>
    (100 * bare[of]) / silkgraph.milliseconds;
  const percent = (value: number) => `${value.toFixed(0)} %`;
  const rows = rounds.map((round, index) => [
    `${index + 1}`,
    rate(round.bare, round.bare.milliseconds).toLocaleString('en'),
    rate(round.bare, round.bare.inStatements).toLocaleString('en'),
    rate(round.silkgraph, round.silkgraph.milliseconds).toLocaleString('en'),
    percent(share(round, 'milliseconds')),
    percent(share(round, 'inStatements')),
    `${shown(round.silkgraph.cpu / round.bare.cpu)} ×`,
    shown(round.load, 1),
  ]);
  const shares = (of: 'milliseconds' | 'inStatements') => percent(median(rounds.map((round) => share(round, of))));
  return `## Importing \`${scale}\`

${rounds[0]?.bare.records.toLocaleString('en')} records in JSON Lines, into a Neo4j that was started for each loading, with all of Silkgraph's indexes. Bare
statements are \`UNWIND $rows … CREATE\`, 10,000 rows each, with rows as Silkgraph stores them; they check nothing.
Silkgraph reads and checks all files first, then writes them. Who begins alternates. In the median Silkgraph has
**${shares('milliseconds')}** of the rate of a loader that reads the files and runs these statements, and ${shares('inStatements')} of that of the statements
alone, reading not counted. "CPU time" is how many times that of the loader, of Node.js and Neo4j together.

${table(['round', 'bare loader, records/s', 'its statements alone', 'silkgraph import', 'of the loader', 'of the statements', 'CPU time', 'load average'], rows)}
`;
}

const file = join(import.meta.dirname, 'RESULTS.md');
const mark = (name: string) => `<!-- ${name} -->`;

const introduction = `# What was measured

Made by \`npm start\` in this folder; README.md says how. Only ratios carry over to other machines.

How to read it: \`c ÷ b\` is how many times as long Silkgraph takes as the ceiling, so 1 is the best there is; \`e ÷ c\` is
how many times as long @neo4j/graphql takes as Silkgraph, so more is better. "At 16" compares operations a second with 16
in flight. "CPU" compares the CPU time of server and Neo4j together, which a busy machine distorts least. Each ratio is
taken round by round, and the median of these is shown.

What makes it fair:

- The answers of b, c and d are equal but for cursors; the values in those of e are the same, but for what it cannot be
  asked: opaque ids, and the sources of a relation (\`edge-sources\` asks it for those of the lab instead).
- In each round the contestants take turns every five operations, so that whatever else the machine does meets all.
- All use the same driver settings, b and e the same Yoga settings as Silkgraph; every server has a process of its own.
- The ceiling has a schema made for one query, in which each field takes its value from a known place in the row. It
  plans nothing and checks nothing.
- @neo4j/graphql is given a predicate that matches everything (\`name: { startsWith: "" }\`), so that its pages may start
  from the index on the name. Its enumerations are plain strings.

Questions about the graph (\`paths\`, \`neighborhood\`, \`similar\`) are asked by a call (\`server.fetch\`, in the process that
also runs the statements of \`questions.ts\` through the driver), then over HTTP, each in turns of ${TURN} with each of the
statements; about up to 40 labs or pairs of labs that are drawn with a fixed seed, and about the 12 entities with the
most relations (hubs). There a ratio is that of the medians, Silkgraph's to that of the statement below it. \`SHORTEST\` does
not end within ${PATIENCE / 1000} s for most pairs that are more than two hops apart, and Neo4j cannot stop it; so such pairs are tried once, at
the end, and all taken to be like that one.
`;

/** How many times as long as the ceiling a question may take that reaches further. */
const MOST_OVER_CEILING = 1.6;

interface Further {
  readonly results: Measurements;
  readonly scale: string;
  readonly rounds: number;
  readonly load: readonly [number, number];
}

/** Conditions on relations, closures, shapes and groups, beside statements written by hand. */
export function furtherSection({ results, scale, rounds, load }: Further): string {
  const rows = ratiosOf(results).map(({ query, ceiling, ceilingThroughput, ceilingCpu, hand }) => {
    const milliseconds = middle(results.get(query)?.get('silkgraph') ?? [], p50);
    const isReached = ceiling <= MOST_OVER_CEILING;
    const values = [milliseconds, ceiling, ceilingThroughput, ceilingCpu, hand].map((value) => shown(value));
    return [`\`${query.name}\``, query.title, ...values, isReached ? 'yes' : '**no**'];
  });
  return `## Reaching further, on \`${scale}\`

${machine(load)}

Contestants as above, without @neo4j/graphql, which cannot be asked most of this. Medians of ${rounds} rounds; wanted: c ≤ ${MOST_OVER_CEILING} × b.

${table(['query', 'asks for', 'ms', 'c ÷ b', 'c ÷ b at 4', 'c ÷ b CPU', 'c ÷ a', 'reached'], rows)}
`;
}

interface Searched {
  readonly times: ReadonlyMap<string, readonly number[]>;
  readonly scale: string;
  /** Milliseconds in which 95 of 100 searches are to be answered. */
  readonly wanted: number | undefined;
  readonly load: readonly [number, number];
}

/** Searches of several things, one after the other, without the answer cache. */
export function searchSection({ times, scale, wanted, load }: Searched): string {
  const all = [...times.values()].flat();
  const [p50, p95] = [quantile(all, 0.5), quantile(all, 0.95)];
  const isReached = wanted === undefined ? '' : ` (wanted: ${wanted}, reached: ${p95 <= wanted ? 'yes' : '**no**'})`;
  const rows = [...times].map(([search, own]) => [search, shown(median(own)), shown(Math.max(...own))]);
  return `## Searches of several things, on \`${scale}\`

${machine(load)}

${all.length} searches, one after the other, each once in every round, none from the cache: p50 ${shown(p50)} ms, p95 ${shown(p95)} ms${isReached}.

${scale === 'seeds' ? table(['search', 'median, ms', 'longest, ms'], rows) : 'They name an area and a country of the generated graph.'}
`;
}

export const askingPlace = (scale: string, field: Question['field']): string => `asking ${scale} ${field}`;

const askingPlaces = ['medium', 'large'].flatMap((scale) => questions.map(({ field }) => askingPlace(scale, field)));

const places = [
  'comparison',
  'growth',
  'further medium',
  'further large',
  'search seeds',
  'search large',
  ...askingPlaces,
  'import medium',
  'import large',
  'attacks',
  'soak',
  'kept answers',
  'first runs',
  'random small',
  'random medium',
  'random large',
];

/** Puts a section in its place in RESULTS.md and leaves the others as they were. */
export function writeResults(name: string, section: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const kept = (other: string) => before.split(mark(other))[1]?.trim() ?? '';
  const parts = [...new Set([...places, name])]
    .map((each) => [each, each === name ? section.trim() : kept(each)])
    .filter(([, text]) => text !== '')
    .map(([each = '', text]) => `${mark(each)}\n\n${text}\n\n${mark(each)}\n`);
  writeFileSync(file, [introduction, ...parts].join('\n'));
}
