import { InvalidArgumentError } from 'commander';

const HOUR = 3_600_000;
const units: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR };

/** So far ahead is as good as never. */
const MOST = 10 * 366 * 24 * HOUR;

/**
 * Reads a time span as a person writes it, in milliseconds.
 * @throws InvalidArgumentError
 */
export function readDuration(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([hdw])$/.exec(text.trim()) ?? [];
  const milliseconds = Number(number) * (units[unit] ?? 0);
  if (milliseconds > 0 && milliseconds <= MOST) return milliseconds;
  throw new InvalidArgumentError('Say how long as a number of hours, days or weeks, as in 12h, 90d or 4w.');
}
