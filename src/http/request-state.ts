import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationTypeNode } from 'graphql';
import type { Bookmarks } from '../graph/graph.ts';
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
  /** Why the request was refused, where that belongs in the log. */
  refusal?: Refusal;
  /** What the request asks for; noted where there is an audit log. */
  operation?: Operation;
  /** Gives back its place among those at work; absent while it has none. */
  leavePlace?: () => void;
  /** What it has to see at least; absent while nothing was read or written. */
  bookmarks?: Bookmarks;
  /** Bytes of its answer while it is built; absent before it is executed. */
  answerSize?: AnswerSize;
  /** Its results go elsewhere than into its response. */
  isDelivered?: boolean;
}

/** An operation as the audit log names it. */
export interface Operation {
  readonly type: `${OperationTypeNode}`;
  /** Its name; absent for an anonymous operation. */
  readonly operation?: string;
  /** SHA-256 of the text of its document. */
  readonly documentHash: string;
  /** Its root fields, the first of them. */
  readonly fields: readonly string[];
}

/** A refusal as the log names it: by its code, and by a reason that repeats nothing secret. */
export interface Refusal {
  readonly code: string;
  readonly reason?: string;
}

const states = new WeakMap<Request, RequestState>();

/** The one home of what is known of a request. It lives as long as the request does. */
export function stateOf(request: Request): RequestState {
  const known = states.get(request) ?? {};
  states.set(request, known);
  return known;
}
