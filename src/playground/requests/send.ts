import type { FormattedExecutionResult } from 'graphql';
import { type Exchange, type Question, readCost } from './exchange.ts';

export type Headers = Readonly<Record<string, string>>;

type Answered = Required<Pick<Exchange, 'result' | 'status' | 'milliseconds' | 'bytes'>> & Pick<Exchange, 'cost'>;

/** An error without a stack: GraphiQL would print it. */
function failure(message: string): Error {
  const error = new Error(message);
  delete error.stack;
  return error;
}

/**
 * Sends a question, and asks what it costs.
 *
 * @throws where the server cannot be reached, or answers with something else than JSON: a message for people
 */
export async function send(question: Question, headers: Headers, signal?: AbortSignal): Promise<Answered> {
  const began = performance.now();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'silkgraph-cost': '1', ...headers },
    body: JSON.stringify(question),
    ...(signal && { signal }),
  }).catch(() => {
    throw failure('The server cannot be reached. Check the connection, then run the query again.');
  });
  const text = await response.text();
  const milliseconds = performance.now() - began;
  const cost = readCost(response.headers.get('silkgraph-cost'));
  try {
    const result = JSON.parse(text) as FormattedExecutionResult;
    return { result, status: response.status, milliseconds, bytes: new Blob([text]).size, ...(cost && { cost }) };
  } catch {
    throw failure(`The server answered with status ${response.status} and nothing that can be read.`);
  }
}
