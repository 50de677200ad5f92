/**
 * How precisely numbers are stated: "over 50" is at least 51, "nearly 4,000" at most 3,999, and "about 300" can be more or
 * less. Filters compare with what is known of the number. All values of the enumeration that are not named mean that it is exact.
 */
export interface Qualification {
  /** The property of the record, an enumeration, that says it. */
  readonly by: string;
  /** Its values for numbers that are greater than stated. */
  readonly over?: readonly string[];
  /** Its values for numbers that are less than stated. */
  readonly under?: readonly string[];
  /** Its values for numbers that are greater or less than stated. */
  readonly about?: readonly string[];
  /** The property of the record and its values for what is measured, not counted: over 80 percent can be 80.5. @default all is counted */
  readonly measured?: { readonly property: string; readonly values: readonly string[] };
}
