import { bytesIn, memoryLineNames, memoryLines, smallBounds } from '../../../src/engine/budgets/memory-budget.ts';
import {
  REQUEST_TIME,
  timeOf,
  timePartNames,
  timeParts,
  times,
  workingTime,
} from '../../../src/engine/budgets/time-budget.ts';

const inMegabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)}`;

/** The table of memory as the page about production prints it. */
export const memoryTable = [
  '| line | what is kept | MB of a heap of 512 MB | of 4 GB |',
  '|---|---|--:|--:|',
  ...memoryLineNames.map((name) =>
    `| `.concat(
      `\`${name}\` | ${memoryLines[name].holds} | ${inMegabytes(bytesIn(name, 512 * 2 ** 20))} | ${inMegabytes(bytesIn(name, 4 * 2 ** 30))} |`,
    ),
  ),
].join('\n');

/** The table of time. */
export const timeTable = [
  '| a request waits for | at most, in ms | with a limit of 1 s |',
  '|---|--:|--:|',
  ...timePartNames.map((name) => `| ${timeParts[name].spentOn} | ${timeOf(name)} | ${timeOf(name, 1_000)} |`),
  `| what is left for planning, reading and writing, at least | ${workingTime()} | ${workingTime(1_000)} |`,
  `| all | ${REQUEST_TIME} | 1000 |`,
].join('\n');

/** The table of what a number bounds. */
export const boundsTable = [
  '| what is kept beside the lines | at most |',
  '|---|--:|',
  ...Object.values(smallBounds).map(({ holds, most }) => `| ${holds} | ${most} |`),
].join('\n');

const timesTable = (group: (typeof times)[keyof typeof times]['of'], title: string) =>
  [
    `| ${title} | in ms |`,
    '|---|--:|',
    ...Object.values(times).flatMap(({ of, is, ms }) => (of === group ? [`| ${is} | ${ms} |`] : [])),
  ].join('\n');

export const connectionsTable = timesTable('connections', 'how long, in connections');
export const backgroundTable = timesTable('background', 'how long, in the background');
