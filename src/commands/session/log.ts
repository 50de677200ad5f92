import { destination, type Logger, pino } from 'pino';
import type { Config } from '../../config.ts';

/** The log of a server: JSON lines on standard error. Messages for users go to standard output. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  const level = logLevel ?? (process.stderr.isTTY ? 'warn' : 'info');
  return pino(
    { name: 'silkgraph', level, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  );
}
