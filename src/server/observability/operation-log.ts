import type { Logger } from 'pino';
import type { OperationRecord } from '../operation-record.ts';
import type { OperationObserver } from './operation-observer.ts';
import type { SlowStatements } from './slow-statements.ts';

export interface OperationLogOptions {
  readonly log: Logger;
  /** Threshold in milliseconds above which an operation is logged in detail. */
  readonly slow: number;
  readonly slowStatements: SlowStatements;
}

/** Maximum number of statements that are logged for a slow operation, the slowest first. */
const NAMED = 10;

const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100;

function summary(record: OperationRecord) {
  const { requestId, clientRequestId, traceId, spanId, name, type, outcome, milliseconds, statementCount } = record;
  const { databaseMilliseconds, caller } = record;
  return {
    requestId,
    ...(clientRequestId === undefined ? {} : { clientRequestId }),
    ...(traceId === undefined ? {} : { traceId }),
    ...(spanId === undefined ? {} : { spanId }),
    ...(name === '' ? {} : { operation: name }),
    ...(type === undefined ? {} : { type }),
    code: outcome,
    ms: round(milliseconds),
    statements: statementCount,
    databaseMs: round(databaseMilliseconds),
    ...(caller === undefined ? {} : { caller }),
  };
}

/** Logs a line for each operation, and another for a slow one. It never contains the values of variables. */
export function createOperationLog({ log, slow, slowStatements }: OperationLogOptions): OperationObserver {
  return {
    ended(record) {
      const { milliseconds, type, statements } = record;
      const isSlow = milliseconds >= slow && type !== undefined && type !== 'subscription';
      if (!isSlow) {
        if (log.isLevelEnabled('info')) log.info(summary(record), 'operation');
        return;
      }
      const slowest = [...statements].sort((one, other) => other.milliseconds - one.milliseconds);
      const slowestStatements = slowest
        .slice(0, NAMED)
        .map((statement) => ({ name: statement.name, ms: round(statement.milliseconds), rows: statement.rows }));
      log.warn({ ...summary(record), slowestStatements }, 'slow operation');
      const [first] = slowest;
      // If the database was not what took the time, its plan explains nothing.
      if (first && first.milliseconds >= slow / 2) slowStatements.explain(first, record.requestId);
    },
  };
}
