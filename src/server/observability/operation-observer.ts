import type { OperationRecord } from '../operation-record.ts';

/** Observes operations. */
export interface OperationObserver {
  /** An operation has ended, or was refused. */
  ended?(record: OperationRecord, request: Request): void;
  /** A response is sent, on any path. */
  responded?(status: number): void;
  /** A subscription has begun (1) or ended (-1). */
  subscribed?(change: 1 | -1): void;
}
