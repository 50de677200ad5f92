import { destination, type Logger, pino } from 'pino';
import type { Config } from '../../config.ts';

/**
 * The log of a server: JSON lines on standard error. Messages for users go to standard output.
 * @param emit sends each line elsewhere, too
 */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>, emit?: (line: string) => void): Logger {
  const level = logLevel ?? (process.stderr.isTTY ? 'warn' : 'info');
  const errors = destination({ fd: 2, sync: true });
  const both = emit && {
    write(line: string) {
      errors.write(line);
      emit(line);
    },
  };
  return pino({ name: 'silkgraph', level, timestamp: pino.stdTimeFunctions.isoTime }, both ?? errors);
}
