import { InvalidArgumentError } from 'commander';

const HOUR = 3_600_000;
const units: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR };

/** Maximum duration. */
const MOST = 10 * 366 * 24 * HOUR;

/**
 * Parses a duration such as `90d` to milliseconds.
 * @throws InvalidArgumentError
 */
export function readDuration(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([hdw])$/.exec(text.trim()) ?? [];
  const milliseconds = Number(number) * (units[unit] ?? 0);
  if (milliseconds > 0 && milliseconds <= MOST) return milliseconds;
  throw new InvalidArgumentError('Give a number of hours, days or weeks, for example 12h, 90d or 4w.');
}
