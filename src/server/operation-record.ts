import type { OperationTypeNode } from 'graphql';
import type { RanStatement } from '../engine/graph/graph.ts';
import type { ErrorCode } from '../graphql/errors.ts';

/** How an operation ended. */
export type Outcome = 'OK' | 'CALLER_GONE' | ErrorCode;

/** One statement of an operation, without its parameters. */
export type StatementRecord = Omit<RanStatement, 'parameters'>;

/** Measurements of an operation, for metrics, logs and explanations. */
export interface OperationRecord {
  readonly requestId: string;
  /** The request ID that the caller sent. */
  readonly clientRequestId?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  /** Time of arrival of its request, by `performance.now()`. */
  readonly started: number;
  /** Its name, cut to a maximum length; empty if it is anonymous, or was refused before parsing. */
  name: string;
  /** Absent if it was refused before parsing. */
  type?: `${OperationTypeNode}`;
  outcome: Outcome;
  /** Name of the caller; absent for an anonymous one. */
  caller?: string;
  /** Codes of all errors. */
  readonly codes: ErrorCode[];
  /** The first statements. */
  readonly statements: StatementRecord[];
  statementCount: number;
  /** Number of statements that completed without an error. */
  answeredCount: number;
  /** Number of rows that they returned. */
  rowCount: number;
  /** Total time of all statements in milliseconds; some run at the same time. */
  databaseMilliseconds: number;
  /** Time from the arrival of its request to its end, for a subscription to its last result, in milliseconds. */
  milliseconds: number;
  /** Metadata of its transactions in Neo4j. */
  readonly metadata: Record<string, string>;
  readonly observe: (ran: RanStatement) => void;
}
