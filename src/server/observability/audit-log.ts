import { accessSync, appendFileSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { destination, type Logger } from 'pino';
import { smallBounds } from '../../engine/budgets/memory-budget.ts';

/** Milliseconds that a reader of standard output which has stopped reading is waited for at the end. */
const LAST_WAIT = 2_000;

/** A new file is for its owner alone: it says who read what. */
const OWNER_ONLY = 0o600;

/** A line of the audit log, for one operation or export. It never contains the values of variables. */
export type AuditEntry = Readonly<Record<string, unknown>>;

/** A log of who read and exported what, in a file or on standard output. */
export interface AuditLog {
  write(entry: AuditEntry): void;
  /** Writes the lines that still wait. */
  close(): Promise<void>;
}

/** The audit log cannot be opened. */
export class AuditLogError extends Error {
  override readonly name = 'AuditLogError';
}

/** @throws AuditLogError where the file cannot be written */
function writing(path: string, attempt: () => void): void {
  try {
    attempt();
  } catch (error) {
    throw new AuditLogError(
      `SILKGRAPH_AUDIT is ${JSON.stringify(path)}, which is not writable: ${(error as Error).message}`,
    );
  }
}

/** Checks that a file can be appended to, without creating it. @throws AuditLogError */
export const checkAuditFile = (path: string): void =>
  writing(path, () => {
    if (existsSync(path)) closeSync(openSync(path, 'a'));
    else accessSync(`${dirname(resolve(path))}/`, constants.W_OK);
  });

/**
 * Opens the audit log: one JSON object a line, written at once. A file that does not exist is created for its owner alone. A
 * later fault, such as a full disk, is reported once until it is over, and stops nothing.
 * @param place the path of a file to append to, or `stdout`
 * @throws AuditLogError
 */
export function openAuditLog(place: string, log: Logger): AuditLog {
  if (place !== 'stdout') writing(place, () => appendFileSync(place, '', { mode: OWNER_ONLY }));
  let waitsUntil = Number.POSITIVE_INFINITY;
  const file = destination({
    dest: place === 'stdout' ? process.stdout.fd : place,
    sync: false,
    maxLength: smallBounds.logLines.most,
    retryEAGAIN: () => performance.now() < waitsUntil,
  });
  let isFaulty = false;

  function report(reason: string): void {
    if (isFaulty) return;
    isFaulty = true;
    log.error({ reason }, 'The audit log cannot be written. Lines are lost once 8 MB are waiting.');
  }

  file.on('error', (error: Error) => report(String(error)));
  file.on('drop', () => report('Too many bytes are waiting to be written.'));
  file.on('write', () => {
    isFaulty = false;
  });

  return {
    write: (entry) => void file.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`),
    close: () =>
      new Promise((resolve) => {
        waitsUntil = performance.now() + LAST_WAIT;
        file.once('close', resolve);
        file.once('error', () => {
          // Otherwise the end of the process would wait for these lines, too.
          file.destroy();
          resolve();
        });
        file.end();
      }),
  };
}
