import { destination, type Logger, pino } from 'pino';
import type { Config } from '../../../config.ts';
import { smallBounds } from '../../../engine/budgets/memory-budget.ts';

/**
 * Writes lines to standard error without waiting for its reader: a server whose log nobody reads goes on. Lines wait until
 * the reader takes them, at the next line.
 */
function standardError(reportLost: (lines: number) => void) {
  // Reading this property makes a full pipe fail writes at once, instead of blocking the process.
  const { fd } = process.stderr;
  const out = destination({ fd, sync: true, maxLength: smallBounds.logLines.most, retryEAGAIN: () => false });
  let lost = 0;
  out.on('error', () => {});
  out.on('drop', () => {
    lost += 1;
  });
  out.on('write', () => {
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    reportLost(lines);
  });
  return out;
}

/**
 * The log of a server: JSON lines on standard error. Messages for users go to standard output.
 * @param emit sends each line elsewhere, too
 */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>, emit?: (line: string) => void): Logger {
  const level = logLevel ?? (process.stderr.isTTY ? 'warn' : 'info');
  const errors = standardError((lost) => log.warn({ lost }, 'Lines of the log were lost: nobody read standard error.'));
  const both = emit && {
    write(line: string) {
      errors.write(line);
      emit(line);
    },
  };
  const log = pino({ name: 'silkgraph', level, timestamp: pino.stdTimeFunctions.isoTime }, both ?? errors);
  return log;
}
