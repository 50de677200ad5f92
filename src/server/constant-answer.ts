import type { ExecutionResult } from 'graphql';

/** The result of an operation that always has the same, with its text. */
export class ConstantAnswer implements ExecutionResult {
  readonly data: NonNullable<ExecutionResult['data']>;
  readonly text: string;

  constructor(data: NonNullable<ExecutionResult['data']>) {
    this.data = data;
    this.text = JSON.stringify({ data });
  }
}
