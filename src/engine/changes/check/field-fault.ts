/** An error in one field of a record. */
export interface FieldFault {
  readonly field?: string;
  readonly expected: string;
  readonly found: string;
}
