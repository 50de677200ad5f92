import type { Change, EntityName } from './change.ts';

/** What an operation came to; `UNCHANGED` where all was as it should be already. */
export type Outcome = 'CREATED' | 'UPDATED' | 'DELETED' | 'UNCHANGED';

export interface OperationAnswer {
  readonly outcome: Outcome;
  /** The entity, or the one that the relation starts at. */
  readonly entity: EntityName;
  /** Of that entity, after all the operations; `null` where it is there no longer. */
  readonly revision: number | null;
}

export interface ChangeAnswer {
  /** In the order of the operations. */
  readonly answers: readonly OperationAnswer[];
  /** What was, or with `dryRun` would be, written to the log; then their sequence is 0. */
  readonly changes: readonly Change[];
  /** The request was done before, and this is how it was answered then. */
  readonly repeated: boolean;
}

/** Why an operation cannot be done. */
export interface OperationFault {
  /** Which one, from 0. */
  readonly operation: number;
  /** The part of the operation that is at fault, as `['properties', 'startDate']`; empty: the operation as a whole. */
  readonly path: readonly (string | number)[];
  /** `CONFLICT`: it could be done to another state of the graph, as a revision that is past, or a slug that is taken. */
  readonly code: 'BAD_USER_INPUT' | 'CONFLICT';
  /** Says what to do. */
  readonly message: string;
  /** Where a revision is past: the one that is there now. */
  readonly currentRevision?: number;
}

/** Nothing was changed; says every fault at once. */
export class OperationsRefused extends Error {
  readonly faults: readonly OperationFault[];
  /** The request was refused before, and this is how. */
  readonly repeated: boolean;

  constructor(faults: readonly OperationFault[], repeated = false) {
    super(faults.map(({ message }) => message).join('\n'));
    this.name = 'OperationsRefused';
    this.faults = faults;
    this.repeated = repeated;
  }
}
