import type { FormattedExecutionResult } from 'graphql';
import { type Exchange, type Question, readCost } from './exchange.ts';

export type Headers = Readonly<Record<string, string>>;

type Answered = Required<Pick<Exchange, 'result' | 'status' | 'milliseconds' | 'bytes'>> & Pick<Exchange, 'cost'>;

/** An error without a stack trace, which GraphiQL would print. */
function failure(message: string): Error {
  const error = new Error(message);
  delete error.stack;
  return error;
}

const usual = { 'content-type': 'application/json', accept: 'application/json', 'silkgraph-cost': '1' };

/** @throws if a name or a value cannot be sent */
function withUsual(headers: Headers): globalThis.Headers {
  try {
    return new globalThis.Headers({ ...usual, ...headers });
  } catch {
    throw failure(
      'The headers cannot be sent: they contain a line break or a character such as “…”. Correct them under Headers.',
    );
  }
}

const unreachable = () => {
  throw failure('The server cannot be reached. Check your connection, then run the query again.');
};

/**
 * Sends a request, including one for its cost.
 *
 * @throws if the server cannot be reached or the response is not JSON; the message is shown to users
 */
export async function send(question: Question, headers: Headers, signal?: AbortSignal): Promise<Answered> {
  const began = performance.now();
  const response = await fetch('graphql', {
    method: 'POST',
    headers: withUsual(headers),
    body: JSON.stringify(question),
    ...(signal && { signal }),
  }).catch(unreachable);
  const text = await response.text().catch(unreachable);
  const milliseconds = performance.now() - began;
  const cost = readCost(response.headers.get('silkgraph-cost'));
  try {
    const result = JSON.parse(text) as FormattedExecutionResult;
    return { result, status: response.status, milliseconds, bytes: new Blob([text]).size, ...(cost && { cost }) };
  } catch {
    throw failure(`The server responded with status ${response.status} and no readable body.`);
  }
}
