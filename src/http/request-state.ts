import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerSize } from '../schema/answer-size.ts';

/** What yoga is handed beside a request that came over a socket; both are absent for one made in this process. */
export interface Carrier {
  readonly req?: IncomingMessage;
  readonly res?: ServerResponse;
}

/** What the parts of the server know of one request. Each part writes its own fields; the others read them. */
export interface RequestState {
  /** The address that the request comes from; absent for a request made in this process. */
  address?: string;
  /** Bytes of its answer while it is built; absent before it is executed. */
  answerSize?: AnswerSize;
  /** Its results go elsewhere than into its response. */
  isDelivered?: boolean;
}

const states = new WeakMap<Request, RequestState>();

/** The one home of what is known of a request. It lives as long as the request does. */
export function stateOf(request: Request): RequestState {
  const known = states.get(request) ?? {};
  states.set(request, known);
  return known;
}
