/** How generated documents tell their types: `TypedDocumentString` of GraphQL Code Generator has it. */
export interface Typed<Data, Variables> {
  __apiType?: (variables: Variables) => Data;
}

/** What is a text, or extends `String` as generated documents do. A parsed document is none, and its types say so. */
export interface TextLike {
  valueOf(): string;
}

/**
 * An operation: its text, or what GraphQL Code Generator makes of it with `documentMode: 'string'`, which knows the types
 * of data and variables.
 */
export type Document<Data = unknown, Variables = Record<string, unknown>> =
  | string
  | (TextLike & Typed<Data, Variables>);

/** The text of a document. @throws TypeError where it is a parsed one: printing those would weigh more than the client */
export function textOf(document: TextLike): string {
  const text = document.valueOf();
  if (typeof text === 'string') return text;
  throw new TypeError("Give the text of an operation. GraphQL Code Generator makes it with documentMode: 'string'.");
}
