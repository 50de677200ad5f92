import type { GraphQLFormattedError } from 'graphql';

/** A GraphQL operation with its variables. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The result of an operation, as GraphQL over HTTP defines it. */
export interface GraphqlResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Sends an operation to GraphQL as the caller: the same access, limits, costs and log apply. */
export type Ask = (question: Question, options?: { readonly isOwnDocument?: boolean }) => Promise<GraphqlResult>;

/** A question could not be answered. The message says what to do. */
export class QuestionFailed extends Error {
  override readonly name = 'QuestionFailed';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The data of a result.
 * @throws QuestionFailed with the codes and sentences of its errors
 */
export function dataOf({ data, errors = [] }: GraphqlResult): Readonly<Record<string, unknown>> {
  const [first] = errors;
  if (!first && data) return data;
  const sentences = [...new Set(errors.map(({ message }) => message))].slice(0, 5);
  throw new QuestionFailed(String(first?.extensions?.code ?? 'INTERNAL_SERVER_ERROR'), sentences.join(' '));
}
