import type { OperationTypeNode } from 'graphql';
import type { RanStatement } from '../../graph/graph.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import { arrivalOf } from '../use-request-id.ts';

/** How an operation ended. */
export type Outcome = 'OK' | 'CALLER_GONE' | ErrorCode;

/** One statement of an operation; what its variables held is not kept. */
export type StatementRecord = Omit<RanStatement, 'parameters'>;

/** What an operation did, for whoever counts, logs or explains it. */
export interface OperationRecord {
  readonly requestId: string;
  /** The id that the caller gave the request. */
  readonly clientRequestId?: string;
  readonly traceId?: string;
  /** When its request came, by `performance.now()`. */
  readonly started: number;
  /** Empty where it has no name, or was refused before it was read; one that is very long is cut. */
  name: string;
  /** Absent where it was refused before it was read. */
  type?: `${OperationTypeNode}`;
  outcome: Outcome;
  /** Who asked, where they said who they are. */
  caller?: string;
  /** Codes of all its errors. */
  readonly codes: ErrorCode[];
  /** Statements, the first of them up to `KEPT_STATEMENTS`. */
  readonly statements: StatementRecord[];
  statementCount: number;
  /** Number of statements that Neo4j answered without an error. */
  answeredCount: number;
  /** Number of rows in these answers. */
  rowCount: number;
  /** How long Neo4j worked on all of them, in milliseconds, some of it at the same time. */
  databaseMilliseconds: number;
  /** From the arrival of its request to its end, for a subscription that of its last result. */
  milliseconds: number;
  /** As Neo4j shows it beside each statement. */
  readonly metadata: Record<string, string>;
  readonly observe: (ran: RanStatement) => void;
}

const KEPT_STATEMENTS = 200;

const records = new WeakMap<Request, OperationRecord>();

/** The record of the operation that a request carries, if it was begun. */
export const knownRecordOf = (request: Request): OperationRecord | undefined => records.get(request);

/** The record of the operation that a request carries. */
export function recordOf(request: Request): OperationRecord {
  const known = records.get(request);
  if (known) return known;
  const { id, clientId, traceId, time } = arrivalOf(request);
  const record: OperationRecord = {
    requestId: id,
    ...(clientId === undefined ? {} : { clientRequestId: clientId }),
    ...(traceId === undefined ? {} : { traceId }),
    started: time,
    name: '',
    outcome: 'OK',
    codes: [],
    statements: [],
    statementCount: 0,
    answeredCount: 0,
    rowCount: 0,
    databaseMilliseconds: 0,
    milliseconds: 0,
    metadata: { requestId: id, ...(traceId === undefined ? {} : { traceId }) },
    observe({ parameters: _, ...ran }) {
      record.statementCount += 1;
      if (!ran.error) record.answeredCount += 1;
      record.rowCount += ran.rows;
      record.databaseMilliseconds += ran.milliseconds;
      if (record.statements.length < KEPT_STATEMENTS) record.statements.push(ran);
    },
  };
  records.set(request, record);
  return record;
}
