import { appendFileSync } from 'node:fs';
import { destination, type Logger } from 'pino';

/** Lines that wait to be written, in bytes; further ones are lost, and that is reported. */
const MOST_WAITING = 8_000_000;

const STDOUT = 1;

/** One operation or export, as the audit log keeps it. What variables hold is never part of it. */
export type AuditEntry = Readonly<Record<string, unknown>>;

/** A file, or standard output, that keeps who read and exported what. */
export interface AuditLog {
  write(entry: AuditEntry): void;
  /** Writes what still waits. */
  close(): Promise<void>;
}

/** The audit log cannot be written where the settings put it. */
export class AuditLogError extends Error {
  override readonly name = 'AuditLogError';
}

function checkWritable(path: string): void {
  try {
    appendFileSync(path, '');
  } catch (error) {
    throw new AuditLogError(
      `SILKGRAPH_AUDIT is ${JSON.stringify(path)}, which is not writable: ${(error as Error).message}`,
    );
  }
}

/**
 * Opens the audit log: one JSON object a line, written at once. A fault while the server runs, as a full disk, is reported
 * once until it is over, and takes nothing down.
 * @param place the path of a file, which is appended to, or `stdout`
 * @throws AuditLogError
 */
export function openAuditLog(place: string, log: Logger): AuditLog {
  if (place !== 'stdout') checkWritable(place);
  const file = destination({ dest: place === 'stdout' ? STDOUT : place, sync: false, maxLength: MOST_WAITING });
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
        file.once('close', resolve);
        file.once('error', () => resolve());
        file.end();
      }),
  };
}
