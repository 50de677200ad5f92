/** Type information of generated documents, as in `TypedDocumentString` of GraphQL Code Generator. */
export interface Typed<Data, Variables> {
  __apiType?: (variables: Variables) => Data;
}

/** A string or a subclass of `String`, such as generated documents. Excludes parsed documents by type. */
export interface TextLike {
  valueOf(): string;
}

/**
 * An operation: its text, or the output of GraphQL Code Generator with `documentMode: 'string'`, which includes the types of
 * data and variables.
 */
export type Document<Data = unknown, Variables = Record<string, unknown>> =
  | string
  | (TextLike & Typed<Data, Variables>);

/** The text of a document. @throws TypeError for parsed documents: a printer would be larger than the client */
export function textOf(document: TextLike): string {
  const text = document.valueOf();
  if (typeof text === 'string') return text;
  throw new TypeError(
    "Pass the text of an operation. GraphQL Code Generator generates it with documentMode: 'string'.",
  );
}
