import type { OperationTypeNode } from 'graphql';
import type { RanStatement } from '../graph/graph.ts';
import type { ErrorCode } from '../schema/errors.ts';

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
  /** Statements, the first of them. */
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
