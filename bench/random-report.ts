import { cpus } from 'node:os';
import { shown, table } from './report.ts';
import { median, quantile } from './statistics.ts';

/** How one question went, the first time and again. */
export interface RandomRow {
  readonly index: number;
  readonly shape: string;
  readonly query: string;
  readonly variables: unknown;
  /** `OK` or the code of an error. */
  readonly codes: readonly string[];
  /** Milliseconds. */
  readonly times: readonly number[];
  readonly message?: string | undefined;
  readonly estimated?: number | undefined;
  readonly statements: readonly string[];
  /** The answer and that of the model, where these differ. */
  readonly wrong?: readonly [unknown, unknown];
}

export interface RandomRun {
  readonly scale: string;
  readonly seed: number;
  readonly warmedUp: boolean;
  /** Load averages before and after. */
  readonly load: readonly [number, number];
  readonly rows: readonly RandomRow[];
}

const codesOf = ({ rows }: RandomRun) => rows.flatMap(({ codes }) => codes.slice(-1));
const share = (run: RandomRun, code: string) => codesOf(run).filter((each) => each === code).length;
const timesOf = ({ rows }: RandomRun, pass: number) =>
  rows.flatMap(({ codes, times }) => (codes[pass] === 'OK' ? [times[pass] ?? 0] : []));

/** What is wanted of a run, and what it found. */
const goals: readonly (readonly [name: string, found: (run: RandomRun) => number, most: number, digits: number])[] = [
  ['wrong answers', ({ rows }) => rows.filter(({ wrong }) => wrong !== undefined).length, 0, 0],
  ['`OVERLOADED`, either time', ({ rows }) => rows.filter(({ codes }) => codes.includes('OVERLOADED')).length, 0, 0],
  ['`TIMEOUT`, either time', ({ rows }) => rows.filter(({ codes }) => codes.includes('TIMEOUT')).length, 0, 0],
  ['refused by cost, %', (run) => (100 * share(run, 'LIMIT_EXCEEDED')) / run.rows.length, 3, 1],
  ['first time ÷ again, p95', (run) => quantile(timesOf(run, 0), 0.95) / quantile(timesOf(run, 1), 0.95), 5, 1],
  ['again, p99, ms', (run) => quantile(timesOf(run, 1), 0.99), 1_000, 0],
];

const figures: readonly (readonly [name: string, found: (run: RandomRun) => string])[] = [
  ['questions', ({ rows }) => String(rows.length)],
  [
    'other refusals',
    (run) => {
      const known = ['OK', 'OVERLOADED', 'TIMEOUT', 'LIMIT_EXCEEDED'];
      const others = [...new Set(codesOf(run))].filter((code) => !known.includes(code));
      return others.map((code) => `${share(run, code)} \`${code}\``).join(', ') || '0';
    },
  ],
  ...['first time', 'again'].map(
    (name, pass) =>
      [
        `${name}: p50, p95, p99, longest, ms`,
        (run: RandomRun) => {
          const times = timesOf(run, pass);
          return [median(times), quantile(times, 0.95), quantile(times, 0.99), Math.max(...times)]
            .map((time) => time.toFixed(0))
            .join(', ');
        },
      ] as const,
  ),
  ['load average before, after', ({ load }) => load.map((value) => value.toFixed(1)).join(', ')],
];

/** The beginning of a text, which ends with a whole word. */
const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most).replace(/\w+$/, '')} …` : text;
const cell = (value: unknown) => `\`${cut(JSON.stringify(value).replaceAll('|', '\\|'), 400)}\``;

/** How a run went, beside an earlier one of the same questions. */
export function randomSection(run: RandomRun, before?: RandomRun): string {
  const runs = before ? [before, run] : [run];
  const head = ['', ...(before ? ['before', 'now'] : ['now']), 'wanted at most', 'reached'];
  const rows = [
    ...figures.map(([name, found]) => [name, ...runs.map(found), '', '']),
    ...goals.map(([name, found, most, digits]) => [
      name,
      ...runs.map((each) => shown(found(each), digits)),
      String(most),
      found(run) <= most ? 'yes' : '**no**',
    ]),
  ];
  const shapes = [...new Set(run.rows.map(({ shape }) => shape.replace('known: ', '')))].sort();
  const timed = (shape: string, each: RandomRun) => {
    const rows = each.rows.filter((row) => row.shape.replace('known: ', '') === shape);
    const times = timesOf({ ...each, rows }, 1);
    return `${rows.length - times.length} of ${rows.length}, ${median(times).toFixed(0)}, ${quantile(times, 0.95).toFixed(0)}`;
  };
  const slowest = run.rows.toSorted((left, right) => (right.times[1] ?? 0) - (left.times[1] ?? 0)).slice(0, 10);
  const refused = run.rows.filter(({ codes }) => codes.some((code) => code !== 'OK')).slice(0, 20);
  return `## Random questions on \`${run.scale}\`

${cpus().length} cores, Node.js ${process.version}, Neo4j with the memory that the product gives it; seed ${run.seed}. Each question is asked once, ${run.warmedUp ? 'after the warm-up of the product' : 'on a server that is not warmed up'} and without the answer cache, then again, one after the other, and compared with a model of the graph in memory. Before them, fixed questions that were once slow or refused are asked.

${table(head, rows)}

${table(
  ['shape', ...runs.map((_, index) => `${before && index === 0 ? 'before' : 'now'}: not answered, again p50, p95, ms`)],
  shapes.map((shape) => [shape, ...runs.map((each) => timed(shape, each))]),
)}

The ten slowest:

${table(
  ['ms first, again', 'estimated cost', 'question', 'statement'],
  slowest.map(({ times, estimated, shape, variables, statements }) => [
    times.map((time) => time.toFixed(0)).join(', '),
    String(estimated ?? '–'),
    `${shape} ${cell(variables)}`,
    cell(statements.toSorted((left, right) => right.length - left.length)[0] ?? ''),
  ]),
)}
${
  refused.length === 0
    ? ''
    : `
Not answered:

${table(
  ['code', 'question', 'message'],
  refused.map(({ codes, shape, variables, message }) => [
    codes.join(', '),
    `${shape} ${cell(variables)}`,
    cut(message ?? '', 160),
  ]),
)}
`
}`;
}
