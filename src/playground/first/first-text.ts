/** What stands in the first editor. */
export interface FirstText {
  readonly query: string;
  readonly variables: string;
  readonly operationName?: string;
}
