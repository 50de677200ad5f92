import type { Change, EntityName } from './change.ts';

/** Outcome of an operation; `UNCHANGED` if the record was already as requested. */
export type Outcome = 'CREATED' | 'UPDATED' | 'DELETED' | 'UNCHANGED';

export interface OperationAnswer {
  readonly outcome: Outcome;
  /** The entity, or the one that the relation starts at. */
  readonly entity: EntityName;
  /** Of that entity, after all operations; `null` if it was deleted. */
  readonly revision: number | null;
}

export interface ChangeAnswer {
  /** In the order of the operations. */
  readonly answers: readonly OperationAnswer[];
  /** What was, or with `dryRun` would be, written to the log; then their sequence is 0. */
  readonly changes: readonly Change[];
  /** Whether this is the stored result of an earlier request. */
  readonly repeated: boolean;
}

/** Why an operation cannot be done. */
export interface OperationFault {
  /** Which one, from 0. */
  readonly operation: number;
  /**
   * Path to the invalid part of the operation, as `['properties', 'name']`; empty for the operation as a whole.
   */
  readonly path: readonly (string | number)[];
  /** `CONFLICT`: it could be done to another state of the graph, as a revision that is past, or a slug that is taken. */
  readonly code: 'BAD_USER_INPUT' | 'CONFLICT';
  /** Message that says what to do. */
  readonly message: string;
  /** Current revision, if the expected one is outdated. */
  readonly currentRevision?: number;
}

/** Nothing was changed; contains all errors. */
export class OperationsRefused extends Error {
  readonly faults: readonly OperationFault[];
  /** Whether this is the stored failure of an earlier request. */
  readonly repeated: boolean;

  constructor(faults: readonly OperationFault[], repeated = false) {
    super(faults.map(({ message }) => message).join('\n'));
    this.name = 'OperationsRefused';
    this.faults = faults;
    this.repeated = repeated;
  }
}
